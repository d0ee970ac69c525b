"""Sorted files, changed in place.

A file whose records are sorted is its own index: where a record stands, or belongs, is found by bisection.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import BufferedWriter
from pathlib import Path

from cfm_kg.building.records import DamagedError

_COPIED = 1024 * 1024
_LARGE = 256 * 1024
"""Bytes of which a copy is worth a call of the system."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Bytes of a file from `start` up to `end` give way to others."""

    start: int
    end: int
    order: bytes = b""
    """What additions at one place are sorted by."""
    new: bytes = b""


Region = tuple[int, int]
"""Where sorted records begin and end."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Records that follow each other: what each begins and ends with, and what they are sorted by."""

    begin: bytes
    end: bytes
    key: Callable[[bytes], bytes]


def _stripped(line: bytes) -> bytes:
    return line.rstrip(b"\n")


LINES = Kind(b"", b"\n", _stripped)


class Content:
    """The bytes of a file, to look around in."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            empty = path.stat().st_size == 0
            self.data: mmap.mmap | bytes = (
                b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            )

    def __len__(self) -> int:
        return len(self.data)

    def place(self, wanted: bytes, region: Region, kind: Kind) -> int:
        """Where the first record of a sorted region begins whose key is not below the wanted one."""
        low, high = region
        while low < high:
            start, end = self._around((low + high) // 2, region, kind)
            if kind.key(self.data[start:end]) < wanted:
                low = end
            else:
                high = start
        return low

    def record(self, start: int, region: Region, kind: Kind) -> bytes:
        """The record that begins there; nothing at the region's end."""
        return self.data[start : self._end(start, region, kind)] if start < region[1] else b""

    def _around(self, middle: int, region: Region, kind: Kind) -> tuple[int, int]:
        found = self.data.rfind(kind.end + kind.begin, region[0], middle + len(kind.begin))
        start = region[0] if found < 0 else found + len(kind.end)
        return start, self._end(start, region, kind)

    def _end(self, start: int, region: Region, kind: Kind) -> int:
        found = self.data.find(kind.end + kind.begin, start + len(kind.begin), region[1])
        return region[1] if found < 0 else found + len(kind.end)

    def whole(self) -> Region:
        """All of it."""
        return 0, len(self.data)

    def line(self, wanted: bytes) -> int:
        """Where the first line that is not below the wanted one begins."""
        return self.place(wanted, self.whole(), LINES)


def line_edits(content: Content, removed: Iterable[bytes], added: Iterable[bytes]) -> list[Edit]:
    """What to change in a file of sorted lines. Raises DamagedError where a line to remove is missing."""
    edits = []
    for line in sorted(removed):
        at = content.line(line)
        if content.data[at : at + len(line) + 1] != line + b"\n":
            raise DamagedError("a line is missing")
        edits.append(Edit(at, at + len(line) + 1))
    edits += [Edit(at := content.line(line), at, line, line + b"\n") for line in sorted(added)]
    return edits


def rewrite(content: Content, edits: Sequence[Edit], path: Path) -> None:
    """Write the content with the edits to a file. Raises DamagedError where two overlap."""
    at = 0
    with path.open("wb") as file:
        for edit in sorted(edits):
            if edit.start < at:
                raise DamagedError("two changes overlap")
            _copy(content, at, edit.start, file)
            file.write(edit.new)
            at = edit.end
        _copy(content, at, len(content), file)


def _copy(content: Content, start: int, end: int, file: BufferedWriter) -> None:
    """Write a part of the content: a large one is left to the system, where it can copy between files."""
    if end - start >= _LARGE and hasattr(os, "copy_file_range"):
        file.flush()
        with content.path.open("rb") as old:
            try:
                while start < end:
                    copied = os.copy_file_range(old.fileno(), file.fileno(), end - start, start)
                    if not copied:
                        raise DamagedError("a file became shorter")
                    start += copied
            except OSError:  # not between these file systems, or not on this one
                file.seek(0, os.SEEK_END)
    for at in range(start, end, _COPIED):
        file.write(content.data[at : min(at + _COPIED, end)])
