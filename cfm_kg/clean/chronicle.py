"""Pages that go from day to day: lines that are a day, or begin with one, and no year."""

from __future__ import annotations

import re

from cfm_kg.clean.page import Page
from cfm_kg.clean.stamps import Stamp

_FEWEST = 3
"""So many days must open lines: fewer are a dateline, and another."""
_HEAD = 40
"""Characters of a line in which the day that opens it ends."""
_ALONE = 20
"""Characters at most of a line that is a day alone."""
_BULLET = re.compile(r"\W*")
_CLOSED = re.compile(r"\s*(?:$|[.,:;|–—-])")


def opening_days(page: Page) -> frozenset[int]:
    """The numbers of the lines that a day opens, where the page is a chronicle; none otherwise."""
    found = dict(opened(page))
    days = {(stamp.month, stamp.day) for stamp in found.values()}
    return frozenset(found) if len(days) >= _FEWEST else frozenset()


def day_headings(page: Page) -> frozenset[int]:
    """The numbers of the lines that are nothing but a day, where the page is a chronicle."""
    short = [n for n, line in enumerate(page.lines) if len(line.text) <= _ALONE and line.text[-1].isalnum()]
    alone = {n for n in short if _is_day(page, page.lines[n].text)}
    return opening_days(page) & alone if len(alone) > 1 else frozenset()


def _is_day(page: Page, text: str) -> bool:
    return any(stamp.span.start == 0 and stamp.span.end == len(text) for stamp in page.dates.find(text))


def opened(page: Page) -> list[tuple[int, Stamp]]:
    """The lines that a day without a year opens, by number, in their order."""
    found = []
    for number, line in enumerate(page.lines):
        head = line.text[:_HEAD]
        first = next(iter(page.dates.find(head)), None) if number not in page.noise else None
        if first is None or first.year is not None or _BULLET.fullmatch(head[: first.span.start]) is None:
            continue
        # The full stop of a month that may be abbreviated is part of the day.
        if head[first.span.end - 1] == "." or _CLOSED.match(head, first.span.end):
            found.append((number, first))
    return found
