"""Bounded look-ups in the merged facts and the reference data of a store."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from cfm_kg.description.labels import MERGED
from cfm_kg.vocab import CFM, RDF_TYPE

FACTS = (ox.DefaultGraph(),)
"""Where the merged facts are."""


class Lookups:
    """What a store says of things, as texts."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    def values(self, iri: str, name: str) -> list[str]:
        """The values of a property of the ontology, as texts, sorted."""
        return sorted(set(self.stated(iri, CFM(name))))

    def one(self, iri: str, name: str) -> str:
        """The first of the values; empty where there is none."""
        return next(iter(self.values(iri, name)), "")

    def stated(self, iri: str, predicate: str) -> Iterator[str]:
        """The values of any property."""
        try:
            subject = ox.NamedNode(iri)
        except ValueError:
            return
        for graph in MERGED:
            for quad in self.store.quads_for_pattern(subject, ox.NamedNode(predicate), None, graph):
                yield str(getattr(quad.object, "value", quad.object))

    def subjects(self, name: str, value: str | None = None) -> Iterator[str]:
        """The things with a value of a property of the ontology in the merged facts and reference data."""
        try:
            wanted = None if value is None else ox.NamedNode(value)
        except ValueError:
            return
        for graph in MERGED:
            for quad in self.store.quads_for_pattern(None, ox.NamedNode(CFM(name)), wanted, graph):
                yield str(getattr(quad.subject, "value", ""))

    def everywhere(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Each thing with a property in what is not one article's own, and its value."""
        for graph in MERGED:
            for quad in self.store.quads_for_pattern(None, ox.NamedNode(predicate), None, graph):
                yield str(getattr(quad.subject, "value", "")), str(getattr(quad.object, "value", ""))

    def of_class(self, name: str, *, facts: bool = True) -> list[str]:
        """The things of a class: in the merged facts, or in all that is not one article's own. Sorted."""
        kind, graphs = ox.NamedNode(CFM(name)), FACTS if facts else MERGED
        return sorted(
            {
                str(getattr(quad.subject, "value", ""))
                for graph in graphs
                for quad in self.store.quads_for_pattern(None, ox.NamedNode(RDF_TYPE), kind, graph)
            }
        )

    def pairs(self, name: str) -> Iterator[tuple[str, str]]:
        """Each thing with a property of the ontology in the merged facts, and its value."""
        return self._pairs(CFM(name))

    def _pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        name = ox.NamedNode(predicate)
        for quad in self.store.quads_for_pattern(None, name, None, ox.DefaultGraph()):
            yield str(getattr(quad.subject, "value", "")), str(getattr(quad.object, "value", ""))

    def column(self, name: str) -> dict[str, str]:
        """Thing → value of a property of the ontology in the merged facts."""
        return dict(self.pairs(name))

    def column_of(self, predicate: str) -> dict[str, str]:
        """Thing → value of any property in the merged facts."""
        return dict(self._pairs(predicate))

    def column_values(self, name: str) -> set[str]:
        """All values of a property in the merged facts."""
        return {value for _, value in self.pairs(name)}
