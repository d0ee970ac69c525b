"""JSON and JSON Lines: records with `url`, `title`, `published`, `publisher`, `text`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from cfm_kg.ingest.source import Refused, make_source, with_title
from cfm_kg.model import Source

_REMEDY = "what to do: give each record a `text`, and where known `title`, `url`, `published`, `publisher`"
_LISTS = ("articles", "items", "records", "data")


def from_json(name: str, data: bytes) -> Iterator[Source | Refused]:
    """The articles of a JSON file: one record, a list of records, or an object that holds such a list."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        yield Refused(name, f"it is not JSON: {error}; what to do: check the file, or name it .jsonl or .txt")
        return
    records = _records(content)
    if len(records) == 1:
        yield _article(name, records[0])
        return
    for number, record in enumerate(records, start=1):
        yield _article(f"{name}#{number}", record)


def from_json_lines(name: str, data: bytes) -> Iterator[Source | Refused]:
    """The articles of a file with one JSON record a line. A broken line is refused, the others are read."""
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        part = f"{name}#{number}"
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Refused(part, f"line {number} is not JSON: {error}; what to do: correct the line")
            continue
        yield _article(part, record)


def _records(content: Any) -> list[Any]:
    if isinstance(content, list):
        return content
    if isinstance(content, dict) and "text" not in content:
        for key in _LISTS:
            if isinstance(content.get(key), list):
                return list(content[key])
    return [content]


def _article(name: str, record: Any) -> Source | Refused:
    if not isinstance(record, dict):
        return Refused(name, f"the record is no object; {_REMEDY}")
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        return Refused(name, f"the record has no text; {_REMEDY}")
    told = {key: _string(record.get(key)) for key in ("title", "published", "publisher", "language")}
    url = _string(record.get("url"))
    data, media_type = with_title(told["title"], text)
    metadata = {key: value for key, value in told.items() if value}
    return make_source(name, data, media_type, url=url, metadata=metadata)


def _string(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
