"""`/search`: names, titles and quotes, however they are spelt."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from cfm_kg.serve.pages.names import Hit, Names
from cfm_kg.serve.pages.showing import asked_of, shown
from cfm_kg.serve.pages.view import Explorer, View

_LONGEST = 200
_KINDS = (
    ("meeting", "Meetings"),
    ("person", "People"),
    ("country", "Countries"),
    ("document", "Documents"),
    ("article", "Articles"),
    ("body", "Bodies"),
    ("organization", "Organisations"),
    ("topic", "Topics"),
    ("place", "Places"),
    ("post", "Posts"),
)


def search(explorer: Explorer, request: Request) -> Response:
    """What the words may mean, by kind, and the quotes that hold them."""
    if not explorer.site.settings.served:
        return shown(explorer, request, "search_files.html", explorer.view())
    view, words = explorer.view(), asked_of(request).get("q", "")[:_LONGEST]
    found, quotes = list[Hit](), []
    if words:
        names = ready(explorer, view)
        found, quotes = names.find(words), names.quotes(words)
    known = dict(_KINDS)
    order = dict.fromkeys(known.get(hit.kind, "Other") for hit in found)
    groups = [(title, [hit for hit in found if known.get(hit.kind, "Other") == title]) for title in order]
    told = {"searched": words, "groups": groups, "quotes": quotes, "number": len(found)}
    return shown(explorer, request, "search.html", view, **told)


def ready(explorer: Explorer, view: View) -> Names:
    """The index, made once a state."""
    return view.keep("names", lambda: Names(view))
