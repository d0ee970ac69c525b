"""One writer at a time: whoever builds, adds, removes or restores holds the lock of the folder."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from cfm_kg.errors import CfmError

_LOCK, _HOLDER = ".lock", ".writer.json"


class InUseError(CfmError):
    """Another process is writing there."""


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Keep other processes from writing to a build's folder meanwhile. Readers are not kept.

    Raises InUseError that tells who writes and since when, and CfmError where the folder cannot be written.
    A writer that was killed holds nothing any more.
    """
    lock = FileLock(str(folder / _LOCK), timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise InUseError(
            "another process is writing to this folder",
            where=str(folder),
            why=_holder(folder),
            remedy="wait until it has finished, or end it; reading is possible meanwhile",
        ) from error
    except OSError as error:
        raise CfmError(
            "the folder cannot be written",
            where=str(error.filename or folder),
            why=error.strerror or str(error),
            remedy="choose another folder with --out",
        ) from error
    try:
        _note(folder)
        yield
    finally:
        (folder / _HOLDER).unlink(missing_ok=True)
        lock.release()


def _note(folder: Path) -> None:
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]]) if sys.argv else "Python"
    told = {
        "process": os.getpid(),
        "host": socket.gethostname(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": command[:200],
    }
    (folder / _HOLDER).write_text(json.dumps(told, ensure_ascii=False) + "\n", encoding="utf-8")


def _holder(folder: Path) -> str:
    try:
        told = json.loads((folder / _HOLDER).read_text(encoding="utf-8"))
        who = f"process {told['process']} on {told['host']} ({told['command']})"
        return f"{who} has been at it since {told['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "its name is not known"
