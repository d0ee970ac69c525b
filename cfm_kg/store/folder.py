"""The embedded store as a folder that is replaced as a whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.errors import CfmError

_MARK = "CURRENT"
"""A file that every store's folder has."""


def open_store(folder: Path) -> ox.Store:
    """A store to read. Many processes may read at a time. Raises CfmError where there is none."""
    if not (folder / _MARK).is_file():
        raise CfmError("there is no store here", where=str(folder), remedy="run `cfm-kg build` first")
    try:
        return ox.Store.read_only(str(folder))
    except (OSError, RuntimeError) as error:  # RuntimeError: its files do not fit together
        raise CfmError("the store cannot be opened", where=str(folder), why=str(error)) from error


def write_store(quads: Iterable[ox.Quad], folder: Path) -> None:
    """Build a store beside `folder`, then put it in its place: readers see the old or the new one.

    Raises CfmError where the folder holds something that is not a store, or cannot be written.
    """
    refuse_foreign(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as scratch:
            new = Path(scratch) / "new"
            store = ox.Store(str(new))
            store.bulk_extend(quads)
            store.flush()
            del store  # closes its files, so that the folder can be moved
            replace_store(new, folder)
    except OSError as error:
        raise CfmError("the store cannot be written", where=str(folder), why=str(error)) from error


def replace_store(new: Path, folder: Path) -> None:
    """Put a store that is closed in the place of another, if there is one. Raises CfmError."""
    refuse_foreign(folder)
    old = new.with_name(f"{new.name}-old")
    try:
        if folder.exists():
            os.replace(folder, old)
        try:
            os.replace(new, folder)
        except OSError:
            if old.exists():
                os.replace(old, folder)
            raise
    except OSError as error:
        raise CfmError("the store cannot be written", where=str(folder), why=str(error)) from error
    shutil.rmtree(old, ignore_errors=True)


def refuse_foreign(folder: Path) -> None:
    """Raises CfmError where a folder holds something that is not a store, and would be replaced."""
    if folder.exists() and any(folder.iterdir()) and not (folder / _MARK).is_file():
        raise CfmError(
            "this folder is not a store, and would be replaced",
            where=str(folder),
            remedy="choose another output folder, or remove it yourself",
        )
