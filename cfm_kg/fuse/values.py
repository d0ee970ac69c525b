"""Which value of a property becomes the merged fact where only one can be true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from cfm_kg.dates import PartialDate
from cfm_kg.fuse.model import Candidate, Conflict, Statement
from cfm_kg.model import Literal, Node
from cfm_kg.vocab import CFM, XSD

SINGLE = (
    *("body", "date", "endDate", "place", "hostCountry", "meetingFormat", "chair", "documentType", "forBody"),
    *("person", "country", "participationRole", "onBehalfOf", "organization", "year", "start", "end"),
    *("action", "statedCount", "role"),
)
"""Properties of which merged facts have one value."""

_DATES = frozenset({XSD("date"), XSD("gYearMonth"), XSD("gYear")})
_STAGES = {"Planned": 0, "Postponed": 1, "Held": 2, "Cancelled": 2}
Rank = tuple[int, int, int, date]
"""Reported rather than announced, exactness, independent sources (each negative), day of publication."""

_CRITERIA = ("reported, not announced", "more exact", "more independent sources", "published earlier")
_LAST = "first by name"


def text(value: Node) -> tuple[str, str, str]:
    """A key that sorts values by what they say."""
    if isinstance(value, str):
        return value, "", ""
    return value.value, value.language or "", value.datatype or ""


def grouped(statements: Iterable[Statement]) -> dict[Node, list[Statement]]:
    """Statements by value, the values sorted."""
    groups: dict[Node, list[Statement]] = defaultdict(list)
    for statement in statements:
        groups[statement.object].append(statement)
    return dict(sorted(groups.items(), key=lambda pair: text(pair[0])))


def candidate(value: Node, statements: Iterable[Statement]) -> Candidate:
    """A value with the articles and claims that give it."""
    found = list(statements)
    articles = sorted({statement.origin.article for statement in found})
    return Candidate(value, tuple(articles), tuple(sorted({s.claim for s in found if s.claim})))


def decide(
    statements: Sequence[Statement], announced: frozenset[tuple[str, str]] = frozenset()
) -> tuple[Node, Conflict | None]:
    """The value of a single-valued property, and the conflict where articles disagree.

    `announced` holds meetings with the articles that only announce them. A less exact date is no
    disagreement with the more exact one that it covers.
    """
    groups = grouped(statements)
    ranks = {value: _rank(value, found, announced) for value, found in groups.items()}
    order = sorted(groups, key=lambda value: (ranks[value], text(value)))
    chosen = order[0]
    rivals = [value for value in order[1:] if not _agree(chosen, value)]
    if not rivals:
        return chosen, None
    first = statements[0]
    named = tuple(candidate(value, groups[value]) for value in (chosen, *rivals))
    return chosen, Conflict(
        first.subject, first.predicate, named, _criterion(ranks[chosen], ranks[rivals[0]])
    )


def _rank(value: Node, statements: Iterable[Statement], announced: frozenset[tuple[str, str]]) -> Rank:
    found = list(statements)
    reports = [s for s in found if (s.subject, s.origin.article) not in announced]
    sources = {statement.origin.source for statement in found}
    earliest = min(statement.origin.published for statement in found)
    when = _date(value)
    return -bool(reports), -(when.precision if when else 0), -len(sources), earliest


def _criterion(best: Rank, second: Rank) -> str:
    return next((name for name, a, b in zip(_CRITERIA, best, second, strict=True) if a != b), _LAST)


def _date(value: Node) -> PartialDate | None:
    if isinstance(value, Literal) and value.datatype in _DATES:
        return PartialDate.parse(value.value)
    return None


def _agree(chosen: Node, other: Node) -> bool:
    a, b = _date(chosen), _date(other)
    return a is not None and b is not None and a.compatible(b)


def decide_status(statements: Sequence[Statement]) -> tuple[Node, Conflict | None]:
    """The stage of a meeting that holds: the one published last, but what was reported beats announcements.

    That a meeting was planned or postponed first is no disagreement. That it was both held and cancelled
    is, or that an article still calls it postponed after another reported it held.
    """
    groups = grouped(statements)
    over = {CFM("Held"), CFM("Cancelled")}
    stage = {CFM(name): rank for name, rank in _STAGES.items()}
    latest = {value: _latest(found) for value, found in groups.items()}

    def rank(value: Node) -> tuple[bool, int, int, tuple[str, str, str]]:
        undone = CFM("Held") in groups and value not in over
        return undone, -latest[value], -stage.get(str(value), 0), text(value)

    order = sorted(groups, key=rank)
    chosen = order[0]
    rivals = [
        value
        for value in order[1:]
        if {chosen, value} == over or (value == CFM("Postponed") and latest[value] > latest[chosen])
    ]
    if not rivals:
        return chosen, None
    first = statements[0]
    named = tuple(candidate(value, groups[value]) for value in (chosen, *rivals))
    criterion = "published later" if latest[chosen] > latest[rivals[0]] else "reported, not announced"
    if {chosen, rivals[0]} == over and latest[chosen] == latest[rivals[0]]:
        criterion = _LAST
    return chosen, Conflict(first.subject, first.predicate, named, criterion)


def _latest(statements: Iterable[Statement]) -> int:
    """The day, as an ordinal, on which something was last published; 0 where that is not known."""
    known = [s.origin.published for s in statements if s.origin.published != date.max]
    return max(known).toordinal() if known else 0


def one_a_language(groups: Mapping[Node, Sequence[Statement]]) -> tuple[list[Node], list[Node]]:
    """One label or title a language (most sources, then longest, then first by name), and the others."""
    best: dict[str, Node] = {}

    def rank(value: Node) -> tuple[int, int, tuple[str, str, str]]:
        return -len({s.origin.source for s in groups[value]}), -len(text(value)[0]), text(value)

    for value in sorted(groups, key=rank):
        best.setdefault((value.language or "") if isinstance(value, Literal) else "", value)
    kept = list(best.values())
    return kept, [value for value in groups if value not in kept]
