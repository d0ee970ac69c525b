"""Entries of a chronicle or a calendar: paragraphs that open with a day, and often a place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cfm_kg.extract.context import Context
from cfm_kg.model import DateMention, Span
from cfm_kg.units import Sentence, Unit

_CLOSERS = frozenset(".,:;|–—-")
"""Marks that set the day and the place off from what is told."""
_FEWEST = 2
"""So many days must open paragraphs: one alone is a dateline."""


class Entry(NamedTuple):
    """What opens a paragraph."""

    date: DateMention
    place: str | None
    place_span: Span | None
    end: int
    """Where in the text what is told begins."""


def find_entries(context: Context) -> Mapping[int, Entry]:
    """The entries of an article by their paragraphs; none where it is no chronicle."""
    found: dict[int, Entry] = {}
    opened: set[int] = set()
    for sentence in context.told:
        if sentence.paragraph not in opened:
            opened.add(sentence.paragraph)
            entry = _entry(context, sentence)
            if entry is not None:
                found[sentence.paragraph] = entry
    days = {(entry.date.month, entry.date.day) for entry in found.values()}
    return found if len(days) >= _FEWEST else {}


def _entry(context: Context, sentence: Sentence) -> Entry | None:
    """The day, and place, that a paragraph's first sentences are, or begin with."""
    units = [*sentence.units, *_next_stamp(context, sentence)]
    while len(units) > 1 and units[0].mention is None and _only_counts(units[0].text):
        del units[0]
    date = units[0].mention
    if not isinstance(date, DateMention) or date.day is None:
        return None
    # Where a month may be abbreviated its full stop belongs to the date.
    closed = units[0] if units[0].text[-1] in _CLOSERS else _closer(units, 1)
    if closed is None:
        return None
    at = 1 if closed is units[0] else 2
    after = _closer(units, at + 1) if len(units) > at and "PLACE" in units[at].values else None
    if after is None:
        return Entry(date, None, None, closed.end)
    return Entry(date, units[at].value("PLACE"), units[at].span, after.end)


def _closer(units: Sequence[Unit], at: int) -> Unit | None:
    return units[at] if at < len(units) and units[at].text in _CLOSERS else None


def _only_counts(text: str) -> bool:
    """Whether a unit is a bullet or the number of an item."""
    return text.isdigit() or not any(map(str.isalnum, text))


def _next_stamp(context: Context, sentence: Sentence) -> tuple[Unit, ...]:
    """The units of the next sentence of the paragraph, where a day is all that the first one says."""
    following = context.sentences[sentence.index + 1 : sentence.index + 2]
    same = [s.units for s in following if s.paragraph == sentence.paragraph]
    return same[0][:2] if same else ()
