"""Dates as texts word them: the pack's grammar finds them, the publication date anchors them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from cfm_kg.annotate.calendar import (
    HALF_A_YEAR,
    Anchor,
    Reckoned,
    days_after,
    month_beside,
    offset,
    on_weekday,
    seasonal,
    with_year,
)
from cfm_kg.annotate.chunk import Made, chunked, extent
from cfm_kg.annotate.openings import Openings
from cfm_kg.dates import PartialDate
from cfm_kg.model import Block, DateMention, Document, Span
from cfm_kg.packs.grammar import Grammar, Rule
from cfm_kg.packs.language import Language
from cfm_kg.tense import Tense, tense
from cfm_kg.units import Sentence, Unit

GROUP = "dates"
_NEWS = 21
"""So many days from the publication lies what news is told of."""
_LATER = {"later": 1, "earlier": -1}
"""Which way days are counted from the date mentioned last."""
_SENT = 3
"""Within so many days what was written on the day of its dateline is published."""
_DIGITS = re.compile(r"\d+")


class _Words(msgspec.Struct, frozen=True, gc=False):
    """The units that a date rule's groups caught, as numbers and words."""

    day: int | None
    month: int | None
    year: int | None
    day2: int | None
    month2: int | None
    relation: str | None
    weekday: int | None
    weekday2: int | None
    days: int | None
    days2: int | None
    ago: int | None
    season: str | None

    @classmethod
    def of(cls, match: re.Match[str], units: tuple[Unit, ...]) -> _Words:
        caught = {group: units[at] for group in match.re.groupindex if (at := match.start(group)) >= 0}.get
        return cls(
            _number(caught("d")) or _valued(caught("dn"), "DAYNAME"),
            _month(caught("m")),
            _full_year(_number(caught("y"))),
            _number(caught("d2")),
            _month(caught("m2")),
            _meaning(caught("rel"), "RELATION"),
            _valued(caught("wd"), "WEEKDAY"),
            _valued(caught("wd2"), "WEEKDAY"),
            _valued(caught("days"), "DAYREL"),
            _valued(caught("days2"), "DAYREL"),
            _ago(caught("unit"), caught("count"), caught("span")),
            _meaning(caught("season"), "SEASON"),
        )


def _number(unit: Unit | None) -> int | None:
    digits = _DIGITS.match(unit.text) if unit is not None else None
    return int(digits[0]) if digits else None


def _meaning(unit: Unit | None, kind: str) -> str | None:
    return unit.value(kind) if unit is not None else None


def _valued(unit: Unit | None, kind: str) -> int | None:
    value = _meaning(unit, kind)
    return int(value) if value is not None else None


def _month(unit: Unit | None) -> int | None:
    return _valued(unit, "MONTH") or _number(unit)


def _ago(unit: Unit | None, count: Unit | None, span: Unit | None) -> int | None:
    days = _valued(unit, "DAYSUNIT")
    return _valued(span, "DAYSPAN") or (days and days * (_number(count) or _valued(count, "NUMWORD") or 1))


def _full_year(year: int | None) -> int | None:
    """A two-digit year is the one that lies in 1970–2069 (POSIX)."""
    return year if year is None or year >= 100 else year + (1900 if year >= 70 else 2000)


def dated(document: Document, sentences: Sequence[Sentence], language: Language) -> list[Sentence]:
    """The sentences with their dates joined into mentions."""
    published = document.publication.date if document.publication else None
    openings = Openings.of(sentences, published, language.alphabet)
    anchor = Anchor(published, told=None if published else openings.borne_out(language.alphabet))
    make = _Reader(anchor, language.grammar, openings, document.blocks).make
    return chunked(sentences, language, GROUP, make)


class _Reader:
    """Reads the dates of an article, remembering the last one for what is said relative to it."""

    def __init__(self, anchor: Anchor, grammar: Grammar, openings: Openings, blocks: Sequence[Block]) -> None:
        self.anchor = anchor
        self._blocks = blocks
        self._grammar = grammar
        self._openings = openings
        self._entry: tuple[int, PartialDate | None] = (-1, None)
        self._told: tuple[int, PartialDate | None] = (-1, None)

    def make(self, sentence: Sentence, rule: Rule, match: re.Match[str]) -> Made | None:
        words = _Words.of(match, sentence.units)
        if not _possible(words):
            return None
        how = rule.means.get("reckon", "calendar")
        opens = self._openings.has(sentence, match)
        whole = words.year is not None and words.weekday is None  # needs no tense to be reckoned
        told = None if whole else self._tense(sentence, extent(match)[0], opens)
        reckoned = _reckon(how, words, told, self._anchor(sentence, words, opens))
        if reckoned is None:
            return None
        mention = _mention(sentence.over(*extent(match)), words, reckoned)
        if opens:
            self._entry = (sentence.paragraph, mention.date)
        if mention.date is not None:
            self.anchor = replace(self.anchor, year=mention.date.year)
            if self._was_written_on(mention.date, sentence, mention.span):
                self.anchor = replace(self.anchor, written=mention.date)
        if mention.date is not None and mention.date.month is not None:
            self._told = (sentence.paragraph, mention.date)
            outright = mention.date if mention.date.day and not mention.relative else None
            recent = mention.date if self._is_news(mention.date) else self.anchor.recent
            told_first = self.anchor.told or outright
            self.anchor = replace(self.anchor, last=mention.date, recent=recent, told=told_first)
        kind = "YEARDATE" if mention.date is not None and mention.date.month is None else "DATE"
        return {kind: (str(mention.date or ""),)}, mention

    def _tense(self, sentence: Sentence, at: int, opens: bool) -> Tense | None:
        told = tense(sentence, at, self._grammar)
        return told or (self._openings.tense(sentence, self._grammar) if opens else None)

    def _anchor(self, sentence: Sentence, words: _Words, opens: bool) -> Anchor:
        """What a date is reckoned from: in a chronicle a month and day from those that open the entry."""
        if opens:
            return self._openings.anchor(self.anchor, sentence, words.month, words.day)
        known = self.anchor
        if known.recent != known.last and self._told[0] == sentence.paragraph:
            known = replace(known, recent=known.last)
        if words.month is None and words.day is not None:
            return self._in_month_told(sentence, known)
        paragraph, day = self._entry
        within = paragraph == sentence.paragraph and day is not None and words.month is not None
        return replace(known, published=day) if within else known

    def _is_news(self, day: PartialDate) -> bool:
        """Whether a day lies near the publication."""
        published = self.anchor.published.exact if self.anchor.published else None
        return bool(published and day.exact and abs((day.exact - published).days) <= _NEWS)

    def _was_written_on(self, day: PartialDate, sentence: Sentence, span: Span) -> bool:
        """Whether a dateline tells the day, shortly before publication, from which "today" is meant."""
        dateline, published = self._blocks[sentence.block].dateline, self.anchor.published
        if dateline is None or not dateline.covers(span) or published is None:
            return False
        if day.exact is None or published.exact is None:
            return False
        return 0 < (published.exact - day.exact).days <= _SENT

    def _in_month_told(self, sentence: Sentence, known: Anchor) -> Anchor:
        """What a day alone is reckoned from: behind a day of long ago in its paragraph the month of that."""
        paragraph, told = self._told
        published = known.published
        if paragraph != sentence.paragraph or told is None or published is None:
            return known
        if abs(published.first - told.first) <= HALF_A_YEAR:
            return known
        return replace(known, recent=None, last=PartialDate(told.year, told.month))


def _reckon(how: str, words: _Words, told: Tense | None, anchor: Anchor) -> Reckoned | None:
    if how == "offset":
        return offset(Anchor(anchor.written or anchor.published), words.days or 0)
    if how == "after":
        return days_after(anchor, words.days or 0)
    if how in _LATER:
        return offset(Anchor(anchor.last), _LATER[how] * (words.ago or 0))
    if how == "eve":
        return offset(Anchor(anchor.recent or anchor.last or anchor.published), -1)
    if how == "ago":
        return offset(anchor, -(words.ago or 0))
    if how == "weekday" and words.weekday is not None:
        return on_weekday(anchor, words.weekday, words.relation, told)
    if how == "month":
        return month_beside(anchor, words.relation)
    if how == "coming-season":
        return seasonal(anchor, words.season, None, words.relation, Tense.AHEAD)
    if how == "season":
        return seasonal(anchor, words.season, words.year, words.relation, told)
    try:
        found = with_year(anchor, words.year, words.month, words.day, words.relation, told)
    except ValueError:
        return None
    # "Last year's session, on April 7" says the day outright.
    return replace(found, relative=False) if found is not None and how == "own-year" else found


def _possible(words: _Words) -> bool:
    return (
        (words.day is None or 1 <= words.day <= 31)
        and (words.day2 is None or 1 <= words.day2 <= 31)
        and (words.month is None or 1 <= words.month <= 12)
        and (words.year is None or 1900 <= words.year <= 2100)
    )


def _mention(span: Span, words: _Words, reckoned: Reckoned) -> DateMention:
    start = reckoned.date
    end = _end(start, words) if start is not None else None
    month, day = (start.month, start.day) if start else (words.month, words.day)
    return DateMention(span, start, end, month, day, reckoned.chain, reckoned.relative)


def _end(start: PartialDate, words: _Words) -> PartialDate | None:
    """The last day of several."""
    if words.day2 is not None:
        try:
            return PartialDate(start.year, words.month2 or start.month, words.day2)
        except ValueError:
            return None
    if start.exact is None:
        return None
    if words.weekday2 is not None:
        return start.shift((words.weekday2 - start.exact.weekday()) % 7)
    if words.days is not None and words.days2 is not None and words.days2 > words.days:
        return start.shift(words.days2 - words.days)
    return None
