"""A build's folder as one file, and back. Readers may query all the while."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cfm_kg.errors import CfmError
from cfm_kg.store import open_store, refuse_foreign, replace_store, writing

_MANIFEST = "MANIFEST.json"
_LEFT_OUT = ("LOCK",)
"""Files of a store that only say who has it open."""


def back_up(folder: Path, file: Path) -> int:
    """Write all of a build's folder to one compressed file; returns how many files it holds.

    No other process writes meanwhile. Raises CfmError where there is no store or the file cannot be written.
    """
    open_store(folder / "store")
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with writing(folder), tarfile.open(draft, "w:gz", compresslevel=6) as archive:
            sums = {}
            for path in _members(folder):
                name = path.relative_to(folder).as_posix()
                archive.add(path, name, recursive=False)
                sums[name] = hashlib.sha256(path.read_bytes()).hexdigest()
            listed = (json.dumps(sums, indent=1, sort_keys=True) + "\n").encode()
            entry = tarfile.TarInfo(_MANIFEST)
            entry.size = len(listed)
            archive.addfile(entry, io.BytesIO(listed))
        os.replace(draft, file)
    except OSError as error:
        raise CfmError("the backup cannot be written", where=str(file), why=str(error)) from error
    finally:
        draft.unlink(missing_ok=True)
    return len(sums)


def _members(folder: Path) -> Iterator[Path]:
    """All files but those that begin with a dot: what is kept for the next build is made again."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and name not in _LEFT_OUT:
                yield Path(root, name)


def restore(file: Path, folder: Path) -> int:
    """Put a backup in the place of a build's folder, or of none; returns how many files it holds.

    Nothing is touched unless the backup is whole. Raises CfmError where it is not, or the folder cannot be
    written.
    """
    with writing(folder):
        refuse_foreign(folder / "store")
        with tempfile.TemporaryDirectory(prefix=".new-", dir=folder) as scratch:
            new = Path(scratch) / "whole"
            number = _unpack(file, new)
            open_store(new / "store")  # its closing leaves the files as they were
            shutil.rmtree(folder / ".cache", ignore_errors=True)
            replace_store(new / "store", folder / "store")
            _replace(new, folder)
    return number


def _unpack(file: Path, new: Path) -> int:
    try:
        with tarfile.open(file, "r:gz") as archive:
            archive.extractall(new, filter="data")
        sums: dict[str, str] = json.loads((new / _MANIFEST).read_bytes())
        (new / _MANIFEST).unlink()
        there = {path.relative_to(new).as_posix(): path for path in new.rglob("*") if path.is_file()}
        for name in sums.keys() | there.keys():
            found = there[name].read_bytes() if name in there else b""
            if hashlib.sha256(found).hexdigest() != sums.get(name):
                raise ValueError(f"{name} is not what was backed up")
    except (OSError, EOFError, ValueError, tarfile.TarError) as error:
        raise CfmError(
            "this is not a whole backup", where=str(file), why=str(error), remedy="take another one"
        ) from error
    return len(sums)


def _replace(new: Path, folder: Path) -> None:
    """Files by files of the same name; folders as a whole; what the backup lacks goes."""
    for name in ("texts", "entries", "decisions"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for path in folder.iterdir():
        if path.is_file() and not path.name.startswith(".") and not (new / path.name).exists():
            path.unlink()
    for path in sorted(new.iterdir()):
        os.replace(path, folder / path.name)
