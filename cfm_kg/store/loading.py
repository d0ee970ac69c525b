"""Filling a new store from files: by threads beside other work, or by processes of their own."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.errors import CfmError

_AT_ONCE = 10 * 1024 * 1024
"""Bytes of N-Quads that are loaded at a time: a bulk load takes some ten times its input in memory."""
_THREADS = 2
"""Loads at the same time: one by one they would leave a core idle once all else is done."""


class StoreLoader:
    """Fills a new store from files of N-Quads.

    Names and tags are believed to be well-formed. `add` files, then say that they are `complete`, then
    `finish`: the store is closed then. Left as a context, it gives up what waits. All is done by threads
    of this process, or else `apart`: by one process that loads, and one that compacts.
    """

    def __init__(self, folder: Path, *, apart: bool = False) -> None:
        self._folder, self._apart = folder, apart
        self._loading = _alone(apart=apart)
        self._steps = list[Future[None]]()
        self._do(partial(_open, folder, yielding=apart))
        self._compacting = ThreadPoolExecutor(1)
        self._ending = threading.Lock()
        self._waiting, self._size, self._total = list[Path](), 0, 0

    def __enter__(self) -> StoreLoader:
        return self

    def __exit__(self, *_: object) -> None:
        self._end_loading()
        self._compacting.shutdown()

    def add(self, path: Path) -> None:
        """Have a file loaded, small ones together; what goes wrong is told by `finish`."""
        size = path.stat().st_size
        if self._size + size > _AT_ONCE:
            self._begin()
        self._waiting.append(path)
        self._size += size
        self._total += size

    def complete(self) -> None:
        """Have the rest loaded, and then all of it compacted: no more files come."""
        self._begin()
        self._do(_close)
        if self._total > _AT_ONCE:
            self._steps.append(self._compacting.submit(self._compact, tuple(self._steps)))

    def finish(self, watch: Callable[[int, int], None]) -> None:
        """Wait until the store is complete, and closed; `watch` is told how much of how much is done.

        Raises CfmError where it cannot be written.
        """
        try:
            for number, one in enumerate(self._steps):
                watch(number, len(self._steps))
                one.result()
        except (OSError, SyntaxError) as error:
            raise CfmError("the store cannot be written", where=str(self._folder), why=str(error)) from error
        except BrokenProcessPool as error:
            raise CfmError(
                "the process that fills the store died",
                where=str(self._folder),
                why="the system ended it, most likely for want of memory",
                remedy="run the command again, with fewer --workers",
            ) from error

    def _begin(self) -> None:
        self._do(partial(_load, self._waiting))
        self._waiting, self._size = [], 0

    def _end_loading(self) -> None:
        with self._ending:  # an executor cannot be shut down by two threads at a time
            self._loading.shutdown(cancel_futures=True)

    def _do(self, step: Callable[[], None]) -> None:
        """Have something done after all before; what goes wrong is told by `finish`."""
        try:
            done = self._loading.submit(step)
        except BrokenProcessPool as error:
            done = Future()
            done.set_exception(error)
        self._steps.append(done)

    def _compact(self, after: Iterable[Future[None]]) -> None:
        """Each load leaves files of its own, and queries would look into all of them."""
        for step in after:
            step.result()
        self._end_loading()  # gives back its memory
        with _alone(apart=self._apart) as executor:
            executor.submit(_compact, self._folder).result()


def _alone(*, apart: bool) -> Executor:
    """One thread, or one process, that does one thing after the other."""
    if not apart:
        return ThreadPoolExecutor(1)
    # Not forked: a process with threads must not be. An interrupt ends it at once, since it keeps nothing.
    return ProcessPoolExecutor(
        1,
        mp_context=get_context("spawn"),
        initializer=signal.signal,
        initargs=(signal.SIGINT, signal.SIG_DFL),
    )


# ---------------------------------------------------------------------- in the thread or process that does it


class _Filler:
    """Loads files into a store, some at the same time."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._threads = ThreadPoolExecutor(_THREADS)
        self._running = deque[Future[None]]()

    def load(self, paths: Sequence[Path]) -> None:
        """Begin to load files as soon as a thread is free. Raises what an earlier load did."""
        if len(self._running) == _THREADS:
            self._running.popleft().result()
        self._running.append(self._threads.submit(self._load, paths))

    def close(self) -> None:
        """Wait until all is loaded, and close the store. Raises what a load did."""
        self._threads.shutdown()
        for one in self._running:
            one.result()

    def _load(self, paths: Iterable[Path]) -> None:
        for lines in _pieces(paths):
            self._store.bulk_load(lines, format=ox.RdfFormat.N_QUADS, lenient=True)


class _Mine(threading.local):
    """What the thread that works for a loader has open."""

    filler: _Filler | None = None


_mine = _Mine()


def _open(folder: Path, *, yielding: bool) -> None:
    with ThreadPoolExecutor(1, initializer=_yield_to_others if yielding else None) as opening:
        _mine.filler = _Filler(opening.submit(ox.Store, str(folder)).result())


def _yield_to_others() -> None:
    """Let this thread, and those that the store starts from it, work only where a core has nothing to do.

    They compact what was loaded so far, again and again, which costs a quarter of the time of loading more,
    and all of it is compacted once more in the end. The store's threads serve all stores of a process, so
    this is for a process of its own.
    """
    with suppress(AttributeError, OSError):  # not every system has this
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def _load(paths: Sequence[Path]) -> None:
    assert _mine.filler is not None
    _mine.filler.load(paths)


def _close() -> None:
    filler, _mine.filler = _mine.filler, None
    assert filler is not None
    filler.close()


def _compact(folder: Path) -> None:
    store = ox.Store(str(folder))
    store.optimize()
    store.flush()
    del store  # closes it
    ox.Store(str(folder))  # whatever files are left over are removed when it is opened next


def _pieces(paths: Iterable[Path]) -> Iterator[bytes]:
    """Whole lines of all files, about as many as are loaded at a time."""
    held = b""
    for path in paths:
        with path.open("rb") as file:
            while lines := file.read(_AT_ONCE - len(held)) + file.readline():
                held += lines
                if len(held) >= _AT_ONCE:
                    yield held
                    held = b""
    if held:
        yield held
