"""Patterns over units: regular expressions whose letters are classes of words.

A pattern is a regular expression in which `{…}` stands for one unit: `{MONTH}` one of a class,
`{of|for}` one of these words, `{MONTH|NUM}` either, `{!MONTH}` one that is not, `{*}` any. `@NAME`
inserts a definition. Blanks do not count. Each set of classes has one character of its own, a
sentence is the string of these, and so a pattern is an ordinary compiled `re` pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cfm_kg.errors import CfmError

_UNIT = re.compile(r"\{(?!\d+(?:,\d*)?\}|,\d+\})([^{}]*)\}")
_DEFINITION = re.compile(r"@([A-Z_]+)")
_CLASS = re.compile(r"[A-Z][A-Z_0-9]+$")
_FIRST_CODE = 0x4E00
_CODES = 20_000
"""Ideographs serve as codes: a block of letters that is large enough."""


def is_class(word: str) -> bool:
    """Whether a word of a pattern names a class."""
    return _CLASS.match(word) is not None


def literal_class(word: str) -> str:
    """The class of the one word `word`."""
    return f"={word.casefold()}"


class Alphabet:
    """One character for each set of classes that a unit can have."""

    def __init__(self) -> None:
        self._codes: dict[frozenset[str], str] = {}

    def code(self, classes: frozenset[str]) -> str:
        """The character for a set of classes; the same set always has the same one."""
        known = self._codes.get(classes)
        if known is None:
            if len(self._codes) >= _CODES:
                raise CfmError("too many different sets of word classes", remedy="merge classes of the pack")
            known = self._codes[classes] = chr(_FIRST_CODE + len(self._codes))
        return known

    def having(self, names: Iterable[str]) -> str:
        """All characters whose set has one of `names`, as the inside of a `[…]`."""
        wanted = set(names)
        points = sorted(ord(code) for classes, code in self._codes.items() if not wanted.isdisjoint(classes))
        return "".join(chr(a) if a == b else f"{chr(a)}-{chr(b)}" for a, b in _ranges(points))


def _ranges(points: list[int]) -> Iterator[tuple[int, int]]:
    first = last = None
    for point in points:
        if last is not None and first is not None and point != last + 1:
            yield first, last
            first = None
        first = point if first is None else first
        last = point
    if first is not None and last is not None:
        yield first, last


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern with what its match means."""

    name: str
    pattern: str
    compiled: re.Pattern[str]
    means: Mapping[str, str]


class Grammar:
    """The rules of a language, by group, ready to match `Sentence.codes`."""

    def __init__(self, groups: Mapping[str, tuple[Rule, ...]]) -> None:
        self._groups = groups

    def rules(self, group: str) -> tuple[Rule, ...]:
        """The rules of a group in the pack's order; empty where the pack has none."""
        return self._groups.get(group, ())

    def matches(self, group: str, codes: str) -> Iterator[tuple[Rule, re.Match[str]]]:
        """All matches of a group's rules, rule by rule."""
        for rule in self.rules(group):
            for match in rule.compiled.finditer(codes):
                yield rule, match

    def has(self, group: str, codes: str) -> bool:
        """Whether a rule of the group matches."""
        return any(rule.compiled.search(codes) for rule in self.rules(group))


def expand(pattern: str, definitions: Mapping[str, str], where: str) -> str:
    """Insert definitions until none is left. Raises CfmError for an unknown one."""

    def insert(match: re.Match[str]) -> str:
        if match[1] not in definitions:
            raise CfmError(f"unknown definition @{match[1]}", where=where, remedy="define it in the pack")
        return f"(?:{definitions[match[1]]})"

    for _ in range(12):
        expanded = _DEFINITION.sub(insert, pattern)
        if expanded == pattern:
            return expanded
        pattern = expanded
    raise CfmError("a definition contains itself", where=where, remedy="break the circle")


def words_of(pattern: str) -> Iterator[str]:
    """The words that an expanded pattern names literally."""
    for content in _UNIT.findall(pattern):
        for word in content.lstrip("!").split("|"):
            if word and word != "*" and not is_class(word):
                yield word


def compile_rule(name: str, pattern: str, means: Mapping[str, str], alphabet: Alphabet) -> Rule:
    """Compile an expanded pattern; all classes must be known to the alphabet. Raises CfmError."""

    def unit(match: re.Match[str]) -> str:
        content = match[1]
        if content == "*":
            return "."
        negative = content.startswith("!")
        names = [w if is_class(w) else literal_class(w) for w in content.lstrip("!").split("|")]
        inside = alphabet.having(names)
        if not inside:
            return "." if negative else "(?!)"
        return f"[^{inside}]" if negative else f"[{inside}]"

    body = "".join(_outside(pattern, unit))
    try:
        return Rule(name, pattern, re.compile(body, re.DOTALL), means)
    except re.error as error:
        raise CfmError(
            f"the pattern of rule {name!r} is not valid", why=str(error), remedy=f"mend {pattern!r}"
        ) from error


def _outside(pattern: str, unit: object) -> Iterator[str]:
    assert callable(unit)
    position = 0
    for match in _UNIT.finditer(pattern):
        yield re.sub(r"\s+", "", pattern[position : match.start()])
        yield unit(match)
        position = match.end()
    yield re.sub(r"\s+", "", pattern[position:])
