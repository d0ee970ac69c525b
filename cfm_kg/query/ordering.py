"""Sorting rows here instead of in the engine, which looks both terms up in its files for each comparison."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from cfm_kg.query.results import Cell
from cfm_kg.vocab import RDF, XSD

_KEY = r"(?:\?(\w+)|(DESC)\s*\(\s*\?(\w+)\s*\)|STR\s*\(\s*\?(\w+)\s*\))"
_CLAUSE = re.compile(rf"^ORDER\s+BY((?:\s+{_KEY})+)\s*\Z", re.MULTILINE)
"""The clause as the last thing of a query, on a line of its own: there it is in no comment and no subquery."""
_NUMERIC = frozenset({XSD("integer"), XSD("decimal")})
_BY_TEXT = frozenset(
    {XSD(name) for name in ("string", "boolean", "date", "gYear", "gYearMonth")} | {RDF("langString")}
)
"""What sorts as it is written. Dates less exact come before those that lie in them."""


class CannotSort(Exception):
    """A value that the engine knows better to compare."""


@dataclass(frozen=True, slots=True)
class Order:
    """One variable to sort by."""

    variable: str
    descending: bool
    as_text: bool


def split_order(text: str) -> tuple[str, tuple[Order, ...]]:
    """A query without the ORDER BY at its end, and what that says. Nothing is taken off if it is no simple one."""
    match = _CLAUSE.search(text)
    if match is None:
        return text, ()
    found = re.finditer(_KEY, match[1])
    keys = tuple(Order(plain or down or string, down is not None, string is not None) for plain, _, down, string in
                 (one.groups() for one in found))
    return text[: match.start()], keys


def sort_rows(
    rows: Iterable[tuple[Cell, ...]], variables: tuple[str, ...], order: tuple[Order, ...]
) -> tuple[tuple[Cell, ...], ...]:
    """The rows in this order. Raises CannotSort for values whose order is not that of their text or number."""
    ordered = list(rows)
    for key in reversed(order):  # sorting keeps the order of equals
        column = variables.index(key.variable)
        rank = _text_rank if key.as_text else _rank
        ordered.sort(key=lambda row, column=column, rank=rank: rank(row[column]), reverse=key.descending)
    return tuple(ordered)


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
            return 3, Decimal(cell.value), ""
        raise CannotSort(kind)
    if isinstance(cell, ox.BlankNode):
        return 1, cell.value, ""
    raise CannotSort(str(cell))


def _text_rank(cell: Cell) -> tuple[int, Decimal | str, str]:
    return (4, cell.value, "") if isinstance(cell, ox.NamedNode | ox.Literal) else (0, "", "")
