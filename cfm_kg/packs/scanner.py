"""A text as units: one pass over its words, each of which is looked up once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, islice

import msgspec
from msgspec.structs import replace

from cfm_kg.packs.alphabet import Alphabet
from cfm_kg.packs.lexicon import HYPHENS, Lexicon, Node, joins, meant, plain
from cfm_kg.packs.remembered import Remembered
from cfm_kg.packs.tokens import Tokenizer, Word
from cfm_kg.units import NO_VALUES, Unit, Values

_REMEMBERED = 1 << 16
"""Words whose meaning is remembered: all those of a lexicon and of many articles."""
_NONE: Mapping[str, Node] = {}


class _Known(msgspec.Struct, frozen=True, gc=False):
    """A written word: the unit that it is alone, and where the wordings that go on after it lead."""

    blanks: int
    length: int
    text: str
    code: str
    values: Values
    longer: Mapping[str, Node]
    word: Word
    norm: str
    joint: bool = False
    """Whether it is a hyphen within a word, which does not count."""


class Scanner:
    """Cuts texts into units: the longest wordings of a lexicon, from the left, and the words between."""

    def __init__(self, tokenizer: Tokenizer, lexicon: Lexicon, alphabet: Alphabet) -> None:
        self._tokens = tokenizer
        self._lexicon = lexicon
        self._alphabet = alphabet
        self._known = Remembered(self._look_up, _REMEMBERED)
        self._meaning = lru_cache(_REMEMBERED)(self._mean)

    def __call__(self, text: str, start: int, end: int) -> list[Unit]:
        """The units of `text[start:end]`, with offsets into `text`."""
        words = self._words(text, start, end)
        units: list[Unit] = []
        position, covered, last = start, 0, len(words) - 1
        for i, known in enumerate(words):
            first = position + known.blanks
            position = first + known.length
            if i < covered:
                continue
            longer = known.longer
            if longer and i < last and (words[i + 1].norm in longer or words[i + 1].joint):
                found = _longest(words, i, longer)
                if found is not None:
                    node, covered = found
                    units += self._several(text, first, node, words[i:covered])
                    continue
            units.append(Unit(first, position, known.code, known.text, known.values))
        return units

    def _words(self, text: str, start: int, end: int) -> list[_Known]:
        pieces = self._tokens.pieces(text, start, end)
        words = [*map(self._known.__getitem__, pieces)]
        if not HYPHENS.isdisjoint(pieces):
            for i in [i for i, piece in enumerate(pieces[:-1]) if i and piece in HYPHENS]:
                hyphen = words[i].word
                if joins(words[i - 1].word, hyphen, words[i + 1].word):
                    words[i] = replace(self._alone(hyphen), joint=True)
        return words

    def _look_up(self, piece: str) -> _Known:
        word = self._tokens.word(piece)
        node = self._lexicon.beginning(word.norm)
        if node is None:
            return self._alone(word)
        code, values = self._mean(node, word.shape, word.text)
        return _Known(word.blanks, len(word.text), word.text, code, values, node.longer, word, word.norm)

    def _alone(self, word: Word) -> _Known:
        """A word that no wording covers."""
        code = self._alphabet.code(plain(word.shape))
        return _Known(word.blanks, len(word.text), word.text, code, NO_VALUES, _NONE, word, word.norm)

    def _mean(self, node: Node, shape: str, *chosen: str) -> tuple[str, Values]:
        """The code and meaning of words of a text that are a wording; it means nothing in other capitals."""
        values = meant(node.surfaces, chosen)
        if not values:
            return self._alphabet.code(plain(shape)), NO_VALUES
        return self._alphabet.code(frozenset((*values, shape))), values

    def _several(self, text: str, first: int, node: Node, words: Sequence[_Known]) -> Iterable[Unit]:
        """The unit of several words that are a wording; a unit each where it is of other capitals."""
        texts = [known.text for known in words if not known.joint] if node.cased else ()
        code, values = self._meaning(node, words[0].word.shape, *texts)
        begin = first - words[0].blanks
        if values:
            last = begin + sum([known.blanks + known.length for known in words])
            return (Unit(first, last, code, text[first:last], values),)
        ends = accumulate([known.blanks + known.length for known in words], initial=begin)
        return [
            Unit(end - known.length, end, self._alone(known.word).code, known.text)
            for known, end in zip(words, islice(ends, 1, None), strict=True)
        ]


def _longest(words: Sequence[_Known], first: int, longer: Mapping[str, Node]) -> tuple[Node, int] | None:
    """The longest wording of several words from the word `first`, and the place after it."""
    best = None
    for i in range(first + 1, len(words)):
        known = words[i]
        if known.joint:
            continue
        node = longer.get(known.norm)
        if node is None:
            break
        if node.surfaces:
            best = node, i + 1
        longer = node.longer
    return best
