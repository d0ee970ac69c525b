"""When an article was published: metadata, publication line or dateline, in this order of trust."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.utils import parsedate_to_datetime

from cfm_kg.clean.chronicle import opened, opening_days
from cfm_kg.clean.imprint import Imprint, Trust, read_imprints
from cfm_kg.clean.issues import month_of_issue
from cfm_kg.clean.page import LONG, PROSE_READ, Page
from cfm_kg.clean.stamps import Stamp, StampGrammar
from cfm_kg.clean.visit import bears_name, follows, is_belied, is_doubtful, is_shown_above, near
from cfm_kg.clean.years import YEAR, year_of
from cfm_kg.dates import PartialDate
from cfm_kg.model import Publication, Span

_ADDRESS = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?:[/-]|$)")
_LONGEST = 120
"""Characters of a line that tells an issue's number and day."""
_YEARS_REACH = len("/2000")
"""So far behind an issue's number its year ends."""
_SEVERAL = 2
"""So many datelines are those of a chronicle's entries."""
_SHORT = 6
"""Words of a line that is little but a date."""


def publication(page: Page, metadata_date: str | None, url: str | None = None) -> Publication | None:
    """The day of publication with the reason; None where no year can be had."""
    if metadata_date:
        told = _metadata(metadata_date, page.dates)
        if told is not None:
            return Publication(told, "metadata")
    month_first = _month_first(page)
    found = margin_imprints(page, month_first)
    datelines = [(n, line.stamp) for n, line in sorted(page.datelines.items()) if line.stamp is not None]
    sure = [(n, i) for n, i in found if _is_sure(n, i, page)]
    if sure:
        number, imprint = max(sure, key=lambda item: _rank(item, page, datelines))
        return _published(page, number, imprint.stamp, "publication line")
    for number, stamp in datelines:
        if stamp.year is not None:
            return _published(page, number, stamp, "dateline")
    days = opening_days(page)
    if sum(n in days for n, _ in datelines) >= _SEVERAL:
        # What go up are the days of a chronicle, which is written on none before its last.
        datelines = [opened(page)[-1]]
    for number, stamp in (*datelines, *((n, s) for n, s in _yearless(page) if n not in days)):
        dated = _with_year(page, number, stamp, found)
        if dated is not None:
            return dated
    issue = _with_issues_year(page) or _masthead(page, found) or month_of_issue(page)
    resort = issue or _last_resort(page, found) or _reckoned(page)
    in_address = _ADDRESS.search(url or "")
    if resort is None and in_address:
        day = _metadata("-".join(in_address.groups()), page.dates)
        return Publication(day, "date in the address") if day else None
    return resort


def margin_imprints(page: Page, month_first: bool = False) -> list[tuple[int, Imprint]]:
    """The dated short lines around the prose, and a timed one below its first paragraph, by number."""
    dated = read_imprints(page.lines, page.dates, page.packs, True) if month_first else page.imprints
    found = [(number, dated[number]) for number in page.margins if number in dated]
    standfirst = page.first_prose + 1
    below = dated.get(standfirst) if page.first_prose < page.last_prose else None
    if below is not None and below.timed and below.trust >= Trust.TIMED and standfirst not in page.noise:
        found.append((standfirst, below))
    return sorted(found, key=lambda item: item[0])


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
    agrees = any(follows(imprint.stamp, stamp) for _, stamp in datelines)
    below_headline = above and number >= page.headline
    return (imprint.trust + 2 * agrees, above, below_headline, number if above else -number)


def _is_sure(number: int, imprint: Imprint, page: Page) -> bool:
    if imprint.trust is Trust.MENTIONED or is_shown_above(number, imprint, page):
        return False
    # Below an article such a line is rather one of other stories.
    return imprint.trust is not Trust.PART or number < page.first_prose


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
        return PartialDate.of(
            parsedate_to_datetime(text).date()
        )  # as headers write it, in any page's language
    except (ValueError, TypeError):
        pass
    try:
        return PartialDate.parse(text.strip()[:7]) if len(text.strip()) in (4, 7) else None
    except ValueError:
        return None


def _with_year(
    page: Page, number: int, stamp: Stamp, found: Sequence[tuple[int, Imprint]]
) -> Publication | None:
    """A dateline without its year takes one that only one year in sight can be."""
    for other, imprint in found:
        if follows(imprint.stamp, stamp):
            return _published(page, other, imprint.stamp, "date on the page that agrees with the dateline")
    told = year_of(page, stamp)
    if told is None:
        return None
    dated = Stamp(stamp.span, stamp.day, stamp.month, told[0])
    return _published(page, number, dated, f"dateline; its year from {told[1]}")


def _with_issues_year(page: Page) -> Publication | None:
    """The day beside an issue's number that tells the year ("Issue 27/2008, 30 June")."""
    for number in page.margins:
        text = page.lines[number].text
        stamps = page.dates.find(text) if len(text) < _LONGEST else ()
        if len(stamps) != 1 or stamps[0].year is not None:
            continue
        marks = (mark for pack in page.packs for mark in pack.imprint_mark.finditer(text))
        told = {
            int(y) for mark in marks for y in YEAR.findall(text[mark.start() : mark.end() + _YEARS_REACH])
        }
        if len(told) == 1:
            stamp = stamps[0]
            dated = Stamp(stamp.span, stamp.day, stamp.month, told.pop())
            return _published(page, number, dated, "publication line")
    return None


def _masthead(page: Page, found: Sequence[tuple[int, Imprint]]) -> Publication | None:
    """The date of an issue, told above the headline."""
    for number, imprint in found:
        if is_shown_above(number, imprint, page) and imprint.whole and not is_doubtful(number, imprint, page):
            return _published(page, number, imprint.stamp, "publication line")
    return None


def _last_resort(page: Page, found: Sequence[tuple[int, Imprint]]) -> Publication | None:
    """A heading that names a date, or a dated masthead, where the text bears it out."""
    for number, imprint in found:
        if not is_shown_above(number, imprint, page) and number <= page.headline:
            return _published(page, number, imprint.stamp, "date in the headline")
    mastheads = [
        (number, imprint)
        for number, imprint in found
        if is_shown_above(number, imprint, page) and not is_belied(imprint.stamp, page)
    ]
    for number, imprint in mastheads:
        if any(near(imprint.stamp, told) for told in page.named_dates()):
            return _published(
                page, number, imprint.stamp, "dated masthead that agrees with a date in the text"
            )
    told = {
        page.dates.weekdays[m.lower()]
        for line in page.prose()
        for m in page.dates.weekday.findall(line.text[:LONG])
    }
    for number, imprint in mastheads:
        day = imprint.stamp.date.exact if imprint.stamp.date else None
        if day is not None and day.weekday() in told and bears_name(number, imprint, page):
            return _published(page, number, imprint.stamp, "dated masthead whose weekday the text names")
    return None


def _reckoned(page: Page) -> Publication | None:
    """The day of writing by a full date that the text calls today's, yesterday's or tomorrow's."""
    words = {word: days for pack in page.packs for word, days in pack.day_words.items()}
    for line in page.prose()[:PROSE_READ]:
        text = line.text[:LONG]
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
    """Whether the page writes numeric dates with the month first.

    A date that cannot be read otherwise tells, or one that only so is a day that the text names.
    """
    month_first = day_first = 0
    for number in page.margins:
        imprint = page.imprints.get(number)
        if imprint is None or not imprint.stamp.numeric:
            continue
        span, text = imprint.stamp.span, page.lines[number].text
        parts = re.findall(r"\d+", text[span.start : span.end])
        if len(parts) == 3:
            first, second = int(parts[0]), int(parts[1])
            named = {(told.day, told.month) for told in page.named_dates() if not told.numeric}
            month_first += second > 12 or ((second, first) in named and (first, second) not in named)
            day_first += first > 12
    return month_first > 0 and day_first == 0
