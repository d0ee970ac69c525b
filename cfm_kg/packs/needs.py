"""What a sentence must have for a pattern to match at all: a cheap test before the dear one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from math import prod

from cfm_kg.packs.alphabet import Choice
from cfm_kg.packs.patterns import UNIT, unit, units

Needs = tuple[Choice, ...]
"""Choices each of which some unit of the sentence must meet."""

_NONE: Needs = ()
_UNUSED: Mapping[str, int] = {}
_PIECE = re.compile(
    rf"""
    (?P<unit>{UNIT})
  | (?P<times>[?*+]|\{{\d*,?\d*\}})
  | (?P<barred>\(\?<?!|\(\?\(\w+\))
  | (?P<open>\((?:\?(?:P<\w+>|:|=|<=|>)|(?!\?)))
  | (?P<close>\))
  | (?P<bar>\|)
  | (?P<blank>\s+)
  | (?P<odd>\[|\(\?)
  | (?P<mark>\\?.)
    """,
    re.VERBOSE | re.DOTALL,
)
_WAYS = 12
"""So many needs at most are made of what alternatives need each."""
_OPTIONAL = re.compile(r"[?*]|\{0*,|\{0*\}")


@dataclass(slots=True)
class _Group:
    """A group of a pattern as far as it is read: its alternatives, each a list of what its parts need."""

    barred: bool = False
    branches: list[list[Needs]] = field(default_factory=lambda: [[]])

    def needs(self, used: Mapping[str, int]) -> Needs:
        if self.barred:
            return _NONE
        branches = [[choice for part in branch for choice in part] for branch in self.branches]
        if len(branches) == 1:
            return tuple(dict.fromkeys(branches[0]))
        if not all(branches):
            return _NONE
        ways = [
            sorted(dict.fromkeys(branch), key=lambda choice: (_use(choice, used), len(choice)))
            for branch in branches
        ]
        if prod(map(len, ways)) > _WAYS:
            ways = [way[:1] for way in ways]
        return tuple({frozenset[str]().union(*way): None for way in product(*ways)})


def needs(pattern: str, used: Mapping[str, int] = _UNUSED) -> Needs:
    """What every match of an expanded pattern needs; nothing where the pattern is not understood.

    Of alternatives with many needs the one counts that is `used` least, which is seldom a word of every day.
    """
    groups = [_Group()]
    for piece in _PIECE.finditer(pattern):
        kind, parts = piece.lastgroup, groups[-1].branches[-1]
        if kind == "unit":
            choice, negative = unit(piece[0])
            parts.append(_NONE if negative or not choice else (choice,))
        elif kind in ("open", "barred"):
            groups.append(_Group(kind == "barred"))
        elif kind == "close" and len(groups) > 1:
            done = groups.pop()
            groups[-1].branches[-1].append(done.needs(used))
        elif kind == "bar":
            groups[-1].branches.append([])
        elif kind == "times":
            if parts and _OPTIONAL.match(piece[0]):
                parts[-1] = _NONE
        elif kind == "mark":
            parts.append(_NONE)
        elif kind != "blank":
            return _NONE
    return groups[0].needs(used) if len(groups) == 1 else _NONE


def numbered(patterns: Iterable[str]) -> tuple[tuple[Choice, ...], Mapping[str, tuple[int, ...]]]:
    """All needs of some patterns, and for each pattern the numbers of its own.

    Those come first whose classes the patterns mention least: anchors are small.
    """
    written = dict.fromkeys(patterns)
    used = Counter(name for pattern in written for one in units(pattern) for name in one.choice)
    needed = {pattern: needs(pattern, used) for pattern in written}
    found = {choice for some in needed.values() for choice in some}
    ordered = sorted(found, key=lambda choice: (_use(choice, used), sorted(choice)))
    number = {choice: i for i, choice in enumerate(ordered)}
    return tuple(ordered), {
        pattern: tuple([number[choice] for choice in some]) for pattern, some in needed.items()
    }


def _use(choice: Choice, used: Mapping[str, int]) -> int:
    """How often the patterns mention the classes of a choice."""
    return sum(used.get(name, 0) for name in choice)
