"""`/store`: graphs as files (SPARQL 1.1 Graph Store Protocol, for reading)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from cfm_kg.serve.addresses import absolute
from cfm_kg.serve.answers import AnswerResponse, negotiated
from cfm_kg.serve.readers.question import GRAPHS, Graph
from cfm_kg.serve.refusal import HttpError
from cfm_kg.serve.settings import Settings


def routes(settings: Settings) -> list[BaseRoute]:
    """The routes of this group."""
    return [Route("/store", store, methods=["GET"], name="store")]


async def store(request: Request) -> Response:
    """A graph named in the address: `?graph=IRI`, or `?default`."""
    names = request.query_params.getlist("graph")
    default = "default" in request.query_params
    if len(names) + default != 1:
        raise HttpError(
            400,
            "the address must name one graph",
            remedy="write ?default, or ?graph= with the graph's IRI, percent-encoded",
        )
    return _answered(request, absolute(names[0], "graph") if names else None)


def _answered(request: Request, iri: str | None) -> Response:
    return AnswerResponse(request.app.state.readers, Graph(iri, negotiated(request, GRAPHS)))
