"""`/attendance`: countries by meetings as a grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from cfm_kg.serve.pages.filters import choices, chosen
from cfm_kg.serve.pages.paging import part
from cfm_kg.serve.pages.showing import asked_of, shown
from cfm_kg.serve.pages.view import Explorer, Meeting, View, slug_of

COLUMNS = 20
_COUNTRIES = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """Whether a country was at a meeting."""

    kind: str
    """`minister`, `deputy`, `country`, `absent`, `disputed`, `unknown` (a member) or `none`."""
    who: str
    """Names of those who came for it."""


def attendance(explorer: Explorer, request: Request) -> Response:
    """The newest meetings held that fit, and each member and guest that they name."""
    view, asked = explorer.view(), asked_of(request)
    asked.setdefault("body", "")
    wanted = {**asked, "status": "Held", "sort": "-date"}
    held = part(chosen(view, wanted), asked, explorer.site.root + "attendance", size=COLUMNS)
    offered = view.keep("choices", lambda: choices(view))
    table = grid(view, held.rows)
    return shown(
        explorer, request, "attendance.html", view, rows=held, asked=asked, grid=table, choices=offered
    )


def grid(view: View, held: Sequence[Meeting]) -> list[tuple[str, list[Cell]]]:
    """A row a country, a cell for each of these meetings."""
    columns = [_column(view, one) for one in held]
    names = sorted({iri for column in columns for iri in column}, key=lambda iri: view.label(iri).casefold())
    nothing = Cell("none", "")
    return [(iri, [column.get(iri, nothing) for column in columns]) for iri in names[:_COUNTRIES]]


def _column(view: View, one: Meeting) -> dict[str, Cell]:
    """The countries of one meeting: its organisation's members of that day, and all that it names."""
    came, missed = set(view.values(one.iri, "participantCountry")), set(view.values(one.iri, "absentCountry"))
    seats: dict[str, list[tuple[str, str]]] = {}
    for seat in view.values(one.iri, "participation"):
        country = view.one(seat, "country")
        if country:
            told = slug_of(view.one(seat, "participationRole")), view.label(view.one(seat, "person"))
            seats.setdefault(country, []).append(told)
    found = {iri: Cell("unknown", "") for iri in _members(view, one)}
    for iri in sorted(came | missed | seats.keys()):
        found[iri] = _cell(iri in came, iri in missed, seats.get(iri, ()))
    return found


def _cell(came: bool, missed: bool, seats: Sequence[tuple[str, str]]) -> Cell:
    who = ", ".join(sorted({name for _, name in seats}))
    if missed:
        return Cell("disputed" if came or seats else "absent", who)
    if any(role in ("Chair", "Member") for role, _ in seats):
        return Cell("minister", who)
    return Cell("deputy" if any(role == "Substitute" for role, _ in seats) else "country", who)


def _members(view: View, one: Meeting) -> list[str]:
    """The countries that belonged to the body's organisation on the day."""
    organization = view.one(one.body, "partOf")
    known = view.keep(f"members {organization}", lambda: memberships(view, organization))
    return [iri for iri, start, end in known if within(one.date, start, end)]


def memberships(view: View, organization: str) -> list[tuple[str, str, str]]:
    """The countries of an organisation with the first day inside and the first one outside; sorted."""
    rows = [
        (country, view.one(membership, "start"), view.one(membership, "end"))
        for membership in view.subjects("organization", organization)
        for country in view.values(membership, "country")
        if "/membership/" in membership
    ]
    return sorted(set(rows))


def within(date: str, start: str, end: str) -> bool:
    """Whether a date lies within bounds, as far as both are exact. The end is the first day outside."""
    if not date:
        return False
    least, most = min(len(date), len(start)), min(len(date), len(end))
    return start[:least] <= date[:least] and (not end or date[:most] < end[:most])
