"""Which meetings a list shows: the parameters of its address, and what they leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cfm_kg.serve.pages.view import Meeting, View, slug_of, thing_of

SORTS = ("-date", "date", "body", "-body", "place", "-place", "format", "-format", "status", "-status")
FIELDS = ("body", "from", "to", "place", "format", "status", "country", "person", "topic")
_LIMIT = 300
"""At most so many choices are offered for one field."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a field may be."""

    value: str
    label: str


def chosen(view: View, asked: Mapping[str, str]) -> list[Meeting]:
    """The meetings that fit, in the wanted order: the newest first where none is named."""
    kept = [one for one in view.meetings if _fits(one, asked)]
    for name, found in (("country", _of_country), ("person", _of_person), ("topic", _of_topic)):
        if asked.get(name):
            among = found(view, asked[name])
            kept = [one for one in kept if one.iri in among]
    return _sorted(view, kept, asked.get("sort", ""))


def _fits(one: Meeting, asked: Mapping[str, str]) -> bool:
    first, last = asked.get("from", ""), asked.get("to", "")
    if (first or last) and not one.date:
        return False
    if first and one.date[: len(first)] < first[: len(one.date)]:
        return False
    if last and one.date[: len(last)] > last[: len(one.date)]:
        return False
    named = ((one.body, "body"), (one.place, "place"), (one.format, "format"), (one.status, "status"))
    return all(not asked.get(name) or slug_of(value) == asked[name] for value, name in named)


def _of_country(view: View, slug: str) -> set[str]:
    """Who was host, took part or was reported absent."""
    iri = thing_of("country", slug)
    names = ("participantCountry", "absentCountry")
    return {one.iri for one in view.meetings if one.country == iri}.union(
        *(view.having(name, iri) for name in names)
    )


def _of_person(view: View, slug: str) -> set[str]:
    iri = thing_of("person", slug)
    places, meetings = {*view.attending.get(iri, ()), *view.chairing.get(iri, ())}, view.meetings
    return {meetings[at].iri for at in places}


def _of_topic(view: View, slug: str) -> set[str]:
    """Meetings on a topic, or with a document on it."""
    about = set(view.subjects("topic", thing_of("topic", slug)))
    actions = view.actions
    return about | {meeting for one in about for meeting, _ in actions.get(one, ())}


def _sorted(view: View, rows: list[Meeting], sort: str) -> list[Meeting]:
    sort = sort if sort in SORTS else "-date"
    name = sort.removeprefix("-")
    if name != "date":
        rows = sorted(rows, key=lambda one: (not getattr(one, name), _label(view, getattr(one, name))))
    return rows[::-1] if sort.startswith("-") else rows


def _label(view: View, iri: str) -> str:
    return view.label(iri).casefold() if iri else ""


def choices(view: View) -> dict[str, list[Choice]]:
    """What each field of the form offers: only what some meeting has."""
    columns = {
        "body": {one.body for one in view.meetings},
        "place": {one.place for one in view.meetings},
        "format": {one.format for one in view.meetings},
        "status": {one.status for one in view.meetings},
        "country": _objects(view, ("hostCountry", "participantCountry", "absentCountry")),
        "topic": _objects(view, ("topic",)),
    }
    years = [Choice(year, year) for year in sorted(view.by_year, reverse=True) if year]
    return {name: offered(view, found) for name, found in columns.items()} | {"year": years}


def _objects(view: View, names: Sequence[str]) -> set[str]:
    found = set[str]()
    for name in names:
        found |= view.column_values(name)
    return found


def offered(view: View, iris: set[str]) -> list[Choice]:
    """These things as choices, sorted by name."""
    found = [Choice(slug_of(iri), view.label(iri)) for iri in iris if iri]
    return sorted(found, key=lambda one: (one.label.casefold(), one.value))[:_LIMIT]
