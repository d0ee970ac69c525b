"""What takes time to make of the data that comes along, kept in the user's cache folder between runs.

A file holds plain values (MessagePack), so that nothing in it can be run but patterns, whose code their
engine checks, and begins with a checksum. It is named after a hash of all that the value depends on, code
included: what is out of date is never found. A file that is damaged, or lies in a folder that others may
write to, is made anew.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

import msgspec

from cfm_kg.environment import environment
from cfm_kg.resources import cache_dir

T = TypeVar("T")
_FOLDER = "compiled"
_SUM = 16
_KEPT = 8
"""So many versions of a value stay: of several installations, or several bases."""
_OTHERS_WRITE = 0o022


def compiled(name: str, kind: type[T], make: Callable[[], T]) -> T:
    """The value of that name, as it was kept, or else made and kept.

    Both ways it is decoded from the same bytes. A cache that cannot be read or written is no error.
    """
    path = cache_dir() / _FOLDER / f"{name}-{environment().hex()}.bin"
    found = _read(path, kind)
    if found is not None:
        return found
    content = msgspec.msgpack.encode(make())
    _write(path, name, content)
    return msgspec.msgpack.decode(content, type=kind)


def _read(path: Path, kind: type[T]) -> T | None:
    try:
        if not _is_own(path.parent):
            return None
        data = path.read_bytes()
        content = memoryview(data)[_SUM:]
        if _sum(content) != data[:_SUM]:
            return None
        return msgspec.msgpack.decode(content, type=kind)
    except (OSError, msgspec.MsgspecError, ValueError, TypeError):
        return None


def _is_own(folder: Path) -> bool:
    """Whether nobody else may write to a folder. Raises OSError where there is none."""
    status = folder.stat()
    return not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not status.st_mode & _OTHERS_WRITE)


def _write(path: Path, name: str, content: bytes) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_own(path.parent):
            return
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as draft:
            draft.write(_sum(content) + content)
        os.replace(draft.name, path)
        _forget_old(path.parent, name)
    except OSError:
        return


def _forget_old(folder: Path, name: str) -> None:
    """Remove all versions of a value but the last written."""
    every = [(one.stat().st_mtime_ns, one) for one in folder.glob(f"{name}-*.bin")]
    for _, one in sorted(every)[:-_KEPT]:
        one.unlink(missing_ok=True)


def _sum(content: bytes | memoryview) -> bytes:
    return blake2b(content, digest_size=_SUM).digest()
