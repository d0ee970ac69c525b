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
    chairmanships,
    check,
    countries,
    documents,
    meeting,
    meetings,
    overview,
    people,
    search,
    topics,
)
from cfm_kg.serve.pages.view import Explorer, explorer_of
from cfm_kg.serve.settings import Settings
from cfm_kg.vocab import CFM

__all__ = ["routes", "warm"]


_PAGES = (meetings, overview, people, documents, countries, chairmanships, topics, search)


def warm(settings: Settings) -> None:
    """Make, beside everything else, what pages of a large store would make at their first call."""

    def make() -> None:
        with suppress(CfmError):  # where there is no store yet, pages will say so
            explorer = explorer_of(settings)
            for module in _PAGES:
                module.ready(explorer, explorer.view())

    Thread(target=make, daemon=True, name="warm").start()


def routes(settings: Settings) -> list[BaseRoute]:
    """The routes of this group. Things of some classes get pages of their own at their names."""
    explorer = explorer_of(settings)
    explorer.site.pages |= {
        CFM("Meeting"): partial(meeting.meeting, explorer),
        CFM("Article"): partial(article.article, explorer),
        CFM("Person"): partial(people.person, explorer),
        CFM("Country"): partial(countries.country, explorer),
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
        "/search": search.search,
        "/ask": ask.ask,
        "/ask.{suffix}": ask.download,
        "/check": check.form,
    }
    explorer.site.sections |= {path.strip("/") for path in endpoints}
    pages = [
        Route(path, partial(endpoint, explorer), methods=["GET"]) for path, endpoint in endpoints.items()
    ]
    return [*pages, Route("/check", partial(check.check, explorer), methods=["POST"])]
