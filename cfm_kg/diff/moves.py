"""Things that go by another name now: a meeting whose date was corrected, and all that belongs to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox
from rapidfuzz import fuzz

from cfm_kg.dates import PartialDate
from cfm_kg.vocab import (
    BASE,
    CFM,
    DCTERMS_TITLE,
    PROVENANCE_GRAPH,
    RDF_TYPE,
    RDFS_LABEL,
    SKOS_PREF_LABEL,
)

_ALIKE = 0.5
"""Share of agreeing properties from which two names may be those of one thing."""
_ALIKE_FAR_APART = 0.8
"""The same for things dated further apart than `_FAR_APART` days."""
_FAR_APART = 45
_SAME_NAME = 85
"""Percent of likeness between two titles or labels."""
_COMMON = 100
"""A value that more things share says nothing about which of them is meant."""
_ROUNDS = 4
_NAMES = frozenset({RDFS_LABEL, SKOS_PREF_LABEL, DCTERMS_TITLE})
Description = Mapping[str, frozenset[str]]
"""Property → values as N-Triples spells them, the thing's own path in them written as @."""


def find_moves(
    removed: Iterable[ox.Quad], added: Iterable[ox.Quad], kept: frozenset[str]
) -> Mapping[str, str]:
    """Old name → new name, for things that one side alone describes. `kept` are those that both do."""
    before, after = _Things(removed, kept), _Things(added, kept)
    moved: dict[str, str] = {}
    for _ in range(_ROUNDS):
        found = _best_pairs(before, after, moved)
        moved |= found
        parts = _parts(before, after, moved)
        moved |= parts
        if not found and not parts:
            break
    return moved


class _Things:
    """The things that one side alone describes."""

    def __init__(self, quads: Iterable[ox.Quad], kept: frozenset[str]) -> None:
        facts: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.owners: dict[str, set[str]] = defaultdict(set)
        for quad in quads:
            if not isinstance(quad.subject, ox.NamedNode):
                continue
            subject = quad.subject.value
            if subject not in kept:
                value = str(quad.object).replace(_path(subject), "@")
                facts[subject][quad.predicate.value].add(value)
            if isinstance(quad.object, ox.NamedNode) and str(quad.graph_name) != f"<{PROVENANCE_GRAPH}>":
                self._own(subject, quad.object.value)
        self.facts: dict[str, Description] = {
            iri: {predicate: frozenset(values) for predicate, values in found.items()}
            for iri, found in facts.items()
        }

    def _own(self, subject: str, value: str) -> None:
        # A part that names its whole does not own it.
        if not _path(subject).startswith(_path(value)):
            self.owners[value].add(subject)

    def by_value(self) -> Mapping[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for iri, description in self.facts.items():
            for predicate, values in description.items():
                for value in values:
                    found[predicate, _key(predicate, value)].append(iri)
        return found


def _key(predicate: str, value: str) -> str:
    """What must agree for two values to be compared at all: of a title its beginning."""
    return value[:9].lower() if predicate in _NAMES else value


def _path(iri: str) -> str:
    """An IRI's part that is the thing's own: what follows its kind."""
    kind, slash, path = iri.removeprefix(BASE + "id/").partition("/")
    return path if slash and iri.startswith(BASE + "id/") and kind else iri


@dataclass(frozen=True, slots=True, order=True)
class _Pair:
    score: float
    old: str
    new: str


def _best_pairs(before: _Things, after: _Things, moved: Mapping[str, str]) -> dict[str, str]:
    taken = set(moved.values())
    index = after.by_value()
    pairs: list[_Pair] = []
    for old, description in before.facts.items():
        near: set[str] = set()
        for predicate, values in description.items():
            for value in values:
                sharing = index.get((predicate, _key(predicate, value)), [])
                near.update(sharing if len(sharing) <= _COMMON else ())
        for new in near - taken if old not in moved else ():
            score = _likeness(description, after.facts[new])
            if score and _may_be(old, new, before, after, moved):
                pairs.append(_Pair(score, old, new))
    found: dict[str, str] = {}
    for pair in sorted(pairs, key=lambda p: (-p.score, p.old, p.new)):
        if pair.old not in found and pair.new not in found.values():
            found[pair.old] = pair.new
    return found


def _likeness(one: Description, other: Description) -> float:
    """Share of properties whose values agree; 0 where both are of another class, name or time."""
    if one.get(RDF_TYPE) != other.get(RDF_TYPE):
        return 0.0
    predicates = (one.keys() | other.keys()) - {RDF_TYPE}
    scores = []
    for predicate in predicates:
        ours, theirs = one.get(predicate, frozenset()), other.get(predicate, frozenset())
        if predicate in _NAMES and ours and theirs:
            best = max(fuzz.ratio(a, b) for a in ours for b in theirs)
            if best < _SAME_NAME:
                return 0.0
            scores.append(best / 100)
        else:
            scores.append(len(ours & theirs) / len(ours | theirs))
    score = sum(scores) / len(scores) if scores else 0.0
    return score if score >= (_ALIKE_FAR_APART if _far_apart(one, other) else _ALIKE) else 0.0


def _far_apart(one: Description, other: Description) -> bool:
    days = [_day(description) for description in (one, other)]
    return None not in days and abs(days[0] - days[1]) > _FAR_APART  # type: ignore[operator]


def _day(description: Description) -> int | None:
    for value in description.get(CFM("date"), ()):
        try:
            return PartialDate.parse(value.split('"')[1]).first.toordinal()
        except (ValueError, IndexError):
            continue
    return None


def _may_be(old: str, new: str, before: _Things, after: _Things, moved: Mapping[str, str]) -> bool:
    """Whether both have a like name, or belong to the same thing if to any."""
    if any(predicate in _NAMES for predicate in before.facts[old]):
        return True
    ours = {moved.get(owner, owner) for owner in before.owners[old]}
    theirs = after.owners[new]
    return bool(ours & theirs) if ours or theirs else True


def _parts(before: _Things, after: _Things, moved: Mapping[str, str]) -> dict[str, str]:
    """Parts of moved things: named like them, with the new path for the old."""
    paths = {_path(old): _path(new) for old, new in moved.items()}
    found: dict[str, str] = {}
    for old in before.facts.keys() - moved.keys():
        whole = _path(old).rpartition("/")[0]
        while whole and whole not in paths:
            whole = whole.rpartition("/")[0]
        if whole:
            new = old.replace(f"/{whole}/", f"/{paths[whole]}/", 1)
            if new in after.facts and new not in moved.values():
                found[old] = new
    return found
