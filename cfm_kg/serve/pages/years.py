"""A horizontal scale of years, which charts over time share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from cfm_kg.serve.pages import svg

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_TICKS = 14


@dataclass(frozen=True, slots=True)
class Scale:
    """Years from `first` to the end of `last`, between two points across."""

    first: int
    last: int
    left: float
    right: float

    @property
    def year(self) -> float:
        """How wide a year is."""
        return (self.right - self.left) / (self.last + 1 - self.first)

    def x(self, date: str, *, middle: bool = False) -> float:
        """Where a date lies; an inexact one at its beginning, or in its middle."""
        found = _DATE.match(date)
        if found is None:
            return self.left
        year, month, day = found.groups()
        part = ((int(month) - 1) / 12 if month else 0) + ((int(day) - 1) / 365.25 if day else 0)
        if middle:
            part += 0 if day else 1 / 24 if month else 0.5
        return min(self.right, max(self.left, self.left + (int(year) + part - self.first) * self.year))

    def axis(self, top: float, bottom: float) -> Iterator[Markup]:
        """A line and a number for each year, or for as many as there is room for."""
        number = self.last + 1 - self.first
        step = next((s for s in (1, 2, 5, 10, 20, 50, 100) if number / s <= _TICKS), 1000)
        for year in range(self.first, self.last + 1):
            if year % step == 0 or step == 1:
                x = self.left + (year - self.first) * self.year
                yield svg.line(x, top, x, bottom)
                yield svg.text(x + 4, bottom - 3, str(year), "tick")


def scale(dates: Iterable[str], left: float, right: float) -> Scale | None:
    """The scale that holds all dates; None where there is none."""
    years = sorted({int(date[:4]) for date in dates if _DATE.match(date)})
    return Scale(years[0], years[-1], left, right) if years else None
