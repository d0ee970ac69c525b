"""The description of a thing as plain values."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from cfm_kg.model import Node


@dataclass(frozen=True, slots=True)
class Source:
    """One claim that says a fact: the article's words, and which article it is."""

    claim: str
    quote: str
    start: int
    """Where the quote starts in the article's cleaned text, in code points."""
    end: int
    rule: str
    confidence: str
    article: str
    file: str
    title: str
    publisher: str
    issued: str
    url: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A property of the thing with one value, the value's label where it is a thing, and who says so.

    What comes from the registry or a person's entry has no sources.
    """

    property: str
    value: Node
    label: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A fact of another thing whose value is this thing."""

    subject: str
    label: str
    property: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """What a store says of a thing, sorted by property. IRIs in full."""

    iri: str
    label: str
    classes: tuple[str, ...]
    facts: tuple[Fact, ...]
    links: tuple[Link, ...]
    cut: bool
    """Whether more leads to the thing, or more claims speak of it, than the limit let in."""
    quads: tuple[ox.Quad, ...]
    """The same as statements: of the thing, of what leads to it, labels of neighbours, claims, articles."""
