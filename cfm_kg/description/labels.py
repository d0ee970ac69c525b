"""Names to show: what a thing is called in a store, put together from its parts where it has no name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pyoxigraph as ox

from cfm_kg.model import Literal
from cfm_kg.quads import node
from cfm_kg.resources import ontology_dir
from cfm_kg.vocab import (
    BASE,
    CFM,
    DCTERMS_TITLE,
    PROVENANCE_GRAPH,
    RDF_TYPE,
    RDFS_LABEL,
    REGISTRY_GRAPH,
    SKOS_PREF_LABEL,
    local,
    prefixes,
    shipped_triples,
)

NAMING = (RDFS_LABEL, SKOS_PREF_LABEL, DCTERMS_TITLE, CFM("sourceFile"))
"""Properties whose value names a thing, the best first."""
MERGED: tuple[ox.NamedNode | ox.DefaultGraph, ...] = (
    ox.DefaultGraph(),
    ox.NamedNode(REGISTRY_GRAPH),
    ox.NamedNode(PROVENANCE_GRAPH),
)
"""The graphs that tell what holds; an article's graph tells only what that article says."""
_PARTS = {
    CFM("Meeting"): ("body", "date"),
    CFM("Participation"): ("person", "country"),
    CFM("Tenure"): ("person", "post"),
    CFM("Membership"): ("country", "organization"),
    CFM("Chairmanship"): ("organization", "country", "year"),
    CFM("Tally"): ("action", "documentType", "statedCount"),
    CFM("Intervention"): ("speaker", "meeting"),
    CFM("Conflict"): ("onProperty", "onSubject"),
}
"""What the label of a thing without a name is put together from."""
_MOST = 100_000
"""Labels that are remembered at a time."""


class Labels:
    """Labels from one store; each is looked up once."""

    def __init__(self, store: ox.Store, language: str = "en") -> None:
        self._store = store
        self._language = language
        self._found: dict[str, str] = {}

    def __call__(self, iri: str) -> str:
        """The name of a thing in the wanted language, else in any; from its parts; else its short IRI."""
        if iri not in self._found:
            if len(self._found) >= _MOST:
                self._found.clear()
            self._found[iri] = short(iri)  # what leads back to itself ends here
            self._found[iri] = self._named(iri) or self._composed(iri) or _term_label(iri) or short(iri)
        return self._found[iri]

    def _values(self, iri: str, name: str) -> list[str | Literal]:
        pattern = (ox.NamedNode(iri), ox.NamedNode(name), None)
        return [
            node(quad.object) for graph in MERGED for quad in self._store.quads_for_pattern(*pattern, graph)
        ]

    def _named(self, iri: str) -> str:
        for name in NAMING:
            literals = [value for value in self._values(iri, name) if isinstance(value, Literal)]
            if literals:
                return best(literals, self._language).value
        return ""

    def _composed(self, iri: str) -> str:
        kinds = [kind for kind in self._values(iri, RDF_TYPE) if isinstance(kind, str)]
        for kind in kinds:
            parts = [self._part(iri, name) for name in _PARTS.get(kind, ())]
            if any(parts):
                return ", ".join(filter(None, parts))
        return ""

    def _part(self, iri: str, name: str) -> str:
        values = sorted(self._values(iri, CFM(name)), key=str)
        return next((self(v) if isinstance(v, str) else v.value for v in values), "")


def best(literals: Iterable[Literal], language: str) -> Literal:
    """The literal of the language, else the one without any, else the first by language and text."""
    return min(literals, key=lambda one: (one.language != language, one.language or "", one.value))


def short(iri: str) -> str:
    """An IRI as people read it: things without their base, terms with their prefix."""
    if iri.startswith(BASE + "id/"):
        return iri.removeprefix(BASE + "id/")
    for prefix, namespace in sorted(prefixes().items(), key=lambda item: -len(item[1])):
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _term_label(iri: str) -> str:
    return _term_labels().get(iri, "")


@cache
def _term_labels() -> dict[str, str]:
    """Labels of the ontology's classes and properties, which stores do not hold."""
    return {
        triple.subject.value: triple.object.value
        for triple in shipped_triples(ontology_dir() / "cfm.ttl")
        if triple.predicate.value == RDFS_LABEL
        and isinstance(triple.subject, ox.NamedNode)
        and isinstance(triple.object, ox.Literal)
    }


def property_label(iri: str) -> str:
    """The name of a property: the ontology's label, else the words of its IRI."""
    return _term_label(iri) or "".join(f" {c.lower()}" if c.isupper() else c for c in local(iri)).strip()
