"""`/topics`: how many meetings dealt with each topic in each year."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from cfm_kg.serve.pages.showing import shown
from cfm_kg.serve.pages.view import Explorer, View, slug_of

_TOPICS, _YEARS = 100, 20


def topics(explorer: Explorer, request: Request) -> Response:
    """The commonest topics by year, as a table whose shades follow its numbers."""
    view = explorer.view()
    return shown(explorer, request, "topics.html", view, **ready(explorer, view))


def ready(explorer: Explorer, view: View) -> dict[str, object]:
    """What the page shows, made once a state."""
    return view.keep("topics", lambda: _found(explorer, view))


def _found(explorer: Explorer, view: View) -> dict[str, object]:
    years, actions = {one.iri: one.year for one in view.meetings}, view.actions
    pairs = set[tuple[str, str]]()
    for about, topic in view.pairs("topic"):
        for meeting in [about, *(meeting for meeting, _ in actions.get(about, ()))]:
            if meeting in years:
                pairs.add((topic, meeting))
    numbers = Counter((topic, years[meeting]) for topic, meeting in pairs if years[meeting])
    totals = Counter(topic for topic, _ in pairs)
    shown_years = sorted({year for _, year in numbers})[-_YEARS:]
    most = max(numbers.values(), default=1)
    commonest = sorted(totals, key=lambda topic: (-totals[topic], view.label(topic).casefold()))[:_TOPICS]
    rows = [
        (
            topic,
            totals[topic],
            [
                (numbers[topic, year], -(-5 * numbers[topic, year] // most), _address(explorer, topic, year))
                for year in shown_years
            ],
        )
        for topic in commonest
    ]
    return {"rows": rows, "years": shown_years, "number": len(totals)}


def _address(explorer: Explorer, topic: str, year: str) -> str:
    asked = urlencode({"topic": slug_of(topic), "from": year, "to": year})
    return f"{explorer.site.root}meetings?{asked}"
