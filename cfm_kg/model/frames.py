"""What an article says, between spans, before names are resolved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import msgspec

from cfm_kg.dates import PartialDate
from cfm_kg.model.mentions import DateMention, Office, PersonMention
from cfm_kg.model.shared import Dropped, Span


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """Where a fact stands and which rule read it."""

    span: Span
    rule: str


class Stance(Enum):
    """How a person or country stands to a meeting."""

    PRESENT = "present"
    CHAIR = "chair"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class MeetingFrame:
    """One meeting that an article reports, recalls or announces.

    Values are IRIs of the registry or local names of the vocabulary, each with its evidence.
    """

    key: int
    body: str
    evidence: Evidence
    main: bool
    date: DateMention | None = None
    date_evidence: Evidence | None = None
    place: str | None = None
    place_evidence: Evidence | None = None
    host_country: str | None = None
    host_evidence: Evidence | None = None
    format: str | None = None
    format_evidence: Evidence | None = None
    status: str | None = None
    status_evidence: Evidence | None = None
    sentences: frozenset[int] = frozenset()
    """Indexes of the sentences that tell of this meeting."""


class Participation(msgspec.Struct, frozen=True, gc=False):
    """A person or a country at, or missing from, a meeting."""

    meeting: int
    stance: Stance
    evidence: Evidence
    person: PersonMention | None = None
    country: str | None = None
    on_behalf_of: PersonMention | None = None
    guest: bool = False


@dataclass(frozen=True, slots=True)
class DocumentFrame:
    """A document that a meeting handled. `action` is a property's local name (`adopted` …)."""

    meeting: int
    title: Span
    type: str
    """Local name of the document type (`Statement` …)."""
    action: str
    evidence: Evidence
    initiator: str | None = None
    initiator_evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class TallyFrame:
    """What a text counts without listing."""

    meeting: int
    type: str
    action: str
    count: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class TurnFrame:
    """A country's turn at the head of an organisation. `year` is None where nothing dates it."""

    organization: str
    country: str
    evidence: Evidence
    year: int | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None
    chain: tuple[str, ...] = ()
    holder: PersonMention | None = None


class PostHeld(msgspec.Struct, frozen=True, gc=False):
    """A named person holds a post, by the text."""

    person: PersonMention
    office: Office
    evidence: Evidence


class TopicMention(msgspec.Struct, frozen=True, gc=False):
    """A topic that a meeting or a document deals with."""

    topic: str
    evidence: Evidence
    meeting: int | None = None
    document: int | None = None
    """Index into the extraction's documents."""


class InterventionFrame(msgspec.Struct, frozen=True, gc=False):
    """Who spoke at a meeting, with the words reported."""

    meeting: int
    person: PersonMention
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one article says, between spans, before names are resolved."""

    meetings: tuple[MeetingFrame, ...] = ()
    participations: tuple[Participation, ...] = ()
    documents: tuple[DocumentFrame, ...] = ()
    tallies: tuple[TallyFrame, ...] = ()
    turns: tuple[TurnFrame, ...] = ()
    posts: tuple[PostHeld, ...] = ()
    topics: tuple[TopicMention, ...] = ()
    interventions: tuple[InterventionFrame, ...] = ()
    dropped: tuple[Dropped, ...] = ()
