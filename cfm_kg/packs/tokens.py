"""Cutting text into words and marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import msgspec

_CAPITAL = "[A-ZА-ЯЁ]"
_INITIAL = r"INITIAL(?=\s{0,3}INITIAL|\s{0,3}CAPITAL[^\W\d_])"
"""V. or Kh. before a name, or before another."""
_MOST = r"[a-z]+[^\W\d_]*"
"""Most words begin so: it is the quickest to ask for."""
_TOKENS = {
    "LOWER": r"[^\W\d_]+",
    "ORDINAL": r"\d{1,2}(?:ORDINALS)\b",
    "NUM": r"\d+(?:[.,]\d{3})*(?!\d)|\d+",
    "POSS": r"['’]s?\b|['’]",
    "MARK": r"[^\w\s]|_",
}
"""What makes a token of a shape; words are told apart by their capitals later, years by their digits."""
_NOTHING = "(?!)"
_PLAIN = str.maketrans("’‐‑‒−", "'----")
_CENTURIES = ("19", "20")
_FORMS = 1 << 16
"""Words whose form is remembered: all those of a lexicon and of many articles."""
SHAPES = ("INITIAL", "LOWER", "UPPER", "CAP", "ORDINAL", "NUM", "YEAR", "POSS", "MARK")


class Word(msgspec.Struct, frozen=True, gc=False):
    """A word, number or mark after so many blanks.

    `norm` is what is looked up: folded case, no Latin accents.
    """

    blanks: int
    text: str
    norm: str
    shape: str


class Tokenizer:
    """Cuts the texts of a language."""

    def __init__(self, ordinals: Iterable[str] = (), seconds: Iterable[str] = ()) -> None:
        """`ordinals` are what makes a number in digits an ordinal ("nd"); `seconds` the letters that may
        follow the capital of an initial ("Kh."), as in a `[…]`.
        """
        following = f"[{''.join(seconds)}]?" if seconds else ""
        initial = rf"{_CAPITAL}{following}\."
        endings = "|".join(map(re.escape, ordinals)) or _NOTHING
        tokens = {shape: each.replace("ORDINALS", endings) for shape, each in _TOKENS.items()}
        before_names = _INITIAL.replace("INITIAL", initial).replace("CAPITAL", _CAPITAL)
        self._pieces = re.compile(rf"\s*(?:{'|'.join([_MOST, before_names, *tokens.values()])})")
        shapes = {"INITIAL": initial, **tokens}
        self._shapes = re.compile("|".join(f"(?P<{shape}>{each})" for shape, each in shapes.items()))
        self.word = lru_cache(_FORMS)(self._word)

    def pieces(self, text: str, start: int, end: int) -> list[str]:
        """`text[start:end]` cut up: each piece is a word with the blanks before it, one after the other."""
        found: list[str] = self._pieces.findall(text, start, end)
        return found

    def words(self, text: str) -> list[Word]:
        """The words of a text."""
        return [self.word(piece) for piece in self.pieces(text, 0, len(text))]

    def _word(self, piece: str) -> Word:
        text = piece.lstrip()
        match = self._shapes.fullmatch(text)
        shape = match.lastgroup if match else None
        assert shape is not None  # what makes a piece also tells its shape
        if shape == "LOWER" and text[0].isupper():
            shape = "UPPER" if len(text) > 1 and text.isupper() else "CAP"
        elif shape == "NUM" and len(text) == 4 and text[:2] in _CENTURIES:
            shape = "YEAR"
        return Word(len(piece) - len(text), text, normal(text), shape)


def normal(word: str) -> str:
    """Fold case and Latin accents; typographic apostrophes and hyphens become plain ones."""
    if word.isascii():
        return word.casefold()
    folded = []
    for char in word.translate(_PLAIN).casefold():
        base = unicodedata.normalize("NFD", char)[0]
        folded.append(base if base.isascii() else char)
    return "".join(folded)
