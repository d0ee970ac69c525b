"""What an article says that somebody drops, as a reader process tells it to the server."""

from __future__ import annotations

from dataclasses import dataclass

from cfm_kg.model import Node, Resolution


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim; offsets are code points of the text."""

    iri: str
    subject: str
    predicate: str
    value: Node
    quote: str
    start: int
    end: int
    rule: str
    confidence: float
    resolutions: tuple[Resolution, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """Words of which nothing could be made, and why."""

    quote: str
    start: int
    end: int
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """All that a page shows of an article that is not stored."""

    text: str
    language: str
    headline: str
    publisher: str
    published: str
    claims: tuple[Stated, ...]
    missed: tuple[Missed, ...]
    labels: dict[str, str]
    """The names of all things that the article speaks of."""
    classes: dict[str, str]
    """The classes of the things that claims are about, by their local names."""
    turtle: str
