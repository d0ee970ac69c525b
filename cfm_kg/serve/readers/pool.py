"""A bounded number of readers, and who waits for them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from cfm_kg.serve.readers.pace import Pace
from cfm_kg.serve.readers.question import Asked
from cfm_kg.serve.readers.reader import Answer, Reader
from cfm_kg.serve.refusal import HttpError
from cfm_kg.serve.settings import Settings


class Readers:
    """Some reader processes, as many as questions are answered at a time."""

    def __init__(self, settings: Settings, number: int | None = None) -> None:
        self.limits = settings.limits
        self.running = 0
        self.waiting = 0
        self.renewed = 0
        self._all = [Reader(settings) for _ in range(number or settings.limits.parallel)]
        self._idle: asyncio.LifoQueue[Reader] = asyncio.LifoQueue()
        self._renewals: set[asyncio.Task[None]] = set()
        for reader in reversed(self._all):
            self._idle.put_nowait(reader)

    @property
    def pids(self) -> list[int]:
        """The numbers of the processes that run."""
        return [reader.pid for reader in self._all if reader.pid is not None]

    async def start(self) -> None:
        """Start the processes now, rather than with the first questions."""
        await asyncio.gather(*(reader.start() for reader in self._all))

    async def close(self) -> None:
        """End them all."""
        for task in self._renewals:
            task.cancel()
        await asyncio.gather(*self._renewals, return_exceptions=True)
        await asyncio.gather(*(reader.stop() for reader in self._all))

    @asynccontextmanager
    async def answer(self, asked: Asked) -> AsyncIterator[Answer]:
        """An answer while it is read. Whoever leaves before its end stops the query.

        Raises HttpError: the query is faulty or refused, took too long, or too many are waiting.
        """
        reader = await self._turn()
        answer: Answer | None = None
        pace: Pace | None = None
        self.running += 1
        try:
            answer = await reader.ask(asked)
            pace = Pace(reader, self.limits.slow)
            yield answer
        finally:
            self.running -= 1
            if pace is not None:
                pace.end()
            if answer is not None and answer.whole and not reader.tired:
                self._idle.put_nowait(reader)
            else:
                self._renew(reader)

    async def _turn(self) -> Reader:
        if self._idle.empty() and self.waiting >= self.limits.waiting:
            raise self._busy(f"{self.waiting} are waiting already")
        self.waiting += 1
        try:
            async with asyncio.timeout(self.limits.patience):
                return await self._idle.get()
        except TimeoutError as error:
            raise self._busy(f"none ended in {self.limits.patience:g} seconds") from error
        finally:
            self.waiting -= 1

    def _busy(self, why: str) -> HttpError:
        return HttpError(
            503,
            "too many queries at a time",
            why=f"{len(self._all)} are running, and {why}",
            remedy="try again in a moment",
            headers={"Retry-After": str(max(1, round(self.limits.patience)))},
        )

    def _renew(self, reader: Reader) -> None:
        self.renewed += 1
        task = asyncio.create_task(self._stop_and_start(reader))
        self._renewals.add(task)
        task.add_done_callback(self._renewals.discard)

    async def _stop_and_start(self, reader: Reader) -> None:
        try:
            await reader.stop()
            with suppress(HttpError):  # it is tried again when it is asked
                await reader.start()
        finally:
            self._idle.put_nowait(reader)
