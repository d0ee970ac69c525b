"""Which meetings of several articles are one: the same body, and dates that only one meeting fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cfm_kg.dates import PartialDate
from cfm_kg.fuse.model import Statement, Unsettled
from cfm_kg.model import Literal, Node
from cfm_kg.vocab import BASE, CFM

MEETING = BASE + "id/meeting/"
"""How the name of a meeting begins."""
_NEAR_DAYS = 2
Apart = frozenset[frozenset[str]]
"""Pairs of names that a human decision keeps apart."""


@dataclass(frozen=True, slots=True)
class _Meeting:
    iri: str
    body: str
    date: PartialDate | None
    end: PartialDate | None
    places: frozenset[Node]
    countries: frozenset[Node]

    @property
    def precision(self) -> int:
        return self.date.precision if self.date else 0


def same_meetings(
    statements: Iterable[Statement], kept_apart: Apart = frozenset()
) -> tuple[dict[str, str], list[Unsettled]]:
    """Names of meetings → the name of the meeting that they join; and what could not be settled."""
    by_body: dict[str, list[_Meeting]] = defaultdict(list)
    for meeting in _meetings(statements):
        by_body[meeting.body].append(meeting)
    joins: dict[str, str] = {}
    unsettled: list[Unsettled] = []
    for _, meetings in sorted(by_body.items()):
        _join(meetings, kept_apart, joins, unsettled)
    return joins, unsettled


def _meetings(statements: Iterable[Statement]) -> list[_Meeting]:
    facts: dict[str, dict[str, set[Node]]] = defaultdict(lambda: defaultdict(set))
    for statement in statements:
        if statement.subject.startswith(MEETING):
            facts[statement.subject][statement.predicate].add(statement.object)
    return [
        _Meeting(
            iri,
            str(min(found[CFM("body")], key=str)),
            _date(found[CFM("date")]),
            _date(found[CFM("endDate")]),
            frozenset(found[CFM("place")]),
            frozenset(found[CFM("hostCountry")]),
        )
        for iri, found in sorted(facts.items())
        if found[CFM("body")]
    ]


def _date(values: Iterable[Node]) -> PartialDate | None:
    """The most exact of the dates, the earliest of equals."""
    dates = [PartialDate.parse(value.value) for value in values if isinstance(value, Literal)]
    return min(dates, key=lambda date: (-date.precision, date.first)) if dates else None


def _join(
    meetings: list[_Meeting], kept_apart: Apart, joins: dict[str, str], unsettled: list[Unsettled]
) -> None:
    """Join the less exact meetings of one body to the more exact, the most exact first."""
    apart = _Months()
    members: dict[str, set[str]] = defaultdict(set)

    def allowed(meeting: _Meeting, other: _Meeting) -> bool:
        together = {other.iri, *members[other.iri]}
        return not any(frozenset((meeting.iri, iri)) in kept_apart for iri in together)

    for meeting in sorted(meetings, key=lambda m: (-m.precision, m.date is not None and m.date.first, m.iri)):
        around = apart.around(meeting)
        fitting = [other for other in around if _fits(meeting, other) and allowed(meeting, other)]
        if len(fitting) == 1:
            joins[meeting.iri] = fitting[0].iri
            members[fitting[0].iri].add(meeting.iri)
            continue
        if fitting:
            names = [other.iri for other in fitting]
            unsettled.append(
                Unsettled.of(meeting.iri, names, "an inexact date fits several meetings of this body")
            )
        near = [other.iri for other in around if _near(meeting, other) and allowed(meeting, other)]
        if near:
            unsettled.append(
                Unsettled.of(meeting.iri, near, f"meetings of this body within {_NEAR_DAYS} days")
            )
        apart.add(meeting)


class _Months:
    """Meetings by the months in or near which they may have been: only those of a month may be one."""

    def __init__(self) -> None:
        self._found: dict[int, dict[str, _Meeting]] = defaultdict(dict)

    def add(self, meeting: _Meeting) -> None:
        """Take a dated meeting; one without a date is like no other."""
        for month in self._of(meeting, _NEAR_DAYS):
            self._found[month][meeting.iri] = meeting

    def around(self, meeting: _Meeting) -> list[_Meeting]:
        """The meetings that a meeting may be, or be near to, and some more."""
        months = (self._found.get(month, {}) for month in self._of(meeting, 0))
        return list({iri: other for month in months for iri, other in month.items()}.values())

    def _of(self, meeting: _Meeting, margin: int) -> Iterable[int]:
        if meeting.date is None:
            return ()
        last = max(meeting.date.last, meeting.end.last) if meeting.end else meeting.date.last
        begin = date.fromordinal(max(meeting.date.first.toordinal() - margin, 1))
        end = date.fromordinal(min(last.toordinal() + margin, date.max.toordinal()))
        return range(begin.year * 12 + begin.month, end.year * 12 + end.month + 1)


def _fits(meeting: _Meeting, other: _Meeting) -> bool:
    """Whether `meeting` may be `other`, whose date is at least as exact."""
    if meeting.date is None or other.date is None or _contradict(meeting, other):
        return False
    if meeting.precision == other.precision:
        return _within(meeting.date, other)
    if not meeting.date.covers(other.date):
        return False
    # A body meets several times a year: a bare year needs a place in common as well.
    return meeting.precision > 1 or bool(meeting.places & other.places or meeting.countries & other.countries)


def _within(date: PartialDate, other: _Meeting) -> bool:
    """Whether a day is one of the days of a meeting of several days."""
    if other.date is None or other.end is None or date.precision < 3:
        return False
    return other.date.first <= date.first and date.last <= other.end.last


def _contradict(a: _Meeting, b: _Meeting) -> bool:
    differ = bool(a.places and b.places and not a.places & b.places)
    return differ or bool(a.countries and b.countries and not a.countries & b.countries)


def _near(a: _Meeting, b: _Meeting) -> bool:
    if a.date is None or b.date is None or a.date.exact is None or b.date.exact is None:
        return False
    return abs((a.date.exact - b.date.exact).days) <= _NEAR_DAYS and not _contradict(a, b)


def renamed(iri: str, joins: Mapping[str, str], paths: Mapping[str, str]) -> str:
    """The merged name of a thing. What is named after a meeting (`id/<kind>/<meeting>/…`) moves with it."""
    if iri in joins:
        return joins[iri]
    if paths and iri.startswith(BASE + "id/"):
        kind, _, rest = iri[len(BASE + "id/") :].partition("/")
        body, _, rest = rest.partition("/")
        day, slash, rest = rest.partition("/")
        if f"{body}/{day}" in paths:
            return f"{BASE}id/{kind}/{paths[f'{body}/{day}']}{slash}{rest}"
    return iri


def paths_of(joins: Mapping[str, str]) -> dict[str, str]:
    """`csto-cfm/2021-05` → `csto-cfm/2021-05-19`, for each meeting that joins another."""
    cut = len(MEETING)
    return {old[cut:]: new[cut:] for old, new in joins.items()}
