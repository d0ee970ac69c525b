"""The files of entries beside the store, from which a later build adds them again.

`OUT/entries/<name>/` holds an entry's file and `entry.json`; `<name>` is the start of the file's digest. An
entry that is being added waits in `OUT/entries/.pending/`, one that was removed lies in
`OUT/entries/removed/`. The store is the judge: what a killed process left is put where the store says that
it belongs.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from cfm_kg.errors import CfmError

_META = "entry.json"
_PENDING, _REMOVED = ".pending", "removed"
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Card:
    """What is noted of a file beside it."""

    sha256: str
    file: str
    who: str
    added: str


@dataclass(frozen=True, slots=True)
class Filed:
    """An entry's folder: its card and the file."""

    card: Card
    path: Path


class Folder:
    """The entries of one build."""

    def __init__(self, store: Path) -> None:
        self.root = store.parent / "entries"

    def of(self, sha256: str) -> Path:
        """Where an entry lies that the store holds."""
        return self.root / sha256[:_DIGITS]

    def write(self, content: bytes, card: Card) -> None:
        """Put a file where it waits for its transaction. Raises OSError."""
        scratch = self.root / _PENDING / card.sha256[:_DIGITS]
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
        _durably(scratch / Path(card.file).name, content)
        _durably(scratch / _META, (json.dumps(asdict(card), ensure_ascii=False, indent=1) + "\n").encode())

    def settle(self, held: Mapping[str, bool]) -> None:
        """Put all files where they belong. `held`: whether the store holds an entry, by its digest."""
        for filed in list(self._in(self.root / _PENDING)):
            if held.get(filed.card.sha256):
                self._move(filed.path.parent, self.of(filed.card.sha256))
            else:
                shutil.rmtree(filed.path.parent, ignore_errors=True)
        for filed in list(self.current()):
            if held.get(filed.card.sha256) is False:
                self._move(filed.path.parent, self.root / _REMOVED / filed.card.sha256[:_DIGITS])
        for filed in list(self._in(self.root / _REMOVED)):
            if held.get(filed.card.sha256):
                self._move(filed.path.parent, self.of(filed.card.sha256))
        shutil.rmtree(self.root / _PENDING, ignore_errors=True)

    def current(self) -> Iterator[Filed]:
        """The entries that the store holds."""
        return self._in(self.root)

    def removed(self) -> Iterator[Filed]:
        """The entries that were taken back."""
        return self._in(self.root / _REMOVED)

    def _move(self, old: Path, new: Path) -> None:
        new.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(new, ignore_errors=True)
        os.replace(old, new)

    def _in(self, folder: Path) -> Iterator[Filed]:
        for path in sorted(folder.glob(f"*/{_META}")) if folder.is_dir() else ():
            try:
                card = Card(**json.loads(path.read_text(encoding="utf-8")))
            except (OSError, ValueError, TypeError) as error:
                raise CfmError(
                    "an entry's card cannot be read",
                    where=str(path),
                    why=str(error),
                    remedy="restore the file, or remove its folder and add the entry again",
                ) from error
            yield Filed(card, path.with_name(Path(card.file).name))


def _durably(path: Path, content: bytes) -> None:
    """Write a file that is there as a whole or not at all, wherever the process is killed."""
    draft = path.with_name(path.name + ".new")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)
