"""The text of patterns: definitions inserted, units found. `grammar` says what patterns look like."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from cfm_kg.errors import CfmError
from cfm_kg.packs.alphabet import Choice

UNIT = r"\{(?!\d+(?:,\d*)?\}|,\d+\})[^{}]*\}"
"""A unit in a pattern; braces around numbers are how often something may stand."""

_UNIT = re.compile(UNIT)
_DEFINITION = re.compile(r"@([A-Z_]+)")
_CLASS = re.compile(r"[A-Z][A-Z_0-9]+$")
_BLANKS = re.compile(r"\s+")
_DEPTH = 12
"""Definitions within definitions: more than this is a circle."""


class Unit(NamedTuple):
    """One unit of a pattern: which classes it must have, or must not have. No choice stands for any unit."""

    choice: Choice
    negative: bool


def is_class(word: str) -> bool:
    """Whether a word of a pattern names a class."""
    return _CLASS.match(word) is not None


def literal_class(word: str) -> str:
    """The class of the one word `word`."""
    return f"={word.casefold()}"


@cache
def unit(written: str) -> Unit:
    """A unit as patterns write it, braces and all."""
    content = written[1:-1]
    if content == "*":
        return Unit(frozenset(), False)
    words = content.removeprefix("!").split("|")
    return Unit(frozenset(w if is_class(w) else literal_class(w) for w in words), content.startswith("!"))


def units(pattern: str) -> Iterator[Unit]:
    """The units of an expanded pattern in their order."""
    return (unit(written) for written in _UNIT.findall(pattern))


def words_of(pattern: str) -> Iterator[str]:
    """The words that an expanded pattern names literally."""
    for choice, _ in units(pattern):
        yield from (name[1:] for name in choice if name[0] == "=" and name not in ("=", "=*"))


def expand(pattern: str, definitions: Mapping[str, str], where: str) -> str:
    """Insert definitions until none is left. Raises CfmError for an unknown one."""

    def insert(match: re.Match[str]) -> str:
        if match[1] not in definitions:
            raise CfmError(f"unknown definition @{match[1]}", where=where, remedy="define it in the pack")
        return f"(?:{definitions[match[1]]})"

    for _ in range(_DEPTH):
        expanded = _DEFINITION.sub(insert, pattern)
        if expanded == pattern:
            return expanded
        pattern = expanded
    raise CfmError("a definition contains itself", where=where, remedy="break the circle")


def translated(pattern: str, letters: Callable[[Unit], str]) -> str:
    """The regular expression that an expanded pattern stands for. `letters` writes each unit."""
    parts: list[str] = []
    position = 0
    for match in _UNIT.finditer(pattern):
        parts += _BLANKS.sub("", pattern[position : match.start()]), letters(unit(match[0]))
        position = match.end()
    return "".join((*parts, _BLANKS.sub("", pattern[position:])))
