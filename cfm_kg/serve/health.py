"""`/health`: whether the server can answer questions."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from cfm_kg.serve.readers import Question, Readers
from cfm_kg.serve.settings import Settings

_JSON = "application/sparql-results+json"


def routes(settings: Settings) -> list[BaseRoute]:
    """The routes of this group."""
    return [Route("/health", health, name="health")]


async def health(request: Request) -> Response:
    """Asks the store whether it holds anything."""
    readers: Readers = request.app.state.readers
    async with readers.answer(Question("ASK { ?s ?p ?o }", _JSON)) as answer:
        await answer.body()
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})
