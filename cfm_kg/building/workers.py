"""Reading on several cores: processes that load registry, packs and shapes once each."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice

from cfm_kg.building.articles import Row, read_rows
from cfm_kg.model import Source
from cfm_kg.pipeline import Unread

Keyed = tuple[bytes, Source]
Outcome = tuple[Keyed, Row | Unread]
DIED = "the process that read it died; what to do: leave it out, and report it"
"""Why a source is refused that kills who reads it."""
_CHUNK = 32
"""Articles that a process reads at a time."""
_FEW = 48
"""So few are read sooner than processes are started."""
_AHEAD = 3
"""Chunks a process that wait or are worked on: memory is bounded by these."""


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def read_many(sources: Iterable[Keyed], workers: int) -> Iterator[Outcome]:
    """What each source gives, in their order, read by so many processes if there are enough of them.

    An article that kills its process is refused, and the rest goes on.
    """
    iterator = iter(sources)
    few = list(islice(iterator, _FEW))
    if workers < 2 or len(few) < _FEW:
        for chunk in _chunks(chain(few, iterator)):
            yield from zip(chunk, read_rows(chunk), strict=True)
        return
    waiting: deque[tuple[list[Keyed], Future[list[Row | Unread]]]] = deque()
    pool = _pool(workers)
    try:
        for chunk in _chunks(chain(few, iterator)):
            waiting.append((chunk, _submit(pool, chunk)))
            if len(waiting) >= workers * _AHEAD:
                done, pool = _first(waiting, pool, workers)
                yield from done
        while waiting:
            done, pool = _first(waiting, pool, workers)
            yield from done
    finally:
        pool.shutdown(cancel_futures=True)


def _chunks(sources: Iterable[Keyed]) -> Iterator[list[Keyed]]:
    iterator = iter(sources)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk


def _pool(workers: int) -> ProcessPoolExecutor:
    # Not forked: a process with threads, such as a progress bar's, must not be.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_prepare)


def _prepare() -> None:
    """Leave it to the first process to be interrupted."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _submit(pool: ProcessPoolExecutor, chunk: list[Keyed]) -> Future[list[Row | Unread]]:
    try:
        return pool.submit(read_rows, chunk)
    except BrokenProcessPool as error:
        broken: Future[list[Row | Unread]] = Future()
        broken.set_exception(error)
        return broken


def _first(
    waiting: deque[tuple[list[Keyed], Future[list[Row | Unread]]]], pool: ProcessPoolExecutor, workers: int
) -> tuple[list[Outcome], ProcessPoolExecutor]:
    """The outcomes of the chunk that waits longest, and the pool to go on with: a new one if it broke."""
    chunk, future = waiting.popleft()
    try:
        return list(zip(chunk, future.result(), strict=True)), pool
    except BrokenProcessPool:
        pool.shutdown()
        fresh = _pool(workers)
        again = [(other, _submit(fresh, other)) for other, _ in waiting]
        waiting.clear()
        waiting.extend(again)
        return list(zip(chunk, _alone(chunk), strict=True)), fresh


def _alone(chunk: Sequence[Keyed]) -> list[Row | Unread]:
    """A chunk whose process died, one by one: what a process dies of is refused."""
    found: list[Row | Unread] = []
    pool = _pool(1)
    try:
        for one in chunk:
            try:
                found += pool.submit(read_rows, [one]).result()
            except BrokenProcessPool:
                pool.shutdown()
                pool = _pool(1)
                found.append(Unread(one[1].name, DIED))
    finally:
        pool.shutdown()
    return found
