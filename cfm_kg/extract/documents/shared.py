"""Titles that share one noun: "statements on A, on B and on C"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cfm_kg.extract.context import Context
from cfm_kg.extract.documents.ends import EDGE_MARKS, title_end, trimmed
from cfm_kg.extract.documents.quotes import OPEN, enclosing, inside, paired
from cfm_kg.extract.documents.titles import Titled, after_author, date_follows
from cfm_kg.model import Span
from cfm_kg.units import Sentence, Unit

_SEVERAL = 2
_LANDS = frozenset({"COUNTRY", "PLACE"})
_LONE = 5
"""Units of a title that tells of more than one land: "on the situation in Syria" has as many."""
_LIST, _BRIEF = 3, 9
"""A list of at least so many titles, each of at most so many units, is taken for one even uncounted."""


def shared_titles(context: Context, sentence: Sentence, head: int, count: int | None) -> Titled:
    """The titles that follow a plural: "statements on A, on B and on C", or quoted ones."""
    generic = "ANYDOC" in sentence.units[head].values
    start = after_author(context, sentence, head + 1, not generic) or head + 1
    intro = _intro(context, sentence, start)
    found = tuple(_pieces(context, sentence, intro)) if intro is not None else ()
    if not found:
        found = tuple(_pieces(context, sentence, start))
    if not found and intro is not None and not generic and sentence.units[intro - 1].text == ":":
        return _bare_list(sentence, start, intro, count)
    if not found:
        return Titled(None, start)
    spans, last, quoted = tuple(s for s, _, _ in found), found[-1][1], found[0][2]
    if len(spans) == 1 and not quoted and not _one_of_several(sentence, spans[0]):
        spans = _listed(sentence, intro or start, last, count)
    return Titled(None, last, spans, quoted)


def _listed_alone(sentence: Sentence, found: tuple[tuple[Span, int, bool], ...]) -> tuple[Span, ...]:
    """Titles of one list after one preposition that follows the verb: "were adopted on A, B and C"."""
    (span, end, quoted), *_ = found
    begin = next(i for i, unit in enumerate(sentence.units) if unit.start == span.start)
    return () if quoted else _listed(sentence, begin, end, None)


def _one_of_several(sentence: Sentence, title: Span) -> bool:
    """Whether a title is that of one of the documents: "four resolutions, including one on …"."""
    at = next(i for i, unit in enumerate(sentence.units) if unit.start == title.start)
    return at > 0 and sentence.units[at - 1].value("NUMWORD") == "1"


def late_titles(context: Context, sentence: Sentence, plural: bool, last: int) -> tuple[Span, ...]:
    """A title that only follows the verb whose last unit is before `last`."""
    if plural:
        intro = _intro(context, sentence, last)
        found = tuple(_pieces(context, sentence, intro)) if intro is not None else ()
        found = found or tuple(_pieces(context, sentence, last))
        several = _listed_alone(sentence, found) if len(found) == 1 and intro is None else ()
        return several or tuple(span for span, _, _ in found)
    for rule in context.hopeful("document_late_titles", sentence):
        match = rule.compiled.match(sentence.codes, last)
        if match is not None:
            begin = match.start("title")
            return (sentence.over(begin, title_end(context, sentence, begin)),)
    return ()


def titles_of_each(context: Context, sentence: Sentence) -> tuple[Span, ...]:
    """What each of several documents is about: "the first is on …, another deals with …"."""
    found: dict[int, Span] = {}
    for _, match in context.matches("document_each", sentence):
        begin = match.start("title")
        found[begin] = sentence.over(begin, title_end(context, sentence, begin))
    return tuple(found[begin] for begin in sorted(found))


def _intro(context: Context, sentence: Sentence, at: int) -> int | None:
    """The unit after words such as "on topical issues:" that introduce shared titles."""
    for rule in context.hopeful("document_intro", sentence):
        match = rule.compiled.match(sentence.codes, at)
        if match is not None and match.end() > at:
            return match.end()
    return None


def _pieces(context: Context, sentence: Sentence, at: int) -> Iterator[tuple[Span, int, bool]]:
    """Title after title from `at`, each with the unit after it and whether it was quoted."""
    pairs = paired(sentence)
    again = ""
    while at < len(sentence.units):
        begin = _said_again(sentence, at, again) or _next_piece(context, sentence, at, pairs)
        if begin is None:
            return
        if begin in pairs:
            at = pairs[begin] + 1
            yield inside(sentence, begin, pairs[begin]), at, True
            continue
        again = again or _preposition(sentence.units[begin])
        end = title_end(context, sentence, begin)
        end = min(end, _separator(context, sentence, begin + 1, end, again))
        end = trimmed(sentence, begin, end)
        yield sentence.over(begin, end), end, False
        at = end


def _preposition(opening: Unit) -> str:
    """The preposition that wordings of several words end with; it may stand alone before the next title."""
    words = opening.text.casefold().split()
    return words[-1] if len(words) > 1 else ""


def _said_again(sentence: Sentence, at: int, preposition: str) -> int | None:
    """Where the next title begins if it repeats a preposition alone: "devoted to A and to B"."""
    if not preposition:
        return None
    for i in range(at, min(at + _SEVERAL, len(sentence.units) - 1)):
        if not _cuts(sentence, i):
            return None
        if sentence.units[i + 1].text.casefold() == preposition:
            return i + 1
    return None


def _next_piece(context: Context, sentence: Sentence, at: int, pairs: dict[int, int]) -> int | None:
    for rule in context.hopeful("document_shared", sentence):
        match = rule.compiled.match(sentence.codes, at)
        if match is not None and not date_follows(sentence, match.start("next")):
            return match.start("next")
    for i in range(at, min(at + 5, len(sentence.units))):
        unit = sentence.units[i]
        if i in pairs and OPEN in unit.values:
            return i
        if unit.text not in EDGE_MARKS and "CONJ" not in unit.values and "CALLED" not in unit.values:
            return None
    return None


def _separator(context: Context, sentence: Sentence, at: int, end: int, again: str) -> int:
    """Where the next of several titles begins, between `at` and `end`."""
    pairs = paired(sentence)
    for i in range(at, end):
        unit = sentence.units[i]
        if not (unit.text in ",;" or "CONJ" in unit.values) or enclosing(pairs, i, at) is not None:
            continue
        if _said_again(sentence, i, again) is not None:
            return i
        for rule in context.hopeful("document_shared", sentence):
            match = rule.compiled.match(sentence.codes, i)
            if match is not None and match.start("next") > i:
                return i
    return end


def _listed(sentence: Sentence, first: int, last: int, count: int | None) -> tuple[Span, ...]:
    """Titles in one list after one preposition: "two statements on A and B", "statements on A, B and C"."""
    cuts = [i for i in range(first, last) if _cuts(sentence, i)]
    edges = [first, *cuts, last]
    parts = [(a if a == first else a + 1, b) for a, b in pairwise(edges)]
    parts = [(a, b) for a, b in parts if b > a]
    uncounted = count is None and len(parts) >= _LIST and all(b - a <= _BRIEF for a, b in parts)
    if uncounted and _within_one(sentence, parts):
        return (sentence.over(first, last),)
    return tuple(sentence.over(a, b) for a, b in parts) if uncounted or len(parts) == count else ()


def _within_one(sentence: Sentence, parts: list[tuple[int, int]]) -> bool:
    """Whether a list stands within one title: "memoranda on granting a status to Iran, Iraq and Oman"."""
    (first, after), *others = parts
    lands = all(
        not _LANDS.isdisjoint(sentence.units[b - 1].values)
        and all("DET" in u.values for u in sentence.units[a : b - 1])
        for a, b in others
    )
    return lands and after - first > _LONE


def _bare_list(sentence: Sentence, start: int, first: int, count: int | None) -> Titled:
    """Titles after a colon that no preposition begins: "two statements: the war in A, the talks on B"."""
    last = trimmed(sentence, first, len(sentence.units))
    spans = _listed(sentence, first, last, count) if count is not None else ()
    return Titled(None, last, spans) if spans else Titled(None, start)


def _cuts(sentence: Sentence, at: int) -> bool:
    return sentence.units[at].text == "," or "CONJ" in sentence.units[at].values
