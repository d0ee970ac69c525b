"""What fusing works with, and what it returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cfm_kg.fuse.decisions import Decision
from cfm_kg.model import Node, Reading
from cfm_kg.quads import Triple

_NAMED = 8
"""So many of the things that one may be are named: in a dense calendar hundreds fit, which helps nobody."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The article that says something. `source` tells independent ones apart: its publisher, if known."""

    article: str
    source: str
    published: date

    @classmethod
    def of(cls, reading: Reading) -> Origin:
        """The origin of all that an article says. Where it is undated, it counts as the latest."""
        document = reading.document
        publisher = " ".join((document.publisher or "").casefold().split())
        published = document.publication.date.first if document.publication else date.max
        return cls(reading.article, publisher or reading.article, published)


@dataclass(frozen=True, slots=True)
class Statement:
    """One triple of one article, with its claim where it is more than a description."""

    subject: str
    predicate: str
    object: Node
    origin: Origin
    claim: str | None = None

    @property
    def triple(self) -> Triple:
        """Subject, predicate, object."""
        return self.subject, self.predicate, self.object


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that articles give, with the articles and claims that give it."""

    value: Node
    articles: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Articles disagree. The first candidate became the merged fact, by `criterion`.

    `about` is the country or person that two properties contradict each other on: the values are
    then the properties' IRIs.
    """

    subject: str
    predicate: str
    candidates: tuple[Candidate, ...]
    criterion: str
    about: str | None = None
    decision: str | None = None
    """The human decision that settled it, if any."""

    @property
    def chosen(self) -> Node:
        """The value that became the merged fact."""
        return self.candidates[0].value


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Things that may be one and were left apart: the first may be any of the others."""

    things: tuple[str, ...]
    reason: str
    more: int = 0
    """How many further things the first may be."""

    @classmethod
    def of(cls, thing: str, others: Sequence[str], reason: str) -> Unsettled:
        """A thing that may be any of others, likeliest first; where these are many, not all are named."""
        return cls((thing, *others[:_NAMED]), reason, max(0, len(others) - _NAMED))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a human decision in this build."""

    decision: Decision
    applied: bool
    problems: tuple[str, ...] = ()
    """Why it could not be applied in whole: names that nothing bears, or a later decision against it."""


@dataclass(frozen=True, slots=True)
class Fusion:
    """The merged facts, sorted. `renamed` maps names that articles use to the merged things' names."""

    facts: tuple[Triple, ...]
    conflicts: tuple[Conflict, ...]
    unsettled: tuple[Unsettled, ...]
    renamed: tuple[tuple[str, str], ...]
    decisions: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """What fusing made of the statements of one group."""

    facts: tuple[Triple, ...]
    conflicts: tuple[Conflict, ...]
    renamed: tuple[tuple[str, str], ...]
