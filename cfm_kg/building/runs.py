"""External sorting: sorted runs on disk, merged piece by piece, so that memory follows the pieces.

The runs may be made anywhere and in any order: the merged records are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    left = [_Run(path) for path in runs]
    size = piece or min(_MOST, max(_LEAST, _AT_ONCE // max(1, len(left))))
    while left := [run for run in left if run.read(size)]:
        # No run has more records up to the least of those that were read last, but for the ones at hand.
        border = min((run.last() for run in left if not run.ended), default=None)
        # Sorting sees that each part is sorted, and merges them.
        records = b"".join([run.take(border) for run in left]).split(b"\n")[:-1]
        records.sort()
        yield list(dict.fromkeys(records))


class _Run:
    """A run as it is read: some of its records are at hand. Its file is open only while it is read."""

    def __init__(self, path: Path) -> None:
        self._path, self._at, self._left, self._data = path, 0, path.stat().st_size, b""

    @property
    def ended(self) -> bool:
        """Whether all records that are left are at hand."""
        return not self._left

    def read(self, size: int) -> bool:
        """Have so many bytes at hand, one record at least, or all that are left; whether there are any."""
        while self._left and (len(self._data) < size or b"\n" not in self._data):
            with self._path.open("rb", buffering=0) as file:
                file.seek(self._at)
                more = file.read(size)
            if not more:
                raise OSError(f"{self._path} became shorter")
            self._at += len(more)
            self._left -= len(more)
            self._data += more
        return bool(self._data)

    def last(self) -> bytes:
        """The last record that is whole."""
        end = self._data.rindex(b"\n")
        return self._data[self._data.rfind(b"\n", 0, end) + 1 : end]

    def take(self, border: bytes | None) -> bytes:
        """The records up to the border, or all, which are no longer at hand."""
        cut = len(self._data) if border is None else self._after(border)
        taken, self._data = self._data[:cut], self._data[cut:]
        return taken

    def _after(self, border: bytes) -> int:
        """Where the first record begins that is above the border."""
        low, high = 0, self._data.rindex(b"\n") + 1
        while low < high:
            middle = (low + high) // 2
            start = self._data.rfind(b"\n", 0, middle) + 1
            end = self._data.index(b"\n", middle) + 1
            if self._data[start : end - 1] <= border:
                low = end
            else:
                high = start
        return low
