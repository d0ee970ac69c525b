"""A page's lines, sorted: what the finders of date, year and publisher look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cfm_kg.clean.blocks import Line
from cfm_kg.clean.dateline import Dateline
from cfm_kg.clean.imprint import Imprint
from cfm_kg.clean.stamps import Stamp, StampGrammar
from cfm_kg.model import Span
from cfm_kg.packs.cleaning import CleaningPack

PROSE_READ = 6
"""Paragraphs in which a year is looked for."""
LONG = 2000
"""Characters of a paragraph that are looked at."""


@dataclass(frozen=True, slots=True)
class Page:
    """What publication and publisher are told by: a page's lines, sorted."""

    lines: Sequence[Line]
    noise: frozenset[int]
    headline: int
    """Line number; -1 where there is none."""
    headline_span: Span | None
    first_prose: int
    last_prose: int
    datelines: Mapping[int, Dateline]
    """By line number."""
    imprints: Mapping[int, Imprint]
    """Dated lines by number, their numeric dates read day first."""
    packs: Sequence[CleaningPack]
    dates: StampGrammar

    @property
    def margins(self) -> tuple[int, ...]:
        """Numbers of the lines above and below the prose that are not noise."""
        outside = (n for n in range(len(self.lines)) if not self.first_prose <= n <= self.last_prose)
        return tuple(n for n in outside if n not in self.noise)

    def prose(self) -> list[Line]:
        """The article's paragraphs."""
        inside = range(self.first_prose, min(self.last_prose + 1, len(self.lines)))
        return [self.lines[n] for n in inside if n not in self.noise]

    def named_dates(self) -> list[Stamp]:
        """The dates that the first paragraphs name."""
        return [stamp for line in self.prose()[:PROSE_READ] for stamp in self.dates.find(line.text[:LONG])]
