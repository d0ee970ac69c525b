"""Entries of chronicles and digests: paragraphs that open with a day, or with whom they are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cfm_kg.extract.context import Context
from cfm_kg.model import DateMention, Span
from cfm_kg.units import Sentence, Unit

_CLOSERS = frozenset(".,:;|–—-")
"""Marks that set the day and the place off from what is told."""
_FEWEST = 2
"""So many days must open paragraphs: one alone is a dateline."""

_LABEL = 3
"""Of so many units at most is a label, with its mark."""


_TITLE = 12
"""Of so many units at most is a section's title."""
_STOPS = 3
"""A section's number may end in a full stop, as a sentence does."""


class Entry(NamedTuple):
    """What opens a paragraph."""

    date: DateMention
    place: str | None
    place_span: Span | None
    end: int
    """Where in the text what is told begins."""


def find_entries(context: Context) -> Mapping[int, Entry]:
    """The entries of an article by their paragraphs; none where it is no chronicle.

    A day, and place, that are a paragraph by themselves head those up to the next day.
    """
    found: dict[int, Entry] = {}
    heading: Entry | None = None
    for sentence in _openers(context):
        entry = _entry(context, sentence)
        if entry is not None:
            heading = entry if _stands_alone(context, sentence, entry) else None
        elif heading is not None:
            entry = _under(heading, sentence)
        if entry is not None:
            found[sentence.paragraph] = entry
    days = {(entry.date.month, entry.date.day) for entry in found.values()}
    return found if len(days) >= _FEWEST else {}


def _under(heading: Entry, sentence: Sentence) -> Entry:
    """The entry of a paragraph under a day, with the place that opens it, if one does."""
    place = sentence.units[0] if "PLACE" in sentence.units[0].values else None
    after = _closer(sentence.units, 1) if place is not None else None
    if place is None or after is None:
        return heading._replace(end=sentence.span.start)
    return Entry(heading.date, place.value("PLACE"), place.span, after.end)


def _stands_alone(context: Context, sentence: Sentence, entry: Entry) -> bool:
    """Whether nothing else stands in an entry's paragraph than its day and place."""
    told = [
        s for s in context.sentences[sentence.index : sentence.index + 3] if s.paragraph == sentence.paragraph
    ]
    return told[-1].span.end <= entry.end


def find_labels(context: Context) -> Mapping[int, str]:
    """The organisations that label paragraphs ("2. SCO: …") or title their sections, by paragraph."""
    found: dict[int, str] = {}
    section: str | None = None
    for sentence in _openers(context):
        label = _label(sentence)
        title = None if label is not None else _title(context, sentence)
        if title is not None:
            section = title or None
        elif label is not None or section is not None:
            found[sentence.paragraph] = label or section or ""
    return found if len(set(found.values())) >= _FEWEST else {}


def _title(context: Context, opener: Sentence) -> str | None:
    """The organisation that a section's title names and nothing else; empty where a numbered one does not."""
    units = list(opener.units)
    for sentence in context.sentences[opener.index + 1 : opener.index + _STOPS]:
        units += sentence.units if sentence.paragraph == opener.paragraph else ()
    first = _unnumbered(units)
    if len(units) == first + 1 and "ORG" in units[first].values:
        return units[first].value("ORG")
    return "" if first and len(units) <= _TITLE and units[-1].text not in _CLOSERS else None


def _openers(context: Context) -> Iterator[Sentence]:
    """The first sentence of each paragraph of the story."""
    opened = -1
    for sentence in context.told:
        if sentence.paragraph != opened:
            opened = sentence.paragraph
            yield sentence


def _label(sentence: Sentence) -> str | None:
    """The organisation that a few words before a mark name, at the start of a sentence."""
    first = _unnumbered(sentence.units)
    if "ORG" not in sentence.units[first].values:
        return None
    label = sentence.units[first : first + _LABEL]
    return label[0].value("ORG") if any(_closer(label, at) for at in range(1, _LABEL)) else None


def _unnumbered(units: Sequence[Unit]) -> int:
    """The first unit that is not the bullet or number of an item."""
    for at, unit in enumerate(units):
        if unit.mention is not None or not _only_counts(unit.text):
            return at
    return 0


def _entry(context: Context, sentence: Sentence) -> Entry | None:
    """The day, and place, that a paragraph's first sentences are, or begin with."""
    first = _unnumbered(sentence.units)
    date = sentence.units[first].mention
    if not isinstance(date, DateMention) or date.day is None:
        return None
    units = [*sentence.units[first:], *_next_stamp(context, sentence)]
    # Where a month may be abbreviated its full stop belongs to the date; a day alone needs no mark.
    ends = len(units) == 1 or units[0].text[-1] in _CLOSERS
    closed = units[0] if ends else _closer(units, 1)
    if closed is None:
        return None
    at = 1 if closed is units[0] else 2
    placed = len(units) > at and "PLACE" in units[at].values
    # At the end of a line a place needs no mark behind it.
    after = (_closer(units, at + 1) if len(units) > at + 1 else units[at]) if placed else None
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
