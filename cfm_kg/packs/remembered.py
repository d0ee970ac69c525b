"""What follows from a key, kept once it was found."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Remembered(dict[K, V]):
    """A cache that notes no use, which is quicker than one that does: when it is full it begins anew."""

    def __init__(self, find: Callable[[K], V], most: int) -> None:
        """`most` is the number of keys that are kept."""
        super().__init__()
        self._find = find
        self._most = most

    def __missing__(self, key: K) -> V:
        if len(self) >= self._most:
            self.clear()
        found = self[key] = self._find(key)
        return found
