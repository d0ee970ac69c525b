"""The store of a build: loaded anew beside the old one and swapped in, or changed in one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.store import change_store, replace_store

_IDENTITY = "BUILD"
"""A file in the store's folder that tells which build's facts it holds."""


def identity(store: Path) -> str | None:
    """Which build's facts a store holds; None where that is not known."""
    try:
        return (store / _IDENTITY).read_text(encoding="ascii")
    except (OSError, ValueError):
        return None


def new_identity() -> str:
    """A name for the facts of a build."""
    return secrets.token_hex(16)


def swap_in(new: Path, store: Path, name: str) -> None:
    """Put a new store, which is closed, in the place of the old: readers see the old or the new one."""
    (new / _IDENTITY).write_text(name, encoding="ascii")
    replace_store(new, store)


def change(store: Path, lost: Collection[ox.Quad], gained: Collection[ox.Quad], name: str) -> None:
    """Change a store in one transaction. Raises CfmError where it cannot be written."""
    if not lost and not gained:
        (store / _IDENTITY).write_text(name, encoding="ascii")
        return
    # Killed in between, the store's state is not known: the next build loads it anew.
    (store / _IDENTITY).unlink(missing_ok=True)
    change_store(store, lost, gained)
    (store / _IDENTITY).write_text(name, encoding="ascii")
