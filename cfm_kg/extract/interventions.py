"""Who spoke at a meeting."""

from __future__ import annotations

from cfm_kg.extract.context import Context
from cfm_kg.model import InterventionFrame, MeetingFrame


def find_interventions(
    context: Context, meetings: tuple[MeetingFrame, ...]
) -> tuple[InterventionFrame, ...]:
    """The speeches that an article reports of its meetings, in text order."""
    return ()
