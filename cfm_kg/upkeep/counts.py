"""What a store holds, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.store import open_store
from cfm_kg.vocab import CFM, PROVENANCE_GRAPH, RDF_TYPE, REGISTRY_GRAPH, local

_TOLD = ("date", "place", "hostCountry", "meetingFormat", "meetingStatus", "chair", "participantCountry")
_DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts by what they are of. `coverage`: of how many meetings a property is known."""

    quads: int
    graphs: Mapping[str, int]
    classes: Mapping[str, int]
    bodies: Mapping[str, int]
    years: Mapping[str, int]
    coverage: Mapping[str, int]
    meetings: int


def stats(folder: Path) -> Stats:
    """Count what a store holds. Raises CfmError where there is none."""
    store = open_store(folder)
    kinds = Counter[str]()
    for graph in (_DEFAULT, ox.NamedNode(PROVENANCE_GRAPH)):
        for quad in store.quads_for_pattern(None, ox.NamedNode(RDF_TYPE), None, graph):
            kinds[local(_value(quad.object))] += 1
    meetings = {q.subject for q in _merged(store, RDF_TYPE, ox.NamedNode(CFM("Meeting")))}
    told = {
        name: len({q.subject for q in _merged(store, CFM(name)) if q.subject in meetings}) for name in _TOLD
    }
    bodies = Counter(local(_value(q.object)) for q in _merged(store, CFM("body")) if q.subject in meetings)
    years = Counter(_value(q.object)[:4] for q in _merged(store, CFM("date")) if q.subject in meetings)
    graphs = _graphs(store)
    return Stats(
        sum(graphs.values()),
        graphs,
        _most(kinds),
        _most(bodies),
        dict(sorted(years.items())),
        told,
        len(meetings),
    )


def _graphs(store: ox.Store) -> dict[str, int]:
    """Quads of the merged facts, provenance, the registry, and of articles and entries together."""
    counts = {
        "merged facts": _size(store, _DEFAULT),
        "provenance": 0,
        "registry": 0,
        "articles": 0,
        "entries": 0,
    }
    for graph in store.named_graphs():
        name = _value(graph)
        kind = {PROVENANCE_GRAPH: "provenance", REGISTRY_GRAPH: "registry"}.get(name)
        counts[kind or ("entries" if "/graph/entry/" in name else "articles")] += _size(store, graph)
    return counts


def _size(store: ox.Store, graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> int:
    return sum(1 for _ in store.quads_for_pattern(None, None, None, graph))


def _merged(store: ox.Store, predicate: str, value: ox.NamedNode | None = None) -> list[ox.Quad]:
    return list(store.quads_for_pattern(None, ox.NamedNode(predicate), value, _DEFAULT))


def _most(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))
