"""Telling the day on which an issue appeared from the day on which somebody saved the page."""

from __future__ import annotations

import re
from datetime import timedelta

from cfm_kg.clean.headline import is_letterhead, is_masthead, is_titled
from cfm_kg.clean.imprint import Imprint, Trust
from cfm_kg.clean.page import LONG, PROSE_READ, Page
from cfm_kg.clean.stamps import Stamp
from cfm_kg.clean.years import NEAR, opening_years

_LATER = 1
"""So many years later than any that its text names an issue may be."""
_AHEAD = 7
"""Days from an announcement to the event: a page that was saved between both is hardly older."""
_FAR = re.compile(r"\s{5,}")
"""Blanks between what stands at the left of a printed page and at its right."""
_RUBRIC = 40
"""Characters of a rubric."""


def is_shown_above(number: int, imprint: Imprint, page: Page) -> bool:
    """Whether a date may be the day of a visit: pages show that one with its weekday, above the headline."""
    if not imprint.weekday or imprint.trust is Trust.LABELLED or number > page.last_prose:
        return False
    return number < (page.headline if page.headline >= 0 else page.first_prose)


def is_doubtful(number: int, imprint: Imprint, page: Page) -> bool:
    """Whether a date shown above the headline has nothing that makes it the day of an issue.

    An issue's number or price, an author and the like do, and so does a letterhead or masthead that bears it,
    with a time or where the text bears it out; not beside a menu, nor in a text that knows no year as late
    (with an issue's number: nor the one before) or whose own dateline tells another day.
    """
    if not is_shown_above(number, imprint, page):
        return False
    lag = _LATER if imprint.marked else 0
    if number - 1 in page.noise or number + 1 in page.noise or is_belied(imprint.stamp, page, lag):
        return True
    return not (imprint.marked or _dates_issue(number, imprint, page))


def _dates_issue(number: int, imprint: Imprint, page: Page) -> bool:
    """Whether a letterhead or masthead bears the date, and the text has nothing against it."""
    borne = bears_name(number, imprint, page)
    if imprint.timed:
        return borne or _recent_weekday(imprint.stamp, page)
    if number + 1 != page.headline:
        return False
    above = (page.lines[n].text for n in range(number) if n not in page.noise)
    if any(is_letterhead(text, page.packs) for text in above) and not page.named_dates():
        return True
    if number == 1 and not page.noise and _is_beside_rubric(number, imprint, page):
        return True
    if imprint.apart and borne and _recent_weekday(imprint.stamp, page):
        return True
    return borne and page.noise.isdisjoint(range(number)) and imprint.stamp.year in opening_years(page)


def _is_beside_rubric(number: int, imprint: Imprint, page: Page) -> bool:
    """Whether a paper's name in capitals stands above a rubric and, far to the right of it, a day."""
    name, parts = page.lines[0].text, _FAR.split(page.lines[number].text)
    if not name.isupper() or len(parts) != 2 or len(parts[0]) > _RUBRIC:
        return False
    if page.lines[number].text.find(parts[1], len(parts[0])) > imprint.stamp.span.start:
        return False
    words = re.findall(r"[^\W_]+", parts[0])
    menu = {parts[0].strip().lower()} & {word for pack in page.packs for word in pack.menu_words}
    named = is_masthead(parts[0], page.packs) or is_letterhead(parts[0], page.packs)
    return len(words) > 1 and is_titled(words, page.packs) and not (menu or named)


def bears_name(number: int, imprint: Imprint, page: Page) -> bool:
    """Whether a dated line names an outlet or an institution, or stands right under one's name."""
    if imprint.words > 1:
        return True
    above = page.lines[number - 1].text if number and number - 1 not in page.noise else ""
    return is_masthead(above, page.packs) or is_letterhead(above, page.packs)


def _recent_weekday(stamp: Stamp, page: Page) -> bool:
    """Whether the first weekday that the text names is that of `stamp` or of the day before."""
    opening = (line.text[:LONG] for line in page.prose()[:PROSE_READ])
    named = next((match[0].lower() for text in opening for match in page.dates.weekday.finditer(text)), None)
    if named is None or stamp.date is None:
        return False
    return (stamp.date.first.weekday() - page.dates.weekdays[named]) % 7 < 2


def is_belied(stamp: Stamp, page: Page, lag: int = 0) -> bool:
    """Whether a dateline tells another day, or the text names years, all over `lag` years before `stamp`."""
    years = opening_years(page)
    if stamp.year is not None and years and max(years) < stamp.year - lag:
        return True
    return any(line.stamp and not follows(stamp, line.stamp) for line in page.datelines.values())


def follows(later: Stamp, earlier: Stamp) -> bool:
    """Whether `later`, a full date, is the day of `earlier`, which may lack its year, or a few days after."""
    return _within(later, earlier, 1)


def near(masthead: Stamp, told: Stamp) -> bool:
    """Whether the day `told`, which may lack its year, is that of `masthead`, just past or soon to come."""
    return (told.year is None or told.year == masthead.year) and _within(masthead, told, _AHEAD)


def _within(stamp: Stamp, told: Stamp, ahead: int) -> bool:
    day = stamp.date.exact if stamp.date else None
    if day is None:
        return False
    window = (day + timedelta(days=shift) for shift in range(-NEAR.days, ahead + 1))
    return any((d.month, d.day) == (told.month, told.day) for d in window)
