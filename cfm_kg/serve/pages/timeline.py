"""Meetings by body over the years, with the turns of chairmanship as bars above them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from cfm_kg.serve.pages import svg
from cfm_kg.serve.pages.view import Explorer, Meeting, View, slug_of
from cfm_kg.serve.pages.years import Scale, scale

_WIDTH, _LEFT, _RIGHT = 1000.0, 290.0, 985.0
_ROW, _TURN = 30.0, 24.0
_BODIES, _TURNS = 12, 6
_SINGLE = 300
"""Up to so many meetings are drawn one by one; more as bars, one a body and year."""
_NAME = 42


@dataclass(frozen=True, slots=True)
class Turn:
    """A country's turn at the head of an organisation."""

    iri: str
    organization: str
    country: str
    year: str
    start: str
    end: str
    holder: str


def turns(view: View) -> list[Turn]:
    """All turns, by organisation and year."""
    names = ("organization", "country", "year", "start", "end", "holder")
    rows = [Turn(iri, *(view.one(iri, name) for name in names)) for iri in view.of_class("Chairmanship")]
    return sorted(rows, key=lambda turn: (turn.organization, turn.year or turn.start, turn.iri))


def kind_of(meeting: Meeting) -> str:
    """How a meeting is marked."""
    if slug_of(meeting.status) in ("Planned", "Postponed", "Cancelled"):
        return "planned"
    return "online" if slug_of(meeting.format) == "Videoconference" else "inperson"


def timeline(explorer: Explorer, view: View, meetings: Sequence[Meeting], chairs: Sequence[Turn]) -> Markup:
    """The drawing; empty where no meeting has a date."""
    dated = [one for one in meetings if one.date]
    years = [one.date for one in dated] + [one.year or one.start for one in chairs]
    across = scale(years, _LEFT, _RIGHT)
    if across is None or not dated:
        return Markup("")
    bodies = [body for body, _ in Counter(one.body for one in dated).most_common(_BODIES)]
    heads = sorted({turn.organization for turn in chairs})[:_TURNS]
    top = 6 + len(heads) * _TURN
    height = top + len(bodies) * _ROW + 26
    parts = [svg.HATCH, *across.axis(0, height)]
    for at, head in enumerate(heads):
        own = [turn for turn in chairs if turn.organization == head]
        parts += _turns(explorer, view, own, across, 6 + at * _TURN)
    for at, body in enumerate(bodies):
        own_meetings = [one for one in dated if one.body == body]
        draw = _marks if len(dated) <= _SINGLE else _bars
        y = top + at * _ROW + _ROW / 2
        parts.append(svg.text(0, y + 4, _clipped(view.label(body))))
        parts += draw(explorer, view, own_meetings, across, y)
    described = f"{len(dated)} dated meetings of {len(bodies)} bodies, {across.first} to {across.last}."
    return svg.drawing("Meetings over time", described, _WIDTH, height, parts, "timeline")


def _clipped(name: str) -> str:
    return name if len(name) <= _NAME else name[: _NAME - 1].rstrip() + "…"


def _turns(explorer: Explorer, view: View, own: Sequence[Turn], across: Scale, y: float) -> Iterator[Markup]:
    yield svg.text(0, y + 14, _clipped("Chair of the " + view.label(own[0].organization)))
    for turn in own:
        begin, end = turn.start or turn.year, turn.end or turn.year
        x = across.x(begin)
        width = max(across.x(end) - x if turn.end else across.year, 4.0) - 2
        name = view.label(turn.country)
        label = f"{name} chairs {view.label(turn.organization)}, {turn.year or begin}"
        shapes = [svg.bar(x + 1, y, width, _TURN - 5, "turn")]
        if width > 7 * len(name) + 8:
            shapes.append(svg.text(x + 6, y + 14, name, "turn-name"))
        yield svg.linked(explorer.site.href(turn.iri), label, *shapes)


def _marks(
    explorer: Explorer, view: View, own: Iterable[Meeting], across: Scale, y: float
) -> Iterator[Markup]:
    for one in own:
        told = [one.date, view.label(one.place) if one.place else "", slug_of(one.status)]
        label = ", ".join([view.label(one.body), *filter(None, told)])
        mark = svg.mark(across.x(one.date, middle=True), y, kind_of(one))
        yield svg.linked(explorer.site.href(one.iri), label, mark)


def _bars(
    explorer: Explorer, view: View, own: Sequence[Meeting], across: Scale, y: float
) -> Iterator[Markup]:
    years = Counter(one.year for one in own)
    most = max(years.values())
    for year, number in sorted(years.items()):
        height = max(2.0, (_ROW - 6) * number / most)
        asked = urlencode({"body": slug_of(own[0].body), "from": year, "to": year})
        label = f"{view.label(own[0].body)}, {year}: {number} meetings"
        shape = svg.bar(across.x(year) + 0.5, y + _ROW / 2 - 2 - height, across.year - 1, height, "many")
        yield svg.linked(f"{explorer.site.root}meetings?{asked}", label, shape)
