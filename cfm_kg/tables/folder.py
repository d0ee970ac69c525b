"""Tables as files in a folder, with a data dictionary and a Frictionless data package beside them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.tables.package import Written, datapackage, dictionary
from cfm_kg.tables.rows import Filled, Value, fill
from cfm_kg.tables.schema import Column, tables

_EXTRA = "pip install 'cfm-kg[tables]'"


def write_tables(
    store: ox.Store, folder: Path, form: str = "csv", heard: Callable[[str], None] = lambda _: None
) -> list[Path]:
    """Write all tables of a store as `csv` or `parquet`; the files' paths. Raises CfmError.

    `heard` is told of each table with its number of rows, and of rows left out because their key is taken.
    """
    written: list[Written] = []
    for table in tables():
        filled = fill(table, store)
        written.append(Written(filled, f"{table.name}.{form}", _WRITERS[form](filled)))
        left = f" ({filled.left_out} left out: their things have several values)" if filled.left_out else ""
        heard(f"  {table.name}: {len(filled.rows)} rows{left}")
    files = {one.path: one.content for one in written}
    files |= {"datapackage.json": datapackage(written), "dictionary.md": dictionary(written)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise CfmError(
            "the tables cannot be written",
            where=str(folder),
            why=error.strerror,
            remedy="choose another --out",
        ) from error
    return [folder / name for name in files]


def write_csv(filled: Filled) -> bytes:
    """The table by RFC 4180 in UTF-8: what is unknown is empty."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.name for column in filled.table.columns)
    writer.writerows([_text(value) for value in row] for row in filled.rows)
    return out.getvalue().encode()


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def write_parquet(filled: Filled) -> bytes:
    """The table as Parquet, each column with its description. Raises CfmError without pyarrow."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise CfmError("Parquet needs a package that is not installed", remedy=_EXTRA) from error
    kinds = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}

    def field(column: Column) -> pa.Field:
        kind = kinds.get(column.type, pa.string())
        return pa.field(column.name, kind, not column.required, {"description": column.text})

    schema = pa.schema([field(column) for column in filled.table.columns])
    names = [column.name for column in filled.table.columns]
    rows = [dict(zip(names, row, strict=True)) for row in filled.rows]
    out = pa.BufferOutputStream()
    parquet.write_table(pa.Table.from_pylist(rows, schema=schema), out)
    return bytes(out.getvalue())


_WRITERS: Mapping[str, Callable[[Filled], bytes]] = MappingProxyType(
    {"csv": write_csv, "parquet": write_parquet}
)
FORMS = tuple(_WRITERS)
"""Forms that tables are written in."""
