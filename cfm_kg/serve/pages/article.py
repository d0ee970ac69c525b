"""The page of an article: its text with the words that claims rest on, or only the quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.description import Description
from cfm_kg.model import Node
from cfm_kg.quads import node
from cfm_kg.serve.linked.pages import page
from cfm_kg.serve.pages.view import Explorer, View
from cfm_kg.vocab import CFM, DCTERMS, DCTERMS_TITLE, OA, OWL_SAME_AS, PROVENANCE_GRAPH, RDF, local

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
_MOST = 2_000
"""So many claims are shown at most."""
_LONGEST = 200_000
"""So many characters of a text are shown at most."""
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True)
class Said:
    """A claim as the page shows it. `start` and `end` are code points of the text."""

    iri: str
    number: int
    """Its place among the article's claims, by their words' places in the text."""
    kind: str
    subject: str
    predicate: str
    value: Node
    quote: str
    start: int
    end: int
    rule: str
    confidence: str

    @property
    def key(self) -> str:
        """The last part of its name, for anchors."""
        return self.iri.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the text under the same claims, the closest first."""

    text: str
    claims: tuple[Said, ...]
    begun: tuple[Said, ...]
    """Those whose words begin here."""


def article(explorer: Explorer, found: Description, json_ld: str, path: str) -> bytes:
    """The page of a described article."""
    view = explorer.view()
    claims = _claims(view, found.iri)
    text = _text(explorer.site.settings.store.parent / "texts", view.one(found.iri, "sha256"))
    if text is not None and any(text[one.start : one.end] != one.quote for one in claims):
        text = None  # of another build: its offsets do not fit
    return page(
        explorer.site,
        "pages/article.html",
        view=view,
        thing=found,
        json_ld=json_ld,
        path=path,
        language=next(view.stated(found.iri, DCTERMS("language")), ""),
        publisher=next(view.stated(found.iri, DCTERMS("publisher")), ""),
        issued=next(view.stated(found.iri, DCTERMS("issued")), ""),
        source=next(view.stated(found.iri, DCTERMS("source")), ""),
        segments=None if text is None else list(_segments(text[:_LONGEST], claims)),
        cut=text is not None and len(text) > _LONGEST,
        subjects=_by_subject(claims),
        kinds=[kind for kind in (*KINDS, "other") if any(one.kind == kind for one in claims)],
        number=len(claims),
    )


def _claims(view: View, iri: str) -> list[Said]:
    """The article's claims in the order of its text."""
    names = islice(view.subjects("article", iri), _MOST)
    read = sorted(
        (claim_of(view, name) for name in set(names)), key=lambda one: (one.start, -one.end, one.iri)
    )
    return [replace(one, number=number) for number, one in enumerate(read, 1)]


def claim_of(view: View, iri: str) -> Said:
    """A claim by its name, its subject under the name that the merged facts have for it."""
    graph = ox.NamedNode(PROVENANCE_GRAPH)
    quads = view.store.quads_for_pattern(ox.NamedNode(iri), None, None, graph)
    known = {quad.predicate.value: node(quad.object) for quad in quads}

    def text(name: str) -> str:
        value = known.get(name, "")
        return value if isinstance(value, str) else value.value

    predicate = text(RDF("predicate"))
    kind = "document" if predicate == DCTERMS_TITLE else _KIND_OF.get(local(predicate), "other")
    return Said(
        iri=iri,
        number=0,
        kind=kind,
        subject=_merged(view, text(RDF("subject"))),
        predicate=predicate,
        value=known.get(RDF("object"), ""),
        quote=text(OA("exact")),
        start=int(text(OA("start")) or 0),
        end=int(text(OA("end")) or 0),
        rule=text(CFM("rule")),
        confidence=text(CFM("confidence")),
    )


def _merged(view: View, iri: str) -> str:
    """The name that the merged facts have for what an article names."""
    return next(view.stated(iri, OWL_SAME_AS), iri) if "/id/" in iri else iri


def _text(folder: Path, digest: str) -> str | None:
    """The stored text of an article; None where texts are not kept."""
    if not _DIGEST.match(digest):
        return None
    try:
        return (folder / f"{digest}.txt").read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None


def _segments(text: str, claims: Sequence[Said]) -> Iterator[Segment]:
    """The text in stretches, cut wherever a claim's words begin or end."""
    cuts = sorted({0, len(text), *(at for one in claims for at in (one.start, one.end) if at <= len(text))})
    starting = sorted(claims, key=lambda one: one.start)
    at, open_ = 0, list[Said]()
    for start, end in pairwise(cuts):
        while at < len(starting) and starting[at].start <= start:
            open_.append(starting[at])
            at += 1
        open_ = [one for one in open_ if one.end > start]
        closest = sorted(open_, key=lambda one: (one.end - one.start, one.number))
        begun = tuple(one for one in open_ if one.start == start)
        yield Segment(text[start:end], tuple(closest), begun)


def _by_subject(claims: Sequence[Said]) -> list[tuple[str, list[Said]]]:
    """Claims by what they are about, in the order of the text."""
    found: dict[str, list[Said]] = {}
    for one in claims:
        found.setdefault(one.subject, []).append(one)
    return list(found.items())
