"""Lists in pages: which part is shown, and the addresses of the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

T = TypeVar("T")
SIZE = 50


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """One page of a list."""

    rows: Sequence[T]
    total: int
    number: int
    pages: int
    path: str
    asked: Mapping[str, str]
    """The request's parameters that say something."""
    size: int = SIZE

    def address(self, **changed: object) -> str:
        """This list's address with other parameters."""
        told = {**self.asked, **{name: str(value) for name, value in changed.items()}}
        told = {name: value for name, value in told.items() if value and (name, value) != ("page", "1")}
        return self.path + ("?" + urlencode(told) if told else "")

    @property
    def first(self) -> int:
        """The number of the first row that is shown."""
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The number of the last row that is shown."""
        return self.first + len(self.rows) - 1 if self.total else 0


def part(rows: Sequence[T], asked: Mapping[str, str], path: str, size: int = SIZE) -> Part[T]:
    """The page that `asked` names; the last one where it names none that there is."""
    pages = max(1, -(-len(rows) // size))
    wanted = asked.get("page", "1")
    number = min(
        pages, max(1, int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 9 else 1)
    )
    own = {name: value for name, value in asked.items() if value}
    return Part(rows[(number - 1) * size : number * size], len(rows), number, pages, path, own, size)
