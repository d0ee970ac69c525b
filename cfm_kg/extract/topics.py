"""What a meeting discussed and what its documents deal with."""

from __future__ import annotations

from cfm_kg.extract.context import Context
from cfm_kg.model import DocumentFrame, MeetingFrame, TopicMention


def find_topics(
    context: Context, meetings: tuple[MeetingFrame, ...], documents: tuple[DocumentFrame, ...]
) -> tuple[TopicMention, ...]:
    """The topics of the meetings and of their documents, in text order."""
    return ()
