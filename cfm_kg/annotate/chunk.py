"""Joining the units of a sentence that form one mention."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from cfm_kg.packs.grammar import Rule
from cfm_kg.packs.language import Language
from cfm_kg.units import Mention, Sentence, Unit, Values

Made = tuple[Values, Mention | None]
Maker = Callable[[Sentence, Rule, re.Match[str]], Made | None]


def chunked(sentence: Sentence, language: Language, group: str, make: Maker) -> Sentence:
    """Join what the rules of `group` match, longest first from the left, and `make` accepts."""
    found = language.grammar.matches(group, sentence.codes)
    if not found:
        return sentence
    found.sort(key=lambda pair: (extent(pair[1])[0], -extent(pair[1])[1]))
    pieces: list[tuple[int, int, Values, Mention | None]] = []
    position = 0
    for rule, match in found:
        first, last = extent(match)
        if first < position or first == last:
            continue
        made = make(sentence, rule, match)
        if made is not None:
            pieces.append((first, last, *made))
            position = last
    return joined(sentence, language, pieces) if pieces else sentence


def extent(match: re.Match[str]) -> tuple[int, int]:
    """The units that a match joins: its group `it`, or the whole."""
    return match.span("it") if "it" in match.re.groupindex else match.span()


def joined(
    sentence: Sentence, language: Language, pieces: Iterable[tuple[int, int, Values, Mention | None]]
) -> Sentence:
    """The sentence with each piece (first, last, values, mention) made one unit."""
    units = tuple(_replace(sentence.units, language, pieces))
    return replace(sentence, units=units, codes="".join([u.code for u in units]))


def _replace(
    units: Sequence[Unit],
    language: Language,
    pieces: Iterable[tuple[int, int, Values, Mention | None]],
) -> Iterator[Unit]:
    position = 0
    for first, last, values, mention in sorted(pieces, key=lambda piece: piece[0]):
        yield from units[position:first]
        parts = units[first:last]
        yield Unit(
            parts[0].start,
            parts[-1].end,
            language.alphabet.code(frozenset(values)),
            " ".join(p.text for p in parts),
            values,
            mention,
            tuple(parts),
        )
        position = last
    yield from units[position:]
