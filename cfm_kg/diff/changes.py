"""The values of a difference: graphs, things in them, and facts about these."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What became of a thing."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    """It goes by another name now, as a meeting does whose date was corrected."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a property as RDF spells it (N-Triples), and as people read it."""

    term: str
    label: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What a thing lost and won of one property (its IRI)."""

    predicate: str
    removed: tuple[Value, ...]
    added: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class ThingChange:
    """One thing that differs. `was` is its name before, where it moved; `kind_of` the IRI of its class."""

    kind: Kind
    iri: str
    was: str | None
    kind_of: str | None
    label: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class GraphChange:
    """What differs in one graph: the default graph (the merged facts) where `graph` is None."""

    graph: str | None
    label: str
    removed: int
    """Statements."""
    added: int
    things: tuple[ThingChange, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs between two places. `notes` tell what was left out, and why."""

    before: str
    after: str
    graphs: tuple[GraphChange, ...]
    notes: tuple[str, ...] = ()

    @property
    def equal(self) -> bool:
        """Whether nothing differs."""
        return not self.graphs
