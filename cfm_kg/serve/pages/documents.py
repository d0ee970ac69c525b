"""`/documents`: titles to search in, by type, what was done, topic, initiator and year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from cfm_kg.serve.pages.filters import Choice, offered
from cfm_kg.serve.pages.paging import part
from cfm_kg.serve.pages.showing import asked_of, shown
from cfm_kg.serve.pages.view import ACTIONS, Explorer, View, slug_of, thing_of
from cfm_kg.vocab import CFM, DCTERMS_TITLE


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as the list shows it: what a meeting did with it. IRIs; empty where nothing is known."""

    iri: str
    title: str
    type: str
    action: str
    meeting: str
    date: str


def documents(explorer: Explorer, request: Request) -> Response:
    """The list, filtered and paged."""
    view, asked = explorer.view(), asked_of(request)
    papers, choices = ready(explorer, view)
    rows = part(_chosen(view, papers, asked), asked, explorer.site.root + "documents")
    return shown(explorer, request, "documents.html", view, rows=rows, asked=asked, choices=choices)


def ready(explorer: Explorer, view: View) -> tuple[list[Paper], dict[str, list[Choice]]]:
    """All documents, and what the form's fields may be, made once a state."""

    def make() -> tuple[list[Paper], dict[str, list[Choice]]]:
        papers = _papers(view)
        return papers, _choices(view, papers)

    return view.keep("documents", make)


def _papers(view: View) -> list[Paper]:
    """All documents of meetings, the newest first."""
    types, dates = view.column("documentType"), {one.iri: one.date for one in view.meetings}
    titles = view.column_of(DCTERMS_TITLE)
    rows = [
        Paper(iri, titles.get(iri, ""), types.get(iri, ""), CFM(action), meeting, dates.get(meeting, ""))
        for iri, pairs in view.actions.items()
        for meeting, action in pairs
    ]
    return sorted(rows, key=lambda one: (one.date, one.meeting, one.iri), reverse=True)


def _chosen(view: View, papers: list[Paper], asked: Mapping[str, str]) -> list[Paper]:
    """Those that fit. Every word must stand in the title."""
    words = asked.get("title", "").casefold().split()
    named = (("type", "type"), ("action", "action"))
    for field, name in named:
        if asked.get(field):
            papers = [one for one in papers if slug_of(getattr(one, name)) == asked[field]]
    if asked.get("year"):
        papers = [one for one in papers if one.date.startswith(asked["year"])]
    for field, name, kind in (("topic", "topic", "topic"), ("initiator", "initiator", "country")):
        if asked.get(field):
            among = set(view.subjects(name, thing_of(kind, asked[field])))
            papers = [one for one in papers if one.iri in among]
    return [one for one in papers if all(word in one.title.casefold() for word in words)] if words else papers


def _choices(view: View, papers: list[Paper]) -> dict[str, list[Choice]]:
    return {
        "type": offered(view, {one.type for one in papers}),
        "action": [Choice(name, view.label(CFM(name))) for name in ACTIONS],
        "topic": offered(view, view.column_values("topic")),
        "year": [
            Choice(year, year) for year in sorted({one.date[:4] for one in papers if one.date}, reverse=True)
        ],
        "initiator": offered(view, view.column_values("initiator")),
    }
