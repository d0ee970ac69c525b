"""Stages of one meeting: announced, put off to another day, held. The claims keep each date."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from cfm_kg.dates import PartialDate
from cfm_kg.fuse.meetings import MEETING, Apart
from cfm_kg.fuse.model import Statement, Unsettled
from cfm_kg.model import Literal, Node
from cfm_kg.vocab import CFM

_REACH_DAYS = 120
"""A meeting that was put off takes place within this time, or it is another one."""
_MOVED_DAYS = 30
"""Within this time of the announced day, a meeting held may be the one that was announced."""
_LONGEST = 366
"""Days of the least exact date, a year."""
_LATER_STAGE_REPLACES = ("meetingStatus", "endDate", "place", "hostCountry", "meetingFormat")


@dataclass
class _Stage:
    """A meeting as it is told of; what follows from its statuses is asked once all are in, and kept."""

    iri: str
    body: Node | None = None
    when: PartialDate | None = None
    status: dict[Node, list[date]] | None = None
    """Each status with the days on which articles said so."""

    def said(self, *names: str) -> list[date]:
        return [day for name in names for day in (self.status or {}).get(CFM(name), ())]

    @cached_property
    def put_off(self) -> bool:
        return bool(self.said("Postponed")) and not self.said("Held", "Cancelled")

    @cached_property
    def only_announced(self) -> bool:
        return bool(self.said("Planned")) and not self.said("Held", "Cancelled", "Postponed")

    @cached_property
    def held(self) -> bool:
        return bool(self.said("Held"))


def put_off_meetings(
    statements: Iterable[Statement], kept_apart: Apart = frozenset()
) -> tuple[dict[str, str], list[Unsettled]]:
    """Meetings that were put off → the later meeting that took their place, where only one fits.

    The body is the same, the day later but near, and no article told of the later meeting before the
    first was put off. Meetings announced for another day than one is held are reported.
    """
    joins: dict[str, str] = {}
    unsettled: list[Unsettled] = []
    stages = _stages(statements)
    calendars = _calendars(stages)
    for one in (stage for stage in stages if stage.when and (stage.put_off or stage.only_announced)):
        others = list(calendars[one.body].around(one))
        after = [
            other
            for other in others
            if _takes_its_place(one, other) and frozenset((one.iri, other.iri)) not in kept_apart
        ]
        if len(after) == 1:
            joins[one.iri] = after[0].iri
        elif after:
            names = [other.iri for other in after]
            unsettled.append(
                Unsettled.of(one.iri, names, "a meeting put off may be any of several later ones")
            )
        moved = [
            other
            for other in others
            if _maybe_moved(one, other) and frozenset((one.iri, other.iri)) not in kept_apart
        ]
        if moved:
            names = [other.iri for other in sorted(moved, key=partial(_days_between, one))]
            unsettled.append(Unsettled.of(one.iri, names, "announced for one day, and one held on another"))
    return {old: _end(new, joins) for old, new in joins.items()}, unsettled


@dataclass(frozen=True, slots=True)
class _Calendar:
    """The dated meetings of one body by their first day."""

    days: list[int]
    stages: list[_Stage]

    def around(self, one: _Stage) -> Iterator[_Stage]:
        """The meetings that may be a stage of the same one: none lies farther off."""
        assert one.when is not None
        begin = bisect_left(self.days, one.when.first.toordinal() - _MOVED_DAYS - _LONGEST)
        end = bisect_right(self.days, one.when.last.toordinal() + _REACH_DAYS)
        yield from self.stages[begin:end]


def _calendars(stages: Iterable[_Stage]) -> dict[Node | None, _Calendar]:
    by_body: dict[Node | None, list[tuple[int, str, _Stage]]] = defaultdict(list)
    for stage in stages:
        if stage.when is not None:
            by_body[stage.body].append((stage.when.first.toordinal(), stage.iri, stage))
    found = {body: sorted(listed, key=lambda one: one[:2]) for body, listed in by_body.items()}
    return {
        body: _Calendar([day for day, _, _ in listed], [stage for _, _, stage in listed])
        for body, listed in found.items()
    }


def _end(iri: str, joins: Mapping[str, str]) -> str:
    while iri in joins:
        iri = joins[iri]
    return iri


def superseded(statements: Iterable[Statement], joins: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """What put-off meetings say, as subjects and properties, that their later stage says anew."""
    earlier = defaultdict[str, list[str]](list)
    for old, new in joins.items():
        earlier[new].append(old)
    replaced = {CFM(name) for name in _LATER_STAGE_REPLACES}
    return frozenset(
        (old, s.predicate)
        for s in statements
        if s.predicate in replaced
        for old in earlier.get(s.subject, ())
    )


def _stages(statements: Iterable[Statement]) -> list[_Stage]:
    found: dict[str, _Stage] = {}
    for statement in statements:
        if not statement.subject.startswith(MEETING):
            continue
        stage = found.setdefault(statement.subject, _Stage(statement.subject, status=defaultdict(list)))
        if statement.predicate == CFM("body"):
            stage.body = statement.object
        elif statement.predicate == CFM("date") and isinstance(statement.object, Literal):
            when = PartialDate.parse(statement.object.value)
            if stage.when is None or when.precision > stage.when.precision:
                stage.when = when
        elif statement.predicate == CFM("meetingStatus") and stage.status is not None:
            stage.status[statement.object].append(statement.origin.published)
    return [found[iri] for iri in sorted(found)]


def _takes_its_place(one: _Stage, other: _Stage) -> bool:
    if not one.put_off or other.put_off or one.when is None or other.when is None:
        return False
    gap = (other.when.first - one.when.last).days
    known = other.said("Planned", "Held", "Cancelled")
    return 0 < gap <= _REACH_DAYS and bool(known) and min(known) >= min(one.said("Postponed"))


def _maybe_moved(one: _Stage, other: _Stage) -> bool:
    if not one.only_announced or not other.held:
        return False
    if one.when is None or other.when is None or one.when.compatible(other.when):
        return False
    apart = _days_between(one, other)
    return 2 < apart <= _MOVED_DAYS and max(one.said("Planned")) <= other.when.last


def _days_between(one: _Stage, other: _Stage) -> int:
    assert one.when is not None
    assert other.when is not None
    return max((other.when.first - one.when.last).days, (one.when.first - other.when.last).days)
