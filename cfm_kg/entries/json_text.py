"""JSON with the place of each part in its text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+')
DEEPEST = 100
"""Levels of brackets up to which JSON is read."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A key of an object, where it stands, and its value."""

    key: str
    start: int
    value: Part


@dataclass(frozen=True, slots=True)
class Part:
    """A value with its span. An object has its pairs in order, repeated keys too; an array its parts."""

    value: str | int | float | bool | tuple[Part, ...] | tuple[Pair, ...] | None
    start: int
    end: int
    kind: str
    """`object`, `array` or `scalar`."""

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """The pairs of an object; none of anything else."""
        found = self.value if self.kind == "object" and isinstance(self.value, tuple) else ()
        return tuple(one for one in found if isinstance(one, Pair))

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of an array, or the value itself."""
        if self.kind != "array" or not isinstance(self.value, tuple):
            return (self,)
        return tuple(one for one in self.value if isinstance(one, Part))

    @property
    def plain(self) -> object:
        """As `json.loads` gives it."""
        if self.kind == "object":
            return {pair.key: pair.value.plain for pair in self.pairs}
        return [one.plain for one in self.parts] if self.kind == "array" else self.value


def read_json(text: str) -> Part:
    """The value that a text holds. Raises SyntaxError with line and column."""
    depth = 0
    for token in _TOKEN.finditer(text):
        depth += (token[0] in "[{") - (token[0] in "]}")
        if depth > DEEPEST:
            raise _fault(text, token.start(), f"brackets stand in more than {DEEPEST} others")
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        trailing = re.compile(r",\s*\Z").search(text, 0, error.pos)
        if trailing and text[error.pos : error.pos + 1] in ("]", "}"):
            raise _fault(text, trailing.start(), "a comma stands before a closing bracket") from error
        raise _fault(text, error.pos, error.msg[0].lower() + error.msg[1:]) from error
    return _Reader(text).part()


def _fault(text: str, offset: int, message: str) -> SyntaxError:
    before = re.split(r"\r\n|\n|\r", text[:offset])
    return SyntaxError(message, ("", len(before), len(before[-1]) + 1, None))


class _Reader:
    """Reads a text that is known to be well-formed."""

    def __init__(self, text: str) -> None:
        self._text, self._tokens = text, _TOKEN.finditer(text)
        self._ahead = next(self._tokens, None)

    def _take(self) -> re.Match[str]:
        found, self._ahead = self._ahead, next(self._tokens, None)
        assert found is not None
        return found

    def part(self) -> Part:
        first = self._take()
        if first[0] == "{":
            pairs = tuple(self._pairs())
            return Part(pairs, first.start(), self._take().end(), "object")
        if first[0] == "[":
            parts = tuple(self._items())
            return Part(parts, first.start(), self._take().end(), "array")
        value = json.loads(first[0])
        if value != value or value in (float("inf"), float("-inf")):
            raise _fault(self._text, first.start(), f"{first[0]} is no number of JSON")
        if isinstance(value, str) and re.search("[\ud800-\udfff]", value):
            raise _fault(self._text, first.start(), "half of a character stands alone")
        return Part(value, first.start(), first.end(), "scalar")

    def _more(self, closing: str) -> bool:
        if self._ahead is not None and self._ahead[0] == ",":
            self._take()
        return self._ahead is not None and self._ahead[0] != closing

    def _pairs(self) -> Iterator[Pair]:
        while self._more("}"):
            key = self._take()
            self._take()
            yield Pair(json.loads(key[0]), key.start(), self.part())

    def _items(self) -> Iterator[Part]:
        while self._more("]"):
            yield self.part()
