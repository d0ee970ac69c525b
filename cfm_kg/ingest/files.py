"""Places → files: names, folders and globs, each file once and in a stable order."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import TypeVar

from cfm_kg.ingest.source import Refused

P = TypeVar("P", bound=PurePath)
_GLOB = frozenset("*?[")


def find_files(places: Iterable[str]) -> list[Path | Refused]:
    """The files that `places` name, sorted, each once; a place that names none is refused."""
    files: set[Path] = set()
    refused: dict[str, Refused] = {}
    for place in places:
        found = list(_files(place))
        if found:
            files.update(found)
        else:
            refused[place] = Refused(place, _why_nothing(place))
    return [*sorted(files), *(refused[place] for place in sorted(refused))]


def names_of(files: Sequence[P]) -> dict[P, str]:
    """A name for each file: its own, with as many of its folders as tell it from others of the same name."""
    names = {file: file.name for file in files}
    for depth in range(2, 64):
        counts = Counter(names.values())
        doubled = [file for file, name in names.items() if counts[name] > 1 and len(file.parts) >= depth]
        if not doubled:
            break
        for file in doubled:
            names[file] = "/".join(file.parts[-depth:])
    return names


def _files(place: str) -> Iterator[Path]:
    path = Path(place).expanduser()
    if path.is_dir():
        yield from _walk(path)
    elif path.exists():
        yield path.resolve()
    elif _GLOB & set(place):
        for match in glob.glob(str(path), recursive=True):
            found = Path(match)
            if found.is_file():
                yield found.resolve()


def _walk(folder: Path) -> Iterator[Path]:
    """All files below a folder; hidden ones, and links to folders, are left out."""
    for root, folders, names in os.walk(folder, followlinks=False):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            file = Path(root, name)
            if not name.startswith(".") and file.is_file():
                yield file.resolve()


def _why_nothing(place: str) -> str:
    if Path(place).expanduser().is_dir():
        return "the folder holds no files; what to do: name a folder with articles"
    if _GLOB & set(place):
        return (
            "no file matches the pattern; what to do: check it, and quote it if the shell must not touch it"
        )
    return "there is no such file or folder; what to do: check the path"
