"""CSV with the place of each cell in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CELL = re.compile(r'[ \t]*"(?P<quoted>(?:[^"]|"")*)"[ \t]*(?=[,\r\n]|\Z)|(?P<plain>[^,\r\n]*)')
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what it says, without spaces around it, and its span with them and its quotation marks."""

    text: str
    start: int
    end: int


class CsvError(ValueError):
    """A text is not CSV; `offset` tells where."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


def rows(text: str) -> Iterator[list[Cell]]:
    """The rows that say anything. Raises CsvError, behind the rows that could be read."""
    at, row = 0, list[Cell]()
    while True:
        cell, at = _cell(text, at)
        row.append(cell)
        if at < len(text) and text[at] == ",":
            at += 1
            continue
        if any(one.text for one in row):
            yield row
        row = []
        ending = _LINE_END.match(text, at)
        if ending is None or ending.end() == len(text):
            return
        at = ending.end()


def _cell(text: str, at: int) -> tuple[Cell, int]:
    found = _CELL.match(text, at)
    assert found is not None
    quoted = found["quoted"]
    if quoted is None and found["plain"].lstrip().startswith('"'):
        closed = re.compile(r'[ \t]*"(?:[^"]|"")*"').match(text, at)
        if closed:
            raise CsvError("something stands behind a closing quotation mark", closed.end())
        raise CsvError("a quotation mark is not closed", text.index('"', at))
    said = found["plain"] if quoted is None else quoted.replace('""', '"')
    return Cell(said.strip(), at, found.end()), found.end()


def as_cell(text: str) -> str:
    """A text as a cell holds it."""
    return '"' + text.replace('"', '""') + '"' if re.search(r'[,"\r\n]', text) else text
