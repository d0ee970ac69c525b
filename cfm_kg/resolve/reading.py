"""An extraction made a reading: every span resolved, every fact a claim."""

from __future__ import annotations

from cfm_kg.model import Evidence, Extraction, Literal, MeetingFrame, Reading
from cfm_kg.registry import Registry
from cfm_kg.resolve.attendance import Attendance
from cfm_kg.resolve.claims import ClaimBook
from cfm_kg.resolve.meetings import MeetingNames, day_of
from cfm_kg.resolve.papers import state_documents, state_tallies
from cfm_kg.resolve.people import PeopleResolver
from cfm_kg.resolve.posts import PostBook
from cfm_kg.resolve.told_posts import ToldPosts
from cfm_kg.resolve.turns import state_turns
from cfm_kg.units import Annotated
from cfm_kg.vocab import CFM, RDF_TYPE, thing


def resolve(annotated: Annotated, extraction: Extraction, registry: Registry) -> Reading:
    """What the article says, with everything named."""
    document = annotated.document
    article = thing("article", document.sha256[:16])
    book = ClaimBook(document, article)
    names = MeetingNames(document, extraction.meetings)
    people = PeopleResolver(annotated, registry)
    posts = PostBook(book, registry)
    for meeting in extraction.meetings:
        _state_meeting(book, names, meeting)
    published = annotated.document.publication.date if annotated.document.publication else None
    main = next((meeting for meeting in extraction.meetings if meeting.main), None)
    host = registry.bodies[main.body].organization if main is not None else None
    ToldPosts(book, people, posts, registry, extraction.posts, day_of(main, published), host).state()
    dropped = Attendance(book, names, people, posts, registry, extraction, published).state()
    documents = state_documents(book, names, extraction, annotated, registry)
    state_tallies(book, names, extraction)
    state_turns(book, people, extraction, published)
    for topic in extraction.topics:
        if topic.meeting is not None:
            book.claim(names.meeting(topic.meeting), "topic", topic.topic, topic.evidence)
        elif topic.document is not None and topic.document in documents:
            book.claim(documents[topic.document], "topic", topic.topic, topic.evidence)
    return Reading(
        document,
        article,
        book.claims(),
        book.entities(),
        (*document.dropped, *extraction.dropped, *dropped),
    )


def _state_meeting(book: ClaimBook, names: MeetingNames, meeting: MeetingFrame) -> None:
    iri = names.meeting(meeting.key)
    book.describe(iri, RDF_TYPE, CFM("Meeting"))
    book.claim(iri, "body", meeting.body, meeting.evidence)
    date, evidence = meeting.date, meeting.date_evidence
    if date is not None and date.date is not None and evidence is not None:
        book.claim(iri, "date", Literal(str(date.date), date.date.datatype), evidence)
        if date.end is not None:
            book.claim(iri, "endDate", Literal(str(date.end), date.end.datatype), evidence)
    _optional(book, iri, "place", meeting.place, meeting.place_evidence)
    _optional(book, iri, "hostCountry", meeting.host_country, meeting.host_evidence)
    for name, value, proof in (
        ("meetingFormat", meeting.format, meeting.format_evidence),
        ("meetingStatus", meeting.status, meeting.status_evidence),
    ):
        _optional(book, iri, name, CFM(value) if value else None, proof)


def _optional(book: ClaimBook, iri: str, name: str, value: str | None, evidence: Evidence | None) -> None:
    if value is not None and evidence is not None:
        book.claim(iri, name, value, evidence)
