"""Blocks into sentences of units."""

from __future__ import annotations

from collections.abc import Iterator

from cfm_kg.model import BlockKind, Document
from cfm_kg.packs.language import Language
from cfm_kg.units import Sentence, Unit

_ENDS = frozenset(".!?…")
_CLOSERS = frozenset("\"'”’»)]")
_ABBREVIATION = "ABBR"
_LEADERS = 5
"""So many dots in a row lead from one column to the next."""


def sentences(document: Document, language: Language) -> tuple[Sentence, ...]:
    """All sentences but those of noise, with the lexicon's words found."""
    found: list[Sentence] = []
    for number, block in enumerate(document.blocks):
        if block.kind is BlockKind.NOISE:
            continue
        for units in _split(language.scan(document.text, block.span.start, block.span.end)):
            codes = [u.code for u in units]
            met = language.grammar.met(codes)
            found.append(Sentence(len(found), number, block.kind, tuple(units), "".join(codes), met, number))
    return tuple(found)


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
    if mark + 1 >= _LEADERS and all(unit.text == "." for unit in units[mark + 1 - _LEADERS : mark + 1]):
        return False
    first = units[following].text[0]
    return not first.islower()
