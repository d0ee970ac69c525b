"""Dates that open a paragraph, as in a chronicle: their year and tense are told elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
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
_YEAR, _MONTH, _FUTURE = "YEAR", "MONTH", "FUTURE"
_CHRONICLE = 3
"""So many days at least must open paragraphs one after the other to be the course of a year."""
_FEWEST = 2
"""So many days at least of one month, where the head names that month and its year."""
_TITLE = 16
"""Of so many units at most is a title, or the line below it."""
_SIGNED = 3
"""A sign, a number and its year."""
_HEAD = 4
"""Of so many units a day that opens a paragraph is one."""
_ABBREVIATION, _NUMBER_SIGN = "ABBR", "№"
_DAY = re.compile(r"([1-9]|[12]\d|3[01])(?:[a-z]{2})?$")


class Openings(NamedTuple):
    """An article's sentences, and the one year that its head names or its chronicle goes through."""

    sentences: Sequence[Sentence]
    year: int | None
    headings: Sequence[tuple[int, int]]
    """The years that stand alone on lines, each with the index of its sentence, where there are several."""

    @classmethod
    def of(cls, sentences: Sequence[Sentence], published: PartialDate | None, alphabet: Alphabet) -> Openings:
        """Look for a year in or above the headline, not still to come, or else for the course of a year."""
        above = sentences[: next((s.index for s in sentences if s.kind is BlockKind.PARAGRAPH), 0)]
        heads = ([s for s in above if s.kind is kind] for kind in (BlockKind.HEADLINE, BlockKind.FURNITURE))
        years = (_years_named(head, alphabet) for head in heads)
        year = next((named.pop() for named in years if len(named) == 1), None)
        if year and published and year > published.year:
            year = None
        year = year or _year_of_month(sentences, alphabet) or _year_of_issue(sentences, alphabet)
        headings = tuple(_years_alone(sentences, alphabet))
        several = headings if len({told for _, told in headings}) > 1 else ()
        return cls(sentences, year or _year_gone_through(sentences, published, alphabet), several)

    def borne_out(self, alphabet: Alphabet) -> PartialDate | None:
        """The year at the head, where the story tells a day or month of it: it is no year aimed at."""
        story = (s for s in self.sentences if s.kind is BlockKind.PARAGRAPH and _MONTH in s.classes)
        dated = (pair for s in story if self.year is not None for pair in pairwise(s.units))
        years = {int(y.text) for m, y in dated if _MONTH in m.values and _YEAR in alphabet.classes(y.code)}
        return PartialDate(self.year) if self.year is not None and self.year in years else None

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
        return match.end() == len(sentence.units) or any(unit.text in _CLOSERS for unit in around)

    def anchor(self, anchor: Anchor, sentence: Sentence, month: int | None, day: int | None) -> Anchor:
        """What a day and month are reckoned from: the year above them, unless they are a dateline's."""
        published = anchor.published
        dateline = published is not None and (published.month, published.day) == (month, day)
        above = (told for index, told in reversed(self.headings) if index < sentence.index)
        year = next(above, self.year)
        if year is None or dateline or month is None:
            return anchor
        return replace(anchor, published=PartialDate(year))

    def tense(self, sentence: Sentence, grammar: Grammar) -> Tense | None:
        """The tense of what stands behind it in its paragraph."""
        following = self.sentences[sentence.index + 1 : sentence.index + 3]
        tenses = (tense(s, 0, grammar, subject=True) for s in following if s.paragraph == sentence.paragraph)
        return next((told for told in tenses if told is not None), None)


def _years_alone(sentences: Sequence[Sentence], alphabet: Alphabet) -> Iterator[tuple[int, int]]:
    for sentence in sentences:
        if len(sentence.units) == 1 and _YEAR in alphabet.classes(sentence.units[0].code):
            yield sentence.index, int(sentence.units[0].text)


def _years_named(head: Sequence[Sentence], alphabet: Alphabet) -> set[int]:
    titles = (s for s in head if _MONTH not in s.classes)
    return {int(u.text) for s in titles for u in s.units if _YEAR in alphabet.classes(u.code)}


def _year_gone_through(
    sentences: Sequence[Sentence], published: PartialDate | None, alphabet: Alphabet
) -> int | None:
    """The year of publication, where a chronicle's days go up to it, none of them told as still to come.

    It may tell in the present tense ("January 10: the Council meets …"), as calendars of coming events do.
    """
    if published is None or published.day is None or published.month is None:
        return None
    days: list[tuple[int, int]] = []
    opened = -1
    for sentence in sentences:
        if sentence.paragraph != opened and sentence.kind is not BlockKind.HEADLINE:
            day = _month_and_day(sentence, alphabet)
            if day is not None and _FUTURE in sentence.classes:
                return None
            days += [day] if day is not None else []
        opened = sentence.paragraph
    told = [day for day in days if day != (published.month, published.day)]
    goes_up = len(told) >= _CHRONICLE and told == sorted(set(told))
    return published.year if goes_up and told[-1] < (published.month, published.day) else None


def _year_of_month(sentences: Sequence[Sentence], alphabet: Alphabet) -> int | None:
    """The year told with a month at the head of a chronicle whose days are of that month."""
    days: set[tuple[int, int]] = set()
    head: tuple[int, int] | None = None
    for sentence in sentences:
        if _MONTH not in sentence.classes:
            continue
        day = _month_and_day(sentence, alphabet)
        if day is not None:
            days.add(day)
        elif not days and head is None and len(sentence.units) <= _TITLE:
            head = _month_with_year(sentence, alphabet)
    fits = head is not None and len(days) >= _FEWEST and {month for month, _ in days} == {head[0]}
    return head[1] if fits and head is not None else None


def _year_of_issue(sentences: Sequence[Sentence], alphabet: Alphabet) -> int | None:
    """The year told with an issue's number ("No. 12 (2009)") at the head of a chronicle.

    No year stands with it where the number is one of a decision or a law, or the story names a later one.
    """
    first = next((s.index for s in sentences if _month_and_day(s, alphabet) is not None), 0)
    told = {year for s in sentences[:first] if (year := _numbered_year(s, alphabet)) is not None}
    if len(told) != 1:
        return None
    days = {_month_and_day(s, alphabet) for s in sentences[first:] if _MONTH in s.classes} - {None}
    later = max(_years_named(sentences, alphabet) | told) > max(told)
    return told.pop() if len(days) >= _CHRONICLE and not later else None


def _numbered_year(sentence: Sentence, alphabet: Alphabet) -> int | None:
    """A year that ends a short line, in brackets or behind a mark, right behind a number with its sign."""
    units = [unit for unit in sentence.units if unit.text.isalnum() or unit.text == _NUMBER_SIGN]
    if len(units) < _SIGNED or len(sentence.units) > _TITLE or _YEAR not in alphabet.classes(units[-1].code):
        return None
    sign, number, year = units[-_SIGNED:]
    at = sentence.units.index(sign)
    apart = not at or sentence.units[at - 1].text in _CLOSERS
    signed = _ABBREVIATION in sign.values or sign.text == _NUMBER_SIGN
    return int(year.text) if apart and signed and number.text.isdigit() else None


def _month_with_year(sentence: Sentence, alphabet: Alphabet) -> tuple[int, int] | None:
    """A month right before its year, if no day stands before it."""
    units = [unit for unit in sentence.units if unit.text != ","]
    for at, (month, year) in enumerate(pairwise(units)):
        if _MONTH in month.values and _YEAR in alphabet.classes(year.code):
            day = at and _DAY.match(units[at - 1].text)
            return None if day else (int(month.values[_MONTH][0]), int(year.text))
    return None


def _month_and_day(sentence: Sentence, alphabet: Alphabet) -> tuple[int, int] | None:
    """A day with its month and no year at the start of a sentence, set off by a mark."""
    if _MONTH not in sentence.classes:
        return None
    head = sentence.units[:_HEAD]
    at = next((i for i, unit in enumerate(head) if _MONTH in unit.values), None)
    if at is None:
        return None
    for day, end in ((at + 1, at + 2), (at - 1, at + 1)):
        told = _DAY.match(head[day].text) if 0 <= day < len(head) else None
        closer = sentence.units[end : end + 1]
        if told is not None and (not closer or closer[0].text in _CLOSERS):
            after = sentence.units[end + 1 : end + 2]
            dated = any(_YEAR in alphabet.classes(unit.code) for unit in after)
            return None if dated else (int(head[at].values[_MONTH][0]), int(told[1]))
    return None
