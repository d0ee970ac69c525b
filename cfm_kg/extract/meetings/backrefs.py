"""Which council a mention goes back to that leaves it open."""

from __future__ import annotations

from collections.abc import Iterable

from cfm_kg.extract.meetings.mentions import MeetingMention
from cfm_kg.model import BodyMention

_BACK = frozenset({"BACKREF", "BACKREFS", "STANDSFOR"})
_SUBJECT = 3
"""Among so many first units of a sentence is what it is about."""


def same_day(mention: MeetingMention, outright: Iterable[MeetingMention]) -> str | None:
    """The one council told before to meet on the day that names a meeting ("the 5 May session")."""
    day = mention.date.date if mention.date is not None else None
    if day is None or day.exact is None:
        return None
    place = mention.sentence.index, mention.at
    before = (m for m in outright if (m.sentence.index, m.at) < place)
    bodies = {m.body for m in before if m.date is not None and m.date.date == day}
    return bodies.pop() if len(bodies) == 1 else None


def told_last(mention: MeetingMention, outright: Iterable[MeetingMention]) -> str | None:
    """The council whose meeting was told of last before "it" or "the previous one", or a placed session.

    None where the sentence that tells it begins with another council ("it remained the principal forum
    between sessions of the presidents").
    """
    here = mention.sentence
    kinds = here.units[mention.at].values
    back = not _BACK.isdisjoint(kinds) or ("SITTING" in kinds and mention.place)
    if not tells_when(mention) or not back:
        return None
    before = [
        m
        for m in outright
        if m.explicit
        and m.sentence.paragraph == here.paragraph
        and (m.sentence.index, m.at) < (here.index, mention.at)
    ]
    if not before:
        return None
    last, units = before[-1], before[-1].sentence.units[:_SUBJECT]
    subject = next((u.mention for u in units if isinstance(u.mention, BodyMention)), None)
    return last.body if subject is None or last.body in subject.bodies else None


def tells_when(mention: MeetingMention) -> bool:
    """Whether a date is told, if only its month; "tomorrow" of an undated article tells one with a place."""
    if mention.date is None:
        return False
    return mention.date.date is not None or mention.date.month is not None or mention.place is not None
