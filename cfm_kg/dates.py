"""Dates as exact as a text states them: a year, a month or a day, and ranges of these."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

import msgspec

XSD = "http://www.w3.org/2001/XMLSchema#"
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


class PartialDate(msgspec.Struct, frozen=True, order=True, gc=False):
    """A calendar date known to the year, the month or the day (proleptic Gregorian)."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs a month")
        if not 1 <= self.year <= 9999:
            raise ValueError(f"year {self.year} is out of range")
        date(self.year, self.month or 1, self.day or 1)  # raises ValueError where the day does not exist

    @classmethod
    def parse(cls, iso: str) -> PartialDate:
        """Read `2021`, `2021-05` or `2021-05-19`. Raises ValueError."""
        match = _ISO.match(iso)
        if match is None:
            raise ValueError(f"not a date: {iso!r}")
        year, month, day = match.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """The exact date of a calendar day."""
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        if self.day is not None:
            return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
        return f"{self.year:04d}" if self.month is None else f"{self.year:04d}-{self.month:02d}"

    @property
    def datatype(self) -> str:
        """The XSD datatype's IRI that has this precision."""
        return XSD + ("date" if self.day else "gYearMonth" if self.month else "gYear")

    @property
    def first(self) -> date:
        """The first day that it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that it may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def exact(self) -> date | None:
        """The calendar day, where the day is known."""
        return self.first if self.day is not None else None

    @property
    def precision(self) -> int:
        """1 for a year, 2 for a month, 3 for a day."""
        return 1 + (self.month is not None) + (self.day is not None)

    def covers(self, other: PartialDate) -> bool:
        """Whether `other` lies wholly within this date."""
        return self.first <= other.first and other.last <= self.last

    def compatible(self, other: PartialDate) -> bool:
        """Whether both may mean the same day."""
        return self.covers(other) or other.covers(self)

    def shift(self, days: int) -> PartialDate:
        """The date `days` later; only for a date known to the day. Raises ValueError."""
        if self.exact is None:
            raise ValueError(f"{self} is not known to the day")
        return PartialDate.of(self.exact + timedelta(days=days))


@dataclass(frozen=True, slots=True)
class Interval:
    """A half-open interval of days; None is open-ended."""

    start: PartialDate | None
    end: PartialDate | None

    def certainly_holds(self, on: PartialDate) -> bool:
        """Whether every day of `on` lies within, taking partial bounds at their widest."""
        return self._after_start(on.first) and self._before_end(on.last)

    def may_hold(self, on: PartialDate) -> bool:
        """Whether some day of `on` may lie within."""
        return self._after_start(on.last) and self._before_end(on.first)

    def _after_start(self, day: date) -> bool:
        return self.start is None or day >= self.start.first

    def _before_end(self, day: date) -> bool:
        if self.end is None:
            return True
        return day < self.end.first if self.end.day is not None else day <= self.end.last
