"""The meetings of a graph in a few words each, for people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from cfm_kg.model import Literal, Node
from cfm_kg.quads import triples
from cfm_kg.vocab import CFM, RDF_TYPE, RDFS_LABEL, SKOS_PREF_LABEL, local

_HANDLED = ("adopted", "signed", "approvedDraft", "considered", "proposed")


@dataclass(frozen=True, slots=True)
class MeetingSummary:
    """One meeting: names are labels, countries ISO codes, documents counted by what was done with them."""

    iri: str
    date: str
    body: str
    status: str
    place: str
    format: str
    chair: str
    countries: tuple[str, ...]
    documents: tuple[tuple[str, int], ...]


class _Facts:
    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._values: dict[tuple[str, str], list[Node]] = defaultdict(list)
        for subject, predicate, value in triples(quads):
            self._values[subject, predicate].append(value)
        self.meetings = [
            subject
            for (subject, predicate), found in self._values.items()
            if predicate == RDF_TYPE and CFM("Meeting") in found
        ]

    def all(self, iri: str, name: str) -> list[str]:
        found = self._values.get((iri, CFM(name)), ())
        return sorted(node if isinstance(node, str) else node.value for node in found)

    def one(self, iri: str, name: str) -> str:
        return next(iter(self.all(iri, name)), "")

    def label(self, iri: str) -> str:
        labels = [
            node
            for predicate in (RDFS_LABEL, SKOS_PREF_LABEL)
            for node in self._values.get((iri, predicate), ())
            if isinstance(node, Literal)
        ]
        labels.sort(key=lambda node: (node.language != "en", node.value))
        return labels[0].value if labels else local(iri)


def summarize(quads: Iterable[ox.Quad]) -> tuple[MeetingSummary, ...]:
    """The meetings of a graph by date and body, undated ones last."""
    facts = _Facts(quads)
    found = [_summary(facts, iri) for iri in facts.meetings]
    return tuple(sorted(found, key=lambda one: (not one.date, one.date, one.body, one.iri)))


def _summary(facts: _Facts, iri: str) -> MeetingSummary:
    date, end = facts.one(iri, "date"), facts.one(iri, "endDate")
    place, chair = facts.one(iri, "place"), facts.one(iri, "chair")
    counts = tuple((name, len(facts.all(iri, name))) for name in _HANDLED)
    return MeetingSummary(
        iri=iri,
        date=f"{date}/{end}" if end else date,
        body=local(facts.one(iri, "body")),
        status=local(facts.one(iri, "meetingStatus")),
        place=facts.label(place) if place else "",
        format=local(facts.one(iri, "meetingFormat")),
        chair=facts.label(chair) if chair else "",
        countries=tuple(
            sorted(facts.one(c, "isoCode") or local(c).upper() for c in facts.all(iri, "participantCountry"))
        ),
        documents=tuple((name, number) for name, number in counts if number),
    )
