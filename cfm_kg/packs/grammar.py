"""Patterns over units: regular expressions whose letters are classes of words.

A pattern is a regular expression in which `{…}` stands for one unit: `{MONTH}` one of a class,
`{of|for}` one of these words, `{MONTH|NUM}` either, `{!MONTH}` one that is not, `{*}` any. `@NAME`
inserts a definition. Blanks do not count. Each set of classes has a character, a sentence is the
string of these, and so a pattern is an ordinary `re` pattern, compiled when a sentence first has
what the pattern needs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache, reduce
from operator import or_

from cfm_kg.errors import CfmError
from cfm_kg.packs.alphabet import Alphabet
from cfm_kg.packs.needs import needs
from cfm_kg.packs.patterns import Unit, translated

_SENTENCES = 256
"""Sentences whose needs met are remembered: all of an article, as each group of rules asks anew."""
_LACKS = 1 << 13
"""Lacks for which the rules left are remembered: few sentences lack something new to a group."""


@dataclass(frozen=True)
class Rule:
    """A named, expanded pattern with what its match means."""

    name: str
    pattern: str
    means: Mapping[str, str]
    alphabet: Alphabet = field(repr=False, compare=False)
    where: str = ""

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern for `Sentence.codes`. Raises CfmError where it is not valid."""
        try:
            return re.compile(translated(self.pattern, self._letters), re.DOTALL)
        except re.error as error:
            raise CfmError(
                f"the pattern of rule {self.name!r} is not valid",
                where=self.where,
                why=str(error),
                remedy=f"mend {self.pattern!r}",
            ) from error

    def _letters(self, unit: Unit) -> str:
        inside = self.alphabet.having(unit.choice) if unit.choice else ""
        if not inside:
            return "." if unit.negative or not unit.choice else "(?!)"
        return f"[^{inside}]" if unit.negative else f"[{inside}]"


class Grammar:
    """The rules of a language, by group, ready to match `Sentence.codes`."""

    def __init__(self, groups: Mapping[str, tuple[Rule, ...]], alphabet: Alphabet) -> None:
        self._groups = groups
        self._alphabet = alphabet
        needed = {rule.pattern: needs(rule.pattern) for rules in groups.values() for rule in rules}
        bits = {choice: 1 << i for i, choice in enumerate({c: 0 for some in needed.values() for c in some})}
        wanted = {pattern: sum(bits[choice] for choice in some) for pattern, some in needed.items()}
        self._wanted = {g: tuple((wanted[r.pattern], r) for r in rules) for g, rules in groups.items()}
        """By group, each rule with the bits of what it needs."""
        self._asked = {g: reduce(or_, (bits for bits, _ in pairs), 0) for g, pairs in self._wanted.items()}
        """By group, the bits of all that its rules need."""
        self._met: dict[str, int] = defaultdict(int)
        """For each class the bits of the needs that it meets."""
        for choice, bit in bits.items():
            for name in choice:
                self._met[name] |= bit
        self._lacking = lru_cache(_SENTENCES)(self._needs_lacking)
        self._unhindered = lru_cache(_LACKS)(self._rules_without)
        self._met_by = cache(self._needs_met)

    def rules(self, group: str) -> tuple[Rule, ...]:
        """The rules of a group in the pack's order; empty where the pack has none."""
        return self._groups.get(group, ())

    def matches(self, group: str, codes: str) -> list[tuple[Rule, re.Match[str]]]:
        """All matches of a group's rules, rule by rule."""
        hopeful = self._hopeful(group, codes)
        return (
            [(rule, match) for rule in hopeful for match in rule.compiled.finditer(codes)] if hopeful else []
        )

    def has(self, group: str, codes: str) -> bool:
        """Whether a rule of the group matches."""
        hopeful = self._hopeful(group, codes)
        return bool(hopeful) and any(rule.compiled.search(codes) for rule in hopeful)

    def _hopeful(self, group: str, codes: str) -> tuple[Rule, ...]:
        """The rules of a group whose needs a sentence meets."""
        asked = self._asked.get(group)
        return () if asked is None else self._unhindered(group, asked & self._lacking(codes))

    def _rules_without(self, group: str, lacking: int) -> tuple[Rule, ...]:
        """The rules of a group that need none of what lacks."""
        return tuple([rule for wanted, rule in self._wanted[group] if not wanted & lacking])

    def _needs_lacking(self, codes: str) -> int:
        """The bits of the needs that no unit of a sentence meets."""
        return ~reduce(or_, map(self._met_by, set(codes)), 0)

    def _needs_met(self, code: str) -> int:
        met = 0
        for name in self._alphabet.classes(code):
            met |= self._met.get(name, 0)
        return met
