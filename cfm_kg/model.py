"""The immutable values that walk from stage to stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from cfm_kg.dates import PartialDate

# ------------------------------------------------------------------ shared


class Span(NamedTuple):
    """A half-open range of code points of a document's cleaned text."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether both share a code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that was noticed but could not be read, dated or resolved."""

    stage: str
    reason: str
    span: Span | None = None
    detail: str = ""


# ------------------------------------------------------------------ 1 ingest, 2 clean


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one article as they were found. `retrieved` is an ISO date-time, for URLs only."""

    name: str
    data: bytes
    sha256: str
    media_type: str
    url: str | None = None
    retrieved: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    """What the container says of it: `title`, `published`, `publisher`, `url`, `language`."""


class BlockKind(Enum):
    """What a block of text is."""

    HEADLINE = "headline"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    FURNITURE = "furniture"
    """Publication lines, bylines, letterheads: about the article, not told by it."""
    NOISE = "noise"
    """Menus, page-saved dates, cookie notices, related headlines, comment forms."""


@dataclass(frozen=True, slots=True)
class Block:
    """One line or paragraph of the text."""

    span: Span
    kind: BlockKind
    dateline: Span | None = None
    """The leading "CITY, June 21 (Agency) —" of a paragraph, which says where and when it was written."""


@dataclass(frozen=True, slots=True)
class Publication:
    """When an article was published and why we believe so. `span` is None where metadata says it."""

    date: PartialDate
    reason: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """An article's final text with its parts marked off. The text never changes from here on."""

    name: str
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    language: str
    headline: Span | None = None
    publisher: str | None = None
    publication: Publication | None = None
    url: str | None = None
    dropped: tuple[Dropped, ...] = ()

    def quote(self, span: Span) -> str:
        """The text at `span`."""
        return self.text[span.start : span.end]


# ------------------------------------------------------------------ 3 annotate


class DateMention(NamedTuple):
    """A date as the text words it. `date` is None where the year does not follow from the text."""

    span: Span
    date: PartialDate | None
    end: PartialDate | None = None
    month: int | None = None
    day: int | None = None
    chain: tuple[str, ...] = ()
    """How the value follows, step by step."""
    relative: bool = False
    """Whether it is reckoned from the publication date ("yesterday", "last October")."""


class PersonMention(NamedTuple):
    """A named person, or a post that stands for one, with what the text says of both."""

    span: Span
    """Title, country and name together."""
    name: Span | None
    """The name alone; None for "the Armenian foreign minister"."""
    candidates: tuple[str, ...] = ()
    """Registry IRIs that bear this name."""
    roles: tuple[Office, ...] = ()
    country: str | None = None
    """IRI of the country that the text attaches to the person."""
    organization: str | None = None


class Office(NamedTuple):
    """A role that the text gives to a person, and for whom it is held."""

    role: str
    span: Span
    country: str | None = None
    organization: str | None = None
    acting: bool = False


class BodyMention(NamedTuple):
    """A council named by the text: the registry bodies that the wording fits, best first."""

    span: Span
    bodies: tuple[str, ...]
    named: bool = False
    """Whether the wording says of which organisation."""


# ------------------------------------------------------------------ 4 extract


class Evidence(NamedTuple):
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


class Participation(NamedTuple):
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


class PostHeld(NamedTuple):
    """A named person holds a post, by the text."""

    person: PersonMention
    office: Office
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class TopicMention:
    """A topic that a meeting or a document deals with."""

    topic: str
    evidence: Evidence
    meeting: int | None = None
    document: int | None = None
    """Index into the extraction's documents."""


@dataclass(frozen=True, slots=True)
class InterventionFrame:
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


# ------------------------------------------------------------------ 5 resolve, 6 emit


class Literal(NamedTuple):
    """An RDF literal: lexical form with a datatype's IRI or a language tag."""

    value: str
    datatype: str | None = None
    language: str | None = None


Node = str | Literal
"""An IRI, or a literal."""


class Resolution(NamedTuple):
    """Why a wording became an entity: the candidates considered and why each was taken or not."""

    wording: str
    entity: str
    reason: str
    rejected: tuple[tuple[str, str], ...] = ()


class Claim(NamedTuple):
    """One triple that an article states, with its exact quote."""

    iri: str
    subject: str
    predicate: str
    object: Node
    span: Span
    exact: str
    rule: str
    confidence: float
    resolutions: tuple[Resolution, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What one article says: claims, and the entities they need to be understood.

    `entities` are subject, predicate, object triples that describe what claims name (labels, types,
    posts of people the registry does not know): they carry no claim of their own.
    """

    document: Document
    article: str
    """IRI of the article, which is also the name of its graph."""
    claims: tuple[Claim, ...]
    entities: tuple[tuple[str, str, Node], ...]
    dropped: tuple[Dropped, ...] = ()
