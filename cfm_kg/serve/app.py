"""The application: groups of routes over one pool of readers, within one set of limits."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from cfm_kg.errors import CfmError
from cfm_kg.serve import health, sparql
from cfm_kg.serve.problems import HttpError, problem_response
from cfm_kg.serve.readers import Readers
from cfm_kg.serve.settings import Settings

GROUPS: tuple[Callable[[Settings], list[BaseRoute]], ...] = (health.routes, sparql.routes)
"""Each group of routes is a module (or package) with a function `routes`, and is mounted by a line here."""


def create_app(settings: Settings) -> Starlette:
    """The server's application. Endpoints find `settings` and `readers` in `request.app.state`."""
    readers = Readers(settings)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await readers.start()
        try:
            yield
        finally:
            await readers.close()

    app = Starlette(
        routes=[route for group in GROUPS for route in group(settings)],
        lifespan=lifespan,
        exception_handlers={CfmError: _told, HTTPException: _told_plainly, Exception: _unexpected},
    )
    app.state.settings = settings
    app.state.readers = readers
    return app


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, CfmError)
    return problem_response(request, error)


async def _told_plainly(request: Request, error: Exception) -> Response:
    """Starlette's own refusals, such as 404 and 405, in the same form as all others."""
    assert isinstance(error, HTTPException)
    problem = HttpError(error.status_code, error.detail, where=request.url.path, headers=error.headers)
    return problem_response(request, problem)


async def _unexpected(request: Request, error: Exception) -> Response:
    """No trace reaches a client; the log has it."""
    return problem_response(
        request, HttpError(500, "the server failed", remedy="try again; tell who runs this server")
    )
