"""The month of an issue: what bulletins and briefs tell above their headlines, with no day."""

from __future__ import annotations

import re

from cfm_kg.clean.chronicle import opening_days
from cfm_kg.clean.headline import is_letterhead, is_masthead
from cfm_kg.clean.imprint import in_number
from cfm_kg.clean.page import Page
from cfm_kg.clean.years import opening_years
from cfm_kg.dates import PartialDate
from cfm_kg.model import Publication, Span

_LONGEST = 80
_WORDS = 4
"""Words beside its number and month that the line of an issue may have."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_OF_YEAR = re.compile(r"\d+\s?/\s?((?:19|20)\d{2})$")
"""The number of a brief or a document, with its year, at the end of a line."""


def month_of_issue(page: Page) -> Publication | None:
    """The one month told by lines above the headline that number an issue, or by one below a letterhead.

    A chronicle's is what it tells of; so may be any that the text's years or datelines do not fit.
    """
    found = []
    for number in page.margins:
        line = page.lines[number]
        if number >= page.headline or len(line.text) > _LONGEST or _tells_day(line.text, page):
            continue
        months = page.dates.months_in(line.text)
        match = page.dates.calendar.search(line.text)
        if match is None or len(months) != 1 or not _fits(months[0], page):
            continue
        rest = line.text[: match.start()] + line.text[match.end() :]
        if _numbers_issue(rest, page) or (not rest.strip() and _heads_brief(number, months[0][1], page)):
            start = line.span.start
            found.append((months[0], Span(start + match.start(), start + match.end())))
    if len({month for month, _ in found}) != 1 or opening_days(page):
        return None
    (month, year), span = found[0]
    return Publication(PartialDate(year, month), "month of the issue", span)


def _tells_day(text: str, page: Page) -> bool:
    return not all(in_number(stamp, text, page.packs) for stamp in page.dates.find(text))


def _numbers_issue(rest: str, page: Page) -> bool:
    """Whether a line has an issue's number beside its month, and little else."""
    for pack in page.packs:
        if pack.issue.search(rest) and not (pack.other_day.search(rest) or pack.page_saved.search(rest)):
            return len(_WORD.findall(pack.issue.sub(" ", rest))) <= _WORDS
    return False


def _heads_brief(number: int, year: int, page: Page) -> bool:
    """Whether a month alone stands right between a headline and a letterhead, or a number of its year."""
    if number + 1 != page.headline or not page.noise.isdisjoint(range(number)):
        return False
    above = [page.lines[n].text for n in range(number)]
    numbered = (_OF_YEAR.search(text) for text in above)
    if any(match is not None and int(match[1]) == year for match in numbered):
        return True
    return bool(above) and (is_letterhead(above[-1], page.packs) or is_masthead(above[-1], page.packs))


def _fits(told: tuple[int, int], page: Page) -> bool:
    """Whether a month is no later than the year after those that the text names, and is its datelines'."""
    month, year = told
    years = opening_years(page)
    datelines = (line.stamp for line in page.datelines.values() if line.stamp is not None)
    return (not years or max(years) >= year - 1) and all(stamp.month == month for stamp in datelines)
