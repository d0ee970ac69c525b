"""What labels say of the meeting that a text is about: "WHEN: 7 June", "Venue: Astana", "Where and when:"."""

from __future__ import annotations

from cfm_kg.extract.context import Context
from cfm_kg.model import DateMention, Span
from cfm_kg.units import Sentence, Unit

WHEN, WHERE = "LABELWHEN", "LABELWHERE"
_WORDS = frozenset({WHEN, WHERE, "CONJ"})
_COLON = ":"
_LABEL = 4
"""Of so many units at most is a label, with its colon."""
_REACH = 6
"""Of so many units behind it one must be what it says."""


def labelled_date(context: Context) -> DateMention | None:
    """The day that a label tells."""
    found = (unit.mention for unit in _behind(context, WHEN))
    return next((date for date in found if isinstance(date, DateMention) and date.day is not None), None)


def labelled_place(context: Context) -> tuple[str | None, Span | None]:
    """The place that a label tells."""
    unit = next((unit for unit in _behind(context, WHERE) if "PLACE" in unit.values), None)
    return (unit.value("PLACE"), unit.span) if unit is not None else (None, None)


def _behind(context: Context, kind: str) -> tuple[Unit, ...]:
    """The units behind the first label of a kind: on its line, or on the next one."""
    for number, sentence in enumerate(context.sentences):
        end = _label_end(sentence, kind) if kind in sentence.classes else None
        if end is not None:
            following = context.sentences[number + 1 : number + 2] if end == len(sentence.units) else ()
            return (*sentence.units[end:], *(unit for s in following for unit in s.units))[:_REACH]
    return ()


def _label_end(sentence: Sentence, kind: str) -> int | None:
    """Where a label of a kind ends that opens a sentence: behind its colon."""
    units = sentence.units[:_LABEL]
    end = next((i for i, unit in enumerate(units) if unit.text == _COLON), 0)
    label = [unit for unit in units[:end] if any(map(str.isalnum, unit.text))]
    fits = any(kind in unit.values for unit in label)
    return end + 1 if fits and all(not _WORDS.isdisjoint(unit.values) for unit in label) else None
