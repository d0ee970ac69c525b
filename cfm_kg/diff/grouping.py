"""From statements that differ to things that changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from cfm_kg.diff.changes import Difference, Fact, GraphChange, Kind, ThingChange, Value
from cfm_kg.diff.compare import compare
from cfm_kg.diff.labels import Labels
from cfm_kg.diff.moves import find_moves
from cfm_kg.diff.sources import Side, open_source
from cfm_kg.quads import reference_quads
from cfm_kg.resources import ontology_dir, registry_dir
from cfm_kg.vocab import PROVENANCE_GRAPH, RDF_TYPE, REGISTRY_GRAPH

_MERGED_ONLY = "only the merged facts were compared, as one side has no named graphs"
Graph = str | None
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
T = TypeVar("T")


def diff(before: Path, after: Path) -> Difference:
    """What differs between two stores, builds (their folders) or graph files, thing by thing.

    Things are grouped by class; one that goes by another name now is told as moved. Raises CfmError where
    one of both cannot be read.
    """
    sides = open_source(before), open_source(after)
    found = compare(*sides)
    notes = (_MERGED_ONLY,) if found.merged_only else ()
    if not found.removed and not found.added:
        return Difference(str(before), str(after), (), notes)
    old, new = _about(sides[0], found.removed), _about(sides[1], found.added)
    kept = frozenset(_subjects(old)) & _described(sides[1], found.removed)
    kept |= frozenset(_subjects(new)) & _described(sides[0], found.added)
    moves = find_moves(found.removed, found.added, kept)
    removed = {_moved(quad, moves) for quad in found.removed}
    still = removed - found.added, found.added - removed
    labels = _labels(sides, (*still[0], *still[1]), moves)
    return Difference(str(before), str(after), tuple(_graphs(*still, moves, labels, kept)), notes)


def _subjects(quads: Iterable[ox.Quad]) -> Iterator[str]:
    return (quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode))


def _about(side: Side, quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    return side.about(sorted(set(_subjects(quads))))


def _described(side: Side, quads: Iterable[ox.Quad]) -> frozenset[str]:
    return frozenset(_subjects(_about(side, quads)))


def _moved(quad: ox.Quad, moves: Mapping[str, str]) -> ox.Quad:
    def name(term: T) -> T | ox.NamedNode:
        known = moves.get(term.value) if isinstance(term, ox.NamedNode) else None
        return term if known is None else ox.NamedNode(known)

    return ox.Quad(name(quad.subject), quad.predicate, name(quad.object), name(quad.graph_name))


def _labels(sides: tuple[Side, Side], quads: Iterable[ox.Quad], moves: Mapping[str, str]) -> Labels:
    """Labels of all that is named, of the later side before the earlier one."""
    named: set[str] = {*moves, *moves.values()}
    for quad in quads:
        terms = (quad.subject, quad.object, quad.graph_name)
        named.update(term.value for term in terms if isinstance(term, ox.NamedNode))
    labels = Labels(*_said_of(sides, named))
    further = labels.named_by(named) - named
    labels.add(*_said_of(sides, further))
    return labels


def _said_of(sides: tuple[Side, Side], things: Collection[str]) -> Iterator[list[ox.Quad]]:
    """What the later side, the earlier one and the shipped reference data say of things."""
    asked = sorted(things)
    yield from (side.about(asked) for side in reversed(sides))
    yield [quad for thing in asked for quad in _reference().get(thing, ())]


@cache
def _reference() -> Mapping[str, Sequence[ox.Quad]]:
    """The shipped reference data by what it describes."""
    found: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in reference_quads([*registry_dir().glob("*.ttl"), ontology_dir() / "concepts.ttl"]):
        if isinstance(quad.subject, ox.NamedNode):
            found[quad.subject.value].append(quad)
    return dict(found)


def _graphs(
    removed: Iterable[ox.Quad],
    added: Iterable[ox.Quad],
    moves: Mapping[str, str],
    labels: Labels,
    kept: frozenset[str],
) -> Iterator[GraphChange]:
    """The changes graph by graph, the merged facts first."""
    by_graph: dict[Graph, tuple[list[ox.Quad], list[ox.Quad]]] = defaultdict(lambda: ([], []))
    for position, quads in enumerate((removed, added)):
        for quad in quads:
            name = quad.graph_name
            by_graph[None if isinstance(name, ox.DefaultGraph) else _name(name)][position].append(quad)
    moved_to = {new: old for old, new in moves.items()}
    if moved_to and None not in by_graph:
        by_graph[None] = ([], [])
    for graph, (gone, come) in sorted(
        by_graph.items(), key=lambda pair: (pair[0] is not None, pair[0] or "")
    ):
        there = moved_to if graph is None else {}
        things = tuple(sorted(_things(gone, come, there, moved_to, labels, kept), key=_order))
        if things:
            yield GraphChange(graph, _graph_label(graph, labels), len(gone), len(come), things)


def _name(term: ox.NamedNode | ox.BlankNode) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _graph_label(graph: Graph, labels: Labels) -> str:
    known = {None: "merged facts", PROVENANCE_GRAPH: "provenance", REGISTRY_GRAPH: "registry"}
    return known.get(graph) or labels.label(str(graph))


def _order(thing: ThingChange) -> tuple[bool, str, str]:
    return thing.kind_of is None, thing.kind_of or "", thing.iri


def _things(
    gone: Iterable[ox.Quad],
    come: Iterable[ox.Quad],
    there: Mapping[str, str],
    moved_to: Mapping[str, str],
    labels: Labels,
    kept: frozenset[str],
) -> Iterator[ThingChange]:
    facts: dict[str, dict[str, tuple[set[Term], set[Term]]]] = defaultdict(
        lambda: defaultdict(lambda: (set(), set()))
    )
    for position, quads in enumerate((gone, come)):
        for quad in quads:
            facts[_name_of(quad.subject)][quad.predicate.value][position].add(quad.object)
    for iri in facts.keys() | there.keys():
        was = moved_to.get(iri)
        changed = tuple(_fact(predicate, *values, labels) for predicate, values in sorted(facts[iri].items()))
        kind = Kind.MOVED if was else _kind(iri, changed, kept)
        yield ThingChange(kind, iri, was, labels.kind(iri), labels.label(iri), changed)


def _name_of(term: Term) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _kind(iri: str, facts: tuple[Fact, ...], kept: frozenset[str]) -> Kind:
    """A thing that both sides describe changed, however much of it is new in one graph."""
    added, removed = any(fact.added for fact in facts), any(fact.removed for fact in facts)
    typed = any(fact.predicate == RDF_TYPE for fact in facts)
    if (added and removed) or (iri in kept and not typed):
        return Kind.CHANGED
    return Kind.ADDED if added else Kind.REMOVED


def _fact(predicate: str, removed: set[Term], added: set[Term], labels: Labels) -> Fact:
    def shown(terms: set[Term]) -> tuple[Value, ...]:
        return tuple(Value(str(term), labels.value(term)) for term in sorted(terms, key=str))

    return Fact(predicate, shown(removed), shown(added))
