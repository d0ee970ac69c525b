"""Documents and tallies as claims."""

from __future__ import annotations

from rapidfuzz import fuzz

from cfm_kg.model import Document, DocumentFrame, Evidence, Extraction, Literal
from cfm_kg.resolve.claims import ClaimBook
from cfm_kg.resolve.meetings import MeetingNames
from cfm_kg.vocab import CFM, DCTERMS_TITLE, RDF_TYPE, XSD, slug

_SAME_TITLE = 92
"""Percent of likeness from which two titles of one type in one article are one document."""


def state_documents(
    book: ClaimBook, names: MeetingNames, extraction: Extraction, document: Document
) -> dict[int, str]:
    """State the documents; their IRIs by index into the extraction's documents."""
    known: list[tuple[DocumentFrame, str, str]] = []
    iris: dict[int, str] = {}
    for index, frame in enumerate(extraction.documents):
        title = " ".join(document.quote(frame.title).split())
        iri = _same(known, frame, title) or names.document(frame.meeting, frame.type, title)
        known.append((frame, title, iri))
        iris[index] = iri
        book.describe(iri, RDF_TYPE, CFM("Document"))
        book.claim(
            iri,
            "",
            Literal(title, language=document.language),
            Evidence(frame.title, frame.evidence.rule),
            predicate=DCTERMS_TITLE,
        )
        book.claim(iri, "documentType", CFM(frame.type), frame.evidence)
        book.claim(names.meeting(frame.meeting), frame.action, iri, frame.evidence)
        if frame.initiator is not None:
            book.claim(iri, "initiator", frame.initiator, frame.initiator_evidence or frame.evidence)
    return iris


def _same(known: list[tuple[DocumentFrame, str, str]], frame: DocumentFrame, title: str) -> str | None:
    for other, wording, iri in known:
        if other.type == frame.type and fuzz.token_sort_ratio(slug(wording), slug(title)) >= _SAME_TITLE:
            return iri
    return None


def state_tallies(book: ClaimBook, names: MeetingNames, extraction: Extraction) -> None:
    """State what is counted."""
    for tally in extraction.tallies:
        iri = names.part("tally", tally.meeting, slug(tally.action), slug(tally.type), str(tally.count))
        book.describe(iri, RDF_TYPE, CFM("Tally"))
        book.claim(names.meeting(tally.meeting), "tally", iri, tally.evidence)
        book.claim(iri, "action", CFM(tally.action), tally.evidence)
        book.claim(iri, "documentType", CFM(tally.type), tally.evidence)
        book.claim(iri, "statedCount", Literal(str(tally.count), XSD("integer")), tally.evidence)
