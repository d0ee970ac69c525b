"""Several decisions after one noun: "the decision to establish …, to institute … and to declare …"."""

from __future__ import annotations

from cfm_kg.extract.context import Context
from cfm_kg.extract.documents.ends import title_end, trimmed
from cfm_kg.model import Span
from cfm_kg.units import Sentence

_SEVERAL = 2


def resolved_titles(context: Context, sentence: Sentence) -> dict[int, tuple[tuple[Span, ...], int]]:
    """For each such noun, what was decided, and the unit after it.

    Nothing where it is one thing alone, but for a new decision of which the sentence tells what became.
    """
    following = [m for _, m in context.matches("document_resolved_next", sentence)]
    found: dict[int, tuple[tuple[Span, ...], int]] = {}
    for rule, match in context.matches("document_resolved", sentence):
        begins, cuts = [match.start("title")], []
        for after in following:
            if after.start() >= title_end(context, sentence, begins[-1]) + _SEVERAL:
                break
            if after.start() > begins[-1]:
                begins.append(after.start("title"))
                cuts.append(after.start())
        cuts.append(title_end(context, sentence, begins[-1]))
        ends = [trimmed(sentence, first, last) for first, last in zip(begins, cuts, strict=True)]
        if len(begins) >= _SEVERAL or "alone" in rule.means:
            titles = tuple(sentence.over(*edges) for edges in zip(begins, ends, strict=True))
            found[match.start("head")] = titles, ends[-1]
    return found
