"""Blocks into sentences of units."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from cfm_kg.model import Block, BlockKind, Document
from cfm_kg.packs.alphabet import Alphabet
from cfm_kg.packs.language import Language
from cfm_kg.packs.lexicon import plain
from cfm_kg.packs.tokens import Token
from cfm_kg.units import NO_VALUES, Sentence, Unit

_ENDS = frozenset(".!?…")
_CLOSERS = frozenset("\"'”’»)]")
_ABBREVIATION = "ABBR"
_new = tuple.__new__
"""Makes a unit in half the time that its class takes."""
_REMEMBERED = 1 << 14
"""Sets of classes of known words that are kept: far more than a pack has."""


def sentences(document: Document, language: Language) -> tuple[Sentence, ...]:
    """All sentences but those of noise, with the lexicon's words found."""
    found: list[Sentence] = []
    for number, block in enumerate(document.blocks):
        if block.kind is BlockKind.NOISE:
            continue
        for units in _split(_units(document, block, language)):
            codes = "".join([u.code for u in units])
            found.append(Sentence(len(found), number, block.kind, tuple(units), codes, number))
    return tuple(found)


def _units(document: Document, block: Block, language: Language) -> list[Unit]:
    text, alphabet = document.text, language.alphabet
    stream = language.tokens(text, block.span.start, block.span.end)
    units: list[Unit] = []
    position = 0
    for first, last, values in language.lexicon.matches(stream):
        if position < first:
            units += _plain(stream[position:first], alphabet)
        start, end, _, _, shape = stream[first]
        if last > first + 1:
            end = stream[last - 1].end
        kind = _code(alphabet, tuple(values), shape)
        units.append(_new(Unit, (start, end, kind, text[start:end], values, None, ())))
        position = last
    return units + _plain(stream[position:], alphabet)


def _plain(stream: list[Token], alphabet: Alphabet) -> list[Unit]:
    """Tokens that no wording of the lexicon covers."""
    return [
        _new(Unit, (start, end, _code(alphabet, (), shape), text, NO_VALUES, None, ()))
        for start, end, text, _, shape in stream
    ]


@lru_cache(_REMEMBERED)
def _code(alphabet: Alphabet, kinds: tuple[str, ...], shape: str) -> str:
    """The code of a unit of these classes; of a word that no wording covers where there are none."""
    return alphabet.code(frozenset((*kinds, shape)) if kinds else plain(shape))


def _split(units: list[Unit]) -> Iterator[list[Unit]]:
    start = 0
    for i in [i for i, unit in enumerate(units) if unit.text in _ENDS]:
        if i + 1 >= len(units) or i < start:
            continue
        end = i + 1
        while end < len(units) and units[end].text in _CLOSERS and units[end].start == units[end - 1].end:
            end += 1
        if end < len(units) and _begins(units, i, end):
            yield units[start:end]
            start = end
    if start < len(units):
        yield units[start:]


def _begins(units: list[Unit], mark: int, following: int) -> bool:
    """Whether a sentence begins at `following` after the mark that may end one."""
    if units[following].start == units[following - 1].end:
        return False
    if units[mark].text == "." and mark and _ABBREVIATION in units[mark - 1].values:
        return False
    if mark == 1 and units[0].text.isdigit():
        return False
    first = units[following].text[0]
    return not first.islower()
