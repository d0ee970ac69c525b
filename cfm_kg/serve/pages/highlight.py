"""A text with the words that claims rest on, and with those of which nothing could be made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from cfm_kg.model import Node, Resolution
from cfm_kg.vocab import DCTERMS_TITLE, local

KINDS = {
    "meeting": (
        "date",
        "endDate",
        "body",
        "place",
        "hostCountry",
        "meetingFormat",
        "meetingStatus",
        "partOf",
    ),
    "person": (
        "person",
        "participant",
        "chair",
        "participation",
        "capacity",
        "heldPost",
        "participationRole",
    ),
    "country": ("country", "participantCountry", "absentCountry", "onBehalfOf"),
    "document": (
        *("title", "documentType", "adopted", "signed", "approvedDraft", "considered", "proposed"),
        *("initiator", "forBody", "tally", "action", "statedCount"),
    ),
    "turn": ("organization", "year", "start", "end", "holder"),
    "topic": ("topic",),
    "speech": ("intervention", "quote"),
}
"""Kinds of claims by their properties: each has a colour of its own."""
_KIND_OF = {name: kind for kind, names in KINDS.items() for name in names}


@dataclass(frozen=True, slots=True)
class Said:
    """A claim as pages show it. `start` and `end` are code points of the text."""

    iri: str
    kind: str
    subject: str
    predicate: str
    value: Node
    quote: str
    start: int
    end: int
    rule: str
    confidence: str
    resolutions: tuple[Resolution, ...] = ()
    number: int = 0
    """Its place among the article's claims, by their words' places in the text."""

    @property
    def key(self) -> str:
        """The last part of its name, for anchors."""
        return self.iri.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Open:
    """Words that were noticed and could not be told, and why."""

    quote: str
    start: int
    end: int
    reason: str
    detail: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the text under the same claims, the closest first."""

    text: str
    claims: tuple[Said, ...]
    begun: tuple[Said, ...]
    """Those whose words begin here."""
    open: Open | None = None
    """What could not be told of these words."""
    number: int = 0

    @property
    def resolutions(self) -> tuple[Resolution, ...]:
        """How the names of the claims were resolved, each once."""
        return tuple(dict.fromkeys(why for one in self.claims for why in one.resolutions))


def kind_of(predicate: str) -> str:
    """The kind of a claim by its property."""
    return "document" if predicate == DCTERMS_TITLE else _KIND_OF.get(local(predicate), "other")


def in_order(claims: Sequence[Said]) -> list[Said]:
    """The claims in the order of the text, numbered."""
    read = sorted(claims, key=lambda one: (one.start, -one.end, one.iri))
    return [replace(one, number=number) for number, one in enumerate(read, 1)]


def numbered(found: Sequence[Open]) -> list[Open]:
    """What could not be told in the order of the text, numbered."""
    read = sorted(set(found), key=lambda one: (one.start, one.end, one.reason))
    return [replace(one, number=number) for number, one in enumerate(read, 1)]


def segments(text: str, claims: Sequence[Said], unresolved: Sequence[Open] = ()) -> Iterator[Segment]:
    """The text in stretches, cut wherever the words of a claim, or words not told, begin or end."""
    marked = [(one.start, one.end) for one in claims] + [(one.start, one.end) for one in unresolved]
    cuts = sorted({0, len(text), *(at for both in marked for at in both if at <= len(text))})
    starting = sorted(claims, key=lambda one: one.start)
    at, open_ = 0, list[Said]()
    for number, (start, end) in enumerate(pairwise(cuts), 1):
        while at < len(starting) and starting[at].start <= start:
            open_.append(starting[at])
            at += 1
        open_ = [one for one in open_ if one.end > start]
        closest = sorted(open_, key=lambda one: (one.end - one.start, one.number))
        begun = tuple(one for one in open_ if one.start == start)
        missed = next((one for one in unresolved if one.start <= start < one.end), None)
        yield Segment(text[start:end], tuple(closest), begun, missed, number)


def by_subject(claims: Sequence[Said]) -> list[tuple[str, list[Said]]]:
    """Claims by what they are about, in the order of the text."""
    found: dict[str, list[Said]] = {}
    for one in claims:
        found.setdefault(one.subject, []).append(one)
    return list(found.items())
