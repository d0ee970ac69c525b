"""Stage 4: sentences → what they say, between spans."""

from __future__ import annotations

from cfm_kg.extract.chairmanships import find_turns
from cfm_kg.extract.context import context_of
from cfm_kg.extract.documents import find_documents
from cfm_kg.extract.interventions import find_interventions
from cfm_kg.extract.meetings import find_meetings
from cfm_kg.extract.participation import find_participations
from cfm_kg.extract.posts import find_posts
from cfm_kg.extract.topics import find_topics
from cfm_kg.model import Extraction
from cfm_kg.packs.language import Language
from cfm_kg.registry import Registry
from cfm_kg.units import Annotated

__all__ = ["extract"]


def extract(annotated: Annotated, language: Language, registry: Registry) -> Extraction:
    """Read an annotated article."""
    context = context_of(annotated, language, registry)
    meetings = find_meetings(context)
    documents, tallies = find_documents(context, meetings)
    return Extraction(
        meetings,
        find_participations(context, meetings),
        documents,
        tallies,
        find_turns(context, meetings),
        find_posts(context),
        find_topics(context, meetings, documents),
        find_interventions(context, meetings),
        annotated.dropped,
    )
