"""Results as text: a table, CSV, JSON, Markdown or Turtle. All are UTF-8 and free of terminal codes."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.query.results import Cell, Kind, Result, plain
from cfm_kg.vocab import BASE, prefixes

FORMATS = ("table", "csv", "json", "md", "ttl")
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_NARROWEST = 8
"""No column of a table is cut below this many characters."""


def render(result: Result, to: str = "table", width: int | None = None) -> bytes:
    """The result in a format. `width`, in characters, cuts the longest cells of a table. Raises CfmError.

    CSV and JSON follow SPARQL 1.1's results formats; triples become rows of subject, predicate and object.
    """
    if to == "csv":
        return _csv(result)
    if to == "json":
        return _json(result)
    if to == "md":
        return _markdown(result).encode()
    if to == "table":
        return _table(result, width).encode()
    if to == "ttl":
        return _turtle(result)
    raise CfmError(f"there is no format {to!r} for results", remedy="use one of " + ", ".join(FORMATS))


def _grid(result: Result) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    if result.kind is Kind.TRIPLES:
        rows: tuple[tuple[Cell, ...], ...] = tuple((t.subject, t.predicate, t.object) for t in result.triples)
        return ("subject", "predicate", "object"), rows
    if result.kind is Kind.TRUTH:
        truth = "true" if result.truth else "false"
        return ("answer",), ((ox.Literal(truth, datatype=ox.NamedNode(_XSD_BOOLEAN)),),)
    return result.variables, result.rows


_XSD_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"


def _csv(result: Result) -> bytes:
    names, rows = _grid(result)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows(["" if cell is None else plain(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def _json(result: Result) -> bytes:
    content: dict[str, Any] = {"head": {}, "boolean": result.truth}
    if result.kind is not Kind.TRUTH:
        names, rows = _grid(result)
        bindings = [
            {name: _binding(cell) for name, cell in zip(names, row, strict=True) if cell is not None}
            for row in rows
        ]
        content = {"head": {"vars": list(names)}, "results": {"bindings": bindings}}
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _binding(cell: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> dict[str, str]:
    if isinstance(cell, ox.NamedNode):
        return {"type": "uri", "value": cell.value}
    if not isinstance(cell, ox.Literal):
        return {"type": "bnode", "value": plain(cell).removeprefix("_:")}
    found = {"type": "literal", "value": cell.value}
    if cell.language:
        found["xml:lang"] = cell.language
    elif cell.datatype.value != _STRING:
        found["datatype"] = cell.datatype.value
    return found


def _turtle(result: Result) -> bytes:
    if result.kind is not Kind.TRIPLES:
        raise CfmError(
            "this query's result has no triples to write as Turtle",
            why="only CONSTRUCT and DESCRIBE return triples",
            remedy="use --format table, csv, json or md",
        )
    used = {name: iri for name, iri in prefixes().items() if any(iri in str(t) for t in result.triples)}
    written = ox.serialize(result.triples, format=ox.RdfFormat.TURTLE, prefixes=used)
    return written or b""


def short(cell: Cell) -> str:
    """A term as people read it: prefixed names, things without their base, literals without datatype."""
    if cell is None:
        return ""
    text = plain(cell)
    if not isinstance(cell, ox.NamedNode):
        return " ".join(text.split())
    if text.startswith(BASE + "id/"):
        return text.removeprefix(BASE + "id/")
    for prefix, namespace in sorted(prefixes().items(), key=lambda item: -len(item[1])):
        if text.startswith(namespace) and len(text) > len(namespace):
            return f"{prefix}:{text.removeprefix(namespace)}"
    return text


def _markdown(result: Result) -> str:
    names, rows = _grid(result)
    lines = ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]
    for row in rows:
        cells = (short(cell).replace("\\", "\\\\").replace("|", "\\|") for cell in row)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _table(result: Result, width: int | None) -> str:
    if result.kind is Kind.TRUTH:
        return "yes\n" if result.truth else "no\n"
    names, rows = _grid(result)
    cells = [tuple(short(cell) for cell in row) for row in rows]
    columns = list(zip(names, *cells, strict=True)) if names else []
    widths = _fitting([max(map(len, column)) for column in columns], width)
    lines = [_line(names, widths), "  ".join("-" * size for size in widths)]
    lines += [_line(row, widths) for row in cells]
    lines.append(f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}")
    return "\n".join(lines) + "\n"


def _fitting(widths: list[int], total: int | None) -> list[int]:
    while total is not None and sum(widths) + 2 * (len(widths) - 1) > total and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    cut = (
        cell if len(cell) <= size else cell[: size - 1] + "…"
        for cell, size in zip(cells, widths, strict=True)
    )
    return "  ".join(cell.ljust(size) for cell, size in zip(cut, widths, strict=True)).rstrip()
