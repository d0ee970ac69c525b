"""Councils of the organisation that an article is about, told with a day and place of their own."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from cfm_kg.extract.context import Context
from cfm_kg.extract.meetings.mentions import MeetingMention

_BESIDE_NAMES = frozenset({"DET", "EXTRA", "FORMER", "NUMWORD"})
"""What may stand between a preposition and those whom it governs."""
_PREPOSITION = "TITLEOF"
_LAND = frozenset({"COUNTRY", "DEMONYM"})
_LANDS = 4
"""So near stands the country whose minister or president is meant."""


def settled(mention: MeetingMention, telling: Iterable[MeetingMention], context: Context) -> MeetingMention:
    """A placed mention of a council of the organisation that the article is about; a day of its own makes it
    one of a meeting ("the defence ministers had preceded them in Moscow on 4 September")."""
    day = mention.date.date if mention.date is not None else None
    if mention.beside or day is None or day.exact is None:
        return mention
    ours = context.registry.bodies[mention.body].organization == context.organization
    shared = any(m.explicit and m.sentence is mention.sentence and m.date == mention.date for m in telling)
    some = _governed(mention) or _of_countries(mention)
    return replace(mention, explicit=True) if ours and not shared and not some else mention


def _of_countries(mention: MeetingMention) -> bool:
    """Whether countries are named whose alone they are ("the presidents of Belarus and Russia")."""
    units = mention.sentence.units
    owned = any("AMONGPREP" in unit.values for unit in units[mention.at + 1 : mention.at + 2])
    beside = (
        units[mention.at + 2 : mention.at + _LANDS] if owned else units[max(0, mention.at - 1) : mention.at]
    )
    return any(not _LAND.isdisjoint(unit.values) for unit in beside)


def _governed(mention: MeetingMention) -> bool:
    """Whether a preposition stands before those who are named ("signed by the presidents")."""
    before = mention.sentence.units[: mention.at]
    units = (unit for unit in reversed(before) if _BESIDE_NAMES.isdisjoint(unit.values))
    nearest = next(units, None)
    return nearest is not None and _PREPOSITION in nearest.values
