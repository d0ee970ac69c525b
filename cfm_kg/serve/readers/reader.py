"""One reader process as the server sees it, and the answer that comes from it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import pickle
import sys
from collections.abc import AsyncIterator
from dataclasses import replace

from cfm_kg.serve.readers.frames import DATA, FAILED, frame, receive_frame
from cfm_kg.serve.readers.question import Asked
from cfm_kg.serve.refusal import HttpError
from cfm_kg.serve.settings import Settings

_BUFFER = 256 * 1024
"""So many bytes of an answer wait in the server; then the process waits."""
_LOWER = 15


class Reader:
    """A process that answers one question at a time. It starts when it is needed and can be stopped."""

    def __init__(self, settings: Settings) -> None:
        self.tired = False
        """Whether it has made way for others: it cannot be raised again, and is to be renewed."""
        self._settings = replace(settings, token=None)
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int | None:
        """The process's number while it runs."""
        running = self._process is not None and self._process.returncode is None
        return self._process.pid if running and self._process is not None else None

    async def start(self) -> None:
        """Start the process unless it runs, and wait until it is ready. Raises HttpError where it fails."""
        if self.pid is not None:
            return
        self.tired = False
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",  # nothing is imported from the folder that the server was started in
            "-m",
            "cfm_kg.serve.readers.process",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=_BUFFER,
            # A terminal's Ctrl-C is the server's affair. A session of its own would make priorities void.
            process_group=0,
        )
        self._send(self._process, self._settings)
        assert self._process.stdout is not None
        try:
            await receive_frame(self._process.stdout)
        except asyncio.IncompleteReadError as error:
            raise HttpError(
                503,
                "a reader could not be started",
                why="its process ended",
                remedy="tell who runs this server; its log may say why",
                headers={"Retry-After": "5"},
            ) from error

    async def ask(self, asked: Asked) -> Answer:
        """Send a question; the answer is still to be read."""
        await self.start()
        process = self._process
        assert process is not None
        self._send(process, asked)
        return Answer(asked.media, process, self._settings.limits.seconds)

    @staticmethod
    def _send(process: asyncio.subprocess.Process, what: object) -> None:
        assert process.stdin is not None
        process.stdin.write(frame(DATA, pickle.dumps(what)))

    def make_way(self) -> None:
        """Let others work first."""
        if self.pid is not None:
            self.tired = True
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.pid, _LOWER)

    async def stop(self) -> None:
        """End the process now, whatever it does."""
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


class Answer:
    """An answer that is read while the engine makes it."""

    def __init__(self, media: str, process: asyncio.subprocess.Process, seconds: float) -> None:
        self.media = media
        self.whole = False
        """Whether it was read to its end."""
        self._process = process
        self._seconds = self._left = seconds

    async def parts(self) -> AsyncIterator[bytes]:
        """The answer, part by part. Raises HttpError where the engine fails or takes too long."""
        while not self.whole:
            kind, content = await self._next()
            if kind == DATA:
                yield content
                continue
            self.whole = True
            if kind == FAILED:
                raise HttpError(**json.loads(content))

    async def body(self) -> bytes:
        """The whole answer. Raises HttpError."""
        return b"".join([part async for part in self.parts()])

    async def _next(self) -> tuple[bytes, bytes]:
        """The next frame. Only time that the engine takes counts, not what the client needs to read."""
        assert self._process.stdout is not None
        loop = asyncio.get_running_loop()
        start = loop.time()
        try:
            async with asyncio.timeout(self._left):
                return await receive_frame(self._process.stdout)
        except TimeoutError as error:
            raise HttpError(
                504,
                "the query took too long and was stopped",
                why=f"a query has {self._seconds:g} seconds",
                remedy="ask for less: name a class or a property, add a FILTER or a LIMIT",
            ) from error
        except asyncio.IncompleteReadError as error:
            await self._process.wait()
            raise HttpError(
                422,
                "the query was stopped",
                why="the process that ran it ended, most likely for want of memory",
                remedy="ask for less: name a class or a property, add a LIMIT, leave out ORDER BY",
            ) from error
        finally:
            self._left -= loop.time() - start
