"""A text cut into units: words, punctuation marks and the mentions that several words form."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from cfm_kg.kept import kept
from cfm_kg.model import BlockKind, BodyMention, DateMention, Document, Dropped, PersonMention, Span

Mention = DateMention | PersonMention | BodyMention
Values = Mapping[str, tuple[str, ...]]
"""For each class of a unit, what it stands for there: IRIs, numbers, local names."""

NO_VALUES: Values = {}


class Unit(msgspec.Struct, frozen=True, gc=False):
    """One word, mark or mention of a sentence.

    `code` is the one character that stands for the unit's set of classes in `Sentence.codes`.
    """

    start: int
    end: int
    code: str
    text: str
    values: Values = NO_VALUES
    mention: Mention | None = None
    parts: tuple[Unit, ...] = ()

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)

    def value(self, kind: str) -> str | None:
        """The first thing that it stands for as `kind`."""
        found = self.values.get(kind)
        return found[0] if found else None


class Sentence(msgspec.Struct, frozen=True, dict=True):
    """A sentence as units, and as a string with one character a unit for patterns to match.

    What is asked of it often is kept beside.
    """

    index: int
    block: int
    kind: BlockKind
    units: tuple[Unit, ...]
    codes: str
    met: int
    """What its units have of what the language's rules need, as bits."""
    paragraph: int
    """The same for all sentences of one block."""

    def of(self, units: tuple[Unit, ...], codes: str, met: int) -> Sentence:
        """The same sentence of other units."""
        return Sentence(self.index, self.block, self.kind, units, codes, met, self.paragraph)

    @kept
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.units[0].start, self.units[-1].end)

    @kept
    def classes(self) -> frozenset[str]:
        """The classes of all its units."""
        return frozenset().union(*[unit.values for unit in self.units if unit.values])

    @kept
    def mentions(self) -> tuple[tuple[int, Unit], ...]:
        """The units that are mentions, each with its place."""
        return tuple([(i, unit) for i, unit in enumerate(self.units) if unit.mention is not None])

    @kept
    def people(self) -> tuple[tuple[int, Unit, PersonMention], ...]:
        """The mentions of people in it, each with the place and unit."""
        return tuple([(i, u, u.mention) for i, u in self.mentions if isinstance(u.mention, PersonMention)])

    def over(self, first: int, last: int) -> Span:
        """The span of the units `first` up to, not including, `last`."""
        return Span(self.units[first].start, self.units[last - 1].end)


class Annotated(msgspec.Struct, frozen=True, gc=False):
    """A document with its sentences."""

    document: Document
    sentences: tuple[Sentence, ...]
    dropped: tuple[Dropped, ...] = ()
