"""The titles of single documents."""

from __future__ import annotations

import msgspec

from cfm_kg.extract.context import Context
from cfm_kg.extract.documents.ends import EDGE_MARKS, title_end
from cfm_kg.extract.documents.quotes import CLOSE, inside, is_apostrophe, paired
from cfm_kg.model import Span
from cfm_kg.units import Sentence, Unit

BARE_TYPES = frozenset({"Statement", "Declaration", "Decision"})
"""Types whose titles say what they are about, without the noun."""
_OUTCOME = "Communique"
"""The type of which a meeting has but one, so that a new one needs no title."""
_DASHES = frozenset(":-–—(")
_SHORT_QUOTE = 3
_POSSESSOR = 2
_SOMEBODY = frozenset(
    {"PERSON", "OFFICE", "ROLE", "ROLE_PL", "MEMBERS", "MINISTERS", "COUNTRY", "DEMONYM", "PLACE"}
)
"""Classes of words for those whose papers are no council's."""
_LEAD = 3
"""Units of a bullet or number before the title of a list's item, and of marks after it."""


class Titled(msgspec.Struct, frozen=True, gc=False):
    """A title, or those that share a noun, and the unit after it."""

    title: Span | None
    last: int
    titles: tuple[Span, ...] = ()
    quoted: bool = False


def single_title(
    context: Context, sentence: Sentence, head: int, pre: int | None, kind: str, definite: bool
) -> Titled:
    """The title of one document whose noun is the unit `head`; `pre` is where its name begins."""
    start = head + 1
    quote = _quoted(context, sentence, start)
    author = after_author(context, sentence, start, kind in BARE_TYPES)
    if quote is None and author is not None:
        quote = _quoted(context, sentence, author)
    if quote is not None:
        span, last = quote
        return Titled(span, last, quoted=True)
    bare = kind in BARE_TYPES
    about_only = bare or "ANYDOC" in sentence.units[head].values
    if start < len(sentence.units) and _set_off(sentence.units[start].text, definite):
        start += 1
    first = head if pre is None else pre
    for begin in (author, start):
        if begin is None:
            continue
        group = "document_title_starts" if about_only else "document_title_ofs"
        begin = _begins(context, sentence, begin, group)
        if begin is not None:
            end = title_end(context, sentence, begin)
            within = _named_within(sentence, begin, end) if "ANYDOC" in sentence.units[head].values else None
            if within is not None:
                return Titled(within, end, quoted=True)
            aside = begin == author and begin != start and "ABOUT" in sentence.units[begin].values
            return Titled(_span(sentence, begin if bare or aside else first, end), end)
    if author is not None:
        named = pre is not None and _proper(sentence.units[pre:head])
        return Titled(_span(sentence, first if named else head, author), author)
    if pre is not None and _names(sentence, pre, head, bare):
        begin = _begins(context, sentence, head + 1, "document_title_named")
        end = title_end(context, sentence, begin) if begin is not None else head + 1
        return Titled(_span(sentence, pre, end), end)
    title = fore_title(context, sentence, head) or _owned(sentence, head, bare)
    if title is None and kind == _OUTCOME and not definite:
        title = sentence.over(head, head + 1)
    return Titled(title, head + 1)


def _owned(sentence: Sentence, head: int, bare: bool) -> Span | None:
    """The name of a document of which only an institution's own is said: "the Fund's regulations"."""
    owner = head - _POSSESSOR
    if bare or owner < 0 or not is_apostrophe(sentence.units[head - 1].text[0]):
        return None
    unit = sentence.units[owner]
    institution = unit.text[0].isupper() and _SOMEBODY.isdisjoint(unit.values)
    return sentence.over(owner, head + 1) if institution else None


def inner_kind(units: tuple[Unit, ...]) -> str | None:
    """The type of a document that a quoted title names itself."""
    return next((u.value("DOCNOUN") for u in units[:8] if u.value("DOCNOUN")), None)


def _set_off(mark: str, definite: bool) -> bool:
    """Whether a mark may stand between a noun and its title: "the statement, on …", "Statement - on …"."""
    return mark in _DASHES or (mark == "," and definite)


def _names(sentence: Sentence, pre: int, head: int, bare: bool) -> bool:
    """Whether the words before a noun name the document, so that they and the noun are its title."""
    if "ANYDOC" in sentence.units[head].values:
        return False
    return not bare or _proper(sentence.units[pre:head])


def _proper(units: tuple[Unit, ...]) -> bool:
    """Whether a name stands before the noun ("the Astana Declaration"), not only whose it is."""
    return any(u.text[0].isupper() and "ORG" not in u.values and "DEMONYM" not in u.values for u in units)


def _begins(context: Context, sentence: Sentence, at: int, group: str) -> int | None:
    for rule in context.hopeful(group, sentence):
        if rule.compiled.match(sentence.codes, at) is not None and not date_follows(sentence, at):
            return at
    return None


def _span(sentence: Sentence, first: int, last: int) -> Span:
    return sentence.over(first, max(last, first + 1))


def fore_title(context: Context, sentence: Sentence, head: int) -> Span | None:
    """A title that stands before its noun: "On the situation in … (statement)", "the «Vision» concept"."""
    if head and CLOSE in sentence.units[head - 1].values:
        opening = next((o for o, c in paired(sentence).items() if c == head - 1), None)
        if opening is not None and head - opening > _SHORT_QUOTE:
            return inside(sentence, opening, head - 1)
    if head < _SHORT_QUOTE or sentence.units[head - 1].text not in _DASHES:
        return None
    opening = next((o for o, c in paired(sentence).items() if head - c in (2, 3)), None)
    if opening is not None:
        return inside(sentence, opening, paired(sentence)[opening])
    for begin in range(min(_LEAD, head)):
        if _begins(context, sentence, begin, "document_title_starts") is not None:
            end = title_end(context, sentence, begin)
            return sentence.over(begin, min(end, head - 1)) if head - end <= _LEAD else None
    return None


def after_author(context: Context, sentence: Sentence, at: int, bare: bool) -> int | None:
    """The unit after those who speak in a document, or its number, if they stand at `at`."""
    groups = ("document_authors", "document_authors_bare") if bare else ("document_authors",)
    ends = [
        match.end()
        for group in groups
        for rule in context.hopeful(group, sentence)
        if (match := rule.compiled.match(sentence.codes, at)) is not None
    ]
    return max(ends, default=None)


def date_follows(sentence: Sentence, at: int) -> bool:
    """Whether a preposition at `at` begins a date, not a title."""
    following = sentence.units[at + 1 : at + 2]
    if not following:
        return False
    values, before = following[0].values, sentence.units[at].values
    return ("DATE" in values and "ABOUT" in before) or ("YEARDATE" in values and "WHENWORD" in before)


def _quoted(context: Context, sentence: Sentence, at: int) -> tuple[Span, int] | None:
    """A quotation at `at`, perhaps after a word such as "titled" or a mark."""
    pairs = paired(sentence)
    for skipped in range(3):
        opening = at + skipped
        if opening >= len(sentence.units):
            return None
        unit = sentence.units[opening]
        if opening in pairs:
            return inside(sentence, opening, pairs[opening]), pairs[opening] + 1
        if "CALLED" not in unit.values and unit.text not in EDGE_MARKS:
            return None
    return None


def _named_within(sentence: Sentence, begin: int, end: int) -> Span | None:
    """A quoted title in apposition to "a document"."""
    for opening, closing in paired(sentence).items():
        if begin < opening < end and closing >= end - 1 and closing - opening > _SHORT_QUOTE:
            return inside(sentence, opening, closing)
    return None
