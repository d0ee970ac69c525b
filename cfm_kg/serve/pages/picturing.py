"""An answer as a chart or as a map, where its rows allow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from cfm_kg.serve.pages import atlas, bars
from cfm_kg.serve.pages.asking import Cell, Outcome
from cfm_kg.serve.pages.geography import Geography, Point, geography, point_of
from cfm_kg.serve.pages.tallies import Choice, Tally, choice_of, tally_of
from cfm_kg.serve.pages.view import Explorer, View

_NORTH, _EAST = ("lat", "latitude"), ("long", "lon", "lng", "longitude")
_SPOTS, _LANDMARKS = 150, 300


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of an answer, and what else it could show. `kind` is `chart` or `map`."""

    kind: str
    drawing: Markup
    tally: Tally | None = None
    choice: Choice | None = None
    left: int = 0
    """So many rows or groups are not in the drawing."""
    counted: str = ""
    """What a map's numbers count."""


def kinds_of(found: Outcome, view: View) -> tuple[str, ...]:
    """How an answer can be shown, a table first."""
    if not found.rows:
        return ()
    chart = ("chart",) if choice_of(found) else ()
    return ("table", *chart, *(("map",) if _spots(found, view) else ()))


def chart(found: Outcome, view: View, asked: Mapping[str, str]) -> Picture | None:
    """The chart that `asked` describes (`of`, `by`, `split`), else the one that seems meant."""
    choice = choice_of(found)
    if choice is None:
        return None

    def told(cell: Cell) -> str:
        return view.label(cell.iri) if cell.iri else cell.text

    tally = tally_of(found, choice, asked, told)
    drawing = bars.drawn(title_of(tally), tally)
    left = 0 if tally.timed else max(0, len(tally.groups) - bars.MOST)
    return Picture("chart", drawing, tally, choice, left)


def title_of(tally: Tally) -> str:
    """What a chart shows, in words."""
    by = "year" if tally.timed else tally.by
    return (tally.of or "rows") + (f" by {by}" if by else "") + (f" and {tally.split}" if tally.split else "")


def plotted(found: Outcome, explorer: Explorer, view: View) -> Picture | None:
    """The rows on a map: what their first column of whole numbers counts, else the rows themselves."""
    spots, of = _spots(found, view), _counted(found)
    if not spots:
        return None
    sums: dict[tuple[str, Point], int] = {}
    things: dict[tuple[str, Point], str] = {}
    for spot in spots:
        own = spot.name, spot.point
        sums[own] = sums.get(own, 0) + (int(spot.cells[of].text or 0) if of else 1)
        things.setdefault(own, spot.iri)
    marks = [
        atlas.Spot(
            name, point, number, f"{name} {number} {of or 'rows'}", _href(explorer, things[name, point])
        )
        for (name, point), number in sums.items()
    ]
    marks.sort(key=lambda one: (-one.number, one.name))
    known = geography(view)
    landmarks = [(view.label(iri), point) for iri, point in sorted(known.countries.items())][:_LANDMARKS]
    drawing = atlas.drawn(f"{of or 'rows'} by place", marks[:_SPOTS], landmarks)
    return Picture("map", drawing, left=len(found.rows) - len(spots), counted=of or "rows")


def _counted(found: Outcome) -> str:
    """The first column of whole numbers that are not negative; empty where there is none."""
    choice = choice_of(found)
    for name in choice.numbers if choice else ():
        at = found.columns.index(name)
        if all(not row[at].text or row[at].text.isdecimal() for row in found.rows):
            return name
    return ""


def _href(explorer: Explorer, iri: str) -> str:
    return explorer.site.href(iri) if iri else ""


@dataclass(frozen=True, slots=True)
class _Spot:
    name: str
    point: Point
    iri: str
    cells: Mapping[str, Cell]


def _spots(found: Outcome, view: View) -> list[_Spot]:
    """Each row that can be located."""
    known = geography(view)
    placed = (_spot(dict(zip(found.columns, row, strict=True)), known, view) for row in found.rows)
    return [one for one in placed if one is not None]


def _spot(cells: Mapping[str, Cell], known: Geography, view: View) -> _Spot | None:
    lower = {name.lower(): cell for name, cell in cells.items()}
    north, east = (next((lower[n].text for n in names if n in lower), "") for names in (_NORTH, _EAST))
    given = point_of(north, east) if north and east else None
    iri = known.best([(cell.iri or cell.text, bool(cell.iri)) for cell in cells.values() if cell.text])
    point = given or (known.point(iri) if iri else None)
    if point is None:
        return None
    first = next((cell.iri for cell in cells.values() if cell.iri), "")
    name = view.label(iri or first) if iri or first else f"{north}, {east}"
    return _Spot(name, point, iri, cells)
