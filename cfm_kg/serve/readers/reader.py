"""One reader process as the server sees it, and the answer that comes from it."""

from __future__ import annotations

import asyncio
import json
import pickle
import sys
from collections.abc import AsyncIterator

from cfm_kg.serve.problems import HttpError
from cfm_kg.serve.readers.frames import DATA, FAILED, frame, receive_frame
from cfm_kg.serve.readers.question import Question
from cfm_kg.serve.settings import Settings

_BUFFER = 256 * 1024
"""So many bytes of an answer wait in the server; then the process waits."""


class Reader:
    """A process that answers one question at a time. It starts when it is needed and can be stopped."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start the process unless it runs."""
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "cfm_kg.serve.readers.process",
                str(self._settings.store),
                str(self._settings.limits.memory),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=_BUFFER,
                start_new_session=True,  # a terminal's Ctrl-C is the server's affair
            )

    async def ask(self, question: Question) -> Answer:
        """Send a question; the answer is still to be read."""
        await self.start()
        process = self._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(frame(DATA, pickle.dumps(question)))
        await process.stdin.drain()
        return Answer(question.media, process.stdout, self._settings.limits.seconds)

    async def stop(self) -> None:
        """End the process now, whatever it does."""
        process, self._process = self._process, None
        if process is not None:
            if process.returncode is None:
                process.kill()
            await process.wait()


class Answer:
    """An answer that is read while the engine makes it."""

    def __init__(self, media: str, stream: asyncio.StreamReader, seconds: float) -> None:
        self.media = media
        self.whole = False
        """Whether it was read to its end."""
        self._stream = stream
        self._left = seconds

    async def parts(self) -> AsyncIterator[bytes]:
        """The answer, part by part. Raises HttpError where the engine fails or takes too long."""
        while True:
            kind, content = await self._next()
            if kind == DATA:
                yield content
                continue
            self.whole = True
            if kind == FAILED:
                raise HttpError(**{"status": 400, **json.loads(content)})
            return

    async def body(self) -> bytes:
        """The whole answer. Raises HttpError."""
        return b"".join([part async for part in self.parts()])

    async def _next(self) -> tuple[bytes, bytes]:
        loop = asyncio.get_running_loop()
        start = loop.time()
        try:
            async with asyncio.timeout(self._left):
                return await receive_frame(self._stream)
        except TimeoutError as error:
            raise HttpError(504, "the query took too long and was stopped") from error
        except asyncio.IncompleteReadError as error:
            raise HttpError(500, "the query ended the process that ran it") from error
        finally:
            self._left -= loop.time() - start
