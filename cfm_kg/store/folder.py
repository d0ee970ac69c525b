"""The embedded store as a folder that is replaced as a whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.errors import CfmError

_MARK = "CURRENT"
"""A file that every store's folder has."""


def open_store(folder: Path) -> ox.Store:
    """A store to read. Many processes may read at a time. Raises CfmError where there is none."""
    if not (folder / _MARK).is_file():
        raise CfmError("there is no store here", where=str(folder), remedy="run `cfm-kg build` first")
    try:
        return ox.Store.read_only(str(folder))
    except (OSError, RuntimeError) as error:  # RuntimeError: its files do not fit together
        raise CfmError("the store cannot be opened", where=str(folder), why=str(error)) from error


def write_store(quads: Iterable[ox.Quad], folder: Path) -> None:
    """Build a store beside `folder`, then put it in its place: readers see the old or the new one.

    Raises CfmError where the folder holds something that is not a store, or cannot be written.
    """
    refuse_foreign(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as scratch:
            new = Path(scratch) / "new"
            store = ox.Store(str(new))
            store.bulk_extend(quads)
            store.flush()
            del store  # closes its files, so that the folder can be moved
            replace_store(new, folder)
    except OSError as error:
        raise CfmError("the store cannot be written", where=str(folder), why=str(error)) from error


_AT_ONCE = 10 * 1024 * 1024
"""Bytes of N-Quads that are loaded at a time: a bulk load takes some ten times its input in memory."""
_THREADS = 2
"""Loads at the same time: one by one they would leave a core idle once all else is done."""


class StoreLoader:
    """Fills a new store from files of N-Quads, in threads of its own: the store lets others work.

    Names and tags are believed to be well-formed. `add` files, then say that they are `complete`, then
    `finish`. Left as a context, it gives up what waits.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._threads = ThreadPoolExecutor(_THREADS)
        self._store = self._threads.submit(ox.Store, str(folder))
        self._loads = list[Future[None]]()
        self._waiting, self._size, self._total = list[Path](), 0, 0

    def __enter__(self) -> StoreLoader:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(cancel_futures=True)

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
        self._compacted = self._threads.submit(self._compact)

    def finish(self, watch: Callable[[int, int], None]) -> ox.Store:
        """The store, open for writing, once it is complete; `watch` is told how much of how much is done.

        Raises CfmError where it cannot be written.
        """
        steps = (*self._loads, self._compacted)
        try:
            for number, one in enumerate(steps):
                watch(number, len(steps))
                one.result()
            store = self._store.result()
        except (OSError, SyntaxError) as error:
            raise CfmError("the store cannot be written", where=str(self._folder), why=str(error)) from error
        del self._store  # whoever has it may close it
        return store

    def _begin(self) -> None:
        self._loads.append(self._threads.submit(self._load, self._waiting))
        self._waiting, self._size = [], 0

    def _compact(self) -> None:
        """Each load leaves files of its own, and queries would look into all of them."""
        for one in self._loads:
            one.result()
        store = self._store.result()
        if self._total > _AT_ONCE:
            store.optimize()
        store.flush()

    def _load(self, paths: Iterable[Path]) -> None:
        store = self._store.result()
        for lines in _pieces(paths):
            store.bulk_load(lines, format=ox.RdfFormat.N_QUADS, lenient=True)


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


def replace_store(new: Path, folder: Path) -> None:
    """Put a store that is closed in the place of another, if there is one. Raises CfmError."""
    refuse_foreign(folder)
    old = new.with_name(f"{new.name}-old")
    try:
        if folder.exists():
            os.replace(folder, old)
        try:
            os.replace(new, folder)
        except OSError:
            if old.exists():
                os.replace(old, folder)
            raise
    except OSError as error:
        raise CfmError("the store cannot be written", where=str(folder), why=str(error)) from error
    shutil.rmtree(old, ignore_errors=True)


def refuse_foreign(folder: Path) -> None:
    """Raises CfmError where a folder holds something that is not a store, and would be replaced."""
    if folder.exists() and any(folder.iterdir()) and not (folder / _MARK).is_file():
        raise CfmError(
            "this folder is not a store, and would be replaced",
            where=str(folder),
            remedy="choose another output folder, or remove it yourself",
        )
