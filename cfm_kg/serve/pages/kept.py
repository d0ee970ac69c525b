"""What is made once for one state of the store, beside everything else."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock, Thread, local
from typing import Any, TypeVar

from cfm_kg.serve.refusal import HttpError

T = TypeVar("T")
PATIENCE = 2.0
"""Seconds that a page waits for a table that is being made, before it says so."""


class UnfinishedError(HttpError):
    """A table that a page needs is still being made."""

    def __init__(self) -> None:
        super().__init__(
            503,
            "the tables of this large store are still being made",
            remedy="ask again in a few seconds",
            headers={"Retry-After": "5"},
        )


class Kept:
    """Tables by name, each made once, in a thread of its own. Threads may share it."""

    def __init__(self, patience: float | None) -> None:
        self._patience = patience
        self._lock = Lock()
        self._making = local()
        self._kept: dict[str, Future[Any]] = {}

    def keep(self, name: str, make: Callable[[], T]) -> T:
        """What is made once for this state, beside everything else, when it is first asked for.

        Raises UnfinishedError for who has waited long enough; who makes a table of others waits for them.
        """
        patient = getattr(self._making, "now", False)
        with self._lock:
            first = name not in self._kept
            future: Future[T] = self._kept.setdefault(name, Future())
        if first and patient:
            self._make(name, future, make)
        elif first:
            Thread(target=self._make, args=(name, future, make), daemon=True, name=f"table {name}").start()
        try:
            return future.result(None if patient else self._patience)
        except TimeoutError:
            if future.done():
                raise
            raise UnfinishedError from None

    def _make(self, name: str, future: Future[T], make: Callable[[], T]) -> None:
        try:
            future.set_result(self.patiently(make))
        except Exception as error:  # who asked is told, and the next one tries again
            with self._lock:
                del self._kept[name]
            future.set_exception(error)

    def patiently(self, make: Callable[[], T]) -> T:
        """What is made, however long its tables take."""
        before, self._making.now = getattr(self._making, "now", False), True
        try:
            return make()
        finally:
            self._making.now = before

    def made(self, name: str) -> bool:
        """Whether a table is there."""
        future = self._kept.get(name)
        return future is not None and future.done()
