"""Joining the units of a sentence that form one mention."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter

from cfm_kg.packs.grammar import Rule
from cfm_kg.packs.language import Language
from cfm_kg.units import Mention, Sentence, Unit, Values

Made = tuple[Values, Mention | None]
Maker = Callable[[Sentence, Rule, re.Match[str]], Made | None]


def chunked(sentences: Sequence[Sentence], language: Language, group: str, make: Maker) -> list[Sentence]:
    """The sentences of an article with what the rules of `group` match, and `make` accepts, joined."""
    found = list(sentences)
    for at in language.grammar.where(group, [sentence.met for sentence in sentences]):
        found[at] = chunk(found[at], language, group, make)
    return found


def chunk(sentence: Sentence, language: Language, group: str, make: Maker) -> Sentence:
    """A sentence with what is matched and accepted joined, longest first from the left."""
    found = language.grammar.matches(group, sentence.codes, sentence.met)
    if not found:
        return sentence
    placed = [(extent(match), rule, match) for rule, match in found]
    placed.sort(key=lambda each: (each[0][0], -each[0][1]))
    pieces: list[tuple[int, int, Values, Mention | None]] = []
    position = 0
    for (first, last), rule, match in placed:
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
    units: list[Unit] = []
    position = 0
    for first, last, values, mention in sorted(pieces, key=itemgetter(0)):
        parts = sentence.units[first:last]
        text = parts[0].text if last == first + 1 else " ".join([p.text for p in parts])
        code = language.alphabet.code(frozenset(values))
        units += sentence.units[position:first]
        units.append(Unit(parts[0].start, parts[-1].end, code, text, values, mention, parts))
        position = last
    units += sentence.units[position:]
    codes = [unit.code for unit in units]
    return sentence.of(tuple(units), "".join(codes), language.grammar.met(codes))
