"""The routes of the SPARQL 1.1 Protocol."""

from __future__ import annotations

import secrets

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from cfm_kg.errors import CfmError
from cfm_kg.query.lexing import form_of
from cfm_kg.serve.answers import AnswerResponse, negotiated
from cfm_kg.serve.readers import Question, Readers
from cfm_kg.serve.readers.question import GRAPHS, RESULTS, Update
from cfm_kg.serve.refusal import HttpError
from cfm_kg.serve.settings import Settings
from cfm_kg.serve.sparql.description import description
from cfm_kg.serve.sparql.operation import Operation, operation

_ROWS = (*RESULTS, "application/json", "application/xml", "text/xml")
"""What rows may be asked for as; the last three are names that clients use for the first two."""
_TRIPLES = (*GRAPHS, "application/x-turtle", "text/plain", "application/json", "application/xml")
_MEANT = {
    "application/x-turtle": "text/turtle",
    "text/plain": "application/n-triples",
}


def routes(settings: Settings) -> list[BaseRoute]:
    """The routes of this group."""
    return [Route("/sparql", sparql, methods=["GET", "POST"], name="sparql")]


async def sparql(request: Request) -> Response:
    """A query's answer, an update's outcome, or the description of the service."""
    asked = await operation(request)
    if asked is None:
        return description(request, negotiated(request, GRAPHS))
    if asked.update:
        return await _update(request, asked)
    readers: Readers = request.app.state.readers
    media = _media(request, asked.text)
    question = Question(asked.text, media, asked.default_graphs, asked.named_graphs)
    return AnswerResponse(readers, question)


def _media(request: Request, text: str) -> str:
    try:
        rows = form_of(text) in ("SELECT", "ASK")
    except CfmError:
        return RESULTS[0]  # the engine will say where it is wrong
    offers = _ROWS if rows else _TRIPLES
    media = negotiated(request, offers)
    if media in ("application/json", "application/xml", "text/xml"):
        kind = media.rpartition("/")[2]
        return next(one for one in (RESULTS if rows else GRAPHS) if one.endswith("+" + kind))
    return _MEANT.get(media, media)


async def _update(request: Request, asked: Operation) -> Response:
    settings: Settings = request.app.state.settings
    if not settings.writable or not settings.token:
        raise HttpError(
            403,
            "this endpoint takes no updates",
            why="it was started without --writable",
            remedy="send queries, or ask who runs it",
        )
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    right = secrets.compare_digest(token.strip().encode(), settings.token.encode())
    if scheme.lower() != "bearer" or not right:
        raise HttpError(
            401,
            "an update needs this endpoint's token",
            remedy="send the header `Authorization: Bearer TOKEN`",
            headers={"WWW-Authenticate": 'Bearer realm="cfm-kg"'},
        )
    writer: Readers = request.app.state.writer
    async with writer.answer(Update(asked.text, asked.default_graphs, asked.named_graphs)) as answer:
        await answer.body()
    return Response(status_code=204)
