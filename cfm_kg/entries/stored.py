"""Looking things up in a store and the entries beside it, by index: nothing is read that is not asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.entries.model import Subject, Term
from cfm_kg.pipeline import shipped_reference
from cfm_kg.store import open_store
from cfm_kg.vocab import (
    PROVENANCE_GRAPH,
    RDF_TYPE,
    RDFS_LABEL,
    REGISTRY_GRAPH,
    SKOS_ALT_LABEL,
    SKOS_PREF_LABEL,
)

MERGED: tuple[ox.NamedNode | ox.DefaultGraph, ...] = (
    ox.DefaultGraph(),
    ox.NamedNode(REGISTRY_GRAPH),
    ox.NamedNode(PROVENANCE_GRAPH),
)
"""The graphs that hold what counts as known."""
TYPE = ox.NamedNode(RDF_TYPE)
_NAMES = tuple(map(ox.NamedNode, (RDFS_LABEL, SKOS_PREF_LABEL, SKOS_ALT_LABEL)))


class Facts:
    """The merged facts, registry and provenance of a store, with further triples and without others."""

    def __init__(
        self, store: ox.Store, added: Iterable[ox.Triple] = (), hidden: Iterable[ox.Triple] = ()
    ) -> None:
        self.store = store
        self._hidden = frozenset(hidden)
        self._added = ox.Store()
        self._added.extend(ox.Quad(t.subject, t.predicate, t.object) for t in added)

    def match(
        self, subject: Subject | None, predicate: ox.NamedNode | None, value: Term | None
    ) -> Iterator[ox.Triple]:
        """The triples of this pattern, one by one; the same one may come twice."""
        if isinstance(value, ox.Triple):
            return
        for quad in self._added.quads_for_pattern(subject, predicate, value, ox.DefaultGraph()):
            yield quad.triple
        for graph in MERGED:
            for quad in self.store.quads_for_pattern(subject, predicate, value, graph):
                if quad.triple not in self._hidden:
                    yield quad.triple

    def __contains__(self, triple: ox.Triple) -> bool:
        return any(True for _ in self.match(triple.subject, triple.predicate, triple.object))

    def classes(self, node: Subject) -> frozenset[str]:
        """The classes that a thing is said to be of."""
        found = (triple.object for triple in self.match(node, TYPE, None))
        return frozenset(kind.value for kind in found if isinstance(kind, ox.NamedNode))

    def knows(self, node: Subject) -> bool:
        """Whether anything is said of a thing."""
        return any(True for _ in self.match(node, None, None))

    def instances(self, kind: str, limit: int) -> list[str]:
        """Some things of a class, those of the registry first."""
        node, found = ox.NamedNode(kind), list[str]()
        for graph in (ox.NamedNode(REGISTRY_GRAPH), ox.DefaultGraph()):
            quads = self.store.quads_for_pattern(None, TYPE, node, graph)
            found += [q.subject.value for q in islice(quads, limit) if isinstance(q.subject, ox.NamedNode)]
        return list(dict.fromkeys(found))[:limit]

    def label(self, node: Subject) -> str:
        """A name of a thing to show: the English one, or whatever comes first; empty where it has none."""
        names = [t.object for name in _NAMES[:2] for t in self.match(node, name, None)]
        literals = [one for one in names if isinstance(one, ox.Literal)]
        literals.sort(key=lambda one: (one.language != "en", one.value))
        return literals[0].value if literals else ""

    def names(self, node: Subject) -> Iterator[str]:
        """All names of a thing."""
        for name in _NAMES:
            for triple in self.match(node, name, None):
                if isinstance(triple.object, ox.Literal):
                    yield triple.object.value

    @cached_property
    def _languages(self) -> Sequence[str]:
        """The languages in which the registry has labels."""
        labels = self.store.quads_for_pattern(None, _NAMES[0], None, ox.NamedNode(REGISTRY_GRAPH))
        found = (quad.object.language for quad in labels if isinstance(quad.object, ox.Literal))
        return sorted({one for one in found if one})

    def named(self, text: str, kind: str | None = None) -> list[str]:
        """The things, of a class if given, that bear exactly this name."""
        found: dict[str, None] = {}
        for literal in (ox.Literal(text), *(ox.Literal(text, language=one) for one in self._languages)):
            for name in _NAMES:
                for triple in self.match(None, name, literal):
                    fits = kind is None or kind in self.classes(triple.subject)
                    if isinstance(triple.subject, ox.NamedNode) and fits:
                        found[triple.subject.value] = None
        return list(found)


def open_facts(store: ox.Store | Path | None) -> ox.Store:
    """The store to check against: one that is open, one in a folder, else one of the shipped registry alone.

    Raises CfmError where there is no store.
    """
    if isinstance(store, ox.Store):
        return store
    return _shipped() if store is None else open_store(store)


@cache
def _shipped() -> ox.Store:
    store = ox.Store()
    store.bulk_extend(shipped_reference())
    return store
