"""The documents that meetings handle, and what a text counts of them."""

from __future__ import annotations

from cfm_kg.extract.context import Context
from cfm_kg.extract.documents.alike import distinct_documents, distinct_tallies
from cfm_kg.extract.documents.story import Story
from cfm_kg.model import BlockKind, DocumentFrame, MeetingFrame, TallyFrame

__all__ = ["find_documents"]


def find_documents(
    context: Context, meetings: tuple[MeetingFrame, ...]
) -> tuple[tuple[DocumentFrame, ...], tuple[TallyFrame, ...]]:
    """The documents of each meeting with what was done to them, and the documents only counted."""
    if not meetings:
        return (), ()
    body, headline = Story(context, meetings), Story(context, meetings)
    for sentence in context.told:
        (headline if sentence.kind is BlockKind.HEADLINE else body).read(sentence)
    body.adopt_orphans(headline)
    documents = distinct_documents(context.document, body.documents, headline.documents)
    return documents, distinct_tallies(body.tallies, headline.tallies)
