"""A folder of results that is written beside the old one and put in its place whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cfm_kg.errors import CfmError

MARK = ".cfm-kg-site"
"""A file by which a folder is known as one that was written here."""


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A new folder that takes the place of another when the block ends well.

    Raises CfmError where the other holds something else than a site, or cannot be written.
    """
    _refuse_foreign(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as scratch:
            new, old = Path(scratch) / "new", Path(scratch) / "old"
            new.mkdir()
            (new / MARK).write_text("Written by `cfm-kg site`, which replaces this folder as a whole.\n")
            yield new
            _refuse_foreign(folder)
            _swap(new, folder, old)
    except OSError as error:
        where = error.filename or str(folder)
        raise CfmError("the site cannot be written", where=str(where), why=error.strerror) from error


def _swap(new: Path, folder: Path, old: Path) -> None:
    there = folder.exists()
    if there:
        os.replace(folder, old)
    try:
        os.replace(new, folder)
    except OSError:
        if there:
            os.replace(old, folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _refuse_foreign(folder: Path) -> None:
    if folder.is_dir() and not (folder / MARK).is_file() and any(folder.iterdir()):
        raise CfmError(
            "this folder holds something else, and would be replaced",
            where=str(folder),
            why="`cfm-kg site` did not write it",
            remedy="choose another --out, or empty it yourself",
        )
    if folder.exists() and not folder.is_dir():
        raise CfmError("this is no folder", where=str(folder), remedy="choose another --out")
