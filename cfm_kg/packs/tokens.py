"""Cutting text into words and marks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r"""
    # V. or Kh. before a name
    (?P<initial>[A-ZА-ЯЁ][hueaoizа-яё]?\.(?=\s?[A-ZА-ЯЁ][hueaoizа-яё]?\.|\s?[A-ZА-ЯЁ][^\W\d_]))
  | (?P<ordinal>\d{1,2}(?:st|nd|rd|th)\b)
  | (?P<number>\d+(?:[.,]\d{3})*(?!\d)|\d+)
  | (?P<word>[^\W\d_]+)
  | (?P<poss>['’]s?\b|['’])
  | (?P<mark>[^\w\s]|_)
    """,
    re.VERBOSE,
)


_CENTURIES = ("19", "20")
_FORMS = 1 << 16
"""Words whose form is remembered: all those of a lexicon and of many articles."""


class Token(NamedTuple):
    """A word, number or mark; `norm` is what is looked up: folded case, no Latin accents."""

    start: int
    end: int
    text: str
    norm: str
    shape: str


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text[start:end]`, with offsets into `text`."""
    return [_token(match) for match in _TOKEN.finditer(text, start, end)]


def normal(word: str) -> str:
    """Fold case and Latin accents; typographic apostrophes become plain ones."""
    if word.isascii():
        return word.casefold()
    folded = []
    for char in word.replace("’", "'").casefold():
        base = unicodedata.normalize("NFD", char)[0]
        folded.append(base if base.isascii() else char)
    return "".join(folded)


def _token(match: re.Match[str]) -> Token:
    text = match[0]
    return Token(*match.span(), text, *_form(text, match.lastgroup or "mark"))


@lru_cache(_FORMS)
def _form(text: str, group: str) -> tuple[str, str]:
    """What is looked up for a word, and its shape."""
    return normal(text), _shape(text, group)


def _shape(text: str, group: str) -> str:
    if group == "initial":
        return "INITIAL" if text[0].isupper() else "LOWER"
    if group == "word":
        if not text[0].isupper():
            return "LOWER"
        return "UPPER" if len(text) > 1 and text.isupper() else "CAP"
    if group == "number" and len(text) == 4 and text[:2] in _CENTURIES:
        return "YEAR"
    return {"ordinal": "ORDINAL", "number": "NUM", "poss": "POSS"}.get(group, "MARK")


SHAPES = ("INITIAL", "LOWER", "UPPER", "CAP", "ORDINAL", "NUM", "YEAR", "POSS", "MARK")
