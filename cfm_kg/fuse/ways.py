"""A document's way: proposed or endorsed at one meeting, adopted or signed at a later one."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

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

    meeting: str
    body: Node | None
    when: PartialDate | None
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
    ways = _ways(found, every)
    order = sorted((p for p in found if all(s.when for s in ways[p.iri])), key=lambda p: _begin(p, ways))
    partners: dict[str, list[str]] = defaultdict(list)
    cited: dict[str, list[str]] = defaultdict(list)
    for first, second in _near_pairs(order, ways, organizations):
        if not _comparable(first, second) or frozenset((first.iri, second.iri)) in kept_apart:
            continue
        if _one_way(ways[first.iri], ways[second.iri], organizations):
            partners[second.iri].append(first.iri)
        elif _cited(ways[first.iri], ways[second.iri], organizations):
            cited[second.iri].append(first.iri)
    unsettled = [
        Unsettled.of(name, earlier[::-1], "adopted, and considered later") for name, earlier in cited.items()
    ]
    joins: dict[str, str] = {}
    for name in (paper.iri for paper in order if paper.iri in partners):
        targets = list(dict.fromkeys(joins.get(other, other) for other in reversed(partners[name])))
        if len(targets) == 1 and _one_way(ways[targets[0]], ways[name], organizations):
            joins[name] = targets[0]
            ways[targets[0]] += ways[name]
        else:
            unsettled.append(
                Unsettled.of(name, targets, "the title fits several documents of other meetings")
            )
    return joins, unsettled


Titles = frozenset[tuple[str, str]]
"""All titles of a document: language and folded title."""


def _near_pairs(
    order: Sequence[Paper], ways: Mapping[str, Sequence[_Step]], organizations: Mapping[str, str]
) -> Iterator[tuple[Paper, Paper]]:
    """Documents of one type and organisation, of like titles, whose ways begin within reach of each other.

    Most documents share their titles with others: titles are compared, not documents.
    """
    by_kin: dict[tuple[frozenset[Node], Node | None], dict[Titles, deque[tuple[date, Paper]]]] = {}
    alike = _Alike()
    for paper in filter(_is_telling, order):
        first = min(step.when.first for step in ways[paper.iri] if step.when)
        titles, found = frozenset(paper.titles), dict[str, Paper]()
        for kin in {_kin(step.body, organizations) for step in ways[paper.iri]}:
            earlier = by_kin.setdefault((frozenset(paper.types), kin), {})
            for others, listed in list(earlier.items()):
                while listed and (first - listed[0][0]).days > 2 * _REACH_DAYS:
                    listed.popleft()
                if not listed:
                    del earlier[others]
                elif alike(titles, others):
                    found |= {other.iri: other for _, other in listed}
            earlier.setdefault(titles, deque()).append((first, paper))
        yield from ((other, paper) for other in found.values())


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


def _kin(body: Node | None, organizations: Mapping[str, str]) -> Node | None:
    """What a body belongs to, else the body itself."""
    return organizations.get(str(body), body)


def _ways(found: Iterable[Paper], statements: Iterable[Statement]) -> dict[str, list[_Step]]:
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
    return {
        paper.iri: [_Step(m, bodies.get(m), dates.get(m), action) for m, action in sorted(paper.steps)]
        for paper in found
    }


def _precision(when: PartialDate) -> int:
    return when.precision


def _begin(paper: Paper, ways: Mapping[str, Sequence[_Step]]) -> tuple[object, ...]:
    return min(
        (step.when.first, len(_LATER) - len(_LATER.get(step.action, ())), paper.iri)
        for step in ways[paper.iri]
        if step.when
    )


def _comparable(first: Paper, second: Paper) -> bool:
    return not (first.meetings & second.meetings or first.articles & second.articles)


def _is_telling(paper: Paper) -> bool:
    return all(len(title.split()) >= _TELLING_WORDS for _, title in paper.titles)


def _one_way(first: Sequence[_Step], second: Sequence[_Step], organizations: Mapping[str, str]) -> bool:
    """Whether each step of the one and each of the other follow each other."""
    return all(_follows(a, b, organizations) or _follows(b, a, organizations) for a in first for b in second)


def _follows(before: _Step, then: _Step, organizations: Mapping[str, str]) -> bool:
    if not _near(before, then, organizations) or then.action not in _LATER.get(before.action, ()):
        return False
    return before.body != then.body or before.action not in _BY_OTHERS


def _cited(first: Sequence[_Step], second: Sequence[_Step], organizations: Mapping[str, str]) -> bool:
    return any(
        a.action in ("adopted", "signed") and b.action == "considered" and _near(a, b, organizations)
        for a in first
        for b in second
    )


def _near(before: _Step, then: _Step, organizations: Mapping[str, str]) -> bool:
    """Whether two meetings of one organisation may follow each other, and not too late."""
    if before.when is None or then.when is None or before.when.first > then.when.last:
        return False
    return (
        _kin(before.body, organizations) == _kin(then.body, organizations)
        and (then.when.first - before.when.last).days <= _REACH_DAYS
    )
