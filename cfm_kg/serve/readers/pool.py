"""A bounded number of readers, and who waits for them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from cfm_kg.serve.readers.question import Question
from cfm_kg.serve.readers.reader import Answer, Reader
from cfm_kg.serve.settings import Settings


class Readers:
    """All readers of a server."""

    def __init__(self, settings: Settings) -> None:
        self._all = [Reader(settings) for _ in range(settings.limits.parallel)]
        self._idle: asyncio.LifoQueue[Reader] = asyncio.LifoQueue()

    async def start(self) -> None:
        """Start the processes."""
        await asyncio.gather(*(reader.start() for reader in self._all))
        for reader in self._all:
            self._idle.put_nowait(reader)

    async def close(self) -> None:
        """End them all."""
        await asyncio.gather(*(reader.stop() for reader in self._all))

    @asynccontextmanager
    async def answer(self, question: Question) -> AsyncIterator[Answer]:
        """An answer while it is read. Whoever leaves before its end stops the query.

        Raises HttpError: the query is faulty or refused, took too long, or too many are waiting.
        """
        reader = await self._idle.get()
        answer: Answer | None = None
        try:
            answer = await reader.ask(question)
            yield answer
        finally:
            try:
                if answer is None or not answer.whole:
                    await reader.stop()
            finally:
                self._idle.put_nowait(reader)
