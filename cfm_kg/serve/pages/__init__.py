"""The explorer: pages that people read, drawn by the server, without a script."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Thread

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from cfm_kg.errors import CfmError
from cfm_kg.serve.pages import (
    article,
    ask,
    attendance,
    body,
    chairmanships,
    check,
    conflict,
    countries,
    document,
    documents,
    drop,
    meeting,
    meetings,
    overview,
    people,
    places,
    review,
    search,
    topic,
    topics,
    turn,
)
from cfm_kg.serve.pages.trouble import told
from cfm_kg.serve.pages.view import Explorer, explorer_of
from cfm_kg.serve.settings import Settings
from cfm_kg.vocab import CFM

__all__ = ["make_ready", "routes", "told", "warm"]


_WANTING = ("ask", "check", "read", "review")
"""Pages that a site of files leaves out: they need a server."""
_PAGES = (meetings, overview, people, documents, countries, chairmanships, topics, places, search)


def warm(settings: Settings) -> None:
    """Make, beside everything else, what pages of a large store would make at their first call."""

    def make() -> None:
        with suppress(CfmError):  # where there is no store yet, pages will say so
            make_ready(explorer_of(settings))

    Thread(target=make, daemon=True, name="warm").start()


def make_ready(explorer: Explorer) -> None:
    """Make all tables of the present state."""
    view = explorer.view()
    for name in ("by_year", "by_body", "chairs", "chairing", "attending"):
        view.patiently(partial(getattr, view, name))
    for module in (*_PAGES, review) if explorer.site.settings.writable else _PAGES:
        view.patiently(partial(module.ready, explorer, view))


def routes(settings: Settings) -> list[BaseRoute]:
    """The routes of this group. Things of some classes get pages of their own at their names."""
    explorer = explorer_of(settings)
    explorer.site.pages |= {
        CFM("Meeting"): partial(meeting.meeting, explorer),
        CFM("Article"): partial(article.article, explorer),
        CFM("Person"): partial(people.person, explorer),
        CFM("Country"): partial(countries.country, explorer),
        CFM("Document"): partial(document.document, explorer),
        CFM("Chairmanship"): partial(turn.turn, explorer),
        CFM("Body"): partial(body.body, explorer),
        CFM("Topic"): partial(topic.topic, explorer),
        CFM("Conflict"): partial(conflict.conflict, explorer),
    }
    endpoints: dict[str, Callable[[Explorer, Request], object]] = {
        "/": overview.overview,
        "/meetings": meetings.meetings,
        "/meetings.{suffix}": meetings.download,
        "/attendance": attendance.attendance,
        "/people": people.people,
        "/countries": countries.countries,
        "/documents": documents.documents,
        "/chairmanships": chairmanships.chairmanships,
        "/topics": topics.topics,
        "/places": places.places,
        "/search": search.search,
        "/ask": ask.ask,
        "/ask.{suffix}": ask.download,
        "/ask/words.json": ask.completions,
        "/check": check.form,
        "/read": drop.form,
    }
    sections = {path.strip("/") for path in endpoints}
    explorer.site.sections |= {name for name in sections if settings.served or not name.startswith(_WANTING)}
    pages = [
        Route(path, partial(endpoint, explorer), methods=["GET"]) for path, endpoint in endpoints.items()
    ]
    reviewing = review.Review(explorer)
    explorer.site.sections |= {"review"} if reviewing.signing.open else set()
    forms: dict[str, Callable[[Request], object]] = {
        "/check": partial(check.check, explorer),
        "/read": partial(drop.drop, explorer),
        "/review": reviewing.decide,
        "/review/undo": reviewing.undo,
        "/review/sign-in": reviewing.sign_in,
        "/review/sign-out": reviewing.sign_out,
    }
    return [
        *pages,
        Route("/review", reviewing.page, methods=["GET"]),
        *(Route(path, taken, methods=["POST"]) for path, taken in forms.items()),
    ]
