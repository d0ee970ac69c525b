"""Reckoning a date from what is said and what is known."""

from __future__ import annotations

import re
from datetime import date, timedelta

import msgspec
from msgspec.structs import replace

from cfm_kg.dates import PartialDate
from cfm_kg.tense import Tense

LAST, THIS, NEXT = "last", "this", "next"
_YEARS = {"year-before": -1, "year-same": 0, "year-after": 1}
"""Relations of a year itself ("October last year") to the year of publication."""
_TOLD = "year-told"
"""The relation to the year told of last ("October of the same year")."""
_STEPS = {LAST: -1, THIS: 0, NEXT: 1} | _YEARS
_PAST_SLACK = 2
"""Days that a date told as past may lie after the publication before the year before is meant."""
_FUTURE_SLACK = 20
"""Days that a date told as coming may lie before the publication before the next year is meant."""


_WITHIN = 3
"""So many days after the day told last a day without its month is of the same."""
_MONTHS = re.compile(r"(\d+)-(\d+)")
"""A season's first and last month."""
HALF_A_YEAR = timedelta(days=184)
_FAR = timedelta(days=240)
"""What lies farther back, in another year, is told with it: the verb beside it is of something else."""


class Anchor(msgspec.Struct, frozen=True, gc=False):
    """What a date is reckoned from: the publication date, the date mentioned last, the first full one."""

    published: PartialDate | None
    last: PartialDate | None = None
    recent: PartialDate | None = None
    """The day mentioned last of those that news is told of, or of the paragraph."""
    told: PartialDate | None = None
    year: int | None = None
    """The year of the date mentioned last, where only that is told too."""
    written: PartialDate | None = None
    """The day of the dateline, where it lies before the publication."""


class Reckoned(msgspec.Struct, frozen=True, gc=False):
    """A date, or None where it does not follow, with the steps that led to it."""

    date: PartialDate | None
    chain: tuple[str, ...] = ()
    relative: bool = False


def offset(anchor: Anchor, days: int) -> Reckoned:
    """So many days from the publication date."""
    if anchor.published is None or anchor.published.exact is None:
        return Reckoned(None, ("the publication date is not known to the day",), True)
    return Reckoned(anchor.published.shift(days), (f"{days:+d} days from {anchor.published}",), True)


def days_after(anchor: Anchor, days: int) -> Reckoned:
    """So many days from the date mentioned last: told as outright as that one ("on 22 May, a day earlier …"),
    unless it is the same day."""
    found = offset(Anchor(anchor.last or anchor.published), days)
    return replace(found, relative=False) if days and anchor.last is not None else found


def on_weekday(anchor: Anchor, weekday: int, relation: str | None, told: Tense | None) -> Reckoned | None:
    """The nearest such weekday (0 = Monday) before, or after, the publication date."""
    published = anchor.published.exact if anchor.published else None
    if published is None:
        return Reckoned(None, ("the publication date is not known to the day",), True)
    if relation == NEXT or (relation is None and told is Tense.AHEAD):
        ahead = (weekday - published.weekday()) % 7
        day = published + timedelta(days=ahead or (7 if relation == NEXT else 0))
    else:
        back = (published.weekday() - weekday) % 7
        day = published - timedelta(days=back or (7 if relation == LAST else 0))
    return Reckoned(PartialDate.of(day), (f"weekday nearest to {published}",), True)


def month_beside(anchor: Anchor, relation: str | None) -> Reckoned | None:
    """The month of publication, the one before or after it."""
    published = anchor.published
    if relation is None or published is None or published.month is None:
        return None
    step = _STEPS.get(relation, 0)
    years, month = divmod(published.month - 1 + step, 12)
    chain = (f"the month of publication {published} {step:+d}",)
    return Reckoned(PartialDate(published.year + years, month + 1), chain, True)


def seasonal(
    anchor: Anchor, season: str | None, year: int | None, relation: str | None, told: Tense | None
) -> Reckoned | None:
    """A season is known to its year only: where no word says which, that of the publication."""
    if year is not None:
        return Reckoned(PartialDate(year))
    near = anchor.published or (anchor.told if told is Tense.AHEAD else None)
    if relation == _TOLD or near is None:
        return _relative_year(anchor, relation)
    step = _STEPS[relation] if relation else _season_off(near, season, told)
    known = "of publication" if anchor.published else "of the first date"
    chain = (f"the year {known} {near.year} {step:+d}",)
    return Reckoned(PartialDate(near.year + step), chain, True)


def _season_off(published: PartialDate, season: str | None, told: Tense | None) -> int:
    """1 where a coming season is over in the year of publication."""
    months = _MONTHS.fullmatch(season or "")
    if months is None or published.month is None or told is not Tense.AHEAD:
        return 0
    first, last = map(int, months.groups())
    return int(first <= last < published.month)


def with_year(
    anchor: Anchor,
    year: int | None,
    month: int | None,
    day: int | None,
    relation: str | None,
    told: Tense | None,
) -> Reckoned | None:
    """A day, month or year; what is missing follows from the anchor. Raises ValueError."""
    if year is not None:
        return Reckoned(PartialDate(year, month, day))
    if month is None and day is None:
        return _relative_year(anchor, relation)
    if month is None:
        return _day_of_month(anchor, day, told)
    if relation == _TOLD and anchor.year is not None:
        return Reckoned(PartialDate(anchor.year, month, day), (f"the year {anchor.year} told before",))
    near = anchor.published or anchor.told
    if near is None:
        date(2000, month, day or 1)
        return Reckoned(None, ("no year follows from the text",))
    chosen = _year_for(near, month, day, relation, told)
    known = "publication date" if anchor.published else "first outright date"
    chain = (f"year {chosen} from the {known} {near}",)
    return Reckoned(PartialDate(chosen, month, day), chain, relation is not None)


def _relative_year(anchor: Anchor, relation: str | None) -> Reckoned | None:
    if relation == _TOLD and anchor.year is not None:
        return Reckoned(PartialDate(anchor.year), (f"the year {anchor.year} told before",))
    if anchor.published is None or relation is None:
        return None
    step = _STEPS.get(relation, 0)
    chain = (f"the year of publication {anchor.published.year} {step:+d}",)
    return Reckoned(PartialDate(anchor.published.year + step), chain, True)


def _day_of_month(anchor: Anchor, day: int | None, told: Tense | None) -> Reckoned | None:
    """A day alone belongs to the month mentioned last, or to the nearest month of the publication."""
    known = anchor.last if anchor.last is not None and anchor.last.day is None else None
    if known is not None and known.month is not None:
        return Reckoned(PartialDate(known.year, known.month, day), (f"month of {known}",), True)
    near = anchor.recent
    if near is not None and near.day is not None and day is not None and 0 <= day - near.day <= _WITHIN:
        return Reckoned(PartialDate(near.year, near.month, day), (f"month of {near}",), True)
    published = anchor.published.exact if anchor.published else None
    if published is None or day is None:
        return Reckoned(None, ("the publication date is not known to the day",), True)
    month = published.replace(day=1)
    if day > published.day and told is not Tense.AHEAD:
        month = (month - timedelta(days=1)).replace(day=1)
    if day < published.day and told is Tense.AHEAD:
        month = (month + timedelta(days=32)).replace(day=1)
    chain = (f"day {day} nearest to the publication date {published}",)
    return Reckoned(PartialDate(month.year, month.month, day), chain, True)


def _year_for(
    published: PartialDate, month: int, day: int | None, relation: str | None, told: Tense | None
) -> int:
    """The year that puts a month and day on the right side of the publication, and near it."""
    year = published.year
    if relation in _YEARS:
        return year + _YEARS[relation]
    if relation == THIS:
        return year
    if relation == LAST:
        return year if PartialDate(year, month, day).last < published.first else year - 1
    if relation == NEXT:
        return year if PartialDate(year, month, day).first > published.last else year + 1
    if published.month is None:
        return year
    this = PartialDate(year, month, day)
    if told is Tense.AHEAD and (published.first - this.last).days > _FUTURE_SLACK:
        return year + 1
    if told is Tense.BEFORE and (this.first - published.last).days > _PAST_SLACK:
        return year - 1 if _near(published, PartialDate(year - 1, month, day), _FAR) else year
    if told is not None:
        return year
    return next(
        y for y in (year, year - 1, year + 1) if _near(published, PartialDate(y, month, day), HALF_A_YEAR)
    )


def _near(published: PartialDate, day: PartialDate, reach: timedelta) -> bool:
    """Whether a date lies within a time of the publication."""
    return day.first <= published.last + reach and day.last >= published.first - reach
