"""Lists of sessions: a heading ("Past sessions"), and lines that tell no more than a day and a place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cfm_kg.extract.context import Context
from cfm_kg.extract.meetings.entries import Entry
from cfm_kg.model import BlockKind
from cfm_kg.units import Sentence

_LONGEST = 9
"""Units that such a heading has at most."""
_EVENT = "EVENT"
_WHICH = frozenset({"PREVIOUS", "AHEAD", "BODY"})
"""A heading must say which sessions: a calendar's meetings are those of anybody."""
_WORDS = _WHICH | {
    _EVENT,
    "SITTING",
    "MEMBERS",
    "ORG",
    "EXTRA",
    "DET",
    "GLUE",
    "YEARDATE",
    "RELATION",
    "SINCE",
}


def listed_sessions(context: Context, entries: Mapping[int, Entry]) -> Iterator[tuple[Sentence, int, Entry]]:
    """The first sentence of each line in a list of sessions, the unit of its day, and its day and place."""
    within, last = False, -1
    for sentence in context.told if entries else ():
        if sentence.paragraph == last:
            continue
        last = sentence.paragraph
        entry = entries.get(sentence.paragraph)
        at = next((i for i, u in enumerate(sentence.units) if entry and u.mention is entry.date), None)
        if at is None:
            within = _heads(sentence)
        elif within and entry is not None and entry.place is not None:
            yield sentence, at, entry


def _heads(sentence: Sentence) -> bool:
    """Whether a line names sessions, and which, and says nothing else."""
    words = [unit for unit in sentence.units if any(map(str.isalnum, unit.text))]
    if (
        sentence.kind is BlockKind.HEADLINE
        or len(sentence.units) > _LONGEST
        or _EVENT not in sentence.classes
    ):
        return False
    return not sentence.classes.isdisjoint(_WHICH) and all(
        not _WORDS.isdisjoint(unit.values) for unit in words
    )
