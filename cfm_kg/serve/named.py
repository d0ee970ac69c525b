"""`/queries/`: the named queries, each at an address of its own."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from cfm_kg.errors import CfmError
from cfm_kg.query import NamedQuery, catalogue
from cfm_kg.query.catalogue import named
from cfm_kg.query.lexing import form_of
from cfm_kg.serve.addresses import public_url
from cfm_kg.serve.answers import AnswerResponse, negotiated
from cfm_kg.serve.linked.pages import page
from cfm_kg.serve.linked.site import Site, site_of
from cfm_kg.serve.readers.question import GRAPHS, HTML, RESULTS, Named
from cfm_kg.serve.refusal import HttpError
from cfm_kg.serve.settings import Settings

_SUFFIXES = {
    "json": RESULTS[0],
    "xml": RESULTS[1],
    "csv": RESULTS[2],
    "tsv": RESULTS[3],
    "ttl": GRAPHS[0],
    "nt": GRAPHS[1],
    "jsonld": GRAPHS[2],
    "rdf": GRAPHS[3],
    "html": HTML,
}
"""What `?format=` may be, for links and for people who cannot set a header."""
_JSON = "application/json"


def routes(settings: Settings) -> list[BaseRoute]:
    """The routes of this group."""
    return [
        Route("/queries/", partial(queries, site_of(settings)), methods=["GET"], name="queries"),
        Route("/queries/{name}", query, methods=["GET"], name="query"),
    ]


async def queries(site: Site, request: Request) -> Response:
    """All named queries with their parameters."""
    if negotiated(request, (_JSON, HTML)) == HTML:
        told = page(site, "queries.html", queries=catalogue().values())
        return HTMLResponse(told, headers={"Vary": "Accept"})
    listed = [_described(one, public_url(request, f"queries/{one.name}")) for one in catalogue().values()]
    return JSONResponse({"queries": listed}, headers={"Vary": "Accept"})


def _described(one: NamedQuery, url: str) -> dict[str, object]:
    parameters = [
        {
            "name": parameter.name,
            "type": parameter.type,
            "description": parameter.text,
            "required": parameter.required,
            "default": parameter.default,
            "choices": list(parameter.choices),
        }
        for parameter in one.parameters
    ]
    told = {"name": one.name, "title": one.title, "description": one.description}
    return {**told, "url": url, "parameters": parameters}


async def query(request: Request) -> Response:
    """The answer of a named query. Its parameters stand in the address; one without a value is not given."""
    asked = _known(request.path_params["name"])
    given = [pair for pair in request.query_params.multi_items() if pair[0] != "format" and pair[1]]
    for name in {name for name, _ in given}:
        if sum(name == other for other, _ in given) > 1:
            raise HttpError(400, f"the parameter {name!r} is given twice", remedy="give it once")
    media = _media(request, asked)
    return AnswerResponse(request.app.state.readers, Named(asked.name, tuple(given), media))


def _known(name: str) -> NamedQuery:
    try:
        return named(name)
    except CfmError as error:
        raise HttpError(404, error.what, remedy=error.remedy) from error


def _media(request: Request, asked: NamedQuery) -> str:
    own = RESULTS if form_of(asked.text) in ("SELECT", "ASK") else GRAPHS
    wanted = request.query_params.get("format")
    if wanted is None:
        media = negotiated(request, (own[0], _JSON, *own[1:], HTML))
        return own[0] if media == _JSON else media
    media = _SUFFIXES.get(wanted, "")
    if media not in (*own, HTML):
        fitting = ", ".join(name for name, media in _SUFFIXES.items() if media in (*own, HTML))
        raise HttpError(406, f"the answer has no format {wanted!r}", remedy=f"use one of {fitting}")
    return media
