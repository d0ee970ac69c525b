"""Datelines: the leading "CITY, June 21 (Agency) —" of a paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from cfm_kg.clean.stamps import Stamp, StampGrammar, grammar
from cfm_kg.model import Span

_REACH = 140
"""Characters from the start of a paragraph within which a dateline ends."""
_UPPER = r"[A-ZÀ-ÖØ-ÞА-ЯЁЄІЇҐӘҒҚҢӨҰҮҺӢӮҲҶŞÇĞİ]"
_WORD = rf"{_UPPER}[\w’'\-]*"
_PLACE = rf"(?:{_WORD}(?:[ -]{_WORD}){{0,3}}(?: ?\({_WORD}\))?)"
_CAPITALS = rf"(?:{_UPPER}{{3,}}(?:[ -]{_UPPER}{{2,}}){{0,3}})"
_QUOTED = r"[«\"“][^»\"”\n]{2,30}[»\"”]"
_BRACKETED = r"(?:/[^/\n]{2,50}/|\([^()\n]{2,50}\)|\[[^\[\]\n]{2,50}\])"
_DASH = r"(?:[-–—]{1,3})"
_ADDRESS = r"[\w-]+(?:\.[a-z]{2,})+"
"""An outlet named by its address."""
_CITY = rf"(?:{_UPPER}[\w’']{{2,}}(?:-{_UPPER}[\w’']{{2,}})+|{_UPPER}{{4,}}(?: {_UPPER}{{3,}})?)"
"""Cities that may be all of a dateline: hyphenated or in capitals, so that no first word is taken for one."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline, its end in the paragraph, its date and the agency it names, as far as it has them."""

    length: int
    stamp: Stamp | None
    agency: str | None


@cache
def _patterns(languages: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    words = grammar(languages)
    month, day, year = words.month_names, r"\d{1,2}(?!\d)\w{0,2}", rf"(?:,?\s+\d{{4}}{words.year_end})?"
    # A full stop after a month abbreviates it, unless a sentence begins behind.
    point = rf"(?:\.(?!\s+{_UPPER}))?"
    spelled = rf"(?:(?i:{month}(?:\.\s*|\s+){day})|(?i:{day}\s+{month}){point})(?i:{year})"
    date = rf"(?:{spelled}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}})"
    place = rf"{_PLACE}(?:(?:, |/){_PLACE})?"
    clock = r"(?:,?\s+\d{1,2}[:.]\d{2}(?!\d))?"
    name = rf"(?:{_WORD}|{_QUOTED})(?:[ .-]+(?:{_WORD}|{_QUOTED}|{words.small_words})){{0,4}}"
    bracketed, named = rf"(?P<bracketed>{_BRACKETED})", rf"(?P<name>{name})"
    close = rf"\s*[.:]?\s*{_DASH}?"
    # The group `end` of each form is what closes the dateline off from the sentence.
    told = rf"{bracketed}|{_DASH}?\s*{named}(?=\.?\s*{_DASH}\s|\.\s|:\s)"
    forms = (
        rf"(?P<first>{name}|{_ADDRESS}), {place}, {date}(?P<end>\s*{bracketed}?\s*[.:)]?\s*{_DASH}?)\s*",
        rf"(?:(?P<leading>{_BRACKETED})[.,]?\s*)?[(\[]?{place}[,.:]?\s+{date}{clock}"
        rf"(?P<end>\s*[).,]*\s*(?:{told})?{close})\s*",
        rf"{date},\s+{_PLACE}(?P<end>\s*{bracketed}{close}|\s*[.:]\s|\s*{_DASH})\s*",
        rf"{_PLACE}\s+(?P<end>{bracketed}\s*[.:]?\s*(?:{_DASH}|\.)|(?P<slashed>/[^/\n]{{2,50}}/)\.?)\s+",
        rf"{_CAPITALS}(?:, {_PLACE})?[.,]\s+{named}(?P<end>\.?\s*{_DASH})\s+",
        rf"{_CAPITALS},\s+(?P<short>{_WORD}(?: {_WORD})?)(?P<end>\.)\s+",
        rf"{_CAPITALS}(?:, {_PLACE})?(?P<end>\s+{_DASH}|\s*:)\s+",
        rf"{_CITY}(?P<end>\.)\s+",
        rf"{_PLACE}\s*\({_WORD}\)(?P<end>:|\s*{_DASH})\s+",
        rf"[(\[]?{date}(?P<end>\s*[)\]]?\s*{bracketed}?\s*(?:[.:/|]|{_DASH}|(?<=[)\]])))\s+",
    )
    return tuple(re.compile(form) for form in forms)


_OPENS = re.compile(rf"{_UPPER}|[\"“«‘(\d]")
_CLOSES = re.compile(r"[.)/:\]–—-]")


def find_dateline(paragraph: str, dates: StampGrammar, languages: tuple[str, ...]) -> Dateline | None:
    """The dateline at the start of `paragraph`; `languages` are those of `dates`."""
    head = paragraph[:_REACH]
    if not _OPENS.match(head):
        return None
    for pattern in _patterns(languages):
        match = pattern.match(head)
        if match is None or not _CLOSES.search(match["end"]):
            continue
        rest = head[match.end() :]
        if rest and not _OPENS.match(rest):
            continue
        stamps = dates.find(match[0])
        return Dateline(len(match[0].rstrip()), stamps[0] if stamps else None, _agency(match))
    return None


def whole_line(line: str, dates: StampGrammar, languages: tuple[str, ...]) -> Dateline | None:
    """A dateline that stands alone on its line: a city in capitals, or a place and a date."""
    if len(line) > 60:
        return None
    if re.fullmatch(_CAPITALS, line):
        return Dateline(len(line), None, None)
    match = re.match(rf"{_PLACE}(?:, {_PLACE})?,\s+", line)
    if match is None or dates.weekday.search(line):
        return None
    stamps = dates.find(line[match.end() :])
    if (
        len(stamps) == 1
        and not stamps[0].numeric
        and stamps[0].span == Span(0, len(line.rstrip(" .")) - match.end())
    ):
        return Dateline(len(line), dates.find(line)[0], None)
    return None


def _agency(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    for key in ("first", "leading", "bracketed", "slashed", "name", "short"):
        text = groups.get(key)
        if text:
            return text.strip(" /()[].")
    return None
