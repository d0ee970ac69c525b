"""A source's text, with what its format tells of lines and of the article as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cfm_kg.clean.blocks import Hint
from cfm_kg.clean.decode import decode
from cfm_kg.model import Source


@dataclass(frozen=True, slots=True)
class Content:
    """The final text. `hints` belong to its lines that are not blank, in order."""

    text: str
    metadata: Mapping[str, str]
    hints: tuple[Hint | None, ...] = ()


def content(source: Source) -> Content:
    """The text of `source` by its media type. Raises CfmError where it cannot be read."""
    media = source.media_type.partition(";")[0].strip().lower()
    if media in ("text/html", "application/xhtml+xml"):
        from cfm_kg.clean.html import read_html

        return read_html(source)
    return Content(decode(source.data, name=source.name, declared=charset(source)), source.metadata)


def charset(source: Source) -> str | None:
    """The character set that the media type declares."""
    _, _, parameter = source.media_type.partition("charset=")
    return parameter.strip(" \"'") or None
