"""A store that is read while others build it anew: each look sees one state, the newest there is."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.store.folder import open_store

State = tuple[tuple[str, int, int, int], ...]
"""Names, numbers, sizes and times of a store's files: differs between any two states."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One state of a store. `modified`: when it was written, in seconds since the epoch."""

    store: ox.Store
    modified: int
    state: State


class LiveStore:
    """The store in a folder, opened again after it was built or changed. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = Lock()
        self._snapshot: Snapshot | None = None

    def snapshot(self) -> Snapshot:
        """The present state. Raises CfmError where there is no store, and none was opened before."""
        state = folder_state(self.folder)
        with self._lock:
            if self._snapshot is None or (state and state != self._snapshot.state):
                try:
                    store = open_store(self.folder)
                except CfmError:
                    if self._snapshot is None:
                        raise
                    return self._snapshot  # in the midst of being replaced: the state that is open answers
                newest = max((changed for _, _, _, changed in state), default=0)
                self._snapshot = Snapshot(store, newest // 1_000_000_000, state)
            return self._snapshot

    def forget(self) -> None:
        """Open the store again at the next look, whether or not its files tell that they changed."""
        with self._lock:
            self._snapshot = None


def folder_state(folder: Path) -> State:
    """What tells a store from the one that was in its folder before; empty while there is none."""
    try:
        with os.scandir(folder) as entries:
            files = [(one.name, one.stat()) for one in entries if not one.name.startswith("LO")]
    except OSError:
        return ()
    return tuple(sorted((name, stat.st_ino, stat.st_size, stat.st_mtime_ns) for name, stat in files))
