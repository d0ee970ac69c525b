"""The routes of the SPARQL 1.1 Protocol."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from cfm_kg.query.lexing import form_of
from cfm_kg.serve.negotiation import choose
from cfm_kg.serve.problems import HttpError
from cfm_kg.serve.readers import Question, Readers
from cfm_kg.serve.readers.answering import GRAPHS, RESULTS
from cfm_kg.serve.settings import Settings


def routes(settings: Settings) -> list[BaseRoute]:
    """The routes of this group."""
    return [Route("/sparql", sparql, name="sparql")]


async def sparql(request: Request) -> Response:
    """Answer a query."""
    readers: Readers = request.app.state.readers
    text = request.query_params.get("query", "")
    offers = tuple(RESULTS if form_of(text) in ("SELECT", "ASK") else GRAPHS)
    media = choose(request.headers.get("accept"), offers)
    if media is None:
        raise HttpError(406, "the answer cannot be written so", remedy="accept one of " + ", ".join(offers))
    async with readers.answer(Question(text, media)) as answer:
        return Response(await answer.body(), media_type=media, headers={"Vary": "Accept"})
