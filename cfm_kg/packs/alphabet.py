"""The letters that patterns are matched on: one character for all units that no pattern tells apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from cfm_kg.errors import CfmError

_FIRST_CODE = 0x20000
_CODES = 40_000
"""Ideographs serve as codes, of a block beyond 16 bits: `re` makes a table of 65,536 entries for each
set of smaller letters, which takes most of the time of compiling."""

Choice = frozenset[str]
"""Classes of which a unit must have one: what `{A|B}` in a pattern stands for."""


class Alphabet:
    """A character for each set of classes; sets that all of a language's patterns treat alike share one.

    The characters are ordered so that the choices that patterns use most are few ranges of them:
    short patterns compile fast.
    """

    def __init__(self, used: Iterable[Choice], sets: Iterable[frozenset[str]]) -> None:
        """`used` has each choice as often as patterns use it; `sets` are those that units can have.

        Raises CfmError where there are too many.
        """
        ranked = sorted(Counter(used).items(), key=lambda pair: (-pair[1], sorted(pair[0])))
        self._choices = {choice: rank for rank, (choice, _) in enumerate(ranked)}
        self._ranks: dict[str, list[int]] = defaultdict(list)
        for choice, rank in self._choices.items():
            for name in choice:
                self._ranks[name].append(rank)
        self._by_kind: dict[tuple[int, ...], str] = {}
        self._codes: dict[frozenset[str], str] = {}
        self._classes: dict[str, frozenset[str]] = {}
        for classes, _ in sorted(((s, self._kind(s)) for s in sets), key=lambda pair: pair[1]):
            self.code(classes)
        self._members = self._members_by_rank()

    def code(self, classes: frozenset[str]) -> str:
        """The character for a set of classes."""
        known = self._codes.get(classes)
        return self._new(classes) if known is None else known

    def classes(self, code: str) -> frozenset[str]:
        """One of the sets that a character stands for: patterns do not tell it from the others."""
        return self._classes[code]

    def having(self, choice: Choice) -> str:
        """The characters of a used choice, as the inside of a `[…]`; sets met later have no part in it."""
        points = self._members.get(self._choices[choice], ())
        return "".join(chr(a) if a == b else f"{chr(a)}-{chr(b)}" for a, b in _ranges(points))

    def _new(self, classes: frozenset[str]) -> str:
        kind = self._kind(classes)
        code = self._by_kind.get(kind)
        if code is None:
            if len(self._by_kind) >= _CODES:
                raise CfmError("too many different sets of word classes", remedy="merge classes of the pack")
            code = self._by_kind[kind] = chr(_FIRST_CODE + len(self._by_kind))
            self._classes[code] = classes
        self._codes[classes] = code
        return code

    def _kind(self, classes: frozenset[str]) -> tuple[int, ...]:
        """The choices that a unit of these classes meets, the most used one first."""
        return tuple(sorted({rank for name in classes for rank in self._ranks.get(name, ())}))

    def _members_by_rank(self) -> Mapping[int, Collection[int]]:
        members: dict[int, list[int]] = defaultdict(list)
        for kind, code in self._by_kind.items():
            for rank in kind:
                members[rank].append(ord(code))
        return members


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
