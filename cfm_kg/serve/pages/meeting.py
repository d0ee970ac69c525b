"""The page of a meeting: every fact with the quotes behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cfm_kg.description import Description, Fact, Source
from cfm_kg.serve.linked.pages import page
from cfm_kg.serve.pages.view import ACTIONS, Explorer, View
from cfm_kg.vocab import CFM, DCTERMS_TITLE

_HEAD = (
    "date",
    "endDate",
    "body",
    "place",
    "hostCountry",
    "meetingFormat",
    "meetingStatus",
    "chair",
    "partOf",
)
_OWN = ("participant", "participation", "topic", "tally", "intervention", *ACTIONS)


@dataclass(frozen=True, slots=True)
class Seat:
    """Who took part: for which country, in which post that day, in which role. IRIs."""

    person: str
    country: str
    post: str
    role: str
    substituted: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that the meeting dealt with."""

    iri: str
    title: str
    type: str
    action: str
    initiator: str
    sources: tuple[Source, ...]


def meeting(explorer: Explorer, found: Description, json_ld: str, path: str) -> bytes:
    """The page of a described meeting."""
    view = explorer.view()
    before, after = view.neighbours(found.iri)
    return page(
        explorer.site,
        "pages/meeting.html",
        view=view,
        thing=found,
        json_ld=json_ld,
        path=path,
        before=before,
        after=after,
        **content(view, found),
    )


def content(view: View, found: Description) -> dict[str, Any]:
    """What is told of a described meeting, by its parts."""
    facts = {name: [f for f in found.facts if f.property == CFM(name)] for name in (*_HEAD, *_OWN)}
    told = {CFM(name) for name in (*_HEAD, *_OWN)}
    return {
        "title": _title(view, found.iri),
        "head": [fact for name in _HEAD for fact in facts[name]],
        "seats": _seats(view, facts),
        "papers": _papers(view, facts),
        "topics": facts["topic"],
        "spoken": [
            (f, view.one(str(f.value), "person"), view.values(str(f.value), "quote"))
            for f in facts["intervention"]
        ],
        "tallies": [
            (f, *(view.one(str(f.value), n) for n in ("statedCount", "documentType", "action")))
            for f in facts["tally"]
        ],
        "rest": [fact for fact in found.facts if fact.property not in told],
        "conflicts": sorted(set(view.subjects("onSubject", found.iri))),
    }


def _title(view: View, iri: str) -> str:
    date, place = view.one(iri, "date"), view.one(iri, "place")
    told = [view.label(view.one(iri, "body") or iri), date, view.label(place) if place else ""]
    return ", ".join(filter(None, told))


def _seats(view: View, facts: Mapping[str, Sequence[Fact]]) -> list[Seat]:
    """Participations, and participants without one."""
    said = {str(fact.value): fact.sources for fact in facts["participant"]}
    seats = list[Seat]()
    for fact in facts["participation"]:
        iri = str(fact.value)
        person, country, post, role, other = (
            view.one(iri, name)
            for name in ("person", "country", "capacity", "participationRole", "onBehalfOf")
        )
        seats.append(Seat(person, country, post, role, other, said.get(person) or fact.sources))
    named = {seat.person for seat in seats}
    seats += [Seat(one, "", "", "", "", sources) for one, sources in said.items() if one not in named]
    return sorted(seats, key=lambda seat: (_order(view, seat.country), view.label(seat.person)))


def _order(view: View, country: str) -> tuple[bool, str]:
    return not country, view.label(country) if country else ""


def _papers(view: View, facts: Mapping[str, Sequence[Fact]]) -> list[Paper]:
    return [
        Paper(
            iri := str(fact.value),
            next(view.stated(iri, DCTERMS_TITLE), ""),
            view.one(iri, "documentType"),
            CFM(action),
            view.one(iri, "initiator"),
            fact.sources,
        )
        for action in ACTIONS
        for fact in facts[action]
    ]
