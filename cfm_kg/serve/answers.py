"""Answers of readers as HTTP responses: whole with their length where small, in parts where large."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from cfm_kg.errors import CfmError
from cfm_kg.serve.negotiation import accepted, choose
from cfm_kg.serve.readers import Readers
from cfm_kg.serve.readers.question import Asked
from cfm_kg.serve.refusal import HttpError

_LOG = logging.getLogger("cfm_kg.serve")
_STALLED = 60.0
"""Seconds after which a client that takes nothing is given up."""


def negotiated(request: Request, offers: tuple[str, ...]) -> str:
    """The media type that the client likes best. Raises HttpError where it likes none."""
    media = choose(accepted(request.headers), offers)
    if media is None:
        raise HttpError(
            406,
            "the answer cannot be written as you accept it",
            why=f"Accept: {accepted(request.headers)}",
            remedy="accept one of " + ", ".join(offers),
        )
    return media


class AnswerResponse(Response):
    """What readers answer. The query is stopped when the client leaves.

    What goes wrong before the first part is sent becomes an error's response. After that the connection
    breaks off, so that nobody takes a part for the whole.
    """

    def __init__(self, readers: Readers, asked: Asked, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(None, 200, {"Vary": "Accept", **(headers or {})}, asked.media)
        del self.headers["content-length"]
        self._readers = readers
        self._asked = asked

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask, and send the answer while watching whether the client is still there."""
        work = asyncio.ensure_future(self._send(send, scope["method"] == "HEAD"))
        gone = asyncio.ensure_future(_left(receive))
        try:
            await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                work.result()
        finally:
            for task in (work, gone):
                task.cancel()
            await asyncio.gather(work, gone, return_exceptions=True)

    async def _send(self, send: Send, bare: bool) -> None:
        async with self._readers.answer(self._asked) as answer:
            parts = answer.parts()
            first = await anext(parts, b"")
            second = await anext(parts, None)
            if second is None:
                MutableHeaders(raw=self.raw_headers)["content-length"] = str(len(first))
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            if second is None or bare:
                await send({"type": "http.response.body", "body": b"" if bare else first})
                return
            try:
                await _passed_on(first, second, parts, send)
            except (CfmError, TimeoutError) as error:
                _LOG.warning("an answer was broken off: %s", error or "the client takes nothing")


async def _passed_on(first: bytes, second: bytes, parts: AsyncIterator[bytes], send: Send) -> None:
    for part in (first, second):
        await _part(send, part)
    async for part in parts:
        await _part(send, part)
    await send({"type": "http.response.body", "body": b""})


async def _part(send: Send, part: bytes) -> None:
    async with asyncio.timeout(_STALLED):
        await send({"type": "http.response.body", "body": part, "more_body": True})


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
