"""What assistants may read: the ontology, the shapes, the prefixes, the queries, and each thing as Turtle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from cfm_kg.description import describe
from cfm_kg.errors import CfmError
from cfm_kg.mcp.asking import Asking
from cfm_kg.query import catalogue
from cfm_kg.resources import ontology_dir, shapes_dir
from cfm_kg.store import write_turtle
from cfm_kg.vocab import BASE, prefixes, shipped_text

SCHEME = "cfm-kg://"
THING_TEMPLATE = SCHEME + "id/{+path}"
TURTLE = "text/turtle"
_ONTOLOGY = {
    "ontology": ("cfm", "Classes and properties of the graph, each with what it means."),
    "concepts": ("concepts", "Formats, statuses, roles, document types and topics (SKOS)."),
    "alignment": ("alignment", "How the terms relate to schema.org, FOAF, W3C ORG, PROV-O and Wikidata."),
}


@dataclass(frozen=True, slots=True)
class Shipped:
    """A text that comes with the tool."""

    uri: str
    title: str
    description: str
    media: str
    path: Path | None = None

    def text(self) -> str:
        """The text. Raises CfmError where its file cannot be read."""
        return _prefix_list() if self.path is None else shipped_text(self.path)


@cache
def shipped() -> Mapping[str, Shipped]:
    """All of them by URI."""
    found = [
        Shipped(SCHEME + name, name.capitalize(), text, TURTLE, ontology_dir() / f"{file}.ttl")
        for name, (file, text) in _ONTOLOGY.items()
    ]
    found.append(
        Shipped(SCHEME + "prefixes", "Prefixes", "Prefixes that queries need not declare.", "text/plain")
    )
    for path in sorted(shapes_dir().glob("*.ttl")):
        text = f"SHACL shapes: what the graph requires ({path.stem})."
        found.append(Shipped(f"{SCHEME}shapes/{path.stem}", f"Shapes: {path.stem}", text, TURTLE, path))
    for query in catalogue().values():
        uri = f"{SCHEME}queries/{query.name}"
        found.append(
            Shipped(uri, f"Query: {query.title}", query.description, "application/sparql-query", query.path)
        )
    return MappingProxyType({one.uri: one for one in found})


def read(uri: str, asking: Asking) -> tuple[str, str]:
    """The media type and text of a resource. Raises CfmError where there is none."""
    if uri in shipped():
        return shipped()[uri].media, shipped()[uri].text()
    path = uri.removeprefix(SCHEME + "id/")
    if path != uri:
        snapshot, labels = asking.labels()
        try:
            found = describe(snapshot.store, f"{BASE}id/{path}", labels)
        except ValueError:
            found = None
        if found is not None:
            return TURTLE, write_turtle(found.quads).decode()
    raise CfmError(f"there is no resource {uri}", remedy="list the resources, or use the tool look_up")


def _prefix_list() -> str:
    return "".join(f"PREFIX {name}: <{namespace}>\n" for name, namespace in prefixes().items())
