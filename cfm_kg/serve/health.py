"""`/health`: whether the store can be read, however busy the readers are."""

from __future__ import annotations

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from cfm_kg.errors import CfmError
from cfm_kg.serve.readers import Readers
from cfm_kg.serve.refusal import HttpError
from cfm_kg.serve.settings import Settings
from cfm_kg.store import LiveStore


def routes(settings: Settings) -> list[BaseRoute]:
    """The routes of this group."""
    return [Route("/health", partial(health, LiveStore(settings.store)), methods=["GET"], name="health")]


async def health(live: LiveStore, request: Request) -> Response:
    """Looks into the store. Raises HttpError where there is none."""
    readers: Readers = request.app.state.readers
    try:
        await run_in_threadpool(_look, live)
    except (CfmError, OSError) as error:
        why = error.what if isinstance(error, CfmError) else str(error)
        raise HttpError(503, "the store cannot be read", why=why, headers={"Retry-After": "1"}) from error
    found = {"status": "ok", "running": readers.running, "waiting": readers.waiting}
    return JSONResponse(found, headers={"Cache-Control": "no-store"})


def _look(live: LiveStore) -> None:
    next(live.snapshot().store.quads_for_pattern(None, None, None), None)
