"""Patterns over units: regular expressions whose letters are classes of words.

A pattern is a regular expression in which `{…}` stands for one unit: `{MONTH}` one of a class,
`{of|for}` one of these words, `{MONTH|NUM}` either, `{!MONTH}` one that is not, `{*}` any. `@NAME`
inserts a definition. Blanks do not count. Each set of classes has a character, a sentence is the
string of these, and so a pattern is an ordinary `re` pattern, ready when a sentence first has what the
pattern needs.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_
from typing import TypeVar

from cfm_kg.errors import CfmError
from cfm_kg.packs.alphabet import Alphabet, Choice
from cfm_kg.packs.frozen import frozen, thawed
from cfm_kg.packs.patterns import Unit, translated
from cfm_kg.packs.remembered import Remembered

T = TypeVar("T")
Matches = list[tuple["Rule", re.Match[str]]]
_SAMPLE = 500
"""After so many sentences, those of a dozen articles, it is known well enough what is met often."""
_REMEMBERED = 1 << 12
"""For so many sets of needs met a group remembers its rules: few sentences meet a new one."""
_CODES = 1 << 16
"""Codes of which it is remembered what they meet: all of an alphabet."""


@dataclass(frozen=True)
class Rule:
    """A named, expanded pattern with what its match means."""

    name: str
    pattern: str
    means: Mapping[str, str]
    alphabet: Alphabet = field(repr=False, compare=False)
    where: str = ""
    needed: tuple[int, ...] = ()
    """The numbers of the needs without which it cannot match."""
    code: bytes = field(default=b"", repr=False, compare=False)
    """The pattern as `frozen` keeps it."""

    @property
    def expression(self) -> str:
        """The regular expression that its pattern stands for."""
        return translated(self.pattern, self._letters)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern for `Sentence.codes`. Raises CfmError where it is not valid."""
        return thawed(self.code, self.pattern) or self._made(re.compile)

    def frozen(self) -> bytes:
        """Its pattern compiled, to be kept. Raises CfmError where it is not valid."""
        return self._made(frozen)

    def _made(self, make: Callable[[str, int], T]) -> T:
        try:
            return make(self.expression, re.DOTALL)
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


class _Group:
    """The rules of one group in the pack's order, by what they need, as bits.

    Most groups have nothing to do in most sentences. So a rule's other needs are asked for only where its
    anchor is met: the one of its needs that is met least often. Which one that is changes no result.
    """

    def __init__(self, rules: tuple[Rule, ...], own: int, first: int, often: Callable[[int], int]) -> None:
        """`own` is the group's bit, at `first` those of needs begin; `often` tells how often one is met."""
        self.rules = rules
        self.own = own
        self._wanted = []
        for rule in rules:
            anchor = 1 << first + min(rule.needed, key=often) if rule.needed else 0
            self._wanted.append((anchor, sum([1 << first + number for number in rule.needed]), rule))
        self.anchors = reduce(or_, (anchor for anchor, _, _ in self._wanted), 0)
        self.needless = tuple([rule for _, wanted, rule in self._wanted if not wanted])
        self._asked = Remembered(self._find_asked, _REMEMBERED)
        """All that the rules need whose anchors are among those given."""
        self._needing = Remembered(self._find_needing, _REMEMBERED)
        """The rules that need no more than what is given."""

    def hopeful(self, met: int) -> tuple[Rule, ...]:
        """The rules whose needs are among those met."""
        anchors = self.anchors & met
        return self._needing[self._asked[anchors] & met] if anchors else self.needless

    def _find_asked(self, met: int) -> int:
        return reduce(or_, [wanted for anchor, wanted, _ in self._wanted if anchor & met == anchor], 0)

    def _find_needing(self, met: int) -> tuple[Rule, ...]:
        return tuple([rule for _, wanted, rule in self._wanted if wanted & met == wanted])


class Grammar:
    """The rules of a language, by group, ready to match `Sentence.codes`.

    What a sentence has of what rules need is known as bits: the lowest are the groups of which it has an
    anchor, so that these are told by a few bits. What is met often is learnt from the first sentences. Until
    then it is what many patterns mention: needs are numbered by that.
    """

    def __init__(
        self, groups: Mapping[str, tuple[Rule, ...]], needs: Iterable[Choice], alphabet: Alphabet
    ) -> None:
        """`needs` are those of all rules, by their number."""
        self._alphabet = alphabet
        self._by_class: dict[str, int] = defaultdict(int)
        for number, choice in enumerate(needs):
            for name in choice:
                self._by_class[name] |= 1 << number
        self._rules = groups
        self._needs = Remembered(self._find_needs, _CODES)
        """For each code the numbers of the needs that it meets, as bits."""
        self._all = (1 << len(groups)) - 1
        self._choose(int)
        self._seen: Counter[str] | None = Counter()
        """In how many of the first sentences each code stands."""
        self._sentences = 0

    def _choose(self, often: Callable[[int], int]) -> None:
        """Choose the anchors of all rules by how often needs are met."""
        self._groups = {
            group: _Group(rules, 1 << at, len(self._rules), often)
            for at, (group, rules) in enumerate(self._rules.items())
        }
        self._always = sum([group.own for group in self._groups.values() if group.needless])
        self._met_by = Remembered(self._find_met, _CODES)
        """For each code the bits of the groups of which it meets an anchor, and above them those of needs."""
        self._named = Remembered(self._find_named, _REMEMBERED)

    def _find_needs(self, code: str) -> int:
        known = self._by_class
        return reduce(or_, [known[name] for name in self._alphabet.classes(code) if name in known], 0)

    def _find_met(self, code: str) -> int:
        needs = self._needs[code] << len(self._groups)
        return reduce(or_, [group.own for group in self._groups.values() if group.anchors & needs], needs)

    def rules(self, group: str) -> tuple[Rule, ...]:
        """The rules of a group in the pack's order; empty where the pack has none."""
        return self._rules.get(group, ())

    def met(self, codes: Iterable[str]) -> int:
        """What units of these codes have of what rules need, as bits."""
        found = set(codes)
        if self._seen is not None:
            self._learn(self._seen, found)
        return reduce(or_, map(self._met_by.__getitem__, found), self._always)

    def _learn(self, seen: Counter[str], codes: Iterable[str]) -> None:
        """Note the codes of one more sentence; once there are enough of them choose anchors anew."""
        seen.update(codes)
        self._sentences += 1
        if self._sentences >= _SAMPLE:
            self._seen = None
            often = Counter[int]()
            for code, times in seen.items():
                for number in _numbers(self._needs[code]):
                    often[number] += times
            self._choose(often.__getitem__)

    def hopeful(self, group: str, met: int) -> tuple[Rule, ...]:
        """The rules of a group whose needs a sentence meets: no other can match anywhere in it."""
        known = self._groups.get(group)
        return known.hopeful(met) if known is not None and met & known.own else ()

    def hopeful_groups(self, met: int) -> tuple[str, ...]:
        """The groups of which a rule may match in a sentence: no other can."""
        return self._named[met & self._all]

    def _find_named(self, met: int) -> tuple[str, ...]:
        return tuple([name for name, group in self._groups.items() if met & group.own])

    def where(self, group: str, met: Iterable[int]) -> Sequence[int]:
        """The places of the sentences in which a rule of a group may match: of most groups there are few."""
        known = self._groups.get(group)
        if known is None:
            return ()
        own = known.own
        return [at for at, bits in enumerate(met) if bits & own]

    def matches(self, group: str, codes: str, met: int | None = None) -> Matches:
        """All matches of a group's rules, rule by rule; `met` where it is known."""
        known = self._groups.get(group)
        if known is None:
            return []
        if met is None:
            met = self.met(codes)
        rules = known.hopeful(met) if met & known.own else ()
        return [(rule, match) for rule in rules for match in rule.compiled.finditer(codes)] if rules else []


def _numbers(bits: int) -> Iterator[int]:
    """The numbers of the bits that are set."""
    while bits:
        least = bits & -bits
        yield least.bit_length() - 1
        bits ^= least
