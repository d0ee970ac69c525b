"""Work on several cores: processes that load registry, packs and shapes once each."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import chain, islice, takewhile
from types import TracebackType
from typing import TypeVar

from cfm_kg.building.articles import Row, read_rows
from cfm_kg.errors import CfmError
from cfm_kg.model import Source
from cfm_kg.pipeline import Unread

A = TypeVar("A")
B = TypeVar("B")
Keyed = tuple[bytes, Source]
Outcome = tuple[Keyed, Row | Unread]
Watch = Callable[[str, int, int], None]
"""What is told what is being done, and how much of how much: of nothing where that is not known."""
DIED = "the process that read it died; what to do: leave it out, and report it"
"""Why a source is refused that kills who reads it."""
_CHUNK = 32
"""Articles that a process reads at a time."""
_FEW = 48
"""So few are read sooner than processes are started."""
_WORTH = 4
"""Fewer tasks are done sooner than processes are started."""
_MUCH = 5000
"""After so many articles processes give way to others: starting them costs a second."""
_SELDOM = (100_000, 50, 100)
"""Thresholds of the search for cyclic garbage, of which work makes little. By default it took half of
the time of validation, and more the longer a process had worked."""
_NICE = 5
"""What these give way by: in the end all wait for the store, of which one core alone can do the last part."""
_AHEAD = 3
"""Tasks a process that wait or are worked on: memory is bounded by these."""


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def unwatched(what: str, done: int, of: int) -> None:
    """Nobody watches."""


class Crew:
    """So many processes, started when there is enough to do; one alone is this process itself."""

    def __init__(self, workers: int, watch: Watch = unwatched) -> None:
        self.workers, self.watch = workers, watch
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.dismiss()

    def dismiss(self) -> None:
        """End the processes; they are started anew when they are needed."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def relieve(self, done: int) -> None:
        """After much work let others go on, so that the memory that these took is given back."""
        if done > _MUCH:
            self.dismiss()
            self._pool = _pool(self.workers)  # so that few tasks, which may be long, find processes too

    def submit(self, function: Callable[[A], B], task: A) -> Future[B]:
        """Give a task to the processes."""
        if self._pool is None:
            self._pool = _pool(self.workers)
        try:
            return self._pool.submit(function, task)
        except BrokenProcessPool as error:
            broken: Future[B] = Future()
            broken.set_exception(error)
            return broken

    def advance(
        self, what: str, of: int, size: int, function: Callable[[A], B], tasks: Iterable[A]
    ) -> Iterator[B]:
        """As `each`; who watches is told after each task of so many things, of which there are `of`."""
        self.watch(what, 0, of)
        for number, found in enumerate(self.each(function, tasks), 1):
            yield found
            self.watch(what, min(number * size, of), of)

    def each(self, function: Callable[[A], B], tasks: Iterable[A]) -> Iterator[B]:
        """What a function gives for each task, in their order.

        Few tasks are done here, unless there are processes already. Raises CfmError where a process dies.
        """
        iterator = iter(tasks)
        least = _WORTH if self._pool is None else 2
        first = list(islice(iterator, least))
        if self.workers < 2 or len(first) < least:
            yield from map(function, chain(first, iterator))
            return
        waiting = deque[Future[B]]()
        try:
            for task in chain(first, iterator):
                waiting.append(self.submit(function, task))
                if len(waiting) >= self.workers * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            self.dismiss()
            raise _died() from error

    def one(self, function: Callable[[A], B], task: A) -> B:
        """What a function gives for a task, from one of the processes. Raises CfmError where it dies."""
        try:
            return self.submit(function, task).result()
        except BrokenProcessPool as error:
            self.dismiss()
            raise _died() from error

    def apart(self, function: Callable[[A], B], task: A, meanwhile: Iterable[object] = ()) -> B:
        """What a function gives for a task, from a process that ends with it and gives back its memory.

        Until it ends, as much is done as `meanwhile` gives step by step. Raises CfmError where it dies. One
        worker alone does it here.
        """
        if self.workers < 2:
            return function(task)
        with Crew(1) as alone:
            waiting = alone.submit(function, task)
            for _ in takewhile(lambda _: not waiting.done(), meanwhile):
                pass
            try:
                return waiting.result()
            except BrokenProcessPool as error:
                raise _died() from error

    def read(self, sources: Iterable[Keyed]) -> Iterator[Outcome]:
        """What each source gives, in their order. An article that kills its process is refused."""
        iterator = iter(sources)
        few = list(islice(iterator, _FEW))
        if self.workers < 2 or len(few) < _FEW:
            for chunk in chunks(chain(few, iterator), _CHUNK):
                yield from zip(chunk, read_rows(chunk), strict=True)
            return
        waiting = deque[tuple[list[Keyed], Future[list[Row | Unread]]]]()
        for chunk in chunks(chain(few, iterator), _CHUNK):
            waiting.append((chunk, self.submit(read_rows, chunk)))
            if len(waiting) >= self.workers * _AHEAD:
                yield from self._first(waiting)
        while waiting:
            yield from self._first(waiting)

    def _first(self, waiting: deque[tuple[list[Keyed], Future[list[Row | Unread]]]]) -> list[Outcome]:
        """The outcomes of the chunk that waits longest; if its process died, the others are read anew."""
        chunk, future = waiting.popleft()
        try:
            return list(zip(chunk, future.result(), strict=True))
        except BrokenProcessPool:
            self.dismiss()
            again = [(other, self.submit(read_rows, other)) for other, _ in waiting]
            waiting.clear()
            waiting.extend(again)
            return list(zip(chunk, _alone(chunk), strict=True))


def chunks(items: Iterable[A], size: int) -> Iterator[list[A]]:
    """So many items at a time."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def _died() -> CfmError:
    return CfmError(
        "a process of the build died",
        why="the system ended it, most likely for want of memory",
        remedy="run the command again, with fewer --workers: it goes on where it stopped",
    )


def _pool(workers: int) -> ProcessPoolExecutor:
    # Not forked: a process with threads, such as a progress bar's, must not be.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_prepare)


def _prepare() -> None:
    """Leave it to the first process to be interrupted, give way, and search for garbage less often."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*_SELDOM)
    with suppress(AttributeError):  # Windows has no such thing
        os.nice(_NICE)


def _alone(chunk: Sequence[Keyed]) -> list[Row | Unread]:
    """A chunk whose process died, one by one: what a process dies of is refused."""
    found: list[Row | Unread] = []
    with Crew(1) as crew:
        for one in chunk:
            try:
                found += crew.submit(read_rows, [one]).result()
            except BrokenProcessPool:
                crew.dismiss()
                found.append(Unread(one[1].name, DIED))
    return found
