"""A text's lines, with what their shape alone tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from cfm_kg.model import Span

LONG = 4000
"""Lines longer than this are prose without a closer look, so that no pattern meets a line of megabytes."""
_CLOSED = re.compile(r"[.!?;:…][\"'”’»)\]]*$")
_SENTENCE_BREAK = re.compile(r"[^\W\d_]{3,}[.!?…][\"”’»)]?\s+[\"“«(]?[^\W\d_a-zа-яё]")
_ITEM = re.compile(
    r"(?:[-–—•*·‣▪●○■□►▶>+✓✔◆◇]|[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]\ufe0f?)\s*(?=\S)"
    r"|\(?\d{1,2}\)\s*(?=\S)|\d{1,2}\.(?![a-z]{2,4},)\s*(?=[^\W\d_]|[\"“«])|\(?[a-zа-яё]\)\s*(?=\S)|\([ivx]{1,4}\)\s"
)
_DASHES = "-–—"
_ASKED = ("?", "?»", "?”", '?"')
_QUESTIONS = 2
_NO_LETTERS = re.compile(r"[\W\d_]*$")


class Hint(Enum):
    """What the markup of a page says of a line."""

    NOISE = "noise"
    """Marked as a menu, a share box and the like, or outside the main text."""
    DATE = "date"
    TITLE = "title"
    HEADING = "heading"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the white space around it. `prose` tells sentences from headings and menus."""

    span: Span
    text: str
    after_blank: bool
    prose: bool
    item: bool
    hint: Hint | None = None

    @property
    def bare(self) -> bool:
        """Whether it has no letter at all."""
        return len(self.text) < LONG and _NO_LETTERS.match(self.text) is not None


def split_lines(text: str, hints: Sequence[Hint | None] = ()) -> tuple[Line, ...]:
    """The lines of `text` that are not blank. `hints` belong to them in order, where there are any."""
    lines = tuple(_lines(text, hints))
    return (
        tuple([replace(line, item=False) if _dashed(line) else line for line in lines])
        if _talks(lines)
        else lines
    )


def _talks(lines: Sequence[Line]) -> bool:
    """Whether dashes open what people say: some of it is questions."""
    return sum(_dashed(line) and line.text.endswith(_ASKED) for line in lines) >= _QUESTIONS


def _dashed(line: Line) -> bool:
    return line.text[0] in _DASHES and line.hint is not Hint.ITEM


def _lines(text: str, hints: Sequence[Hint | None]) -> Iterator[Line]:
    position, number, after_blank = 0, 0, True
    for raw in text.split("\n"):
        content = raw.strip()
        if content:
            start = position + raw.index(content[0])
            hint = hints[number] if number < len(hints) else None
            yield Line(
                span=Span(start, start + len(content)),
                text=content,
                after_blank=after_blank,
                prose=is_prose(content),
                item=hint is Hint.ITEM or is_item(content),
                hint=hint,
            )
            number += 1
        after_blank = not content
        position += len(raw) + 1


def is_prose(text: str) -> bool:
    """Whether a line reads as a sentence or more: long and closed, or of several sentences."""
    size = len(text)
    if size < 60:
        return False
    if size > 300:
        return True
    if _CLOSED.search(text[-6:]) and size >= 80:
        return True
    return size >= 110 and _SENTENCE_BREAK.search(text) is not None


def is_item(text: str) -> bool:
    """Whether a line is an item of a list: it begins with a bullet or a number, or ends with a semicolon."""
    return starts_item(text) or text.endswith(";")


def starts_item(text: str) -> bool:
    """Whether a line begins with a bullet, a number or a letter of a list."""
    return _ITEM.match(text) is not None


def folded(text: str) -> str:
    """`text` in lower case with nothing but its letters, digits and single spaces, to compare lines by."""
    return " ".join(re.findall(r"\w+", text[:LONG].lower()))
