"""What tables there are: each is a query whose header describes its columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from cfm_kg.errors import CfmError
from cfm_kg.query.catalogue import NamedQuery, header, read_query
from cfm_kg.resources import queries_dir

TYPES = ("boolean", "date", "integer", "iri", "number", "string")
"""`date` is a day, month or year by ISO 8601, as text."""
_COLUMN = re.compile(r"(\w+)\s+(\w+)((?:\s+[\w-]+(?:=\S+)?)*)\s+—\s+(.+)")
_OPTIONS = frozenset({"required", "references", "one-of"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `references`: the table whose key it repeats; `choices`: the only values."""

    name: str
    type: str
    text: str
    required: bool = False
    references: str | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its query. `key`: the columns that tell rows apart, if fewer than all do."""

    name: str
    query: NamedQuery
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()


def tables(folder: str = "tables") -> tuple[Table, ...]:
    """The tables of a folder of queries, by name. Raises CfmError where a header is faulty."""
    paths = sorted((queries_dir() / folder).glob("*.rq"))
    if not paths:
        raise CfmError(
            "there are no queries for tables",
            where=str(queries_dir() / folder),
            remedy="install cfm-kg again",
        )
    return tuple(read_table(path) for path in paths)


def read_table(path: Path) -> Table:
    """A table from its file. Raises CfmError where the header is faulty."""
    query = read_query(path)
    fields = header(query.text)
    columns = tuple(_column(value, f"{path}:{at}") for key, value, at in fields if key == "column")
    names = {column.name for column in columns}
    keys = tuple(name for field, value, _ in fields if field == "key" for name in value.split())
    if not columns or not names.issuperset(keys):
        raise CfmError(
            "the table's header lacks columns", where=str(path), remedy="write `# column: …` for each"
        )
    return Table(path.stem, query, columns, keys)


def _column(line: str, where: str) -> Column:
    match = _COLUMN.fullmatch(line)
    if match is None or match.group(2) not in TYPES:
        raise CfmError(
            f"this is not a column: {line!r}",
            where=where,
            why="it must read `name type [required] [references=table] [one-of=a|b] — text`",
            remedy="types are " + ", ".join(TYPES),
        )
    name, kind, options, text = match.groups()
    settings = dict(option.partition("=")[::2] for option in options.split())
    if unknown := settings.keys() - _OPTIONS:
        raise CfmError(f"unknown option {min(unknown)!r} of a column", where=where)
    choices = tuple(settings["one-of"].split("|")) if "one-of" in settings else ()
    return Column(name, kind, text.strip(), "required" in settings, settings.get("references"), choices)
