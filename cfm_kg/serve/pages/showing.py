"""Pages of the explorer as responses."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from cfm_kg.description import Description
from cfm_kg.serve.linked.forms import HTML
from cfm_kg.serve.linked.pages import page
from cfm_kg.serve.linked.site import PAGE_HEADERS, document
from cfm_kg.serve.pages.view import Explorer, View

LONGEST = 2_000
"""So many characters of a parameter are read."""


def asked_of(request: Request) -> dict[str, str]:
    """The address's parameters without blanks around them; of one that is given twice, the last."""
    return {name: value.strip()[:LONGEST] for name, value in request.query_params.items()}


def shown(explorer: Explorer, request: Request, template: str, view: View, **values: Any) -> Response:
    """A page of the present state, with its validators."""

    def make(*_: object) -> bytes:
        return page(explorer.site, f"pages/{template}", view=view, **values)

    return document(explorer.site, request, HTML, make)


def about(
    explorer: Explorer,
    template: str,
    found: Description,
    json_ld: str,
    path: str,
    told: Collection[str] = (),
    **values: Any,
) -> bytes:
    """The page of a described thing. `told`: properties that are told of in a place of their own."""
    rest = [fact for fact in found.facts if fact.property not in told]
    return page(
        explorer.site,
        f"pages/{template}",
        view=explorer.view(),
        thing=found,
        json_ld=json_ld,
        path=path,
        rest=rest,
        **values,
    )


def fresh(explorer: Explorer, template: str, view: View, status: int = 200, **values: Any) -> Response:
    """A page that is not to be kept: the answer to a form."""
    body = page(explorer.site, f"pages/{template}", view=view, **values)
    return Response(body, status, {**PAGE_HEADERS, "Cache-Control": "no-store"}, HTML.media)
