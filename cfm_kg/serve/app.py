"""The application: groups of routes over pools of readers, within one set of limits."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

from prometheus_client import CollectorRegistry
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from cfm_kg.errors import CfmError
from cfm_kg.serve import check, graphs, health, linked, metrics, named, openapi, pages, sparql
from cfm_kg.serve.guard import GuardMiddleware
from cfm_kg.serve.problems import problem_response
from cfm_kg.serve.readers import Readers
from cfm_kg.serve.refusal import HttpError
from cfm_kg.serve.settings import Settings

GROUPS: tuple[Callable[[Settings], list[BaseRoute]], ...] = (
    sparql.routes,
    graphs.routes,
    named.routes,
    check.routes,
    health.routes,
    metrics.routes,
    openapi.routes,
    pages.routes,
    linked.routes,
)
"""Each group of routes is a module (or package) with a function `routes`, and is mounted by a line here.

What it serves is told in `openapi.yaml`.
"""
_CHECKERS = 2


def create_app(settings: Settings) -> Starlette:
    """The server's application. Endpoints find in `request.app.state`: `settings`; `readers`, who answer
    queries; `checkers`, who check entries; `writer`, who updates.
    """
    # Who checks entries begins by reading much code: to begin anew after each would be slower than slow.
    patient = replace(settings, limits=replace(settings.limits, slow=settings.limits.seconds))
    readers, checkers, writer = Readers(settings), Readers(patient, _CHECKERS), Readers(patient, 1)
    registry = metrics.make_registry({"queries": readers, "checks": checkers, "updates": writer})

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await readers.start()
        pages.warm(settings)
        try:
            yield
        finally:
            for pool in (readers, checkers, writer):
                await pool.close()

    app = Starlette(
        routes=[route for group in GROUPS for route in group(settings)],
        middleware=_middleware(settings, registry),
        lifespan=lifespan,
        exception_handlers={CfmError: _told, HTTPException: _told_plainly, Exception: _unexpected},
    )
    app.state.settings, app.state.metrics = settings, registry
    app.state.readers, app.state.checkers, app.state.writer = readers, checkers, writer
    return app


def _middleware(settings: Settings, registry: CollectorRegistry) -> list[Middleware]:
    return [
        Middleware(metrics.MetricsMiddleware, registry=registry),
        Middleware(GuardMiddleware),
        Middleware(
            CORSMiddleware,
            allow_origins=["*"],
            allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
            allow_headers=["Accept", "Authorization", "Content-Type"],
            expose_headers=["Content-Type", "ETag", "Link", "Retry-After"],
            max_age=86_400,
        ),
        Middleware(RequestBodyLimitMiddleware, max_body_size=settings.limits.request_bytes),
    ]


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, CfmError)
    return await _response(request, error)


async def _response(request: Request, error: CfmError) -> Response:
    """A page for people where it helps them on, else words."""
    told = await run_in_threadpool(pages.told, request.app.state.settings, request, error)
    return told or problem_response(request, error)


async def _told_plainly(request: Request, error: Exception) -> Response:
    """The framework's own refusals, such as 404, 405 and 413, in the same form as all others."""
    assert isinstance(error, HTTPException)
    refused = HttpError(error.status_code, error.detail, where=request.url.path, headers=error.headers)
    return await _response(request, refused)


async def _unexpected(request: Request, error: Exception) -> Response:
    """No trace reaches a client; the log has it."""
    return problem_response(
        request, HttpError(500, "the server failed", remedy="try again; tell who runs this server")
    )
