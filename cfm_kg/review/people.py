"""People whom only articles know, and whose names sound like another's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from cfm_kg.resolve.names import skeleton, words
from cfm_kg.vocab import CFM, RDF_TYPE, RDFS_LABEL, REGISTRY_GRAPH, SKOS_ALT_LABEL

_LIKE = 86
"""Percent of likeness from which two names may be one person's."""
_MOST = 3_000
"""So many people are compared at most."""
_REGISTRY = ox.NamedNode(REGISTRY_GRAPH)
_FACTS = ox.DefaultGraph()


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody whom the registry does not know, and who bears nearly that name; how alike they sound."""

    person: str
    other: str
    score: float


def look_alikes(store: ox.Store) -> Iterator[Alike]:
    """For each person whom only articles know the one whose name sounds most like theirs, each pair once."""
    registry = _people(store, _REGISTRY)
    unknown = sorted(_people(store, _FACTS) - registry)[:_MOST]
    bearers: dict[str, list[str]] = {}
    for graph, people in ((_REGISTRY, sorted(registry)), (_FACTS, unknown)):
        for person in people:
            for name in _sounds(store, person, graph):
                bearers.setdefault(name, []).append(person)
    spelled, seen = list(bearers), set[frozenset[str]]()
    for person in unknown:
        likes = {
            other: score
            for sound in _sounds(store, person, _FACTS)
            for found, score, _ in process.extract(
                sound, spelled, scorer=fuzz.token_sort_ratio, score_cutoff=_LIKE
            )
            for other in bearers[found]
            if other != person
        }
        if likes:
            other = max(sorted(likes), key=lambda one: likes[one])
            pair = frozenset((person, other))
            if pair not in seen:
                yield Alike(person, other, likes[other])
            seen.add(pair)


def _people(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> set[str]:
    kind = ox.NamedNode(CFM("Person"))
    found = store.quads_for_pattern(None, ox.NamedNode(RDF_TYPE), kind, graph)
    return {quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)}


def _sounds(store: ox.Store, person: str, graph: ox.NamedNode | ox.DefaultGraph) -> set[str]:
    """How a person's names sound; a single word tells too little."""
    found = set[str]()
    for predicate in (RDFS_LABEL, SKOS_ALT_LABEL):
        for quad in store.quads_for_pattern(ox.NamedNode(person), ox.NamedNode(predicate), None, graph):
            sound = " ".join(filter(None, map(skeleton, words(str(getattr(quad.object, "value", ""))))))
            found |= {sound} if " " in sound else set()
    return found
