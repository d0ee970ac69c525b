"""`/chairmanships`: who held the turn, next to who chaired that year's meetings."""

from __future__ import annotations

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from cfm_kg.serve.pages.paging import part
from cfm_kg.serve.pages.showing import asked_of, shown
from cfm_kg.serve.pages.timeline import Turn, timeline, turns
from cfm_kg.serve.pages.view import Explorer, Meeting, View

_MOST = 8


def chairmanships(explorer: Explorer, request: Request) -> Response:
    """All turns with the meetings of the organisation's bodies in their years."""
    view, asked = explorer.view(), asked_of(request)
    known, chart = ready(explorer, view)
    rows = part(known, asked, explorer.site.root + "chairmanships")
    chaired = [(turn, _chaired(view, turn)) for turn in rows.rows]
    return shown(explorer, request, "chairmanships.html", view, rows=rows, chaired=chaired, chart=chart)


def ready(explorer: Explorer, view: View) -> tuple[list[Turn], Markup]:
    """All turns and their drawing, made once a state."""

    def make() -> tuple[list[Turn], Markup]:
        known = turns(view)
        return known, timeline(explorer, view, _of(view, known), known)

    return view.keep("chairmanships", make)


def _of(view: View, known: list[Turn]) -> list[Meeting]:
    organizations = {turn.organization for turn in known}
    return [one for one in view.meetings if view.one(one.body, "partOf") in organizations]


def _chaired(view: View, turn: Turn) -> list[tuple[str, str]]:
    """The meetings with a known chair in the turn's year, and who chaired."""
    year = turn.year or turn.start[:4]
    own = [one for one in view.by_year.get(year, ()) if view.one(one.body, "partOf") == turn.organization]
    pairs = ((one.iri, view.chairs.get(one.iri, "")) for one in own)
    return [(meeting, chair) for meeting, chair in pairs if chair][:_MOST]
