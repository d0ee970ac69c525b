"""External sorting: sorted runs on disk, merged piece by piece, so that memory follows the pieces.

The runs may be made anywhere and in any order: the merged records are the same.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

_AT_ONCE = 12 * 1024 * 1024
"""Bytes of records of all runs that are in memory at a time, about; they take some times as much."""
_LEAST, _MOST = 16 * 1024, 1024 * 1024
"""Bytes that are read of a run at a time."""


def write_run(records: Iterable[bytes], path: Path) -> Path:
    """Write records without line breaks, sorted and each once; returns the path."""
    path.write_bytes(run_of(records))
    return path


def run_of(records: Iterable[bytes]) -> bytes:
    """Records without line breaks as a run: sorted, and each once."""
    return b"".join(record + b"\n" for record in sorted(set(records)))


def merged(runs: Iterable[Path], piece: int | None = None) -> Iterator[list[bytes]]:
    """The records of all runs in their order, each once, list by list; `piece` bytes are read of a run."""
    paths = list(runs)
    size = piece or min(_MOST, max(_LEAST, _AT_ONCE // max(1, len(paths))))
    left = [_Run(path, size) for path in paths]
    while left := [run for run in left if run.fill()]:
        # No run has more records up to the least of those that were read last, but for the ones at hand.
        border = min((run.records[-1] for run in left if not run.ended), default=None)
        records = list(chain.from_iterable([run.take(border) for run in left]))
        records.sort()  # sees that each part is sorted, and merges them
        yield list(dict.fromkeys(records))


class _Run:
    """A run as it is read: some of its records are at hand. Its file is open only while it is read."""

    __slots__ = ("_at", "_few", "_left", "_path", "_rest", "_size", "records")

    def __init__(self, path: Path, size: int) -> None:
        self._path, self._size, self._at, self._left = path, size, 0, path.stat().st_size
        self.records, self._rest, self._few = list[bytes](), b"", 0

    @property
    def ended(self) -> bool:
        """Whether all records that are left are at hand."""
        return not self._left

    def fill(self) -> bool:
        """Have some records at hand, or all that are left; whether there are any."""
        while self._left and len(self.records) <= self._few:
            self._read()
        return bool(self.records)

    def _read(self) -> None:
        with self._path.open("rb", buffering=0) as file:
            file.seek(self._at)
            more = file.read(self._size)
        if not more:
            raise OSError(f"{self._path} became shorter")
        self._at += len(more)
        self._left -= len(more)
        *whole, self._rest = (self._rest + more).split(b"\n")
        self.records += whole
        self._few = len(whole) // 2  # a run that is all but used up would set a border that is too near

    def take(self, border: bytes | None) -> list[bytes]:
        """The records up to the border, or all, which are no longer at hand."""
        if border is not None and self.records[0] > border:
            return []
        cut = len(self.records) if border is None else bisect_right(self.records, border)
        taken = self.records[:cut]
        del self.records[:cut]
        return taken
