"""Meetings: found, told apart, dated, placed."""

from __future__ import annotations

from cfm_kg.extract.context import Context
from cfm_kg.extract.meetings.cluster import Cluster
from cfm_kg.extract.meetings.details import framed
from cfm_kg.extract.meetings.entries import find_entries
from cfm_kg.extract.meetings.mentions import mentions
from cfm_kg.extract.meetings.owners import owned
from cfm_kg.extract.meetings.sessions import with_sessions
from cfm_kg.extract.meetings.telling import clusters
from cfm_kg.model import MeetingFrame

__all__ = ["Cluster", "find_meetings"]


def find_meetings(context: Context) -> tuple[MeetingFrame, ...]:
    """The meetings that an article reports, recalls or announces; the main one first."""
    entries = find_entries(context)
    found = clusters(context, entries, with_sessions(context, entries, mentions(context, entries)))
    if not found:
        return ()
    owners = owned(context, found, entries)
    frames = tuple(
        framed(context, cluster, key, frozenset(i for i, owner in owners.items() if owner == key))
        for key, cluster in enumerate(found)
    )
    return frames if _told_of(frames[0]) else ()


def _told_of(main: MeetingFrame) -> bool:
    """Whether the article says when, where or how its main meeting was held."""
    said = (main.date, main.place, main.format)
    return any(value is not None for value in said)
