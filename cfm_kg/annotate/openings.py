"""Dates that open a paragraph, as in a chronicle: their year and tense are told elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from cfm_kg.annotate.calendar import Anchor
from cfm_kg.dates import PartialDate
from cfm_kg.model import BlockKind
from cfm_kg.packs.alphabet import Alphabet
from cfm_kg.packs.grammar import Grammar
from cfm_kg.tense import Tense, tense
from cfm_kg.units import Sentence

_CLOSERS = frozenset(".,:;|–—-")
"""Marks that set a date off from what is told."""
_BULLETS = 2
"""Units at most before it: a bullet, a number and its full stop."""
_YEAR, _MONTH = "YEAR", "MONTH"


class Openings(NamedTuple):
    """The sentences of an article, and the one year that its headline names."""

    sentences: Sequence[Sentence]
    year: int | None

    @classmethod
    def of(cls, sentences: Sequence[Sentence], published: PartialDate | None, alphabet: Alphabet) -> Openings:
        """Look for a year in the headline that is not still to come."""
        titles = [s for s in sentences if s.kind is BlockKind.HEADLINE and _MONTH not in s.classes]
        named = {int(u.text) for s in titles for u in s.units if _YEAR in alphabet.classes(u.code)}
        year = named.pop() if len(named) == 1 else None
        return cls(sentences, None if year and published and year > published.year else year)

    def has(self, sentence: Sentence, match: re.Match[str]) -> bool:
        """Whether a date is the first thing in its paragraph, set off by a mark."""
        before = self.sentences[max(0, sentence.index - 1)]
        opens = before.paragraph != sentence.paragraph or not sentence.index
        if not opens or sentence.kind is BlockKind.HEADLINE:
            return False
        leading = sentence.units[: match.start()]
        if len(leading) > _BULLETS or any(unit.text.isalpha() for unit in leading):
            return False
        around = sentence.units[match.end() - 1 : match.end() + 1]
        return any(unit.text in _CLOSERS for unit in around)

    def anchor(self, anchor: Anchor, month: int | None, day: int | None) -> Anchor:
        """What such a date is reckoned from: the year in the headline, unless it is a dateline's."""
        published = anchor.published
        dateline = published is not None and (published.month, published.day) == (month, day)
        return anchor if self.year is None or dateline else replace(anchor, published=PartialDate(self.year))

    def tense(self, sentence: Sentence, grammar: Grammar) -> Tense | None:
        """The tense of what stands behind it in its paragraph."""
        following = self.sentences[sentence.index + 1 : sentence.index + 3]
        tenses = (tense(s, 0, grammar, subject=True) for s in following if s.paragraph == sentence.paragraph)
        return next((told for told in tenses if told is not None), None)
