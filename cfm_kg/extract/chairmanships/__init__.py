"""Turns of countries at the head of an organisation."""

from __future__ import annotations

from cfm_kg.extract.chairmanships.readings import readings
from cfm_kg.extract.chairmanships.years import turns_of
from cfm_kg.extract.context import Context
from cfm_kg.model import MeetingFrame, TurnFrame

__all__ = ["find_turns"]


def find_turns(context: Context, meetings: tuple[MeetingFrame, ...]) -> tuple[TurnFrame, ...]:
    """The turns that an article tells of, in text order.

    Of other organisations than the one it is about, only those whose members are known.
    """
    found = turns_of(context, meetings, readings(context))
    return tuple(
        turn
        for turn in found
        if turn.organization == context.organization or context.registry.members(turn.organization, None)
    )
