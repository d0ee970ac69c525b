"""Quotation marks of a sentence, paired."""

from __future__ import annotations

from cfm_kg.model import Span
from cfm_kg.units import Sentence

OPEN, CLOSE = "OPENQ", "CLOSEQ"
_STOPS = frozenset(",.;")
_APOSTROPHES = frozenset("'’")


def paired(sentence: Sentence) -> dict[int, int]:
    """For each opening mark's unit the unit of its closing one."""
    if OPEN not in sentence.classes:
        return {}
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for i, unit in enumerate(sentence.units):
        opens, closes = OPEN in unit.values, CLOSE in unit.values
        if opens and closes:
            opens = not opened or sentence.units[opened[-1]].text != unit.text
            closes = not opens
        if opens:
            opened.append(i)
        elif closes and opened:
            pairs[opened.pop()] = i
    return pairs


def is_apostrophe(text: str) -> bool:
    """Whether a mark may be no quotation mark at all."""
    return text in _APOSTROPHES


def enclosing(pairs: dict[int, int], at: int, first: int) -> int | None:
    """The closing mark of the quotation around `at` that opens at or after `first`."""
    for opening, closing in pairs.items():
        if first <= opening < at < closing:
            return closing
    return None


def inside(sentence: Sentence, opening: int, closing: int) -> Span:
    """What a quotation holds, without a mark that ends its sentence."""
    last = closing
    while last > opening + 2 and sentence.units[last - 1].text in _STOPS:
        last -= 1
    return sentence.over(opening + 1, last)
