"""The page of a chairmanship: whose turn it was, next to who chaired the meetings of that year."""

from __future__ import annotations

from dataclasses import dataclass

from cfm_kg.description import Description
from cfm_kg.serve.pages.showing import about
from cfm_kg.serve.pages.timeline import Turn, turns
from cfm_kg.serve.pages.view import Explorer, Meeting, View
from cfm_kg.vocab import CFM

_HEAD = ("organization", "country", "year", "start", "end", "holder")
_MOST = 100


@dataclass(frozen=True, slots=True)
class Chaired:
    """Who chaired a meeting, and for which country. IRIs; empty where nothing is known."""

    meeting: Meeting
    chair: str
    country: str


def turn(explorer: Explorer, found: Description, json_ld: str, path: str) -> bytes:
    """The page of a described chairmanship."""
    view = explorer.view()
    facts = [f for name in _HEAD for f in found.facts if f.property == CFM(name)]
    own = [one for one in all_turns(view) if one.organization == view.one(found.iri, "organization")]
    at = next((number for number, one in enumerate(own) if one.iri == found.iri), None)
    year = view.one(found.iri, "year") or view.one(found.iri, "start")[:4]
    organization = view.one(found.iri, "organization")
    met = [one for one in view.by_year.get(year, ()) if view.one(one.body, "partOf") == organization]
    return about(
        explorer,
        "turn.html",
        found,
        json_ld,
        path,
        set(map(CFM, _HEAD)),
        facts=facts,
        year=year,
        country=view.one(found.iri, "country"),
        organization=organization,
        before=own[at - 1] if at else None,
        after=own[at + 1] if at is not None and at + 1 < len(own) else None,
        chaired=[chaired_by(view, one) for one in met[:_MOST]],
        number=len(met),
    )


def all_turns(view: View) -> list[Turn]:
    """All turns, made once a state."""
    return view.keep("turns", lambda: turns(view))


def chaired_by(view: View, one: Meeting) -> Chaired:
    """Who chaired a meeting, for which country: as its seat says, or else the post held that day."""
    chair = view.one(one.iri, "chair")
    seats = (seat for seat in view.values(one.iri, "participation") if chair in view.values(seat, "person"))
    country = next((view.one(seat, "country") for seat in seats if view.one(seat, "country")), "")
    return Chaired(one, chair, country or (_of_post(view, chair, one.date) if chair else ""))


def _of_post(view: View, person: str, date: str) -> str:
    """The country whose post a person held on a day, as far as the registry tells."""
    for tenure in view.values(person, "tenure"):
        start, end = view.one(tenure, "start"), view.one(tenure, "end")
        if start and start <= date and (not end or date < end):
            country = view.one(view.one(tenure, "post"), "country")
            if country:
                return country
    return ""
