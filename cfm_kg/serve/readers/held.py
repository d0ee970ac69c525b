"""The store as a reader process holds it: opened anew whenever its folder has changed."""

from __future__ import annotations

import os
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.serve.refusal import HttpError
from cfm_kg.store import open_store


class Held:
    """A store's folder, and the store that was last opened there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._state: object = None
        self._store: ox.Store | None = None

    def store(self) -> ox.Store:
        """The store as it is now. Raises HttpError where there is none.

        While a new build takes the folder's place there is none for a moment: the old one serves on.
        """
        state = folder_state(self.folder)
        if self._store is None or (state and state != self._state):
            try:
                self._store = open_store(self.folder)
                self._state = state
            except CfmError as error:
                if self._store is None:
                    raise HttpError(
                        503,
                        "the store cannot be read now",
                        why=error.what,
                        remedy="try again in a moment",
                        headers={"Retry-After": "1"},
                    ) from error
        return self._store

    def drop(self) -> None:
        """Forget the open store, so that the next one is opened anew."""
        self._store = None


def folder_state(folder: Path) -> tuple[tuple[str, int, int, int], ...]:
    """What tells a store from the one that was in its folder before; nothing where there is none."""
    try:
        with os.scandir(folder) as entries:
            files = [(one.name, one.stat()) for one in entries if not one.name.startswith("LOG")]
    except OSError:
        return ()
    return tuple(sorted((name, stat.st_ino, stat.st_size, stat.st_mtime_ns) for name, stat in files))
