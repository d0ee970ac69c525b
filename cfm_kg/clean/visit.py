"""Telling the day on which an issue appeared from the day on which somebody saved the page."""

from __future__ import annotations

import re
from datetime import timedelta

from cfm_kg.clean.headline import is_letterhead
from cfm_kg.clean.imprint import Imprint, Trust
from cfm_kg.clean.page import LONG, PROSE_READ, Page
from cfm_kg.clean.stamps import Stamp
from cfm_kg.clean.years import NEAR

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_AHEAD = 7
"""Days from an announcement to the event: a page that was saved between both is hardly older."""


def is_doubtful(number: int, imprint: Imprint, page: Page) -> bool:
    """Whether a date may be the day of a visit: pages show that one with its weekday, above the headline.

    It is not where a time, an issue's number, an author and the like stand beside it, or where it stands
    between a letterhead and the headline of a text that names no other day; unless it is beside a menu, or the
    text knows no year as late.
    """
    if not imprint.weekday or imprint.trust is Trust.LABELLED or number > page.last_prose:
        return False
    if page.headline <= number and not (page.headline < 0 and number == 0):
        return False
    if number - 1 in page.noise or number + 1 in page.noise or outdated(imprint.stamp, page):
        return True
    return not imprint.marked and not (_under_letterhead(number, page) and not page.named_dates())


def _under_letterhead(number: int, page: Page) -> bool:
    above = (n for n in range(number) if n not in page.noise)
    return number + 1 == page.headline and any(is_letterhead(page.lines[n].text, page.packs) for n in above)


def outdated(stamp: Stamp, page: Page) -> bool:
    """Whether the text names years, and none of them as late as `stamp`."""
    opening = page.prose()[:PROSE_READ]
    years = {int(year) for line in opening for year in _YEAR.findall(line.text[:LONG])}
    return stamp.year is not None and bool(years) and max(years) < stamp.year


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
