"""Articles as found, and their cleaned text with its parts marked off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from cfm_kg.dates import PartialDate
from cfm_kg.model.shared import Dropped, Span


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
