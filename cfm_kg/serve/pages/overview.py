"""`/`: what there is, at a glance."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from cfm_kg.serve.pages.showing import shown
from cfm_kg.serve.pages.timeline import timeline, turns
from cfm_kg.serve.pages.view import Explorer, View

_COUNTED = (
    ("Meeting", "Meetings", "meetings"),
    ("Document", "Documents", "documents"),
    ("Person", "People", "people"),
    ("Country", "Countries", "countries"),
    ("Chairmanship", "Chairmanships", "chairmanships"),
)
_NEWEST, _SHOWN = 8, 12


def overview(explorer: Explorer, request: Request) -> Response:
    """Counts, newest meetings, the timeline, coverage and conflicts."""
    view = explorer.view()
    return shown(explorer, request, "overview.html", view, **ready(explorer, view))


def ready(explorer: Explorer, view: View) -> dict[str, object]:
    """What the page shows, made once a state."""
    return view.keep("overview", lambda: _found(explorer, view))


def _found(explorer: Explorer, view: View) -> dict[str, object]:
    articles = view.of_class("Article", facts=False)
    conflicts = view.of_class("Conflict", facts=False)
    dated = [one for one in view.meetings if one.date]
    return {
        "counts": [(title, path, len(view.of_class(name))) for name, title, path in _COUNTED],
        "newest": dated[::-1][:_NEWEST],
        "chart": timeline(explorer, view, view.meetings, turns(view)),
        "articles": articles[:_SHOWN],
        "article_number": len(articles),
        "conflicts": conflicts[:_SHOWN],
        "conflict_number": len(conflicts),
        "years": (dated[0].year, dated[-1].year) if dated else None,
    }
