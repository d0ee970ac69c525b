"""The record of what a remote store holds because we put it there: a file beside the local store.

Each batch is written down before it is sent and ticked off when the server has confirmed it. After an
interruption the last batch may or may not have arrived; it is simply sent again, which changes nothing.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cfm_kg.errors import CfmError

Graphs = Mapping[str | None, frozenset[str]]
"""Graph → its triples as lines of N-Triples without a line break; None is the merged facts."""
_HEAD = "# cfm-kg: what was pushed to "
_DONE = "."


@dataclass(frozen=True, slots=True)
class Batch:
    """One step of a push on one graph: empty it first or not, take triples out, put triples in."""

    graph: str | None
    clear: bool = False
    delete: tuple[str, ...] = ()
    insert: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.delete) + len(self.insert)


class Record:
    """The record in a file. `held` is what the remote store has; `open` was sent and never confirmed."""

    def __init__(self, path: Path, url: str) -> None:
        self.path = path
        self._head = f"{_HEAD}{url}\n"
        self.held: dict[str | None, set[str]] = defaultdict(set)
        self.open: Batch | None = None
        self._read()

    def _read(self) -> None:
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return
        except (OSError, UnicodeDecodeError) as error:
            raise CfmError(
                "the record of pushes cannot be read", where=str(self.path), why=str(error)
            ) from error
        if not text.startswith(self._head):
            raise CfmError(
                "this is not the record of pushes to that endpoint",
                where=str(self.path),
                remedy="name another file with --record",
            )
        lines: list[str] = []
        # Only "\n" ends a line: other line separators may stand unescaped within a literal.
        for line in text.removeprefix(self._head).split("\n")[:-1]:
            if line == _DONE:
                self._apply(_batch(lines))
                lines = []
            else:  # what follows a batch that is not ticked off is sent in its place
                if lines[-1:] == [""]:
                    lines = []
                lines.append(line)
        if lines and lines[-1] == "":  # a batch is written in one go; half of one was never sent
            self.open = _batch(lines[:-1])

    def _apply(self, batch: Batch) -> None:
        held = self.held[batch.graph]
        if batch.clear:
            held.clear()
        held.difference_update(batch.delete)
        held.update(batch.insert)
        if not held:
            del self.held[batch.graph]

    def begin(self, batch: Batch) -> None:
        """Write a batch down before it is sent. Raises CfmError."""
        if not self.path.exists():
            self._append(self._head)
        if batch != self.open:
            self._append("".join(f"{line}\n" for line in [*_lines(batch), ""]))
        self.open = batch

    def done(self, batch: Batch) -> None:
        """Tick the batch off. Raises CfmError."""
        self._append(f"{_DONE}\n")
        self._apply(batch)
        self.open = None

    def _append(self, text: str) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8", newline="") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise CfmError(
                "the record of pushes cannot be written", where=str(self.path), why=str(error)
            ) from error

    def tidy(self) -> None:
        """Write what is held anew, one batch a graph. Raises CfmError."""
        scratch = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        batches = (Batch(graph, insert=tuple(sorted(lines))) for graph, lines in _in_order(self.held))
        try:
            with scratch.open("w", encoding="utf-8", newline="") as file:
                file.write(self._head)
                for batch in batches:
                    file.writelines(f"{line}\n" for line in [*_lines(batch), "", _DONE])
            os.replace(scratch, self.path)
        except OSError as error:
            raise CfmError(
                "the record of pushes cannot be written", where=str(self.path), why=str(error)
            ) from error


def _in_order(held: Mapping[str | None, set[str]]) -> Iterable[tuple[str | None, set[str]]]:
    return sorted(held.items(), key=lambda pair: pair[0] or "")


def _lines(batch: Batch) -> list[str]:
    head = f"{'!' if batch.clear else '@'}{batch.graph or ''}"
    return [head, *(f"-{line}" for line in batch.delete), *(f"+{line}" for line in batch.insert)]


def _batch(lines: list[str]) -> Batch:
    head, *rest = [line for line in lines if line]
    return Batch(
        head[1:] or None,
        head[0] == "!",
        tuple(line[1:] for line in rest if line[0] == "-"),
        tuple(line[1:] for line in rest if line[0] == "+"),
    )
