"""`/places`: where meetings were held, as a map and as a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from cfm_kg.serve.pages.atlas import Spot, drawn
from cfm_kg.serve.pages.filters import choices, chosen
from cfm_kg.serve.pages.geography import geography
from cfm_kg.serve.pages.showing import asked_of, shown
from cfm_kg.serve.pages.view import Explorer, Meeting, View, slug_of

_FILTERS = ("body", "from", "to", "status", "topic")
_SHOWN, _DRAWN = 300, 120


@dataclass(frozen=True, slots=True)
class Venue:
    """A place, or a country where no place is told, and the meetings there."""

    iri: str
    country: str
    number: int
    first: str
    last: str
    located: bool
    href: str


def places(explorer: Explorer, request: Request) -> Response:
    """The meetings that fit, by place."""
    view, asked = explorer.view(), asked_of(request)
    said = {name: asked[name] for name in _FILTERS if asked.get(name)}
    found = _found(explorer, view, said) if said else ready(explorer, view)
    offered = view.keep("choices", lambda: choices(view))
    return shown(explorer, request, "places.html", view, asked=asked, choices=offered, **found)


def ready(explorer: Explorer, view: View) -> dict[str, object]:
    """What the page shows of all meetings, made once a state."""
    return view.keep("places", lambda: _found(explorer, view, {}))


def _found(explorer: Explorer, view: View, said: dict[str, str]) -> dict[str, object]:
    meetings = chosen(view, said)
    by_place: dict[str, list[Meeting]] = {}
    for one in meetings:
        if one.place or one.country:
            by_place.setdefault(one.place or one.country, []).append(one)
    venues = [_venue(explorer, view, said, iri, own) for iri, own in by_place.items()]
    venues.sort(key=lambda one: (-one.number, view.label(one.iri).casefold(), one.iri))
    known = geography(view)
    spots = [
        Spot(view.label(one.iri), point, one.number, _told(view, one), one.href)
        for one in venues
        if (point := known.point(one.iri)) is not None
    ]
    landmarks = [(view.label(iri), point) for iri, point in sorted(known.countries.items())]
    held = sum(one.number for one in venues)
    return {
        "venues": venues[:_SHOWN],
        "number": len(venues),
        "held": held,
        "elsewhere": len(meetings) - held,
        "unlocated": sum(not one.located for one in venues),
        "chart": drawn("Meetings by place", spots[:_DRAWN], landmarks),
    }


def _venue(explorer: Explorer, view: View, said: dict[str, str], iri: str, own: Sequence[Meeting]) -> Venue:
    dates = sorted(one.date for one in own if one.date)
    kind = "place" if own[0].place else "country"
    query = urlencode({**said, kind: slug_of(iri)})
    return Venue(
        iri,
        next((one.country for one in own if one.country), "") or view.one(iri, "country"),
        len(own),
        dates[0] if dates else "",
        dates[-1] if dates else "",
        geography(view).point(iri) is not None,
        f"{explorer.site.root}meetings?{query}",
    )


def _told(view: View, venue: Venue) -> str:
    noun = "meeting" if venue.number == 1 else "meetings"
    when = f", {venue.first} to {venue.last}" if venue.last != venue.first else f", {venue.first}"
    return f"{view.label(venue.iri)} {venue.number} {noun}{when if venue.first else ''}"
