"""A period on one page that needs nothing else: to be sent, printed and kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path
from typing import Any

from markupsafe import Markup

from cfm_kg.dates import PartialDate
from cfm_kg.description import Description, Source, describe
from cfm_kg.errors import CfmError
from cfm_kg.query.nearest import nearest
from cfm_kg.serve import linked
from cfm_kg.serve.linked.pages import page
from cfm_kg.serve.pages.attendance import grid
from cfm_kg.serve.pages.conflict import sides_of
from cfm_kg.serve.pages.filters import chosen
from cfm_kg.serve.pages.meeting import content
from cfm_kg.serve.pages.timeline import Turn, timeline
from cfm_kg.serve.pages.turn import all_turns, chaired_by
from cfm_kg.serve.pages.view import Explorer, Meeting, View, explorer_of, slug_of, thing_of
from cfm_kg.serve.settings import Settings

_STATIC = Path(linked.__file__).parent.parent / "static"
_MOST = 1_000
_COLUMNS = 12
"""Meetings side by side in the grid of attendance: what fits on a sheet."""
_LINK = re.compile(r' href="(/[^"]*)"( aria-label="[^"]*")?')


@dataclass(frozen=True, slots=True)
class Asked:
    """Which meetings a report tells of: dates as exact as wanted, and a body's slug; empty for all."""

    first: str = ""
    last: str = ""
    body: str = ""


@dataclass(slots=True)
class Notes:
    """Quotes and articles, numbered in the order in which the report names them first."""

    quotes: dict[tuple[str, int, int], tuple[int, Source]] = field(default_factory=dict)
    articles: dict[str, tuple[int, Source]] = field(default_factory=dict)

    def numbers(self, sources: Iterable[Source]) -> list[int]:
        """The numbers of the quotes behind a fact."""
        return sorted({self._number(one) for one in sources})

    def _number(self, source: Source) -> int:
        self.articles.setdefault(source.article, (len(self.articles) + 1, source))
        key = (source.article, source.start, source.end)
        return self.quotes.setdefault(key, (len(self.quotes) + 1, source))[0]

    def article(self, source: Source) -> int:
        """The number of a quote's article."""
        return self.articles[source.article][0]


def report(store: Path, asked: Asked) -> bytes:
    """The page of a store's meetings in a period.

    Raises CfmError where there is no store, for a date or body that is none, and where no meeting or too
    many fit.
    """
    explorer = explorer_of(Settings(store=store, served=False))
    view = explorer.view()
    _check(view, asked)
    wanted = {"from": asked.first, "to": asked.last, "body": asked.body, "sort": "date"}
    meetings = chosen(view, wanted)
    if not 0 < len(meetings) <= _MOST:
        raise CfmError(
            f"a report cannot tell of {len(meetings)} meetings" if meetings else "no meeting fits",
            why=f"it holds {_MOST} at most" if meetings else None,
            remedy="narrow it with --from, --to and --body" if meetings else "widen --from, --to or --body",
        )
    found = [(one, _described(view, one.iri)) for one in meetings]
    turns = _turns(view, asked, meetings)
    values = {
        "title": _title(view, asked, meetings),
        "meetings": [(one, content(view, about)) for one, about in found],
        "chart": timeline(explorer, view, meetings, turns),
        "grids": list(_grids(view, meetings)),
        "turns": [(turn, _described(view, turn.iri), _chairs(view, turn, meetings)) for turn in turns],
        "conflicts": _conflicts(view, [*(about for _, about in found)]),
        "notes": Notes(),
    }
    return _whole(explorer, view, values)


def _whole(explorer: Explorer, view: View, values: dict[str, Any]) -> bytes:
    css = "\n".join((_STATIC / name).read_text(encoding="utf-8") for name in ("style.css", "report.css"))
    text = page(explorer.site, "report.html", view=view, css=Markup(css), anchor=anchor, **values).decode()
    anchors = set(re.findall(r' id="([^"]*)"', text))

    def inside(match: re.Match[str]) -> str:
        place = anchor(unescape(match[1]).removeprefix("/"))
        return f' href="#{escape(place)}"{match[2] or ""}' if place in anchors else ""

    return _LINK.sub(inside, text).encode()


def anchor(iri: str) -> str:
    """The place in the page where a thing is told of."""
    return slug_of(iri).replace("/", "-") if "id/" not in iri else iri.partition("id/")[2].replace("/", "-")


def _check(view: View, asked: Asked) -> None:
    for text, option in ((asked.first, "--from"), (asked.last, "--to")):
        if text:
            try:
                PartialDate.parse(text)
            except ValueError as error:
                raise CfmError(
                    f"{text!r} is no date", where=option, remedy="write 2021, 2021-05 or 2021-05-19"
                ) from error
    if asked.body and not any(one.body == thing_of("body", asked.body) for one in view.meetings):
        known = sorted({slug_of(one.body) for one in view.meetings})
        near = nearest(asked.body, known) or known[:8]
        raise CfmError(
            f"no meeting of a body {asked.body!r} is known", where="--body", remedy="try " + ", ".join(near)
        )


def _described(view: View, iri: str) -> Description:
    found = describe(view.store, iri, view.label)
    assert found is not None  # it was listed
    return found


def _title(view: View, asked: Asked, meetings: Sequence[Meeting]) -> str:
    dates = [one.date for one in meetings if one.date]
    first, last = asked.first or min(dates, default=""), asked.last or max(dates, default="")
    who = view.label(thing_of("body", asked.body)) if asked.body else "Council meetings"
    when = " to ".join(dict.fromkeys(filter(None, (first, last))))
    return ", ".join(filter(None, (who, when)))


def _turns(view: View, asked: Asked, meetings: Sequence[Meeting]) -> list[Turn]:
    """The chairmanships of these bodies' organisations in the period."""
    organizations = {view.one(body, "partOf") for body in {one.body for one in meetings}}
    years = [one.year for one in meetings if one.year]
    first, last = asked.first[:4] or min(years, default=""), asked.last[:4] or max(years, default="9999")
    known = (one for one in all_turns(view) if one.organization in organizations)
    return [one for one in known if first <= (one.year or one.start[:4]) <= last]


def _chairs(view: View, turn: Turn, meetings: Sequence[Meeting]) -> list[tuple[Meeting, str, str]]:
    own = [one for one in meetings if one.year == (turn.year or turn.start[:4])]
    found = [(one, chaired_by(view, one)) for one in own if view.one(one.body, "partOf") == turn.organization]
    return [(one, by.chair, by.country) for one, by in found if by.chair]


def _grids(view: View, meetings: Sequence[Meeting]) -> Iterable[tuple[Sequence[Meeting], Any]]:
    """Attendance of the meetings held, in parts that fit on a sheet; parts that tell nothing are left out."""
    held = [one for one in meetings if slug_of(one.status) == "Held"]
    for at in range(0, len(held), _COLUMNS):
        part = held[at : at + _COLUMNS]
        rows = grid(view, part)
        if rows:
            yield part, rows


def _conflicts(view: View, found: Sequence[Description]) -> list[tuple[str, str, str, Any, str]]:
    """What articles say differently of the meetings and of what they dealt with."""
    things = dict.fromkeys(
        iri for one in found for iri in (one.iri, *(str(fact.value) for fact in one.facts))
    )
    rows = list[tuple[str, str, str, Any, str]]()
    for subject in things:
        if "/id/" in subject:
            for iri in sorted(set(view.subjects("onSubject", subject))):
                sides = sorted(sides_of(view, iri, subject), key=lambda one: (not one.won, str(one.value)))
                rows.append((iri, subject, view.one(iri, "onProperty"), sides, view.one(iri, "criterion")))
    return rows
