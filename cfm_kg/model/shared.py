"""Places in a text, and what was noticed there but not read."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec


class Span(msgspec.Struct, frozen=True, gc=False, order=True):
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
