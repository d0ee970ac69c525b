"""The files of a build: written anew from all lines, or changed by those that came and went."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cfm_kg.building.sorted_files import Content, line_edits, rewrite
from cfm_kg.building.turtle import blocks, trig_edits, turtle_edits

QUADS, TURTLE, TRIG = "graph.nq", "graph.ttl", "graph.trig"
TEXTS = "texts"
RUNS = "runs"
"""The folder within a scratch folder for what is not put in place."""
_TEXT = re.compile(r"[0-9a-f]{64}\.txt")


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A folder beside the results for files that will replace them; what is left of killed builds goes."""
    for left in folder.glob(".new-*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=folder) as name:
        (Path(name) / RUNS).mkdir()
        yield Path(name)


def change_lines(old: Path, new: Path, lost: Iterable[bytes], gained: Iterable[bytes]) -> None:
    """Write a file of sorted lines with some of them changed. Raises DamagedError where one is missing."""
    content = Content(old)
    rewrite(content, line_edits(content, lost, gained), new)


def change_turtles(old: Path, new: Path, before: Iterable[bytes], after: Iterable[bytes]) -> None:
    """Write Turtle and TriG changed, by all that was and is said of some things in some graphs."""
    were, are = blocks(before), blocks(after)
    for name, edits in ((TURTLE, turtle_edits), (TRIG, trig_edits)):
        content = Content(old / name)
        rewrite(content, edits(content, were, are), new / name)


def lines_about(path: Path, things: Iterable[str]) -> Iterator[bytes]:
    """The lines of a file of sorted quads whose subject is one of the things."""
    content = Content(path)
    for thing in things:
        start = f"<{thing}> ".encode()
        at = content.line(start)
        while content.data[at : at + len(start)] == start:
            end = content.data.find(b"\n", at)
            yield content.data[at:end]
            at = end + 1


def put_in_place(new: Path, folder: Path) -> None:
    """Replace the files of a build by those of the same name in another folder, each at once."""
    for path in sorted(new.iterdir()):
        if path.is_file():
            os.replace(path, folder / path.name)


def stamps(folder: Path, names: Iterable[str]) -> dict[str, tuple[int, int]]:
    """By what a file is known to be the one that was written; files that are not there are left out."""
    found = {}
    for name in names:
        path = folder / name
        if path.is_file():
            status = path.stat()
            found[name] = (status.st_size, status.st_mtime_ns)
    return found


def put_text(folder: Path, digest: str, text: str) -> None:
    """Write a text by its digest, at once."""
    draft = folder / f".{digest}.{os.getpid()}"
    draft.write_bytes(text.encode())
    os.replace(draft, folder / f"{digest}.txt")


def put_texts(folder: Path, wanted: Container[str], fresh: Iterable[tuple[str, str]]) -> set[str]:
    """Write the texts `fresh` by digest and remove those not `wanted`; returns the digests that are there."""
    folder.mkdir(parents=True, exist_ok=True)
    for digest, text in fresh:
        put_text(folder, digest, text)
    there = {entry.name[:-4] for entry in os.scandir(folder) if _TEXT.fullmatch(entry.name)}
    for digest in there:
        if digest not in wanted:
            (folder / f"{digest}.txt").unlink()
    return there
