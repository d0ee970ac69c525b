"""What describes tables: a data package by Frictionless (v1), and a dictionary for people."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cfm_kg.tables.rows import Filled
from cfm_kg.tables.schema import Column

Json = dict[str, Any]
_DATE = r"-?[0-9]{4,}(-[0-9]{2}(-[0-9]{2})?)?"
_MEDIA_TYPES = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


@dataclass(frozen=True, slots=True)
class Written:
    """A table's file: its path in the package and its content."""

    filled: Filled
    path: str
    content: bytes


def datapackage(written: Sequence[Written]) -> bytes:
    """`datapackage.json` of the files. The same tables give the same bytes: there is no date in it."""
    keys = {one.filled.table.name: one.filled.table.key for one in written}
    tabular = all(one.path.endswith(".csv") for one in written)
    content: Json = {
        "profile": "tabular-data-package" if tabular else "data-package",
        "name": "cfm-kg",
        "title": "Meetings of intergovernmental councils, from the news",
        "description": "Tables of a cfm-kg store; every fact has its words in the table of claims.",
        "resources": [_resource(one, keys) for one in written],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(one: Written, keys: dict[str, tuple[str, ...]]) -> Json:
    table = one.filled.table
    suffix = one.path.rpartition(".")[2]
    schema: Json = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    references = [column for column in table.columns if column.references]
    if references:
        schema["foreignKeys"] = [
            {"fields": c.name, "reference": {"resource": c.references, "fields": keys[str(c.references)][0]}}
            for c in references
        ]
    resource: Json = {
        "name": table.name,
        "path": one.path,
        "title": table.query.title,
        "description": table.query.description,
        "format": suffix,
        "mediatype": _MEDIA_TYPES[suffix],
        "bytes": len(one.content),
        "hash": "sha256:" + hashlib.sha256(one.content).hexdigest(),
        "schema": schema,
    }
    return resource | ({"profile": "tabular-data-resource", "encoding": "utf-8"} if suffix == "csv" else {})


def _field(column: Column) -> Json:
    field: Json = {"name": column.name, "type": "string", "description": column.text}
    constraints: Json = {"required": True} if column.required else {}
    if column.type == "iri":
        field["format"] = "uri"
    elif column.type == "date":
        constraints["pattern"] = _DATE
    elif column.type != "string":
        field["type"] = column.type
    if column.choices:
        constraints["enum"] = list(column.choices)
    return field | ({"constraints": constraints} if constraints else {})


def dictionary(written: Sequence[Written]) -> bytes:
    """The data dictionary as Markdown: what each table and column means."""
    lines = ["# Data dictionary", ""]
    lines += [
        "What is unknown is empty. Dates are ISO 8601, as exact as the source: a day, a month or a year."
    ]
    for one in written:
        table = one.filled.table
        lines += ["", f"## {table.query.title} (`{one.path}`)", "", table.query.description, ""]
        if table.key:
            lines += [f"Key: {', '.join(f'`{name}`' for name in table.key)}.", ""]
        lines += ["| column | type | meaning |", "| --- | --- | --- |"]
        lines += [f"| `{c.name}` | {c.type} | {_meaning(c)} |" for c in table.columns]
    return ("\n".join(lines) + "\n").encode()


def _meaning(column: Column) -> str:
    parts = [column.text]
    if column.choices:
        parts.append("one of " + ", ".join(f"`{choice}`" for choice in column.choices))
    if column.references:
        parts.append(f"in the table `{column.references}`")
    if column.required:
        parts.append("never empty")
    return "; ".join(parts)
