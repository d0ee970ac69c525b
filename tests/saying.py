"""Sentences made into annotated articles, for tests of reading."""

from __future__ import annotations

from cfm_kg.annotate import annotate
from cfm_kg.clean import clean
from cfm_kg.dates import PartialDate
from cfm_kg.extract.context import Context, context_of
from cfm_kg.extract.meetings import find_meetings
from cfm_kg.ingest import one_article
from cfm_kg.model import Block, BlockKind, Document, MeetingFrame, Publication, Span
from cfm_kg.reading import language, shipped_registry
from cfm_kg.units import Annotated
from cfm_kg.vocab import local


def annotated(*paragraphs: str, published: str | None = "2021-05-20", tongue: str = "en") -> Annotated:
    """Paragraphs as an article of that day, without a headline."""
    text, blocks = "", []
    for paragraph in paragraphs:
        blocks.append(Block(Span(len(text), len(text) + len(paragraph)), BlockKind.PARAGRAPH))
        text += paragraph + "\n"
    publication = Publication(PartialDate.parse(published), "told by the test") if published else None
    document = Document("test", "0" * 64, text, tuple(blocks), tongue, publication=publication)
    return annotate(document, language(tongue), shipped_registry())


def told_on(page: str) -> tuple[str | None, list[tuple[str, str | None, str | None, str]]]:
    """The day of publication of a page, and body, date, place and status of its meetings."""
    document = clean(one_article("page.txt", page.encode()))
    made = context_of(
        annotate(document, language("en"), shipped_registry()), language("en"), shipped_registry()
    )
    published = str(document.publication.date) if document.publication else None
    return published, [summary(frame) for frame in find_meetings(made)]


def summary(frame: MeetingFrame) -> tuple[str, str | None, str | None, str]:
    """Body, date (a range with a slash), place and status of a meeting."""
    date = frame.date
    when = (f"{date.date}/{date.end}" if date.end else str(date.date)) if date else None
    return local(frame.body), when, frame.place and local(frame.place), frame.status or ""


def context(*paragraphs: str, published: str | None = "2021-05-20") -> Context:
    """The same, ready for extractors."""
    return context_of(annotated(*paragraphs, published=published), language("en"), shipped_registry())


def with_meetings(
    *paragraphs: str, published: str | None = "2021-05-20"
) -> tuple[Context, tuple[MeetingFrame, ...]]:
    """The same with the meetings that it tells of."""
    made = context(*paragraphs, published=published)
    return made, find_meetings(made)
