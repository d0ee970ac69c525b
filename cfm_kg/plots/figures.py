"""What a figure shows, out of the answers of named queries: nothing is drawn here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pyoxigraph as ox

from cfm_kg.dates import PartialDate
from cfm_kg.errors import CfmError
from cfm_kg.plots.kinds import Kind, Span
from cfm_kg.query import find_query, run
from cfm_kg.vocab import BASE

Row = Mapping[str, str]
COLUMNS, TOPICS = 40, 25
"""So many meetings, and so many topics, fit one figure."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure's words, and its facts as a table, in the order in which they are drawn."""

    kind: Kind
    title: str
    note: str
    """What is in it, and what was left out."""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def records(self) -> list[Row]:
        """The rows by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def figure(kind: Kind, store: ox.Store, span: Span | None = None) -> Figure:
    """The figure of what a store holds. Raises CfmError where nothing fits, or where a bound is faulty."""
    span = span or Span()
    for bound in (span.since, span.until):
        if bound is not None:
            _date(bound)
    wrong = "body" if kind is Kind.CHAIRMANSHIPS else "organization"
    if span.given(wrong):
        right = "--organization" if wrong == "body" else "--body"
        raise CfmError(f"a figure of {kind} knows no {wrong}", remedy=f"use {right}")
    found = _MAKERS[kind](store, span)
    if not found.rows:
        raise CfmError(
            f"there is nothing to draw: no {_WANTED[kind]} fits",
            remedy="widen --from and --to, take --body or --organization away, or build more articles",
        )
    return found


def _date(text: str) -> PartialDate:
    try:
        return PartialDate.parse(text)
    except ValueError as error:
        raise CfmError(
            f"{text!r} is no date", remedy="give a year, month or day such as 2021, 2021-05 or 2021-05-19"
        ) from error


def _asked(name: str, store: ox.Store, given: Mapping[str, str]) -> list[Row]:
    rows = run(find_query(name), store, given).values()
    return [{key: value or "" for key, value in row.items()} for row in rows]


def _timeline(store: ox.Store, span: Span) -> Figure:
    meetings = {
        row["meeting"]: row for row in _asked("meetings", store, span.given("since", "until", "body"))
    }
    dated = [row for row in meetings.values() if row["date"]]
    rows = sorted(
        (
            row["date"],
            row["bodyName"] or _slug(row["meeting"]),
            _local(row["format"]),
            _local(row["status"]),
            ", ".join(filter(None, (row["placeName"], row["hostName"]))),
        )
        for row in dated
    )
    note = _counted(len(rows), "meeting") + _years(row[0] for row in rows)
    note += _left(len(meetings) - len(dated), "without a date")
    title = _of("Meetings", {row[1] for row in rows}, span.body)
    return Figure(Kind.TIMELINE, title, note, ("date", "body", "format", "status", "place"), tuple(rows))


def _attendance(store: ox.Store, span: Span) -> Figure:
    told = _asked("attendance", store, span.given("since", "until", "body"))
    order = sorted({(row["date"], row["meeting"]) for row in told})
    kept = set(order[-COLUMNS:])
    rows = [
        (row["date"], _slug(row["meeting"]), row["countryName"] or _slug(row["country"]), row["attendance"])
        for row in told
        if (row["date"], row["meeting"]) in kept
    ]
    note = _counted(len(kept), "meeting") + " held" + _years(row[0] for row in rows)
    note += _left(len(order) - len(kept), "earlier")
    columns = ("date", "meeting", "country", "attendance")
    return Figure(Kind.ATTENDANCE, "Attendance by country", note, columns, tuple(rows))


def _topics(store: ox.Store, span: Span) -> Figure:
    told = _asked("topics-by-year", store, span.given("since", "until", "body"))
    totals = Counter[str]()
    for row in told:
        totals[row["topicName"] or _slug(row["topic"])] += int(row["meetings"])
    order = sorted(totals, key=lambda name: (-totals[name], name.casefold()))
    place = {name: at for at, name in enumerate(order[:TOPICS])}
    rows = [
        (name, row["year"], row["meetings"], row["documents"])
        for row in told
        if (name := row["topicName"] or _slug(row["topic"])) in place
    ]
    rows.sort(key=lambda row: (place[row[0]], row[1]))
    note = _counted(len(place), "topic") + _years(row[1] for row in rows)
    note += _left(len(order) - len(place), "rarer")
    return Figure(
        Kind.TOPICS, "Topics by year", note, ("topic", "year", "meetings", "documents"), tuple(rows)
    )


def _chairmanships(store: ox.Store, span: Span) -> Figure:
    told = _asked("chairmanships", store, span.given("organization"))
    dated = [row for row in told if row["year"] or row["start"]]
    kept = [row for row in dated if _within(row["year"] or row["start"], span)]
    rows = sorted(
        (
            _name(store, row["organization"]),
            row["year"] or row["start"][:4],
            row["countryName"] or _slug(row["country"]),
            row["start"],
            row["end"],
            row["holderName"],
        )
        for row in kept
    )
    note = _counted(len(rows), "turn") + _years(row[1] for row in rows)
    note += _left(len(told) - len(dated), "without a year")
    columns = ("organization", "year", "country", "start", "end", "holder")
    return Figure(Kind.CHAIRMANSHIPS, "Chairmanships", note, columns, tuple(rows))


def _within(date: str, span: Span) -> bool:
    """Whether a date lies within the bounds, as far as both are exact."""
    since, until = span.since or "", span.until or ""
    return date[: len(since)] >= since[: len(date)] and (
        not until or date[: len(until)] <= until[: len(date)]
    )


def _name(store: ox.Store, iri: str) -> str:
    """An organisation's name; the shortest one, such as its acronym, where it has several."""
    text = f'SELECT ?n {{ GRAPH ?g {{ <{iri}> cfm:acronym|rdfs:label ?n }} FILTER(LANG(?n) = "en") }}'
    names = [row["n"] or "" for row in run(find_query(text), store, {}).values()]
    return min(names, key=lambda name: (len(name), name), default=_slug(iri))


def _local(iri: str) -> str:
    """A term's own name, in words."""
    name = iri.rpartition("#")[2]
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()


def _slug(iri: str) -> str:
    return iri.removeprefix(BASE + "id/").partition("/")[2] or iri


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' if number != 1 else ''}"


def _years(dates: Iterable[str]) -> str:
    years = sorted({date[:4] for date in dates})
    return "" if not years else f", {years[0]}" if len(years) == 1 else f", {years[0]} to {years[-1]}"


def _left(number: int, why: str) -> str:
    return f"; {number:,} {why} left out" if number else ""


def _of(what: str, names: set[str], one: str | None) -> str:
    return f"{what} of the {next(iter(names))}" if one and len(names) == 1 else f"{what} over time"


_MAKERS: Mapping[Kind, Callable[[ox.Store, Span], Figure]] = MappingProxyType(
    {
        Kind.TIMELINE: _timeline,
        Kind.ATTENDANCE: _attendance,
        Kind.TOPICS: _topics,
        Kind.CHAIRMANSHIPS: _chairmanships,
    }
)
_WANTED = MappingProxyType(
    {
        Kind.TIMELINE: "meeting with a date",
        Kind.ATTENDANCE: "meeting held",
        Kind.TOPICS: "topic of a meeting",
        Kind.CHAIRMANSHIPS: "chairmanship with a year",
    }
)
