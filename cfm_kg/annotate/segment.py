"""Blocks into sentences of units."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from cfm_kg.model import Block, BlockKind, Document
from cfm_kg.packs.language import Language
from cfm_kg.packs.lexicon import Match, plain
from cfm_kg.packs.tokens import Token, tokens
from cfm_kg.units import Sentence, Unit

_ENDS = frozenset(".!?…")
_CLOSERS = frozenset("\"'”’»)]")
_ABBREVIATION = "ABBR"
_REMEMBERED = 1 << 14
"""Sets of classes of known words that are kept: far more than a pack has."""


def sentences(document: Document, language: Language) -> tuple[Sentence, ...]:
    """All sentences but those of noise, with the lexicon's words found."""
    found: list[Sentence] = []
    for number, block in enumerate(document.blocks):
        if block.kind is BlockKind.NOISE:
            continue
        for units in _split(_units(document, block, language)):
            codes = "".join(u.code for u in units)
            found.append(Sentence(len(found), number, block.kind, tuple(units), codes, number))
    return tuple(found)


def _units(document: Document, block: Block, language: Language) -> list[Unit]:
    stream = tokens(document.text, block.span.start, block.span.end)
    code = language.alphabet.code
    units: list[Unit] = []
    position = 0
    for match in language.lexicon.matches(stream):
        units += [_plain(token, code) for token in stream[position : match.first]]
        units.append(_known(document, stream, match, code))
        position = match.last
    units += [_plain(token, code) for token in stream[position:]]
    return units


def _plain(token: Token, code: Callable[[frozenset[str]], str]) -> Unit:
    return Unit(token.start, token.end, code(plain(token.shape)), token.text)


def _known(
    document: Document, stream: list[Token], match: Match, code: Callable[[frozenset[str]], str]
) -> Unit:
    first, last = stream[match.first], stream[match.last - 1]
    text = document.text[first.start : last.end]
    return Unit(first.start, last.end, code(_classes(tuple(match.values), first.shape)), text, match.values)


@lru_cache(_REMEMBERED)
def _classes(kinds: tuple[str, ...], shape: str) -> frozenset[str]:
    return frozenset((*kinds, shape))


def _split(units: list[Unit]) -> Iterator[list[Unit]]:
    start = 0
    for i, unit in enumerate(units):
        if unit.text not in _ENDS or i + 1 >= len(units) or i < start:
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
