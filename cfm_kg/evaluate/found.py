"""What was found in an article's graph, in the terms that gold facts are written in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person with a post, for a country or an organisation."""

    name: str
    post: str
    country: str | None


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document that a meeting handled."""

    title: str
    type: str
    status: str


@dataclass(frozen=True, slots=True)
class FoundCount:
    """A number of documents that the article states."""

    type: str
    count: int
    status: str | None


@dataclass(frozen=True, slots=True)
class FoundMeeting:
    """A meeting as one article's graph has it."""

    body: str
    date: str | None = None
    place: str | None = None
    country: str | None = None
    format: str | None = None
    status: str | None = None
    chair: str | None = None
    countries: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    documents: tuple[FoundDocument, ...] = ()
    counts: tuple[FoundCount, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundTurn:
    """A country's turn at the head of an organisation."""

    organization: str
    country: str
    year: str | None


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """All that one article's graph says."""

    published: str | None = None
    meetings: tuple[FoundMeeting, ...] = ()
    persons: tuple[FoundPerson, ...] = ()
    turns: tuple[FoundTurn, ...] = ()
