"""When an article was published: metadata, publication line or dateline, in this order of trust."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from cfm_kg.clean.blocks import Line
from cfm_kg.clean.dateline import Dateline
from cfm_kg.clean.imprint import Imprint, Trust, read_imprint
from cfm_kg.clean.stamps import Stamp, StampGrammar
from cfm_kg.dates import PartialDate
from cfm_kg.model import Publication, Span
from cfm_kg.packs.cleaning import CleaningPack

_NEAR = timedelta(days=3)
"""A dateline is at most so much older than its publication, or younger by time zones and slips."""
_ADDRESS = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?:[/-]|$)")
_SHORT = 6
"""Words of a line that is little but a date."""
_OPENING, _PROSE_READ = 3, 6
"""Paragraphs in which a weekday, and a year, for a dateline are looked for."""
_SPAN_OF_YEARS = 4
"""Within so many years a day of a month seldom falls on one weekday twice."""


@dataclass(frozen=True, slots=True)
class Page:
    """What publication and publisher are told by: a page's lines, sorted."""

    lines: Sequence[Line]
    noise: frozenset[int]
    headline: int
    """Line number; -1 where there is none."""
    headline_span: Span | None
    first_prose: int
    last_prose: int
    datelines: Mapping[int, Dateline]
    """By line number."""
    packs: Sequence[CleaningPack]
    dates: StampGrammar

    @property
    def margins(self) -> tuple[int, ...]:
        """Numbers of the lines above and below the prose that are not noise."""
        outside = (n for n in range(len(self.lines)) if not self.first_prose <= n <= self.last_prose)
        return tuple(n for n in outside if n not in self.noise)

    def prose(self) -> list[Line]:
        """The article's paragraphs."""
        inside = range(self.first_prose, min(self.last_prose + 1, len(self.lines)))
        return [self.lines[n] for n in inside if n not in self.noise]


def publication(page: Page, metadata_date: str | None, url: str | None = None) -> Publication | None:
    """The day of publication with the reason; None where no year can be had."""
    if metadata_date:
        told = _metadata(metadata_date, page.dates)
        if told is not None:
            return Publication(told, "metadata")
    month_first = _month_first(page)
    found = imprints(page, month_first)
    datelines = [(n, line.stamp) for n, line in sorted(page.datelines.items()) if line.stamp is not None]
    sure = [(n, i) for n, i in found if i.trust > Trust.MENTIONED and not is_doubtful(n, i, page)]
    if sure:
        number, imprint = max(sure, key=lambda item: _rank(item, page, datelines))
        return _published(page, number, imprint.stamp, "publication line")
    for number, stamp in datelines:
        if stamp.year is not None:
            return _published(page, number, stamp, "dateline")
    for number, stamp in (*datelines, *_yearless(page)):
        dated = _with_year(page, number, stamp, found)
        if dated is not None:
            return dated
    resort = _last_resort(page, found) or _reckoned(page)
    in_address = _ADDRESS.search(url or "")
    if resort is None and in_address:
        day = _metadata("-".join(in_address.groups()), page.dates)
        return Publication(day, "date in the address") if day else None
    return resort


def imprints(page: Page, month_first: bool = False) -> list[tuple[int, Imprint]]:
    """The dated short lines above and below the prose, with their line numbers."""
    read = ((n, read_imprint(page.lines[n], page.dates, page.packs, month_first)) for n in page.margins)
    return [(number, imprint) for number, imprint in read if imprint is not None]


def _yearless(page: Page) -> list[tuple[int, Stamp]]:
    """Short lines above or below the prose that hold a day and month, and little else but a time."""
    found: list[tuple[int, Stamp]] = []
    for number in page.margins:
        line = page.lines[number]
        stamps = page.dates.find(line.text) if len(line.text) < 60 and not line.item else ()
        if len(stamps) == 1 and stamps[0].year is None and len(line.text.split()) <= _SHORT:
            found.append((number, stamps[0]))
    return found


def _rank(
    item: tuple[int, Imprint], page: Page, datelines: Sequence[tuple[int, Stamp]]
) -> tuple[int, int, int, int]:
    number, imprint = item
    above = number < page.first_prose
    agrees = any(_follows(imprint.stamp, stamp) for _, stamp in datelines)
    below_headline = above and number >= page.headline
    return (imprint.trust + 2 * agrees, above, below_headline, number if above else -number)


def _follows(later: Stamp, earlier: Stamp) -> bool:
    """Whether `later`, a full date, is the day of `earlier`, which may lack its year, or a few days after."""
    day = later.date.exact if later.date else None
    if day is None:
        return False
    window = (day + timedelta(days=shift) for shift in range(-_NEAR.days, 2))
    return any((d.month, d.day) == (earlier.month, earlier.day) for d in window)


def is_doubtful(number: int, imprint: Imprint, page: Page) -> bool:
    """Whether a date may be the day of a visit: pages show that one with its weekday, above the headline."""
    if not imprint.weekday or imprint.trust is Trust.LABELLED or number > page.last_prose:
        return False
    return page.headline > number or (page.headline < 0 and number == 0)


def _published(page: Page, number: int, stamp: Stamp, reason: str) -> Publication | None:
    if stamp.date is None:
        return None
    start = page.lines[number].span.start
    return Publication(stamp.date, reason, Span(start + stamp.span.start, start + stamp.span.end))


def _metadata(text: str, dates: StampGrammar) -> PartialDate | None:
    stamps = [stamp for stamp in dates.find(text[:100]) if stamp.date is not None]
    if stamps:
        return stamps[0].date
    try:
        return PartialDate.parse(text.strip()[:7]) if len(text.strip()) in (4, 7) else None
    except ValueError:
        return None


def _with_year(
    page: Page, number: int, stamp: Stamp, found: Sequence[tuple[int, Imprint]]
) -> Publication | None:
    """A dateline without its year takes one that only one year in sight can be."""
    for other, imprint in found:
        if _follows(imprint.stamp, stamp):
            return _published(page, other, imprint.stamp, "date on the page that agrees with the dateline")
    near = {told.year for told in _told(page) if _close(stamp, told)}
    calendars = {
        year
        for line in page.lines
        if not line.prose
        for month, year in page.dates.months_in(line.text[:200])
        if month == stamp.month
    }
    for years, reason in (
        (near, "a date in the text"),
        (calendars, "the page's calendar"),
        (_years_by_weekday(page, stamp), "the weekday and the text's years"),
        (_years_called_current(page), "what the text calls the present one"),
    ):
        if len(years) == 1:
            (year,) = years
            dated = Stamp(stamp.span, stamp.day, stamp.month, year)
            return _published(page, number, dated, f"dateline; its year from {reason}")
    return None


def _years_by_weekday(page: Page, stamp: Stamp) -> set[int]:
    """The years of the text, or between them, in which the dateline's day is a weekday that the text opens with."""
    opening = [line.text[:2000] for line in page.prose()[:_PROSE_READ]]
    named = [m.lower() for text in opening[:_OPENING] for m in page.dates.weekday.findall(text)]
    if not named:
        return set()
    wanted = page.dates.weekdays[named[0]]
    years = {year for text in opening for year in _years(text)}
    fitting = {year for year in years if _weekday(stamp, year) == wanted}
    if fitting or not years:
        return fitting
    recent = [year for year in years if year >= max(years) - _SPAN_OF_YEARS]
    return {year for year in range(min(recent), max(recent) + 1) if _weekday(stamp, year) == wanted}


def _years_called_current(page: Page) -> set[int]:
    years: set[int] = set()
    for line in page.prose():
        for pack in page.packs:
            for match in pack.current_year.finditer(line.text[:2000]):
                years |= {int(group) for group in match.groups() if group}
    return years


def _close(stamp: Stamp, told: Stamp) -> bool:
    """Whether `told` lies within a few days of `stamp` taken in the same year."""
    same = Stamp(stamp.span, stamp.day, stamp.month, told.year).date
    if same is None or told.date is None or same.exact is None or told.date.exact is None:
        return False
    return abs(same.exact - told.date.exact) <= _NEAR


def _weekday(stamp: Stamp, year: int) -> int | None:
    dated = Stamp(stamp.span, stamp.day, stamp.month, year).date
    return dated.first.weekday() if dated else None


def _years(text: str) -> set[int]:
    digits = "".join(c if c.isdecimal() else " " for c in text).split()
    return {int(d) for d in digits if len(d) == 4 and d[:2] in ("19", "20")}


def _last_resort(page: Page, found: Sequence[tuple[int, Imprint]]) -> Publication | None:
    """A heading that names a date, or a dated masthead, where the text bears it out."""
    for number, imprint in found:
        if not is_doubtful(number, imprint, page) and number <= page.headline:
            return _published(page, number, imprint.stamp, "date in the headline")
    for number, imprint in found:
        if is_doubtful(number, imprint, page) and any(_follows(imprint.stamp, told) for told in _told(page)):
            return _published(
                page, number, imprint.stamp, "dated masthead that agrees with a date in the text"
            )
    told = {
        page.dates.weekdays[m.lower()]
        for line in page.prose()
        for m in page.dates.weekday.findall(line.text[:2000])
    }
    for number, imprint in found:
        day = imprint.stamp.date.exact if imprint.stamp.date else None
        if day is not None and is_doubtful(number, imprint, page) and day.weekday() in told:
            return _published(page, number, imprint.stamp, "dated masthead whose weekday the text names")
    return None


def _told(page: Page) -> list[Stamp]:
    """The dates that the first paragraphs name."""
    return [stamp for line in page.prose()[:_PROSE_READ] for stamp in page.dates.find(line.text[:2000])]


def _reckoned(page: Page) -> Publication | None:
    """The day of writing by a full date that the text calls today's, yesterday's or tomorrow's."""
    words = {word: days for pack in page.packs for word, days in pack.day_words.items()}
    for line in page.prose()[:_OPENING]:
        text = line.text[:2000]
        for stamp in page.dates.find(text):
            if stamp.date is None:
                continue
            before = re.findall(r"\w+", text[max(0, stamp.span.start - 20) : stamp.span.start].lower())[-2:]
            shifts = [words[word] for word in before if word in words]
            if shifts:
                start = line.span.start
                span = Span(start + stamp.span.start, start + stamp.span.end)
                return Publication(stamp.date.shift(-shifts[-1]), "date that the text reckons from", span)
    return None


def _month_first(page: Page) -> bool:
    """Whether the page writes numeric dates with the month first, by one that cannot be read otherwise."""
    month_first = day_first = 0
    for number in page.margins:
        text = page.lines[number].text[:300]
        for stamp in page.dates.find(text):
            parts = [
                int(p)
                for p in text[stamp.span.start : stamp.span.end]
                .replace("/", ".")
                .replace("-", ".")
                .split(".")
                if p.isdecimal()
            ]
            if stamp.numeric and len(parts) == 3:
                month_first += parts[1] > 12
                day_first += parts[0] > 12
    return month_first > 0 and day_first == 0
