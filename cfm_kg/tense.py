"""Whether a sentence tells of something as past or as still to come."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import lru_cache

from cfm_kg.model import BlockKind
from cfm_kg.packs.grammar import Grammar
from cfm_kg.units import Sentence

GROUP = "tenses"
_SENTENCES = 64
"""Sentences whose tenses are remembered: each date and each council in one asks for them."""
_ENDS = frozenset(";:")
_COMMA = 6
"""A comma counts as so many words of distance: what stands beyond it may tell of something else."""
_UNLIKELY = 4
"""So much farther seems a verb on the other side than where it usually stands."""

_ELSEWHERE = {True: "present", False: "headline"}
"""What marks the rules that are not for a headline, or only for one."""


class Tense(Enum):
    """Where in time something lies."""

    BEFORE = "before"
    AHEAD = "ahead"


_OPEN = "open"
"""What rules say of words that let it be either."""
_TENSES: Mapping[str, Tense | None] = {_OPEN: None, **{tense.value: tense for tense in Tense}}


def tense(sentence: Sentence, at: int, grammar: Grammar, *, subject: bool = False) -> Tense | None:
    """The tense of the verb, or word like it, that goes with a unit; None where its clause has none.

    It is the nearest one: rather one that stands before the unit, or after it where the unit is a `subject`.
    """
    marks = _marks(sentence.codes, sentence.met, sentence.kind is BlockKind.HEADLINE, grammar)
    if not marks:
        return None
    before, after = (_towards(sentence, at, step, marks) for step in (-1, 1))
    likely, other = (after, before) if subject else (before, after)
    if likely is None or (other is not None and other[0] + _UNLIKELY < likely[0]):
        likely = other
    return likely[1] if likely else None


@lru_cache(_SENTENCES)
def _marks(codes: str, met: int, headline: bool, grammar: Grammar) -> Mapping[int, Tense | None]:
    """The units that bear a tense; of two rules, the first decides.

    The present tense ("meets on Friday") tells of what is to come, but in a headline; there "to" does so.
    """
    found: dict[int, Tense | None] = {}
    for rule, match in grammar.matches(GROUP, codes, met):
        if _ELSEWHERE[headline] not in rule.means:
            for i in range(match.start(), match.end()):
                found.setdefault(i, _TENSES[rule.means["tense"]])
    return found


def _towards(
    sentence: Sentence, at: int, step: int, marks: Mapping[int, Tense | None]
) -> tuple[int, Tense | None] | None:
    """The first tense on one side of a unit, and how far away."""
    units, distance, i = sentence.units, 0, at
    while 0 <= i < len(units) and units[i].text not in _ENDS:
        if i in marks:
            return distance, marks[i]
        distance += _COMMA if units[i].text == "," else 1
        i += step
    return None
