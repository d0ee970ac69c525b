"""The words and names that annotation looks for, and what each stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import NamedTuple

import ahocorasick_rs

from cfm_kg.packs.grammar import Alphabet
from cfm_kg.packs.tokens import SHAPES, Token, tokens

_OPEN, _CLOSE = "\x02", "\x03"
_HYPHENS = frozenset("-‐‑–")
_WORD_SHAPES = frozenset(("LOWER", "CAP", "UPPER"))
_NUMBERS = frozenset(("NUM", "YEAR"))


class Entry(NamedTuple):
    """A wording, its class, and what it stands for. Capitals in the wording must be in the text."""

    wording: str
    kind: str
    value: str


class Match(NamedTuple):
    """Tokens `first` up to, not including, `last` bear a wording of the lexicon."""

    first: int
    last: int
    values: Mapping[str, tuple[str, ...]]


class _Surface(NamedTuple):
    capitals: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]


class Lexicon:
    """All wordings, found in one pass over a text."""

    def __init__(self, entries: Iterable[Entry], hides: Mapping[str, Iterable[str]] | None = None) -> None:
        """`hides` names, for a class, the classes that a wording loses where it has that one too."""
        self._surfaces = _surfaces(entries, hides or {})
        self._keys = list(self._surfaces)
        self._automaton = ahocorasick_rs.AhoCorasick(
            self._keys, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        )

    def announce(self, alphabet: Alphabet) -> None:
        """Make every set of classes that this lexicon can give known to the alphabet."""
        for shape in SHAPES:
            alphabet.code(plain(shape))
        kinds = {
            (frozenset().union(*(surface.values for surface in some)), shape)
            for key, group in self._surfaces.items()
            for size in range(1, len(group) + 1)
            for some in combinations(group, size)
            for shape in _shapes(key, some)
        }
        for kind, shape in sorted(kinds, key=lambda pair: (sorted(pair[0]), pair[1])):
            alphabet.code(kind | {shape})

    def matches(self, stream: list[Token]) -> list[Match]:
        """The longest wordings in a run of tokens, from the left, without overlap."""
        positions = [i for i, token in enumerate(stream) if not _glued_hyphen(stream, i)]
        at: dict[int, int] = {}
        parts: list[str] = []
        length = 0
        for order, index in enumerate(positions):
            at[length] = order
            part = f"{_OPEN}{stream[index].norm}{_CLOSE}"
            parts.append(part)
            length += len(part)
        found = []
        for key, start, _ in self._automaton.find_matches_as_indexes("".join(parts)):
            order = at[start]
            words = self._keys[key].count(_OPEN)
            chosen = [stream[i] for i in positions[order : order + words]]
            values = self._agreeing(self._keys[key], chosen)
            if values:
                found.append(Match(positions[order], positions[order + words - 1] + 1, values))
        return found

    def _agreeing(self, key: str, chosen: list[Token]) -> Mapping[str, tuple[str, ...]]:
        fitting = [s for s in self._surfaces[key] if _capitals_agree(s.capitals, chosen)]
        if len(fitting) == 1:
            return fitting[0].values
        merged: dict[str, tuple[str, ...]] = {}
        for surface in fitting:
            for kind, values in surface.values.items():
                merged[kind] = tuple(dict.fromkeys(merged.get(kind, ()) + values))
        return merged


def plain(shape: str) -> frozenset[str]:
    """The classes of a word that no wording covers."""
    return frozenset((shape, f"PLAIN_{shape}"))


def _surfaces(
    entries: Iterable[Entry], hides: Mapping[str, Iterable[str]]
) -> dict[str, list[_Surface]]:
    grouped: dict[str, dict[tuple[str, ...], dict[str, dict[str, None]]]] = defaultdict(dict)
    for entry in entries:
        words = tokens(entry.wording, 0, len(entry.wording))
        kept = [w for i, w in enumerate(words) if not _glued_hyphen(words, i)]
        key = "".join(f"{_OPEN}{w.norm}{_CLOSE}" for w in kept)
        capitals = tuple(_capital(w) for w in kept)
        values = grouped[key].setdefault(capitals, defaultdict(dict))
        values[entry.kind][entry.value] = None
    return {
        key: [_Surface(capitals, _visible(kinds, hides)) for capitals, kinds in forms.items()]
        for key, forms in grouped.items()
        if key
    }


def _shapes(key: str, some: Iterable[_Surface]) -> tuple[str, ...]:
    """The shapes that the first word of a text's match can have."""
    first = tokens(key.strip(_OPEN + _CLOSE).split(_CLOSE)[0], 0, len(key))[0]
    if first.shape not in _WORD_SHAPES:
        return (first.shape,)
    needed = {surface.capitals[0] for surface in some}
    if "A" in needed:
        return ("UPPER",)
    return ("CAP", "UPPER") if "a" in needed else ("LOWER", "CAP", "UPPER")


def _visible(
    kinds: Mapping[str, Mapping[str, None]], hides: Mapping[str, Iterable[str]]
) -> dict[str, tuple[str, ...]]:
    hidden = {lost for kind in kinds for lost in hides.get(kind, ())}
    return {kind: tuple(values) for kind, values in kinds.items() if kind not in hidden}


def _capital(word: Token) -> str:
    """What a text's word must look like: `A` all capitals, `a` a first capital, `` anything."""
    if not word.text[0].isupper():
        return ""
    return "A" if len(word.text) > 1 and word.text.isupper() else "a"


def _capitals_agree(capitals: tuple[str, ...], chosen: list[Token]) -> bool:
    for capital, token in zip(capitals, chosen, strict=True):
        if capital == "A" and not token.text.isupper():
            return False
        if capital == "a" and not token.text[0].isupper():
            return False
    return True


def _glued_hyphen(stream: list[Token], i: int) -> bool:
    token = stream[i]
    return (
        token.text in _HYPHENS
        and 0 < i < len(stream) - 1
        and stream[i - 1].end == token.start
        and stream[i + 1].start == token.end
        and stream[i - 1].shape not in _NUMBERS
        and stream[i + 1].shape not in _NUMBERS
    )
