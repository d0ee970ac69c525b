"""The year of a date that is written without one, where only one year in sight can be meant."""

from __future__ import annotations

import re
from datetime import timedelta

from cfm_kg.clean.page import LONG, PROSE_READ, Page
from cfm_kg.clean.stamps import Stamp

YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
NEAR = timedelta(days=3)
"""A dateline is at most so much older than its publication, or than a day that the text tells of."""
_OPENING = 3
"""Paragraphs in which a weekday is looked for."""
_SENTENCE_END = (".", "!", "?")
_SPAN_OF_YEARS = 4
"""Within so many years a day of a month seldom falls on one weekday twice."""


def year_of(page: Page, stamp: Stamp) -> tuple[int, str] | None:
    """The year in which `stamp`, which has none, was written on `page`, and what tells it."""
    named = (_date_at_end(page), page.named_dates())
    told_near = ({told.year for told in dates if told.year and _close(stamp, told)} for dates in named)
    near = next(filter(None, told_near), set())
    for years, reason in (
        (near, "a date in the text"),
        (_years_of_calendars(page, stamp), "the page's calendar"),
        (_years_by_weekday(page, stamp), "the weekday and the text's years"),
        (_years_before_coming_days(page, stamp), "a day in the text"),
        (_years_called_current(page), "what the text calls the present one"),
    ):
        if len(years) == 1:
            return years.pop(), reason
    return None


def opening_years(page: Page) -> set[int]:
    """The years that the first paragraphs name."""
    opening = page.prose()[:PROSE_READ]
    return {int(year) for line in opening for year in YEAR.findall(line.text[:LONG])}


def _date_at_end(page: Page) -> list[Stamp]:
    """The date that ends the text in brackets of its own, as agencies sign a report."""
    text = next((line.text.rstrip() for line in reversed(page.prose())), "")[-LONG:]
    opened = text.rfind("(")
    before = text[:opened].rstrip()
    if opened < 0 or not text.endswith(")") or not before.endswith(_SENTENCE_END):
        return []
    return [d for d in page.dates.find(text) if (d.span.start, d.span.end) == (opened + 1, len(text) - 1)]


def _years_of_calendars(page: Page, stamp: Stamp) -> set[int]:
    return {
        year
        for line in page.lines
        if not line.prose
        for month, year in page.dates.months_in(line.text[:200])
        if month == stamp.month
    }


def _years_by_weekday(page: Page, stamp: Stamp) -> set[int]:
    """The text's years, or those between, in which the day is the weekday that the text opens with."""
    opening = _telling(page)
    named = [m.lower() for text in opening[:_OPENING] for m in page.dates.weekday.findall(text)]
    if not named:
        return set()
    wanted = page.dates.weekdays[named[0]]
    years = {year for text in opening for year in _years(text)}
    fitting = {year for year in years if _weekday(stamp, year) == wanted}
    if fitting or not years:
        return fitting
    recent = [year for year in years if year >= max(years) - _SPAN_OF_YEARS]
    between = {year for year in range(min(recent), max(recent) + 1) if _weekday(stamp, year) == wanted}
    if between or not page.dates.weekday.search(opening[0]):
        return between
    # Beside a dateline the weekday is its own: what is to be done in a year may be told in the one before.
    return {year - 1 for year in _years_ahead(page) if _weekday(stamp, year - 1) == wanted}


def _years_ahead(page: Page) -> set[int]:
    """The years in which the text says that something will be done."""
    texts = [line.text[:LONG] for line in page.prose()]
    found = ((text[: match.start()], int(match[0])) for text in texts for match in YEAR.finditer(text))
    return {year for before, year in found if any(p.coming_day.search(before) for p in page.packs)}


def _telling(page: Page) -> list[str]:
    """The first paragraphs, with short ones below the prose that are sentences all the same."""
    below = [page.lines[n].text for n in page.margins if n > page.last_prose]
    prose = [line.text for line in page.prose()] + [text for text in below if text.endswith(_SENTENCE_END)]
    return [text[:LONG] for text in prose[:PROSE_READ]]


def _years_before_coming_days(page: Page, stamp: Stamp) -> set[int]:
    """The year of `stamp` as the last such day before those that the text tells of as coming."""
    years: set[int] = set()
    for text in _telling(page):
        for told in page.dates.find(text):
            if told.year is not None and any(
                p.coming_day.search(text[: told.span.start]) for p in page.packs
            ):
                later = (stamp.month, stamp.day) > (told.month, told.day)
                years.add(told.year - later)
    return years


def _years_called_current(page: Page) -> set[int]:
    years: set[int] = set()
    for line in page.prose():
        for pack in page.packs:
            for match in pack.current_year.finditer(line.text[:LONG]):
                years |= {int(group) for group in match.groups() if group}
    return years


def _close(stamp: Stamp, told: Stamp) -> bool:
    """Whether `told` lies within a few days of `stamp` taken in the same year."""
    same = Stamp(stamp.span, stamp.day, stamp.month, told.year).date
    if same is None or told.date is None or same.exact is None or told.date.exact is None:
        return False
    return abs(same.exact - told.date.exact) <= NEAR


def _weekday(stamp: Stamp, year: int) -> int | None:
    dated = Stamp(stamp.span, stamp.day, stamp.month, year).date
    return dated.first.weekday() if dated else None


def _years(text: str) -> set[int]:
    digits = "".join(c if c.isdecimal() else " " for c in text).split()
    return {int(d) for d in digits if len(d) == 4 and d[:2] in ("19", "20")}
