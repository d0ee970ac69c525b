"""A document's way: proposed or endorsed at one meeting, adopted or signed at a later one."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from cfm_kg.dates import PartialDate
from cfm_kg.fuse.documents import Paper, are_alike, papers
from cfm_kg.fuse.meetings import Apart
from cfm_kg.fuse.model import Statement, Unsettled
from cfm_kg.model import Literal, Node
from cfm_kg.vocab import CFM

_SAME_TITLE = 92.0
"""Titles this alike (0 to 100) may be one document's at different meetings."""
_TELLING_WORDS = 3
"""A title of fewer words, such as a mere type, tells no document from the next."""
_REACH_DAYS = 550
_LATER = {
    "proposed": {"considered", "approvedDraft", "adopted", "signed"},
    "considered": {"approvedDraft", "adopted", "signed"},
    "approvedDraft": {"adopted", "signed"},
    "adopted": {"signed"},
}
"""What may be done with a document after each action."""
_BY_OTHERS = frozenset({"approvedDraft", "adopted"})
"""After these, the next step is another body's."""


_REMEMBERED = 1 << 16
"""Pairs of titles of which it is remembered whether they are alike."""


@dataclass(frozen=True, slots=True)
class _Step:
    """What one meeting did with a document."""

    body: Node | None
    kin: Node | None
    """What the body belongs to, else the body itself."""
    first: date | None
    last: date | None
    """The days between which the meeting was, where they are known."""
    action: str


def same_on_their_way(
    statements: Iterable[Statement], organizations: Mapping[str, str], kept_apart: Apart = frozenset()
) -> tuple[dict[str, str], list[Unsettled]]:
    """Names of documents → the name at an earlier meeting of the document that they are.

    `organizations` gives for bodies what they belong to. Type and numbers are the same, the titles nearly,
    the actions follow each other within about 18 months. What fits several documents is left apart, and
    so is what was considered after it was adopted; both are reported.
    """
    every = list(statements)
    found = papers(every)
    ways = _ways(found, every, organizations)
    order = sorted((p for p in found if all(s.first for s in ways[p.iri])), key=lambda p: _begin(p, ways))
    partners: dict[str, list[str]] = defaultdict(list)
    cited: dict[str, list[str]] = defaultdict(list)
    for first, second in _near_pairs(order, ways):
        if not _comparable(first, second):
            continue
        if kept_apart and frozenset((first.iri, second.iri)) in kept_apart:
            continue
        if _one_way(ways[first.iri], ways[second.iri]):
            partners[second.iri].append(first.iri)
        elif _cited(ways[first.iri], ways[second.iri]):
            cited[second.iri].append(first.iri)
    unsettled = [
        Unsettled.of(name, earlier[::-1], "adopted, and considered later") for name, earlier in cited.items()
    ]
    joins: dict[str, str] = {}
    for name in (paper.iri for paper in order if paper.iri in partners):
        targets = list(dict.fromkeys(joins.get(other, other) for other in reversed(partners[name])))
        if len(targets) == 1 and _one_way(ways[targets[0]], ways[name]):
            joins[name] = targets[0]
            ways[targets[0]] += ways[name]
        else:
            unsettled.append(
                Unsettled.of(name, targets, "the title fits several documents of other meetings")
            )
    return joins, unsettled


Titles = frozenset[tuple[str, str]]
"""All titles of a document: language and folded title."""


Acts = tuple[tuple[str, Node | None], ...]
"""What was done with a document, and by which body, step by step."""


class _Listed(NamedTuple):
    """A document by its number in the order, with the first and last day of its way as ordinals."""

    begin: int
    end: int
    number: int


def _near_pairs(order: Sequence[Paper], ways: Mapping[str, Sequence[_Step]]) -> Iterator[tuple[Paper, Paper]]:
    """Documents of one type and organisation, of like titles, whose ways begin within reach of each other.

    Most documents share their titles, and what was done with them, with others: these are what is compared.
    """
    by_kin: dict[tuple[frozenset[Node], Node | None], dict[tuple[Titles, Acts], deque[_Listed]]] = {}
    alike, may_follow = _Alike(), cache(_may_follow)
    for number, paper in enumerate(order):
        if not _is_telling(paper):
            continue
        steps = ways[paper.iri]
        begin, end = _span(steps)
        titles, acts = frozenset(paper.titles), tuple((step.action, step.body) for step in steps)
        found = set[int]()
        for kin in {step.kin for step in steps}:
            earlier = by_kin.setdefault((frozenset(paper.types), kin), {})
            for (others, theirs), listed in list(earlier.items()):
                while listed and begin - listed[0].begin > 2 * _REACH_DAYS:
                    listed.popleft()
                if not listed:
                    del earlier[others, theirs]
                elif may_follow(theirs, acts) and alike(titles, others):
                    found.update(other.number for other in listed if begin - other.end <= _REACH_DAYS)
            earlier.setdefault((titles, acts), deque()).append(_Listed(begin, end, number))
        yield from ((order[other], paper) for other in sorted(found))


def _span(steps: Iterable[_Step]) -> tuple[int, int]:
    """The first and the last day on which a step may have been, as ordinals; all days are known."""
    days = [(step.first.toordinal(), step.last.toordinal()) for step in steps if step.first and step.last]
    return min(first for first, _ in days), max(last for _, last in days)


class _Alike:
    """Whether some of two documents' titles are alike, remembered."""

    def __init__(self) -> None:
        self._known: dict[tuple[Titles, Titles], bool] = {}

    def __call__(self, first: Titles, second: Titles) -> bool:
        known = self._known.get((first, second))
        if known is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            known = self._known[first, second] = are_alike(first, second, _SAME_TITLE)
        return known


def _ways(
    found: Iterable[Paper], statements: Iterable[Statement], organizations: Mapping[str, str]
) -> dict[str, list[_Step]]:
    """The steps of each document."""
    bodies: dict[str, Node] = {}
    dates: dict[str, PartialDate] = {}
    for statement in statements:
        meeting, value = statement.subject, statement.object
        if statement.predicate == CFM("body"):
            bodies[meeting] = value
        elif statement.predicate == CFM("date") and isinstance(value, Literal):
            when = PartialDate.parse(value.value)
            dates[meeting] = max(when, dates.get(meeting, when), key=_precision)

    def step(meeting: str, action: str) -> _Step:
        body, when = bodies.get(meeting), dates.get(meeting)
        kin = organizations.get(str(body), body)
        return _Step(body, kin, when.first if when else None, when.last if when else None, action)

    return {paper.iri: [step(*one) for one in sorted(paper.steps)] for paper in found}


def _precision(when: PartialDate) -> int:
    return when.precision


def _begin(paper: Paper, ways: Mapping[str, Sequence[_Step]]) -> tuple[object, ...]:
    return min(
        (step.first, len(_LATER) - len(_LATER.get(step.action, ())), paper.iri)
        for step in ways[paper.iri]
        if step.first
    )


def _comparable(first: Paper, second: Paper) -> bool:
    return first.meetings.isdisjoint(second.meetings) and first.articles.isdisjoint(second.articles)


def _is_telling(paper: Paper) -> bool:
    return all(len(title.split()) >= _TELLING_WORDS for _, title in paper.titles)


def _may_follow(first: Acts, second: Acts) -> bool:
    """Whether what was done with two documents may be one way, or tells of a citation: days aside."""
    steps = [
        [_Step(body, None, date.min, date.min, action) for action, body in acts] for acts in (first, second)
    ]
    return _one_way(*steps) or _cited(*steps)


def _one_way(first: Sequence[_Step], second: Sequence[_Step]) -> bool:
    """Whether each step of the one and each of the other follow each other."""
    return all(_follows(a, b) or _follows(b, a) for a in first for b in second)


def _follows(before: _Step, then: _Step) -> bool:
    if then.action not in _LATER.get(before.action, ()) or not _near(before, then):
        return False
    return before.body != then.body or before.action not in _BY_OTHERS


def _cited(first: Sequence[_Step], second: Sequence[_Step]) -> bool:
    return any(
        a.action in ("adopted", "signed") and b.action == "considered" and _near(a, b)
        for a in first
        for b in second
    )


def _near(before: _Step, then: _Step) -> bool:
    """Whether two meetings of one organisation may follow each other, and not too late."""
    if before.last is None or then.last is None or before.first is None or then.first is None:
        return False
    if before.kin != then.kin or before.first > then.last:
        return False
    return (then.first - before.last).days <= _REACH_DAYS
