"""The letters that patterns are matched on: one character for all units that no pattern tells apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import msgspec

from cfm_kg.errors import CfmError

_FIRST_CODE = 0x3400
_CODES = 40_000
"""Ideographs and Hangul serve as codes. They have 16 bits: `re` finds these in a set by a table, greater
ones by going through its ranges. Tables take most of the time of compiling, but that is done once."""

Choice = frozenset[str]
"""Classes of which a unit must have one: what `{A|B}` in a pattern stands for."""


class Letters(msgspec.Struct, frozen=True):
    """What an alphabet is made of."""

    choices: tuple[tuple[str, ...], ...]
    """All choices that patterns use, the most used one first."""
    kinds: tuple[tuple[int, ...], ...]
    """For each letter the numbers of the choices that it meets."""
    sets: tuple[tuple[tuple[str, ...], int], ...]
    """Sets of classes, each with the number of its letter."""
    members: tuple[str, ...]
    """For each choice its letters, as the inside of a `[…]`."""


class Alphabet:
    """A character for each set of classes; sets that all of a language's patterns treat alike share one.

    The characters are ordered so that the choices that patterns use most are few ranges of them:
    short patterns compile fast.
    """

    def __init__(self, letters: Letters) -> None:
        self._letters = letters
        self._by_kind = {kind: _letter(number) for number, kind in enumerate(letters.kinds)}
        self._codes = {frozenset(classes): _letter(number) for classes, number in letters.sets}
        self._classes = {code: classes for classes, code in reversed(self._codes.items())}

    @classmethod
    def of(cls, used: Iterable[Choice], sets: Iterable[frozenset[str]]) -> Alphabet:
        """`used` has each choice as often as patterns use it; `sets` are those that units can have.

        Raises CfmError where there are too many.
        """
        return cls(letters(used, sets))

    def code(self, classes: frozenset[str]) -> str:
        """The character for a set of classes."""
        known = self._codes.get(classes)
        return self._new(classes) if known is None else known

    def classes(self, code: str) -> frozenset[str]:
        """One of the sets that a character stands for: patterns do not tell it from the others."""
        return self._classes[code]

    def having(self, choice: Choice) -> str:
        """The characters of a used choice, as the inside of a `[…]`; sets met later have no part in it."""
        return self._letters.members[self._numbers[choice]]

    @cached_property
    def _numbers(self) -> Mapping[Choice, int]:
        return {frozenset(choice): number for number, choice in enumerate(self._letters.choices)}

    @cached_property
    def _ranks(self) -> Mapping[str, Sequence[int]]:
        return _ranks(self._letters.choices)

    def _new(self, classes: frozenset[str]) -> str:
        kind = _kind(classes, self._ranks)
        code = self._by_kind.get(kind)
        if code is None:
            code = self._by_kind[kind] = _letter(len(self._by_kind))
            self._classes[code] = classes
        self._codes[classes] = code
        return code


def letters(used: Iterable[Choice], sets: Iterable[frozenset[str]]) -> Letters:
    """The letters for the choices that patterns use, as often as they do, and the sets that units can have.

    Raises CfmError where there are too many.
    """
    ranked = sorted(Counter(used).items(), key=lambda pair: (-pair[1], sorted(pair[0])))
    choices = tuple([tuple(sorted(choice)) for choice, _ in ranked])
    ranks, numbers, numbered = _ranks(choices), dict[tuple[int, ...], int](), []
    for kind, classes in sorted((_kind(each, ranks), tuple(sorted(each))) for each in sets):
        numbered.append((classes, numbers.setdefault(kind, len(numbers))))
    members: list[list[int]] = [[] for _ in choices]
    for kind, number in numbers.items():
        for rank in kind:
            members[rank].append(ord(_letter(number)))
    return Letters(choices, tuple(numbers), tuple(numbered), tuple([_inside(some) for some in members]))


def _letter(number: int) -> str:
    if number >= _CODES:
        raise CfmError("too many different sets of word classes", remedy="merge classes of the pack")
    return chr(_FIRST_CODE + number)


def _ranks(choices: Sequence[Iterable[str]]) -> Mapping[str, Sequence[int]]:
    """For each class the numbers of the choices that it meets."""
    ranks: dict[str, list[int]] = defaultdict(list)
    for rank, choice in enumerate(choices):
        for name in choice:
            ranks[name].append(rank)
    return ranks


def _kind(classes: frozenset[str], ranks: Mapping[str, Sequence[int]]) -> tuple[int, ...]:
    """The choices that a unit of these classes meets, the most used one first."""
    return tuple(sorted({rank for name in classes for rank in ranks.get(name, ())}))


def _inside(points: Iterable[int]) -> str:
    return "".join(chr(a) if a == b else f"{chr(a)}-{chr(b)}" for a, b in _ranges(points))


def _ranges(points: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Rising numbers as first and last of each run."""
    first = last = None
    for point in points:
        if first is None or last is None:
            first = point
        elif point != last + 1:
            yield first, last
            first = point
        last = point
    if first is not None and last is not None:
        yield first, last
