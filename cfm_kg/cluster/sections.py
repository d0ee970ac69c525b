"""Work files: what a task tells, and sections that other tasks read one by one.

A file begins with the offsets of its sections, so that a reader of one needs two short reads of a file that
may be far away. The first section is what the task tells the rest of the build. Each is compressed and
carries its checksum.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

from cfm_kg.building.records import DamagedError, pack, unpack
from cfm_kg.parts.folder import Folder

T = TypeVar("T")
_HEAD = struct.Struct("<4sI")
_MAGIC = b"CKS1"
_LEVEL = 1
_FETCHED = 64


def _always(told: object) -> bool:
    return True


def made(
    folder: Folder,
    name: str,
    kind: type[T],
    make: Callable[[], tuple[T, Sequence[object]]],
    still: Callable[[T], bool] = _always,
) -> T:
    """What a work file tells: that which is there whole, else the one that is made and written now.

    `still` says whether what a file tells of, elsewhere, is still there.
    """
    told = _told(folder, name, kind)
    if told is not None and still(told):
        return told
    new, sections = make()
    folder.write(name, packed(new, sections))
    return new


def squeezed(data: bytes) -> bytes:
    """Bytes compressed, quickly."""
    return zlib.compress(data, _LEVEL)


def unsqueezed(data: bytes) -> bytes:
    """The bytes that were compressed. Raises DamagedError."""
    try:
        return zlib.decompress(data)
    except zlib.error as error:
        raise DamagedError(str(error)) from error


def packed(told: object, sections: Sequence[object]) -> bytes:
    """The bytes of a work file. Empty sections take no room."""
    bodies = [squeezed(pack(told))]
    bodies += [squeezed(pack(one)) if one else b"" for one in sections]
    at = _HEAD.size + 8 * (len(bodies) + 1)
    offsets = [at]
    for body in bodies:
        offsets.append(offsets[-1] + len(body))
    return _HEAD.pack(_MAGIC, len(bodies)) + struct.pack(f"<{len(offsets)}Q", *offsets) + b"".join(bodies)


def _told(folder: Folder, name: str, kind: type[T]) -> T | None:
    size = folder.size(name)
    if size is None:
        return None
    try:
        magic, number = _HEAD.unpack(folder.read(name, 0, _HEAD.size))
        last = _HEAD.size + 8 * number
        if magic != _MAGIC or struct.unpack("<Q", folder.read(name, last, last + 8)) != (size,):
            return None
        return told_by(folder, name, kind)
    except (struct.error, DamagedError):
        return None


def told_by(folder: Folder, name: str, kind: type[T]) -> T:
    """What the task told that wrote the file. Raises DamagedError."""
    found = _section(folder, name, 0, kind)
    if found is None:
        raise DamagedError(f"{name} is not whole")
    return found


def section(folder: Folder, name: str, number: int, kind: type[T]) -> T | None:
    """A section, counted from 0; None if it is empty. Raises DamagedError where it is another."""
    return _section(folder, name, number + 1, kind)


def section_of_all(folder: Folder, names: Sequence[str], number: int, kind: type[T]) -> Iterator[T]:
    """The same section of several files, but for empty ones; some are fetched at a time."""
    at = _HEAD.size + 8 * (number + 1)
    for begin in range(0, len(names), _FETCHED):
        some = names[begin : begin + _FETCHED]
        try:
            heads = folder.ranges([(name, at, at + 16) for name in some])
            ends = [struct.unpack("<2Q", head) for head in heads]
            there = [(name, *both) for name, both in zip(some, ends, strict=True) if both[0] < both[1]]
            found = folder.ranges(there)
        except (FileNotFoundError, struct.error) as error:
            raise DamagedError(f"section {number}: {error}") from error
        for data in found:
            yield unpack(unsqueezed(data), kind)


def sections_from(folder: Folder, name: str, first: int, number: int, kind: type[T]) -> Iterator[T]:
    """So many sections that follow each other, but for empty ones, in two reads. Raises DamagedError."""
    at = _HEAD.size + 8 * (first + 1)
    try:
        offsets = struct.unpack(f"<{number + 1}Q", folder.read(name, at, at + 8 * (number + 1)))
        data = folder.read(name, offsets[0], offsets[-1]) if offsets[0] < offsets[-1] else b""
    except (FileNotFoundError, struct.error) as error:
        raise DamagedError(f"{name}: {error}") from error
    for start, end in pairwise(offset - offsets[0] for offset in offsets):
        if start < end:
            yield unpack(unsqueezed(data[start:end]), kind)


def _section(folder: Folder, name: str, place: int, kind: type[T]) -> T | None:
    at = _HEAD.size + 8 * place
    try:
        start, end = struct.unpack("<2Q", folder.read(name, at, at + 16))
        if start == end:
            return None
        return unpack(unsqueezed(folder.read(name, start, end)), kind)
    except (FileNotFoundError, struct.error) as error:
        raise DamagedError(f"{name}: {error}") from error
