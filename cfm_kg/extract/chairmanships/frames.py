"""Readings of one turn put together."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from cfm_kg.dates import PartialDate
from cfm_kg.extract.chairmanships.readings import TurnReading
from cfm_kg.extract.chairmanships.whens import Dates
from cfm_kg.model import TurnFrame


class Dated(msgspec.Struct, frozen=True, gc=False):
    """A reading with its year, how sure that is (most first) and why."""

    reading: TurnReading
    year: int | None
    rank: int
    chain: tuple[str, ...]


def frames(dated: list[Dated]) -> Iterable[TurnFrame]:
    """The turns of one country: readings without a stated year belong to the surest that has one."""
    stated = {d.year for d in dated if d.rank == 0}
    best = min(dated, key=lambda d: d.rank)
    yield _frame(best, [d for d in dated if d.rank > 0 or d.year == best.year])
    for year in sorted(y for y in stated if y is not None and y != best.year):
        same = [d for d in dated if d.rank == 0 and d.year == year]
        yield _frame(same[0], same)


def _frame(best: Dated, dated: list[Dated]) -> TurnFrame:
    reading = best.reading
    start, end = _bounds(dated)
    holder = next((d.reading.holder for d in dated if d.reading.holder is not None), None)
    return TurnFrame(
        reading.organization, reading.country, reading.evidence, best.year, start, end, best.chain, holder
    )


def _bounds(dated: list[Dated]) -> tuple[PartialDate | None, PartialDate | None]:
    start = end = None
    for one in dated:
        when = one.reading.when
        if when is None or when.date is None:
            continue
        if when.dates is Dates.START:
            start = start or when.date
        if when.dates is Dates.END:
            end = end or when.date
        if when.until is not None and when.dates is Dates.YEAR:
            start, end = start or when.date, end or when.until
    return start, end
