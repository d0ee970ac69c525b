"""`/`: where to begin."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from cfm_kg.serve.linked.dataset import counted
from cfm_kg.serve.linked.forms import HTML
from cfm_kg.serve.linked.pages import page
from cfm_kg.serve.linked.site import Site, document


async def home(site: Site, request: Request) -> Response:
    """A page that leads to things, terms, queries and dumps."""
    counts = await counted(site)
    return document(site, request, HTML, lambda *_: page(site, "home.html", counts=counts))
