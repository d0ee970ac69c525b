"""A named query's answer as a plain page: a table whose IRIs are links."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import pyoxigraph as ox

from cfm_kg.query.catalogue import NamedQuery
from cfm_kg.query.render import short
from cfm_kg.query.results import Cell
from cfm_kg.serve.readers.output import Output

_HEAD = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>{0}</title>
<h1>{0}</h1>
<p>{1}</p>
"""


def write_table(
    query: NamedQuery, found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, output: Output
) -> None:
    """Write the page, row by row. Raises HttpError at a row too many."""
    output.write(_HEAD.format(escape(query.title), escape(query.description)).encode())
    if isinstance(found, ox.QueryBoolean):
        output.write(b"<p>yes</p>\n" if found else b"<p>no</p>\n")
        return
    names, rows = _rows(found)
    header = "".join(f"<th>{escape(name)}</th>" for name in names)
    output.write(f"<table>\n<tr>{header}</tr>\n".encode())
    for row in output.counted(rows):
        output.write(("<tr>" + "".join(f"<td>{_cell(cell)}</td>" for cell in row) + "</tr>\n").encode())
    output.write(b"</table>\n")


def _rows(found: ox.QuerySolutions | ox.QueryTriples) -> tuple[tuple[str, ...], Iterator[tuple[Cell, ...]]]:
    if isinstance(found, ox.QueryTriples):
        return ("subject", "predicate", "object"), ((t.subject, t.predicate, t.object) for t in found)
    names = tuple(variable.value for variable in found.variables)
    return names, (tuple(row[name] for name in names) for row in found)


def _cell(cell: Cell) -> str:
    text = escape(short(cell))
    if isinstance(cell, ox.NamedNode) and cell.value.startswith(("http://", "https://")):
        return f'<a href="{escape(cell.value)}">{text}</a>'
    return text
