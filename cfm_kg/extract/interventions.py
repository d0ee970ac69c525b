"""Who spoke at a meeting."""

from __future__ import annotations

from cfm_kg.extract.context import Context
from cfm_kg.extract.seats import seats_of
from cfm_kg.model import Evidence, InterventionFrame, MeetingFrame, PersonMention

GROUP, OUTSIDE = "speeches", "spoken_outside"
"""Rules for words that somebody spoke, and for words that were spoken elsewhere than at the meeting."""
_HELD = "Held"


def find_interventions(context: Context, meetings: tuple[MeetingFrame, ...]) -> tuple[InterventionFrame, ...]:
    """What those who sit in a council, or lead its secretariat, said there; once a sentence and speaker."""
    owners = {index: meeting for meeting in meetings for index in meeting.sentences}
    found: dict[tuple[int, int], InterventionFrame] = {}
    for sentence in context.told:
        meeting = owners.get(sentence.index)
        spoken = context.matches(GROUP, sentence) if meeting is not None else ()
        if not spoken or meeting is None or meeting.status != _HELD or context.has(OUTSIDE, sentence):
            continue
        for rule, match in spoken:
            speaker = sentence.units[match.start("who")].mention
            if isinstance(speaker, PersonMention) and _may_speak(context, meeting, speaker):
                frame = InterventionFrame(meeting.key, speaker, Evidence(sentence.span, rule.name))
                found.setdefault((sentence.index, match.start("who")), frame)
    return tuple(found.values())


def _may_speak(context: Context, meeting: MeetingFrame, person: PersonMention) -> bool:
    seats = seats_of(context, meeting)
    person = seats.specified(person)
    return seats.member(person) or seats.serves(person)
