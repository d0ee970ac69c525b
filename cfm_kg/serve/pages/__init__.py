"""The explorer: pages that people read, drawn by the server, without a script."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from cfm_kg.serve.linked.site import site_of
from cfm_kg.serve.pages import ask, check
from cfm_kg.serve.pages.article import article
from cfm_kg.serve.pages.attendance import attendance
from cfm_kg.serve.pages.chairmanships import chairmanships
from cfm_kg.serve.pages.countries import countries, country
from cfm_kg.serve.pages.documents import documents
from cfm_kg.serve.pages.meeting import meeting
from cfm_kg.serve.pages.meetings import download, meetings
from cfm_kg.serve.pages.overview import overview
from cfm_kg.serve.pages.people import people, person
from cfm_kg.serve.pages.search import search
from cfm_kg.serve.pages.topics import topics
from cfm_kg.serve.pages.view import Explorer
from cfm_kg.serve.settings import Settings
from cfm_kg.vocab import CFM

__all__ = ["routes"]


def routes(settings: Settings) -> list[BaseRoute]:
    """The routes of this group. Things of some classes get pages of their own at their names."""
    explorer = Explorer(site_of(settings))
    explorer.site.pages |= {
        CFM("Meeting"): partial(meeting, explorer),
        CFM("Article"): partial(article, explorer),
        CFM("Person"): partial(person, explorer),
        CFM("Country"): partial(country, explorer),
    }
    endpoints: dict[str, Callable[[Explorer, Request], object]] = {
        "/": overview,
        "/meetings": meetings,
        "/meetings.{suffix}": download,
        "/attendance": attendance,
        "/people": people,
        "/countries": countries,
        "/documents": documents,
        "/chairmanships": chairmanships,
        "/topics": topics,
        "/search": search,
        "/ask": ask.ask,
        "/ask.{suffix}": ask.download,
        "/check": check.form,
    }
    explorer.site.sections |= {path.strip("/") for path in endpoints}
    pages = [
        Route(path, partial(endpoint, explorer), methods=["GET"]) for path, endpoint in endpoints.items()
    ]
    return [*pages, Route("/check", partial(check.check, explorer), methods=["POST"])]
