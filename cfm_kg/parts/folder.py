"""A folder at any address that fsspec knows: a local path, `s3://…`, `gs://…`, `memory://…`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from cfm_kg.errors import CfmError

REMEDY = "pip install 'cfm-kg[cluster]', and for s3:// and the like the package that fsspec names"


def is_address(place: str) -> bool:
    """Whether a place is an address such as `s3://…`, rather than a path here."""
    return "://" in place and not Path(place).exists()


def at(url: str) -> tuple[Any, str]:
    """The file system that an address belongs to, and the path in it. Raises CfmError."""
    try:
        import fsspec

        found, path = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise CfmError("this address cannot be opened", where=url, why=str(error), remedy=REMEDY) from error
    return found, str(path)


@dataclass(frozen=True)
class Folder:
    """A folder; what is written appears whole or not at all."""

    url: str

    @classmethod
    def of(cls, place: str | Path) -> Folder:
        """The folder at a path, made absolute, or at an address."""
        text = str(place)
        return cls(text if is_address(text) else str(Path(text).expanduser().resolve()))

    def below(self, name: str) -> Folder:
        """A folder in it."""
        return Folder(f"{self.url.rstrip('/')}/{name}")

    @cached_property
    def _at(self) -> tuple[Any, str]:
        return at(self.url)

    @property
    def _local(self) -> bool:
        return not is_address(self.url)

    def path(self, name: str) -> str:
        """A file's path in its file system."""
        return f"{self._at[1].rstrip('/')}/{name}"

    def read(self, name: str, start: int | None = None, end: int | None = None) -> bytes:
        """The bytes of a file, or a range of them. Raises FileNotFoundError and other OSErrors."""
        return bytes(self._at[0].cat_file(self.path(name), start=start, end=end))

    def ranges(self, wanted: Sequence[tuple[str, int, int]]) -> list[bytes]:
        """Ranges of several files, from object stores at the same time. Raises OSError."""
        if not wanted:
            return []
        names, starts, ends = zip(*wanted, strict=True)
        paths = [self.path(name) for name in names]
        found = self._at[0].cat_ranges(paths, list(starts), list(ends), on_error="raise")
        return [bytes(one) for one in found]

    def open(self, name: str, mode: str = "rb") -> IO[bytes]:
        """A file, to be read or written piece by piece. Raises OSError."""
        path = self.path(name)
        if "w" in mode:
            self._at[0].makedirs(path.rpartition("/")[0], exist_ok=True)
        opened: IO[bytes] = self._at[0].open(path, mode)
        return opened

    def write(self, name: str, data: bytes) -> None:
        """Write a file at once: object stores do so by themselves. Raises OSError."""
        system, path = self._at[0], self.path(name)
        if not self._local:
            system.pipe_file(path, data)
            return
        os.makedirs(os.path.dirname(path), exist_ok=True)
        draft = f"{path}.{os.getpid()}.{os.urandom(4).hex()}"
        with open(draft, "wb") as file:
            file.write(data)
        os.replace(draft, path)

    def size(self, name: str) -> int | None:
        """How many bytes a file has; None if there is none."""
        try:
            return int(self._at[0].size(self.path(name)))
        except FileNotFoundError:
            return None

    def names(self) -> list[str]:
        """All files below it, by name."""
        system, root = self._at
        system.invalidate_cache()
        try:
            found = system.find(root)
        except FileNotFoundError:
            return []
        return sorted(str(path)[len(root.rstrip("/")) + 1 :] for path in found)

    def remove(self, names: Iterable[str]) -> None:
        """Remove files, if they are there."""
        for name in names:
            with suppress(FileNotFoundError):
                self._at[0].rm_file(self.path(name))

    def clear(self) -> None:
        """Remove all that is in it, but for what somebody writes meanwhile."""
        self.remove(self.names())
        if self._local:
            shutil.rmtree(self._at[1], ignore_errors=True)
