"""Lists of sessions: a heading ("Past sessions"), and lines that tell no more than a day and a place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cfm_kg.extract.context import Context
from cfm_kg.extract.meetings.councils import SAME_BODY
from cfm_kg.extract.meetings.entries import Entry
from cfm_kg.extract.meetings.mentions import MeetingMention
from cfm_kg.model import BlockKind, Evidence
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


def with_sessions(
    context: Context, entries: Mapping[int, Entry], mentions: tuple[MeetingMention, ...]
) -> tuple[MeetingMention, ...]:
    """Mentions, with those of lines in lists of sessions that name no council, in text order."""
    told = {mention.sentence.paragraph for mention in mentions}
    listed = [_session(*one) for one in _listed(context, entries) if one[0].paragraph not in told]
    if not listed:
        return mentions
    return tuple(sorted((*mentions, *listed), key=lambda mention: (mention.sentence.index, mention.at)))


def _session(sentence: Sentence, at: int, entry: Entry) -> MeetingMention:
    """A session of the article's council that a line of a list is all about."""
    return MeetingMention(
        sentence,
        at,
        SAME_BODY,
        Evidence(entry.date.span, "listed-session"),
        explicit=True,
        named=True,
        date=entry.date,
        place=entry.place,
        place_span=entry.place_span,
        previous=False,
        ahead=False,
        itself=False,
        beside=False,
        tense=None,
    )


def _listed(context: Context, entries: Mapping[int, Entry]) -> Iterator[tuple[Sentence, int, Entry]]:
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
