"""Where titles end."""

from __future__ import annotations

from cfm_kg.extract.context import Context
from cfm_kg.extract.documents.quotes import CLOSE, enclosing, is_apostrophe, paired
from cfm_kg.units import Sentence

EDGE_MARKS = frozenset(",;.:-–—([")
"""Marks that no title begins or ends with."""
_BRACKETS = {"(": 1, ")": -1}
_FARTHEST = 70


def title_end(context: Context, sentence: Sentence, begin: int) -> int:
    """The unit after a title whose first unit is `begin`."""
    pairs = paired(sentence)
    limit = min(len(sentence.units), begin + _FARTHEST)
    end = limit
    for rule in context.hopeful("document_title_ends", sentence):
        position = begin + 1
        while (match := rule.compiled.search(sentence.codes, position, limit)) is not None:
            at = match.start()
            closing = enclosing(pairs, at, begin)
            if closing is None or closing >= limit:
                end = min(end, at)
                break
            position = closing + 1
    if CLOSE in sentence.classes:
        end = next((i for i in range(begin, end) if _closes(sentence, pairs, i, begin)), end)
    return trimmed(sentence, begin, _bracket_end(sentence, begin, end))


def trimmed(sentence: Sentence, first: int, last: int) -> int:
    """`last` moved back over marks and words that end no title."""
    while last > first + 1:
        unit = sentence.units[last - 1]
        if unit.text in EDGE_MARKS or "GLUE" in unit.values or "DET" in unit.values or "ADV" in unit.values:
            last -= 1
        else:
            break
    return last


def _closes(sentence: Sentence, pairs: dict[int, int], at: int, begin: int) -> bool:
    """Whether a quotation that began before the title ends at `at`."""
    unit = sentence.units[at]
    if CLOSE not in unit.values:
        return False
    opening = next((o for o, c in pairs.items() if c == at), None)
    if opening is None:
        return at not in pairs and not is_apostrophe(unit.text)
    return opening < begin


def _bracket_end(sentence: Sentence, begin: int, end: int) -> int:
    """The bracket that closes what opened before the title."""
    depth = 0
    for i in range(begin, end):
        depth += _BRACKETS.get(sentence.units[i].text, 0)
        if depth < 0:
            return i
    return end
