"""Dates as publication lines write them: in numbers or names, glued, abbreviated, with two-digit years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from cfm_kg.dates import PartialDate
from cfm_kg.model import Span
from cfm_kg.packs.cleaning import load_cleaning

TIME = re.compile(
    r"(?<![\d.])\d{1,2}(?::\d{2}){1,2}(?:\s*[ap]\.?m\b\.?)?|(?<![\d.])\d{1,2}\.\d{2}(?=\s*[ap]\.?m)", re.I
)
_DIGIT = re.compile(r"\d")
_FIRST_YEAR, _LAST_YEAR = 1945, 2100
_CENTURY_TURN = 70
"""Two-digit years below this are of the 2000s."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date in a line. `year` is None where the line has none; `day` and `month` are always there."""

    span: Span
    day: int
    month: int
    year: int | None
    numeric: bool = False

    @property
    def date(self) -> PartialDate | None:
        """The full date, where the line has a year and the day exists."""
        if self.year is None:
            return None
        try:
            return PartialDate(self.year, self.month, self.day)
        except ValueError:
            return None

    def month_first(self) -> Stamp:
        """The same numbers read with the month first."""
        return Stamp(self.span, self.month, self.day, self.year, numeric=True)


@dataclass(frozen=True, slots=True)
class StampGrammar:
    """The date patterns of one or more languages together."""

    pattern: re.Pattern[str]
    months: Mapping[str, int]
    weekday: re.Pattern[str]
    weekdays: Mapping[str, int]
    calendar: re.Pattern[str]
    """A month with its year and no day."""
    month_names: str
    """Regular expression of all month names, for other patterns to use."""
    year_end: str
    """Regular expression of what may follow a year."""
    small_words: str
    """Regular expression of words that stand in names without a capital."""

    def find(self, text: str, *, month_first: bool = False) -> tuple[Stamp, ...]:
        """The dates in `text`, in order; numbers are read day first unless impossible or told otherwise."""
        if _DIGIT.search(text) is None:
            return ()
        stamps = (self._stamp(match, month_first) for match in self.pattern.finditer(text))
        return tuple(stamp for stamp in stamps if stamp is not None)

    def months_in(self, text: str) -> tuple[tuple[int, int], ...]:
        """Months with their years ("June 2022", "2022 June") in `text`."""
        found = (match.groupdict() for match in self.calendar.finditer(text))
        return tuple((self.months[(g["m"] or g["n"]).lower()], int(g["y"] or g["z"])) for g in found)

    def _stamp(self, match: re.Match[str], month_first: bool) -> Stamp | None:
        groups = match.groupdict()
        form = next(form for form in ("g", "i", "n", "a", "b", "c", "d") if groups[form + "d"] is not None)
        day = int(groups[form + "d"])
        year_text = groups.get(form + "y")
        year = _year(year_text) if year_text else None
        if year_text and year is None:
            return None
        numeric = form in "gn"
        if form in "gin":
            month = int(groups[form + "m"])
            if numeric and (month > 12 or (month_first and day <= 12)):
                day, month = month, day
        else:
            month = self.months[groups[form + "m"].lower()]
        stamp = Stamp(Span(*match.span()), day, month, year, numeric)
        possible = 1 <= month <= 12 and 1 <= day <= 31 and (year is None or stamp.date is not None)
        return stamp if possible else None


@cache
def grammar(languages: tuple[str, ...]) -> StampGrammar:
    """The date patterns of `languages` together. Raises CfmError where a language has no cleaning pack."""
    packs = [load_cleaning(language) for language in languages]
    months = {name: number for pack in packs for name, number in pack.months.items()}
    weekdays = {name: number for pack in packs for name, number in pack.weekdays.items()}
    month = "(?:" + "|".join(_longest_first(months)) + ")"
    ordinal = _optional(re.escape(s) for pack in packs for s in pack.ordinal_suffixes)
    joiner = _optional(rf"\s+{re.escape(j)}" for pack in packs for j in pack.day_joiners)
    year_end = _optional(rf"\s*{suffix}(?!\w)" for pack in packs for suffix in pack.year_suffixes)

    def day_month(key: str) -> str:
        day = rf"(?<![\d.:])(?P<{key}d>\d{{1,2}}){ordinal}"
        return day + rf"{joiner}[\s\-–./,]*(?P<{key}m>{month})(?!\w)\.?"

    def month_day(key: str) -> str:
        return rf"(?<!\w)(?P<{key}m>{month})(?:\.\s?|\.?[\s\-]+)(?P<{key}d>\d{{1,2}}){ordinal}(?![\d:])"

    forms = (
        r"\d{2}:\d{2}(?P<gd>\d{2})[./-](?P<gm>\d{2})[./-](?P<gy>\d{4})(?!\d)",
        r"(?<!\d)(?P<iy>(?:19|20)\d{2})(?P<is>[-./])(?P<im>\d{1,2})(?P=is)(?P<id>\d{1,2})(?!\d)",
        r"(?<![\d:])(?P<nd>\d{1,2})(?P<ns>[-./])(?P<nm>\d{1,2})(?P=ns)(?P<ny>\d{4}|\d{2}(?!:))(?!\d|[.-]\d)",
        day_month("a") + rf"[\s\-–/,]+(?P<ay>\d{{4}}|[’']?\d{{2}}(?!\s*[:.]\d|-))(?!\d){year_end}",
        month_day("b") + rf"[,.]?\s+(?P<by>\d{{4}})(?!\d){year_end}",
        day_month("c"),
        month_day("d"),
    )
    weekday = re.compile(r"(?<!\w)(?:" + "|".join(_longest_first(weekdays)) + r")(?!\w)", re.IGNORECASE)
    year = r"(?:19|20)\d{2}"
    calendar = re.compile(
        rf"(?<!\w)(?P<m>{month}),?\s+(?P<y>{year})(?!\d)|(?<!\d)(?P<z>{year})\s+(?P<n>{month})(?!\w)",
        re.IGNORECASE,
    )
    small = "|".join(sorted({re.escape(word) for pack in packs for word in pack.small_words})) or r"(?!)"
    every = re.compile("|".join(forms), re.IGNORECASE)
    return StampGrammar(every, months, weekday, weekdays, calendar, month, year_end, small)


def _longest_first(names: Mapping[str, int]) -> list[str]:
    return [re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name))]


def _optional(alternatives: Iterable[str]) -> str:
    patterns = list(alternatives)
    return f"(?:{'|'.join(patterns)})?" if patterns else ""


def _year(text: str) -> int | None:
    digits = text.lstrip("’'")
    year = int(digits)
    if len(digits) == 2:
        year += 2000 if year < _CENTURY_TURN else 1900
    return year if _FIRST_YEAR <= year <= _LAST_YEAR else None
