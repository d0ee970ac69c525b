"""The words and names that annotation looks for, and what each stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate, combinations
from typing import NamedTuple

import ahocorasick_rs

from cfm_kg.packs.tokens import SHAPES, Token, Tokenizer
from cfm_kg.units import Values

_OPEN, _CLOSE = "\x02", "\x03"
_BETWEEN = _CLOSE + _OPEN
_HYPHENS = frozenset("-‐‑–")
_new = tuple.__new__
"""Makes a match in half the time that its class takes."""
_WORD_SHAPES = frozenset(("LOWER", "CAP", "UPPER"))
_NUMBERS = frozenset(("NUM", "YEAR"))
_REMEMBERED = 1 << 14
"""Words in texts whose meanings by their capitals are remembered."""


class Entry(NamedTuple):
    """A wording, its class, and what it stands for. Capitals in the wording must be in the text."""

    wording: str
    kind: str
    value: str


class Match(NamedTuple):
    """Tokens `first` up to, not including, `last` bear a wording of the lexicon."""

    first: int
    last: int
    values: Values


class _Surface(NamedTuple):
    """One way to write a wording: what each word must look like, if any must, and what it stands for."""

    capitals: tuple[str, ...]
    values: Values


class Lexicon:
    """All wordings, found in one pass over a text."""

    def __init__(
        self,
        entries: Iterable[Entry],
        hides: Mapping[str, Iterable[str]] | None = None,
        tokenizer: Tokenizer | None = None,
    ) -> None:
        """`hides` names, for a class, the classes that a wording loses where it has that one too."""
        self._tokens = tokenizer or Tokenizer()
        self._surfaces = _surfaces(entries, hides or {}, self._tokens)
        self._groups = list(self._surfaces.values())
        self._sure = [g[0].values if len(g) == 1 and not g[0].capitals else None for g in self._groups]
        """What a wording stands for where capitals do not matter."""
        self._automaton = ahocorasick_rs.AhoCorasick(
            self._surfaces, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        )
        self._agreeing = lru_cache(_REMEMBERED)(self._meant)

    def sets(self) -> set[frozenset[str]]:
        """Every set of classes that a unit can have by this lexicon."""
        kinds = {
            (frozenset(kind for surface in some for kind in surface.values), _shapes(key, some, self._tokens))
            for key, group in self._surfaces.items()
            for some in _subsets(group)
        }
        return {plain(s) for s in SHAPES} | {those | {shape} for those, shapes in kinds for shape in shapes}

    def matches(self, stream: list[Token]) -> list[Match]:
        """The longest wordings in a run of tokens, from the left, without overlap."""
        words = _words(stream)
        written = [stream[i].norm for i in words]
        lengths = [len(word) + 2 for word in written]
        at = dict(zip(accumulate(lengths, initial=0), range(len(words) + 1), strict=True))
        text = f"{_OPEN}{_BETWEEN.join(written)}{_CLOSE}"
        found = []
        for number, start, end in self._automaton.find_matches_as_indexes(text):
            first, last = words[at[start]], words[at[end] - 1] + 1
            values = self._sure[number]
            if values is None:
                values = self._agreeing(number, *[stream[i].text for i in words[at[start] : at[end]]])
            if values:
                found.append(_new(Match, (first, last, values)))
        return found

    def _meant(self, number: int, *chosen: str) -> Values:
        """What the surfaces that fit the words in the text stand for together."""
        group = self._groups[number]
        fitting = [s.values for s in group if not s.capitals or _capitals_agree(s.capitals, chosen)]
        if len(fitting) == 1:
            return fitting[0]
        merged: dict[str, tuple[str, ...]] = {}
        for values in fitting:
            for kind, those in values.items():
                merged[kind] = tuple(dict.fromkeys(merged.get(kind, ()) + those))
        return merged


@cache
def plain(shape: str) -> frozenset[str]:
    """The classes of a word that no wording covers."""
    return frozenset((shape, f"PLAIN_{shape}"))


def _surfaces(
    entries: Iterable[Entry], hides: Mapping[str, Iterable[str]], tokens: Tokenizer
) -> dict[str, tuple[_Surface, ...]]:
    """The surfaces of each wording's words, folded; its different capitals make different surfaces."""
    grouped: dict[str, dict[tuple[str, ...], dict[str, dict[str, None]]]] = {}
    for wording, kind, value in entries:
        words = tokens(wording, 0, len(wording))
        kept = [words[i] for i in _words(words)]
        key = f"{_OPEN}{_BETWEEN.join([w.norm for w in kept])}{_CLOSE}" if kept else ""
        capitals = () if wording.islower() else tuple([_capital(w.text) for w in kept])
        forms = grouped.setdefault(key, {})
        kinds = forms.setdefault(capitals if any(capitals) else (), {})
        kinds.setdefault(kind, {})[value] = None
    return {
        key: tuple(_Surface(capitals, _visible(kinds, hides)) for capitals, kinds in forms.items())
        for key, forms in grouped.items()
        if key
    }


def _subsets(group: tuple[_Surface, ...]) -> Iterable[tuple[_Surface, ...]]:
    """The surfaces that may fit a text together."""
    if len(group) == 1:
        return (group,)
    return (some for size in range(1, len(group) + 1) for some in combinations(group, size))


def _shapes(key: str, some: tuple[_Surface, ...], tokens: Tokenizer) -> tuple[str, ...]:
    """The shapes that the first word of a text's match can have."""
    shape = _shape(key[1 : key.index(_CLOSE)], tokens)
    if shape not in _WORD_SHAPES:
        return (shape,)
    needed = {surface.capitals[0] for surface in some if surface.capitals}
    if "A" in needed:
        return ("UPPER",)
    return ("CAP", "UPPER") if "a" in needed else ("LOWER", "CAP", "UPPER")


@cache
def _shape(word: str, tokens: Tokenizer) -> str:
    """The shape of a folded word; one with a point is an initial, as only those keep theirs."""
    if len(word) > 1 and word.endswith("."):
        return "INITIAL"
    return tokens(word, 0, len(word))[0].shape


def _visible(kinds: Mapping[str, Mapping[str, None]], hides: Mapping[str, Iterable[str]]) -> Values:
    """The classes of a wording, without those that others of its classes hide."""
    hidden = {lost for kind in kinds for lost in hides.get(kind, ())} if len(kinds) > 1 else ()
    return {kind: tuple(values) for kind, values in kinds.items() if kind not in hidden}


@cache
def _capital(word: str) -> str:
    """What a text's word must look like: `A` all capitals, `a` a first capital, `` anything."""
    if not word[0].isupper():
        return ""
    return "A" if len(word) > 1 and word.isupper() else "a"


def _capitals_agree(capitals: tuple[str, ...], chosen: tuple[str, ...]) -> bool:
    for capital, word in zip(capitals, chosen, strict=True):
        if capital == "A" and not word.isupper():
            return False
        if capital == "a" and not word[0].isupper():
            return False
    return True


def _words(stream: list[Token]) -> Sequence[int]:
    """The places of the tokens that count: all but hyphens within a word."""
    if _HYPHENS.isdisjoint([token.text for token in stream]):
        return range(len(stream))
    return [i for i, token in enumerate(stream) if token.text not in _HYPHENS or not _glued(stream, i)]


def _glued(stream: list[Token], i: int) -> bool:
    """Whether the hyphen there joins two words; between numbers it is a dash."""
    return (
        0 < i < len(stream) - 1
        and stream[i - 1].end == stream[i].start
        and stream[i + 1].start == stream[i].end
        and stream[i - 1].shape not in _NUMBERS
        and stream[i + 1].shape not in _NUMBERS
    )
