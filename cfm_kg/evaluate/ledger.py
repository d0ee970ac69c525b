"""The account of one comparison: facts right, spurious and missed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import TypeVar

Found = TypeVar("Found")
Gold = TypeVar("Gold")
PAIRED = 0.6
"""Facts whose likeness lies below this are not paired."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many facts are right, spurious and missed."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.spurious + other.spurious, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1 where nothing was found."""
        return self.right / (self.right + self.spurious) if self.right + self.spurious else 1.0

    @property
    def recall(self) -> float:
        """The share of what should be found that was found; 1 where nothing should be."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that was missed or that is spurious."""

    article: str
    kind: str
    what: str
    """`missed` or `spurious`."""
    detail: str


class Ledger:
    """The counts and differences of one article while it is compared."""

    def __init__(self, article: str) -> None:
        self.article = article
        self.counts: dict[str, Counts] = {}
        self.differences: list[Difference] = []

    def count(self, kind: str, counts: Counts) -> None:
        """Add to what is known of a kind of fact."""
        self.counts[kind] = self.counts.get(kind, Counts()) + counts

    def note(self, kind: str, what: str, detail: object) -> None:
        """Keep a difference for the report."""
        self.differences.append(Difference(self.article, kind, what, _words(detail)))

    def value(
        self, kind: str, got: str | None, want: str | None, same: Callable[[str, str], bool] = str.__eq__
    ) -> None:
        """Compare one value; two that differ are one spurious and one missed."""
        if got is not None and want is not None and same(got, want):
            self.count(kind, Counts(right=1))
            return
        if got is not None:
            self.count(kind, Counts(spurious=1))
            self.note(kind, "spurious", f"{got!r} for {want!r}")
        if want is not None:
            self.count(kind, Counts(missed=1))
            self.note(kind, "missed", f"{want!r}, got {got!r}")

    def sets(
        self, kind: str, got: Sequence[Found], want: Sequence[Gold], same: Callable[[Found, Gold], float]
    ) -> list[tuple[Found, Gold]]:
        """Pair what is most alike; an optional fact is right where found and no miss where not."""
        scored = ((same(g, w), i, j) for i, g in enumerate(got) for j, w in enumerate(want))
        free_got, free_want = set(range(len(got))), set(range(len(want)))
        pairs = []
        for score, i, j in sorted(scored, key=lambda row: (-row[0], row[1], row[2])):
            if score >= PAIRED and i in free_got and j in free_want:
                free_got.remove(i)
                free_want.remove(j)
                pairs.append((got[i], want[j]))
                if not _optional(want[j]):
                    self.count(kind, Counts(right=1))
        for i in sorted(free_got):
            self.count(kind, Counts(spurious=1))
            self.note(kind, "spurious", got[i])
        for j in sorted(free_want):
            if not _optional(want[j]):
                self.count(kind, Counts(missed=1))
                self.note(kind, "missed", want[j])
        return pairs


def _optional(gold: object) -> bool:
    return bool(getattr(gold, "optional", False))


def _words(fact: object) -> str:
    if not is_dataclass(fact):
        return str(fact)
    named = ((field.name, getattr(fact, field.name)) for field in fields(fact))
    return ", ".join(f"{name} {value!r}" for name, value in named if value not in (None, (), False, ""))
