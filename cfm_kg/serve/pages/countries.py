"""`/countries`, and the page of a country: memberships, hosting, chairmanships, ministers over time."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from cfm_kg.description import Description
from cfm_kg.serve.linked.pages import page
from cfm_kg.serve.pages.paging import part
from cfm_kg.serve.pages.people import bars, tenures
from cfm_kg.serve.pages.showing import asked_of, shown
from cfm_kg.serve.pages.timeline import turns
from cfm_kg.serve.pages.view import Explorer, Meeting, View
from cfm_kg.vocab import CFM

_SHOWN, _POSTS = 100, 12


def countries(explorer: Explorer, request: Request) -> Response:
    """Countries that meetings know, with what they did."""
    view, asked = explorer.view(), asked_of(request)
    rows = part(ready(explorer, view), asked, explorer.site.root + "countries")
    return shown(explorer, request, "countries.html", view, rows=rows)


def ready(explorer: Explorer, view: View) -> list[tuple[str, int, int, int, int]]:
    """The rows of the list, made once a state."""
    return view.keep("countries", lambda: _rows(view))


def _rows(view: View) -> list[tuple[str, int, int, int, int]]:
    chaired = turns(view)

    def number(name: str, iri: str) -> int:
        return sum(1 for _ in view.subjects(name, iri))

    rows = [
        (
            iri,
            number("hostCountry", iri),
            number("participantCountry", iri),
            number("absentCountry", iri),
            sum(turn.country == iri for turn in chaired),
        )
        for iri in view.of_class("Country")
    ]
    return sorted(rows, key=lambda row: view.label(row[0]).casefold())


def _attended(view: View, iri: str) -> list[Meeting]:
    """The meetings at which a country was, the newest first."""
    order, meetings = view.place_in_order, view.meetings
    places = sorted(
        (order[one] for one in view.having("participantCountry", iri) if one in order), reverse=True
    )
    return [meetings[at] for at in places]


def country(explorer: Explorer, found: Description, json_ld: str, path: str) -> bytes:
    """The page of a described country."""
    view = explorer.view()
    belongs = [
        (
            view.one(one, "organization"),
            view.one(one, "start"),
            view.one(one, "end"),
            view.one(one, "suspended"),
        )
        for one in view.values(found.iri, "membership")
    ]
    posts = [one for one in view.subjects("country", found.iri) if "/post/" in one]
    held = {
        post: tenures(view, sorted(set(view.subjects("post", post)))) for post in sorted(set(posts))[:_POSTS]
    }
    charts = [
        (post, rows, bars(explorer, view, rows, by="person", name=view.label(post)))
        for post, rows in held.items()
        if rows
    ]
    hosted = [one for one in reversed(view.meetings) if one.country == found.iri]
    came = _attended(view, found.iri)
    told = {CFM("membership")}
    return page(
        explorer.site,
        "pages/country.html",
        view=view,
        thing=found,
        json_ld=json_ld,
        path=path,
        memberships=sorted(belongs, key=lambda row: (row[1], row[0])),
        chairs=[turn for turn in turns(view) if turn.country == found.iri],
        charts=charts,
        hosted=hosted[:_SHOWN],
        came=came[:_SHOWN],
        numbers=(len(hosted), len(came)),
        rest=[fact for fact in found.facts if fact.property not in told],
    )
