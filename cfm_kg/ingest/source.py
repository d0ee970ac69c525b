"""What comes of a place: a source, or a refusal that says why there is none."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any, Protocol

from cfm_kg.model import Source

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest file that is read."""


REMEDY = "; what to do: "
"""What leads from why a place is refused to what can be done."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A place, or a part of one, that gave no article. `reason` says why and what to do."""

    name: str
    reason: str


class File(Protocol):
    """What is read of a file: a `pathlib.Path` here, or one in an object store."""

    def stat(self) -> Any:
        """What has its size in bytes as `st_size`. Raises OSError."""

    def read_bytes(self) -> bytes:
        """All of it. Raises OSError."""

    def open(self, mode: str, /) -> IO[Any]:
        """It as a stream. Raises OSError."""


def make_source(
    name: str,
    data: bytes,
    media_type: str,
    *,
    url: str | None = None,
    retrieved: str | None = None,
    metadata: Mapping[str, str] | None = None,
) -> Source:
    """A source with its checksum."""
    digest = hashlib.sha256(data).hexdigest()
    return Source(name, data, digest, media_type, url, retrieved, metadata or {})


def with_title(title: str | None, text: str) -> tuple[bytes, str]:
    """The bytes and media type of an article that a container holds as a title and a text or markup."""
    if "</" in text and "<" in text.split("</", 1)[0]:
        head = f"<h1>{_escaped(title)}</h1>\n" if title else ""
        return f"<!DOCTYPE html><body>{head}{text}</body>".encode(), "text/html; charset=utf-8"
    if title and title.strip() and not text.lstrip().startswith(title.strip()):
        text = f"{title.strip()}\n\n{text}"
    return text.encode(), "text/plain; charset=utf-8"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
