"""Questions of pages to readers: the answer as rows or as text, never more than a page can show."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass

from starlette.requests import Request

from cfm_kg.errors import CfmError
from cfm_kg.serve.readers import Readers
from cfm_kg.serve.readers.question import GRAPHS, RESULTS, Asked
from cfm_kg.serve.refusal import HttpError

ROWS = 500
"""So many rows are shown; downloads hold all."""
_BYTES = 8 * 1024 * 1024
_TRIPLES = 60_000
"""So many characters of triples are shown."""
_LINE = re.compile(r"query:(\d+)(?::(\d+))?")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a row. `iri` where it is a thing's name."""

    text: str
    iri: str = ""
    language: str = ""
    datatype: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an answer holds: rows, a truth, triples as text, or why there is none."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    total: int = 0
    truth: bool | None = None
    triples: str = ""
    cut: bool = False
    seconds: float = 0.0
    error: CfmError | None = None

    @property
    def line(self) -> int:
        """The line of the query that the error is about; 0 where it names none."""
        return self._place(1)

    @property
    def column(self) -> int:
        """The character of that line; 0 where none is named."""
        return self._place(2)

    def _place(self, group: int) -> int:
        found = _LINE.match(self.error.where or "") if self.error else None
        return int(found[group] or 0) if found else 0


def media_of(form: str) -> str:
    """The media type that pages read the answer of a form of query in."""
    return RESULTS[0] if form in ("SELECT", "ASK") else GRAPHS[0]


async def outcome(request: Request, asked: Asked) -> Outcome:
    """The answer, read and bounded. What goes wrong is part of it."""
    readers: Readers = request.app.state.readers
    start = time.perf_counter()
    try:
        content = await _content(readers, asked)
    except CfmError as error:
        return Outcome(error=error, seconds=time.perf_counter() - start)
    seconds = time.perf_counter() - start
    if asked.media != RESULTS[0]:
        text = content.decode()
        return Outcome(triples=text[:_TRIPLES], cut=len(text) > _TRIPLES, seconds=seconds)
    return _rows(content, seconds)


async def _content(readers: Readers, asked: Asked) -> bytes:
    content = bytearray()
    async with readers.answer(asked) as answer:
        async for part in answer.parts():
            content += part
            if len(content) > _BYTES:
                remedy = "download it instead, or add a LIMIT"
                raise HttpError(422, "the answer is too large for a page", remedy=remedy)
    return bytes(content)


def _rows(content: bytes, seconds: float) -> Outcome:
    told = json.loads(content)
    if "boolean" in told:
        return Outcome(truth=told["boolean"], seconds=seconds)
    columns, found = tuple(told["head"]["vars"]), told["results"]["bindings"]
    rows = tuple(tuple(_cell(row.get(name)) for name in columns) for row in found[:ROWS])
    return Outcome(columns, rows, len(found), cut=len(found) > ROWS, seconds=seconds)


def _cell(value: dict[str, object] | None) -> Cell:
    if value is None:
        return Cell("")
    text = (
        str(value.get("value", "")) if isinstance(value.get("value"), str) else json.dumps(value.get("value"))
    )
    iri = text if value.get("type") == "uri" else ""
    return Cell(text, iri, str(value.get("xml:lang", "")), str(value.get("datatype", "")))
