"""Documents and tallies as claims."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from cfm_kg.model import BodyMention, DocumentFrame, Evidence, Extraction, Literal, Span
from cfm_kg.registry import Registry
from cfm_kg.resolve.claims import ClaimBook
from cfm_kg.resolve.meetings import MeetingNames
from cfm_kg.units import Annotated
from cfm_kg.vocab import CFM, DCTERMS_TITLE, RDF_TYPE, XSD, local, slug

DESTINATION_RULE = "draft-destination"
_HEADS = frozenset({"president", "prime-minister"})
"""Roles of those who sit in the councils of heads."""

_NUMBER = re.compile(r"\d+")
_SAME_TITLE = 92
"""Percent of likeness from which two titles of one type in one article are one document."""


@dataclass(frozen=True, slots=True)
class _Stated:
    frame: DocumentFrame
    slug: str
    numbers: list[str]
    iri: str


def state_documents(
    book: ClaimBook, names: MeetingNames, extraction: Extraction, annotated: Annotated, registry: Registry
) -> dict[int, str]:
    """State the documents; their IRIs by index into the extraction's documents."""
    document = annotated.document
    meetings = {meeting.key: meeting for meeting in extraction.meetings}
    known: list[_Stated] = []
    for frame in extraction.documents:
        title = " ".join(document.quote(frame.title).split())
        name, numbers = slug(title), sorted(_NUMBER.findall(title))
        iri = _same(known, frame, name, numbers) or names.document(frame.meeting, frame.type, name)
        known.append(_Stated(frame, name, numbers, iri))
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
        if frame.action == "approvedDraft" and not book.has(iri, CFM("forBody")):
            higher = destination(annotated, registry, frame, meetings[frame.meeting].body)
            if higher is not None:
                book.claim(iri, "forBody", higher[0], Evidence(higher[1], DESTINATION_RULE))
    return {index: stated.iri for index, stated in enumerate(known)}


def _same(known: Iterable[_Stated], frame: DocumentFrame, name: str, numbers: list[str]) -> str | None:
    """The document stated before that this one is: of its type, with its numbers and nearly its title.

    At another meeting something else must have been done with it: two meetings that adopt statements on
    one subject adopt two.
    """
    for other in known:
        if other.frame.type != frame.type or other.numbers != numbers:
            continue
        if other.frame.meeting != frame.meeting and other.frame.action == frame.action:
            continue
        if fuzz.token_sort_ratio(other.slug, name) >= _SAME_TITLE:
            return other.iri
    return None


def destination(
    annotated: Annotated, registry: Registry, frame: DocumentFrame, body: str
) -> tuple[str, Span] | None:
    """The higher body for which a draft was endorsed, and where the text names it.

    It is a council of heads of the same organisation, the only other body that the sentence names.
    """
    own, said, title = registry.bodies[body], frame.evidence.span, frame.title
    named: dict[str, Span] = {}
    for sentence in annotated.sentences:
        if not (sentence.span.overlaps(said) or sentence.span.overlaps(title)):
            continue
        for unit in sentence.units:
            if isinstance(unit.mention, BodyMention) and not frame.title.covers(unit.span):
                kin = [b for b in unit.mention.bodies if registry.bodies[b].organization == own.organization]
                named |= {kin[0]: unit.span} if kin and kin[0] != body else {}
    if len(named) != 1:
        return None
    ((higher, span),) = named.items()
    role = registry.bodies[higher].member_role
    heads = role is not None and local(role) in _HEADS and own.member_role != role
    return (higher, span) if heads else None


def state_tallies(book: ClaimBook, names: MeetingNames, extraction: Extraction) -> None:
    """State what is counted."""
    for tally in extraction.tallies:
        iri = names.part("tally", tally.meeting, slug(tally.action), slug(tally.type), str(tally.count))
        book.describe(iri, RDF_TYPE, CFM("Tally"))
        book.claim(names.meeting(tally.meeting), "tally", iri, tally.evidence)
        book.claim(iri, "action", CFM(tally.action), tally.evidence)
        book.claim(iri, "documentType", CFM(tally.type), tally.evidence)
        book.claim(iri, "statedCount", Literal(str(tally.count), XSD("integer")), tally.evidence)
