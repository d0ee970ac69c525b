"""The rows of a table, typed and in a stable order."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.query.results import Cell, plain
from cfm_kg.query.run import run
from cfm_kg.tables.schema import Column, Table

Value = str | int | float | bool | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """A table with its rows. `left_out`: rows whose key another has, since a thing has two values."""

    table: Table
    rows: tuple[Row, ...]
    left_out: int = 0


def fill(table: Table, store: ox.Store) -> Filled:
    """The table's rows, sorted by key, then by all columns. Raises CfmError."""
    result = run(table.query, store, {})
    if result.variables != tuple(column.name for column in table.columns):
        raise CfmError(
            "the query selects other columns than its header describes",
            where=str(table.query.path),
            remedy="describe what it selects, in the same order",
        )
    pairs = list(zip(range(len(table.columns)), table.columns, strict=True))
    rows = {tuple(_value(cells[i], column, table) for i, column in pairs) for cells in result.rows}
    places = [i for i, column in pairs if column.name in table.key]
    ordered = sorted(rows, key=lambda row: [_order(row[i]) for i in (*places, *range(len(row)))])
    if not places:
        return Filled(table, tuple(ordered))
    first: dict[tuple[Value, ...], Row] = {}
    for row in ordered:
        first.setdefault(tuple(row[i] for i in places), row)
    return Filled(table, tuple(first.values()), len(ordered) - len(first))


def _value(cell: Cell, column: Column, table: Table) -> Value:
    if cell is None:
        if column.required:
            raise _faulty("nothing", column, table)
        return None
    text = plain(cell)
    try:
        if column.type == "integer":
            return int(text)
        if column.type == "number":
            return float(Decimal(text))
    except (ValueError, ArithmeticError) as error:
        raise _faulty(text, column, table) from error
    if column.type == "boolean":
        return text == "true"
    if column.choices and text not in column.choices:
        raise _faulty(text, column, table)
    return text


def _faulty(text: str, column: Column, table: Table) -> CfmError:
    return CfmError(
        f"the graph has {text} for the column {column.name} of the table {table.name}",
        why=f"the column is {column.text}",
        remedy="check the graph with `cfm-kg validate`",
    )


def _order(value: Value) -> tuple[bool, Value | str]:
    return value is not None, "" if value is None else value
