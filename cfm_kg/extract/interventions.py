"""Who spoke at a meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cfm_kg.extract.context import Context
from cfm_kg.extract.seats import seats_of
from cfm_kg.model import Evidence, InterventionFrame, MeetingFrame, PersonMention
from cfm_kg.packs.grammar import Rule
from cfm_kg.units import Sentence

GROUP, OUTSIDE = "speeches", "spoken_outside"
_HELD = "Held"


def find_interventions(context: Context, meetings: tuple[MeetingFrame, ...]) -> tuple[InterventionFrame, ...]:
    """What those who sit in a council, or lead its secretariat, said there; once a sentence and speaker."""
    owners = {index: meeting for meeting in meetings for index in meeting.sentences}
    found: dict[tuple[int, int], InterventionFrame] = {}
    for sentence in context.told:
        meeting = owners.get(sentence.index)
        if meeting is None or meeting.status != _HELD or _outside(context, sentence):
            continue
        for rule, match, speaker in _speakers(context, sentence):
            if _may_speak(context, meeting, speaker):
                frame = InterventionFrame(meeting.key, speaker, Evidence(sentence.span, rule.name))
                found.setdefault((sentence.index, match.start("who")), frame)
    return tuple(found.values())


def _outside(context: Context, sentence: Sentence) -> bool:
    """Whether a sentence says that its words were spoken elsewhere."""
    return context.has(OUTSIDE, sentence)


def _speakers(context: Context, sentence: Sentence) -> Iterator[tuple[Rule, re.Match[str], PersonMention]]:
    for rule, match in context.matches(GROUP, sentence):
        mention = sentence.units[match.start("who")].mention
        if isinstance(mention, PersonMention):
            yield rule, match, mention


def _may_speak(context: Context, meeting: MeetingFrame, person: PersonMention) -> bool:
    seats = seats_of(context, meeting)
    person = seats.specified(person)
    return seats.member(person) or seats.serves(person)
