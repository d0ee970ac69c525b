"""Where articles disagree, read back from a build's store: each value with its quote, and what was chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from cfm_kg.model import Node
from cfm_kg.quads import node
from cfm_kg.vocab import CFM, OA, PROVENANCE_GRAPH, RDF, RDF_TYPE

_GRAPH = ox.NamedNode(PROVENANCE_GRAPH)


@dataclass(frozen=True, slots=True)
class Side:
    """One claim's value, the words that say so and the article's file."""

    claim: str
    property: str
    """Of presence against absence each side has its own."""
    value: str
    quote: str
    file: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """The human decision that settled a disagreement."""

    iri: str
    by: str
    on: str
    reason: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Articles give different values of one property of one thing; IRIs in full."""

    conflict: str
    subject: str
    property: str
    chosen: tuple[str, ...]
    """The merged facts' value or values; empty where none of them is a fact."""
    criterion: str
    sides: tuple[Side, ...]
    ruling: Ruling | None = None

    def is_open(self) -> bool:
        """Whether no person has settled it."""
        return self.ruling is None

    def won(self, side: Side) -> bool:
        """Whether a side's value became the merged fact."""
        return side.value in self.chosen and side.property == self.property


def disagreements(store: ox.Store) -> tuple[Disagreement, ...]:
    """All conflicts of a build, by subject and property."""
    kind, conflict = ox.NamedNode(RDF_TYPE), ox.NamedNode(CFM("Conflict"))
    found = [
        _disagreement(store, quad.subject)
        for quad in store.quads_for_pattern(None, kind, conflict, _GRAPH)
        if isinstance(quad.subject, ox.NamedNode)
    ]
    return tuple(sorted(found, key=lambda one: (one.subject, one.property, one.conflict)))


def _disagreement(store: ox.Store, iri: ox.NamedNode) -> Disagreement:
    said = _about(store, iri)
    subject, name = said[CFM("onSubject")][0], said[CFM("onProperty")][0]
    merged = store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(name), None, ox.DefaultGraph())
    claims = {*said[CFM("claim")], *said[CFM("preferredClaim")]}
    sides = tuple(sorted((_side(store, claim) for claim in claims), key=lambda s: (s.value, s.file, s.claim)))
    return Disagreement(
        iri.value,
        subject,
        name,
        tuple(sorted(_plain(node(quad.object)) for quad in merged)),
        next(iter(said[CFM("criterion")]), ""),
        sides,
        next((_ruling(store, decision) for decision in said[CFM("decision")]), None),
    )


def _about(store: ox.Store, iri: ox.NamedNode) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for predicate, value in sorted(_pairs(store, iri)):
        found[predicate].append(value)
    return found


def _pairs(store: ox.Store, iri: ox.NamedNode) -> Iterator[tuple[str, str]]:
    for quad in store.quads_for_pattern(iri, None, None, _GRAPH):
        yield quad.predicate.value, _plain(node(quad.object))


def _side(store: ox.Store, claim: str) -> Side:
    said = _about(store, ox.NamedNode(claim))
    files = [
        name
        for article in said[CFM("article")]
        for name in _about(store, ox.NamedNode(article))[CFM("sourceFile")]
    ]
    first = {key: next(iter(values), "") for key, values in said.items()}
    return Side(
        claim,
        first.get(RDF("predicate"), ""),
        first.get(RDF("object"), ""),
        first.get(OA("exact"), ""),
        next(iter(files), ""),
    )


def _ruling(store: ox.Store, iri: str) -> Ruling:
    said = _about(store, ox.NamedNode(iri))
    by, on, why = (next(iter(said[CFM(name)]), "") for name in ("decidedBy", "decidedOn", "reason"))
    return Ruling(iri, by, on, why)


def _plain(value: Node) -> str:
    return value if isinstance(value, str) else value.value
