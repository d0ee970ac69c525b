"""The documents that meetings handle, and what a text counts of them."""

from __future__ import annotations

from cfm_kg.extract.context import Context
from cfm_kg.model import DocumentFrame, MeetingFrame, TallyFrame

__all__ = ["find_documents"]


def find_documents(
    context: Context, meetings: tuple[MeetingFrame, ...]
) -> tuple[tuple[DocumentFrame, ...], tuple[TallyFrame, ...]]:
    """The documents of each meeting with what was done to them, and the documents only counted."""
    return (), ()
