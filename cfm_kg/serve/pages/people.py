"""`/people`, and the page of a person: posts over time, appearances, spellings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from cfm_kg.description import Description
from cfm_kg.serve.linked.pages import page
from cfm_kg.serve.pages import svg
from cfm_kg.serve.pages.paging import part
from cfm_kg.serve.pages.showing import asked_of, shown
from cfm_kg.serve.pages.view import Explorer, Meeting, View
from cfm_kg.serve.pages.years import scale
from cfm_kg.vocab import CFM, RDFS_LABEL, SKOS_ALT_LABEL

_WIDTH, _LEFT, _ROW = 1000.0, 360.0, 28.0
_MOST = 40
_NAME = 52
_ROWS = 100


@dataclass(frozen=True, slots=True)
class Tenure:
    """Somebody's time in a post. Dates as texts; empty where unknown."""

    iri: str
    person: str
    post: str
    start: str
    end: str
    acting: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A person as the list shows them. `last`: the IRI of the last meeting, empty where there is none."""

    iri: str
    name: str
    attended: int
    chaired: int
    last: str


def tenures(view: View, iris: Sequence[str]) -> list[Tenure]:
    """These tenures, the earliest first."""
    rows = [
        Tenure(
            iri,
            person=view.one(iri, "person"),
            post=view.one(iri, "post"),
            start=view.one(iri, "start"),
            end=view.one(iri, "end"),
            acting=view.one(iri, "acting") == "true",
        )
        for iri in iris
    ]
    return sorted(rows, key=lambda one: (one.start, one.iri))


def bars(explorer: Explorer, view: View, rows: Sequence[Tenure], *, by: str, name: str) -> Markup:
    """Tenures as bars over the years, each named by its post or by its person."""
    dated = [one for one in rows if one.start][-_MOST:]
    # What has not ended is drawn up to the last meeting that is known, since pages read no clock.
    lasting = [view.last_date] if any(not one.end for one in dated) else []
    across = scale([*lasting, *(date for one in dated for date in (one.start, one.end))], _LEFT, _WIDTH - 15)
    if across is None:
        return Markup("")
    height = len(dated) * _ROW + 26
    parts = [*across.axis(0, height)]
    for at, one in enumerate(dated):
        parts += _bar(
            explorer, view, one, across.x(one.start), across.x(one.end) if one.end else across.right, at, by
        )
    told = f"{len(dated)} tenures, {across.first} to {across.last}; a bar without an end lasts."
    return svg.drawing(name, told, _WIDTH, height, parts, "tenures")


def _bar(
    explorer: Explorer, view: View, one: Tenure, start: float, end: float, at: int, by: str
) -> Iterator[Markup]:
    told = view.label(getattr(one, by))
    yield svg.text(0, at * _ROW + 19, told if len(told) <= _NAME else told[: _NAME - 1] + "…")
    label = f"{told}, {one.start} to {one.end or 'now'}" + (", acting" if one.acting else "")
    shape = svg.bar(start, at * _ROW + 5, end - start, _ROW - 9, "tenure")
    yield svg.linked(explorer.site.href(getattr(one, by)), label, shape)


def people(explorer: Explorer, request: Request) -> Response:
    """All who took part in meetings, or all who are known."""
    view, asked = explorer.view(), asked_of(request)
    everybody = asked.get("all") == "yes"
    rows = view.keep("people of all", lambda: _rows(view, True)) if everybody else ready(explorer, view)
    name = asked.get("name", "").casefold()
    if name:
        rows = [row for row in rows if name in row.name.casefold()]
    listed = part(rows, asked, explorer.site.root + "people")
    return shown(explorer, request, "people.html", view, rows=listed, asked=asked)


def ready(explorer: Explorer, view: View) -> list[Listed]:
    """Those whom meetings name, made once a state."""
    return view.keep("people", lambda: _rows(view, False))


def _rows(view: View, everybody: bool) -> list[Listed]:
    attending, chairing, meetings = view.attending, view.chairing, view.meetings

    def listed(iri: str) -> Listed:
        came, chaired = attending.get(iri, ()), chairing.get(iri, ())
        places = [some[-1] for some in (came, chaired) if some]
        last = meetings[max(places)].iri if places else ""
        return Listed(iri, view.label(iri), len(came), len(chaired), last)

    rows = [listed(iri) for iri in view.of_class("Person", facts=not everybody)]
    return sorted(rows, key=lambda row: (-row.attended, row.name.casefold(), row.iri))


def newest(view: View, places: Sequence[int]) -> list[Meeting]:
    """The last of the meetings that stand at these places, the newest first."""
    meetings = view.meetings
    return [meetings[at] for at in reversed(places[-_ROWS:])]


def person(explorer: Explorer, found: Description, json_ld: str, path: str) -> bytes:
    """The page of a described person."""
    view = explorer.view()
    held = tenures(view, view.values(found.iri, "tenure"))
    attending = view.attending.get(found.iri, ())
    chaired = view.chairing.get(found.iri, ())
    told = {CFM("tenure"), CFM("familyName"), RDFS_LABEL, SKOS_ALT_LABEL}
    return page(
        explorer.site,
        "pages/person.html",
        view=view,
        thing=found,
        json_ld=json_ld,
        path=path,
        tenures=held,
        chart=bars(explorer, view, held, by="post", name="Posts over time"),
        chaired=newest(view, chaired),
        attending=newest(view, attending),
        numbers=(len(chaired), len(attending)),
        spellings=sorted({*view.stated(found.iri, RDFS_LABEL), *view.stated(found.iri, SKOS_ALT_LABEL)}),
        rest=[fact for fact in found.facts if fact.property not in told],
    )
