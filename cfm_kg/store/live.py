"""A store that is read while others build it anew: each look sees one state, the newest there is."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from time import sleep

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.store.folder import open_store

_TRIALS, _MOMENT = 10, 0.02
"""How often a first look is tried, and seconds between."""
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
        with self._lock:
            for rest in reversed(range(_TRIALS)):
                state = folder_state(self.folder)
                if self._snapshot is not None and state in ((), self._snapshot.state):
                    break
                try:
                    self._snapshot = _opened(self.folder, state)
                    break
                except CfmError:
                    # In the midst of being replaced, its files do not fit together: the state that is open
                    # answers; without one, the new one is there in a moment.
                    if self._snapshot is not None:
                        break
                    if not rest:
                        raise
                    sleep(_MOMENT)
            assert self._snapshot is not None
            return self._snapshot

    def forget(self) -> None:
        """Open the store again at the next look, whether or not its files tell that they changed."""
        with self._lock:
            self._snapshot = None


def _opened(folder: Path, state: State) -> Snapshot:
    store = open_store(folder)
    return Snapshot(store, max((changed for _, _, _, changed in state), default=0) // 1_000_000_000, state)


def folder_state(folder: Path) -> State:
    """What tells a store from the one that was in its folder before; empty while there is none."""
    try:
        with os.scandir(folder) as entries:
            files = [(one.name, one.stat()) for one in entries if not one.name.startswith("LO")]
    except OSError:
        return ()
    return tuple(sorted((name, stat.st_ino, stat.st_size, stat.st_mtime_ns) for name, stat in files))
