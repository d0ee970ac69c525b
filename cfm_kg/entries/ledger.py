"""What a store says of its entries: whose they are, since when, and which changes brought or took them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.entries.model import name_of
from cfm_kg.model import Literal
from cfm_kg.quads import Triple
from cfm_kg.store import open_store
from cfm_kg.vocab import (
    BASE,
    DCTERMS,
    DCTERMS_TITLE,
    PROV,
    PROVENANCE_GRAPH,
    RDF_TYPE,
    RDFS_LABEL,
    XSD,
    slug,
    thing,
)

_GRAPH = ox.NamedNode(PROVENANCE_GRAPH)
_ENTRY = BASE + "graph/entry/"
_DIGITS = 16
NOTED = (_ENTRY, BASE + "id/change/", BASE + "id/editor/")
"""How the names of entries, changes and editors begin."""


def entry_graph(sha256: str) -> str:
    """The graph that holds all that an entry says."""
    return _ENTRY + sha256[:_DIGITS]


def merged_graph(sha256: str) -> str:
    """The graph of those triples that an entry brought into the merged facts."""
    return entry_graph(sha256) + "/merged"


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry that a store holds or held."""

    graph: str
    sha256: str
    file: str
    who: str
    added: str
    """When it came, as xsd:dateTime in UTC."""
    removed: str = ""

    @property
    def name(self) -> str:
        """The start of its digest, by which it is called."""
        return self.sha256[:_DIGITS]


@dataclass(frozen=True, slots=True)
class Change:
    """One transaction: entries were added or removed."""

    iri: str
    kind: str
    """`add` or `remove`."""
    who: str
    when: str
    graphs: tuple[str, ...]
    undone: str = ""


def described(sha256: str, file: str, who: str, when: str) -> Iterator[Triple]:
    """What the provenance graph says of an entry."""
    graph, agent = entry_graph(sha256), thing("editor", slug(who) or "unknown")
    yield graph, RDF_TYPE, PROV("Entity")
    yield graph, DCTERMS("identifier"), Literal(f"sha256:{sha256}")
    yield graph, DCTERMS_TITLE, Literal(file)
    yield graph, PROV("generatedAtTime"), Literal(when, XSD("dateTime"))
    yield graph, PROV("wasAttributedTo"), agent
    yield agent, RDF_TYPE, PROV("Agent")
    yield agent, RDFS_LABEL, Literal(who)


def change(kind: str, sha256s: list[str], who: str, when: str) -> Iterator[Triple]:
    """What the provenance graph says of a transaction."""
    iri = thing("change", f"{slug(when)}-{kind}-{sha256s[0][:8]}")
    agent = thing("editor", slug(who) or "unknown")
    yield iri, RDF_TYPE, PROV("Activity")
    yield iri, DCTERMS("type"), Literal(kind)
    yield iri, PROV("endedAtTime"), Literal(when, XSD("dateTime"))
    yield iri, PROV("wasAssociatedWith"), agent
    yield agent, RDF_TYPE, PROV("Agent")
    yield agent, RDFS_LABEL, Literal(who)
    for sha256 in sha256s:
        yield iri, PROV("generated" if kind == "add" else "invalidated"), entry_graph(sha256)


def kept(store: ox.Store) -> list[Kept]:
    """All entries that a store holds or held, the oldest first."""
    found = []
    for quad in store.quads_for_pattern(None, ox.NamedNode(PROV("generatedAtTime")), None, _GRAPH):
        graph = name_of(quad.subject)
        digest = _one(store, graph, DCTERMS("identifier")).removeprefix("sha256:")
        if graph.startswith(_ENTRY):
            who = _one(store, _one(store, graph, PROV("wasAttributedTo")), RDFS_LABEL)
            removed = _one(store, graph, PROV("invalidatedAtTime"))
            found.append(
                Kept(graph, digest, _one(store, graph, DCTERMS_TITLE), who, name_of(quad.object), removed)
            )
    return sorted(found, key=lambda one: (one.added, one.file, one.sha256))


def changes(store: ox.Store) -> list[Change]:
    """All changes of a store, the oldest first."""
    found = []
    for quad in store.quads_for_pattern(None, ox.NamedNode(PROV("endedAtTime")), None, _GRAPH):
        iri = name_of(quad.subject)
        kind = _one(store, iri, DCTERMS("type"))
        step = ox.NamedNode(PROV("generated" if kind == "add" else "invalidated"))
        graphs = [name_of(q.object) for q in store.quads_for_pattern(ox.NamedNode(iri), step, None, _GRAPH)]
        who = _one(store, _one(store, iri, PROV("wasAssociatedWith")), RDFS_LABEL)
        undone = _one(store, iri, PROV("invalidatedAtTime"))
        found.append(Change(iri, kind, who, name_of(quad.object), tuple(sorted(graphs)), undone))
    return sorted(found, key=lambda one: (one.when, one.iri))


def _one(store: ox.Store, subject: str, predicate: str) -> str:
    if not subject:
        return ""
    quads = store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None, _GRAPH)
    return min((name_of(quad.object) for quad in quads), default="")


def noted(folder: Path) -> list[ox.Quad]:
    """All that a store's provenance says of entries, changes and editors. Raises CfmError."""
    quads = open_store(folder).quads_for_pattern(None, None, None, _GRAPH)
    return [quad for quad in quads if name_of(quad.subject).startswith(NOTED)]
