"""How many days a meeting took, where a text tells its first or last day and their number."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from cfm_kg.extract.context import Context
from cfm_kg.model import DateMention
from cfm_kg.units import Sentence

_SPAN, _END, _START = "DAYSPAN", "SPANEND", "SPANSTART"
_EVENTS = frozenset({"EVENT", "MEET", "FORUM"})
_BESIDE = 2
"""So many words after its length an event is named."""
_LEAD = 4
"""Sentences from the first about a meeting in which its length is told."""


def spread(context: Context, date: DateMention, owned: Iterable[Sentence]) -> DateMention:
    """The date as a range of days, where it is said to be the first or last of so many."""
    if date.date is None or date.date.exact is None or date.end is not None:
        return date
    lead = sorted(owned, key=lambda sentence: sentence.index)[:_LEAD]
    days = next((n for sentence in lead for n in _days(sentence, date)), None)
    if days is None:
        return date
    for sentence in lead:
        if _SPAN not in sentence.classes and not _holds(sentence, date):
            continue
        if _END in sentence.classes:
            chain = (*date.chain, f"the last of {days} days")
            return replace(date, date=date.date.shift(1 - days), end=date.date, chain=chain, day=None)
        if _START in sentence.classes:
            return replace(
                date, end=date.date.shift(days - 1), chain=(*date.chain, f"the first of {days} days")
            )
    return date


def _days(sentence: Sentence, date: DateMention) -> Iterable[int]:
    """The lengths that a sentence tells of an event, or beside the date of one."""
    if _SPAN not in sentence.classes:
        return
    dated = _holds(sentence, date)
    for i, unit in enumerate(sentence.units):
        value = unit.value(_SPAN)
        following = sentence.units[i + 1 : i + 1 + _BESIDE]
        if value is not None and (dated or any(not _EVENTS.isdisjoint(u.values) for u in following)):
            yield int(value)


def _holds(sentence: Sentence, date: DateMention) -> bool:
    return any(unit.mention is not None and unit.span.covers(date.span) for _, unit in sentence.mentions)
