"""A source's text, with what its format tells of lines and of the article as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cfm_kg.clean.blocks import Hint
from cfm_kg.clean.decode import decode, normalise
from cfm_kg.clean.wrapping import unwrapped
from cfm_kg.model import Source

_PAGES = ("text/html", "application/xhtml+xml")
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Content:
    """The final text. `hints` belong to its lines that are not blank, in order."""

    text: str
    metadata: Mapping[str, str]
    hints: tuple[Hint | None, ...] = ()


def content(source: Source) -> Content:
    """The text of `source` by its media type. Raises CfmError where it cannot be read."""
    # Readers of formats are imported when one comes, since they take longer to load than to read a text.
    media_type = source.media_type.partition(";")[0].strip().lower()
    if media_type in _PAGES:
        from cfm_kg.clean.html import read_html

        return read_html(source.data, source.name, source.metadata, charset(source), source.url)
    if media_type == "text/markdown":
        from cfm_kg.clean.html import read_html
        from cfm_kg.clean.markdown import to_html

        page, told = to_html(decode(source.data, name=source.name, declared=charset(source)))
        return read_html(page.encode(), source.name, {**told, **source.metadata}, "utf-8", source.url)
    if media_type in ("application/pdf", _WORD):
        from cfm_kg.clean.office import read_docx, read_pdf

        read = read_docx if media_type == _WORD else read_pdf
        text, told = read(source.data, source.name)
        return Content(normalise(text), {**told, **source.metadata})
    return Content(
        unwrapped(decode(source.data, name=source.name, declared=charset(source))), source.metadata
    )


def charset(source: Source) -> str | None:
    """The character set that the media type declares."""
    _, _, parameter = source.media_type.partition("charset=")
    return parameter.strip(" \"'") or None
