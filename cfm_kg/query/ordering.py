"""Sorting rows here instead of in the engine, which looks both terms up in its files for each comparison."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from cfm_kg.query.results import Cell, Result
from cfm_kg.vocab import RDF, XSD

_KEY = r"(?:\?(\w+)|DESC\s*\(\s*\?(\w+)\s*\)|STR\s*\(\s*\?(\w+)\s*\))"
_CLAUSE = re.compile(rf"^ORDER\s+BY((?:\s+{_KEY})+)\s*\Z", re.MULTILINE)
"""The clause as the last thing of a query, on a line of its own: no comment and no subquery holds it."""
_NUMERIC = frozenset({XSD("integer"), XSD("decimal")})
_BY_TEXT = frozenset(
    {XSD(name) for name in ("string", "boolean", "date", "gYear", "gYearMonth")} | {RDF("langString")}
)
"""What sorts as it is written. Dates less exact come before those that lie in them."""


class UnsortableError(Exception):
    """There are values that the engine knows better to compare, or rows lack what they are sorted by."""


@dataclass(frozen=True, slots=True)
class Order:
    """One variable to sort by."""

    variable: str
    descending: bool
    as_text: bool


def split_order(text: str) -> tuple[str, tuple[Order, ...]]:
    """A query without the ORDER BY at its end, and what that says; the text as it is if it says more."""
    match = _CLAUSE.search(text)
    if match is None:
        return text, ()
    found = (one.groups() for one in re.finditer(_KEY, match[1]))
    keys = (Order(name or down or written, bool(down), bool(written)) for name, down, written in found)
    return text[: match.start()], tuple(keys)


def in_order(result: Result, order: tuple[Order, ...]) -> Result:
    """The result with its rows sorted. Raises UnsortableError where that is not by text or number."""
    if any(key.variable not in result.variables for key in order):
        raise UnsortableError
    rows = list(result.rows)
    for key in reversed(order):  # sorting keeps the order of equals
        column = result.variables.index(key.variable)
        rank = _text_rank if key.as_text else _rank
        ranks = [rank(row[column]) for row in rows]
        places = sorted(range(len(rows)), key=ranks.__getitem__, reverse=key.descending)
        rows = [rows[place] for place in places]
    return replace(result, rows=tuple(rows))


def _rank(cell: Cell) -> tuple[int, Decimal | str, str]:
    """SPARQL's order: unbound, blank nodes, IRIs, literals."""
    if cell is None:
        return 0, "", ""
    if isinstance(cell, ox.NamedNode):
        return 2, cell.value, ""
    if isinstance(cell, ox.Literal):
        kind = cell.datatype.value
        if kind in _BY_TEXT:
            return 4, cell.value, cell.language or ""
        if kind in _NUMERIC:
            return 3, _number(cell.value), ""
        raise UnsortableError
    if isinstance(cell, ox.BlankNode):
        return 1, cell.value, ""
    raise UnsortableError


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise UnsortableError from error


def _text_rank(cell: Cell) -> tuple[int, Decimal | str, str]:
    return (4, cell.value, "") if isinstance(cell, ox.NamedNode | ox.Literal) else (0, "", "")
