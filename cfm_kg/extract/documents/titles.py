"""Where titles begin and end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cfm_kg.extract.context import Context
from cfm_kg.extract.documents.quotes import CLOSE, OPEN, enclosing, is_apostrophe, paired
from cfm_kg.model import Span
from cfm_kg.units import Sentence, Unit

BARE_TYPES = frozenset({"Statement", "Declaration", "Decision"})
"""Types whose titles say what they are about, without the noun."""
_TRIM = frozenset(",;.:-–—(")
_DASHES = frozenset(":-–—")
_FARTHEST = 70
_SHORT_QUOTE = 3
_LIST, _BRIEF = 3, 9


@dataclass(frozen=True, slots=True)
class Titled:
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
    author = _author(context, sentence, start, kind in BARE_TYPES)
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
            return Titled(_span(sentence, begin if bare else first, end), end)
    if author is not None:
        return Titled(_span(sentence, head, author), author)
    if pre is not None and "ANYDOC" not in sentence.units[head].values and (not bare or _proper(sentence.units[pre:head])):
        return Titled(_span(sentence, pre, head + 1), head + 1)
    return Titled(None, head + 1)


def shared_titles(context: Context, sentence: Sentence, head: int, count: int | None) -> Titled:
    """The titles that follow a plural: "statements on A, on B and on C", or quoted ones."""
    start = head + 1
    start = _author(context, sentence, start, "ANYDOC" not in sentence.units[head].values) or start
    intro = _intro(context, sentence, start)
    found = tuple(_pieces(context, sentence, intro)) if intro is not None else ()
    if not found:
        found = tuple(_pieces(context, sentence, start))
    if not found:
        return Titled(None, start)
    spans, last, quoted = tuple(s for s, _, _ in found), found[-1][1], found[0][2]
    if len(spans) == 1 and not quoted:
        spans = _listed(context, sentence, intro or start, last, count)
    return Titled(None, last, spans, quoted)


def titles_of_each(context: Context, sentence: Sentence) -> tuple[Span, ...]:
    """What each of several documents is about: "the first is on …, another deals with …"."""
    found: dict[int, Span] = {}
    for _, match in context.language.grammar.matches("document_each", sentence.codes):
        begin = match.start("title")
        found[begin] = sentence.over(begin, title_end(context, sentence, begin))
    return tuple(found[begin] for begin in sorted(found))


def late_titles(context: Context, sentence: Sentence, plural: bool, last: int) -> tuple[Span, ...]:
    """A title that only follows the verb whose last unit is before `last`."""
    if plural:
        intro = _intro(context, sentence, last)
        found = tuple(_pieces(context, sentence, intro)) if intro is not None else ()
        return tuple(span for span, _, _ in found or _pieces(context, sentence, last))
    for rule in context.language.grammar.rules("document_late_titles"):
        match = rule.compiled.match(sentence.codes, last)
        if match is not None:
            begin = match.start("title")
            return (sentence.over(begin, title_end(context, sentence, begin)),)
    return ()


def title_end(context: Context, sentence: Sentence, begin: int) -> int:
    """The unit after a title whose first unit is `begin`."""
    pairs = paired(sentence)
    limit = min(len(sentence.units), begin + _FARTHEST)
    end = limit
    for rule in context.language.grammar.rules("document_title_ends"):
        position = begin + 1
        while (match := rule.compiled.search(sentence.codes, position, limit)) is not None:
            at = match.start()
            closing = enclosing(pairs, at, begin)
            if closing is None or closing >= limit:
                end = min(end, at)
                break
            position = closing + 1
    closed = next((i for i in range(begin, end) if _closes(sentence, pairs, i, begin)), end)
    return trimmed(sentence, begin, min(closed, _bracket_end(sentence, begin, end)))


def trimmed(sentence: Sentence, first: int, last: int) -> int:
    """`last` moved back over marks and words that end no title."""
    while last > first + 1:
        unit = sentence.units[last - 1]
        if unit.text in _TRIM or "GLUE" in unit.values or "DET" in unit.values or "ADV" in unit.values:
            last -= 1
        else:
            break
    return last


def inner_kind(units: tuple[Unit, ...]) -> str | None:
    """The type of a document that a quoted title names itself."""
    return next((u.value("DOCNOUN") for u in units[:8] if u.value("DOCNOUN")), None)


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
        depth += {"(": 1, ")": -1}.get(sentence.units[i].text, 0)
        if depth < 0:
            return i
    return end


def _quoted(context: Context, sentence: Sentence, at: int) -> tuple[Span, int] | None:
    """A quotation at `at`, perhaps after a word such as "titled" or a mark."""
    pairs = paired(sentence)
    for skipped in range(3):
        opening = at + skipped
        if opening >= len(sentence.units):
            return None
        unit = sentence.units[opening]
        if opening in pairs:
            return _inside(sentence, opening, pairs[opening])
        if "CALLED" not in unit.values and unit.text not in _TRIM:
            return None
    return None


def _named_within(sentence: Sentence, begin: int, end: int) -> Span | None:
    """A quoted title in apposition to "a document"."""
    for opening, closing in paired(sentence).items():
        if begin < opening < end and closing >= end - 1 and closing - opening > _SHORT_QUOTE:
            return _inside(sentence, opening, closing)[0]
    return None


def _set_off(mark: str, definite: bool) -> bool:
    """Whether a mark may stand between a noun and its title: "the statement, on …", "Statement - on …"."""
    return mark in _DASHES or (mark == "," and definite)


def _proper(units: tuple[Unit, ...]) -> bool:
    """Whether a name stands before the noun ("the Astana Declaration"), not only whose it is."""
    return any(u.text[0].isupper() and "ORG" not in u.values and "DEMONYM" not in u.values for u in units)


def _inside(sentence: Sentence, opening: int, closing: int) -> tuple[Span, int]:
    last = closing
    while last > opening + 2 and sentence.units[last - 1].text in ",.;":
        last -= 1
    return sentence.over(opening + 1, last), closing + 1


def _author(context: Context, sentence: Sentence, at: int, bare: bool) -> int | None:
    """The unit after those who speak in a document, or its number, if they stand at `at`."""
    groups = ("document_authors", "document_authors_bare") if bare else ("document_authors",)
    ends = [
        match.end()
        for group in groups
        for rule in context.language.grammar.rules(group)
        if (match := rule.compiled.match(sentence.codes, at)) is not None
    ]
    return max(ends, default=None)


def _begins(context: Context, sentence: Sentence, at: int, group: str) -> int | None:
    for rule in context.language.grammar.rules(group):
        if rule.compiled.match(sentence.codes, at) is not None and not _date_follows(sentence, at):
            return at
    return None


def _date_follows(sentence: Sentence, at: int) -> bool:
    following = sentence.units[at + 1 : at + 2]
    return bool(following) and "DATE" in following[0].values and "ABOUT" in sentence.units[at].values


def _span(sentence: Sentence, first: int, last: int) -> Span:
    return sentence.over(first, max(last, first + 1))


def _intro(context: Context, sentence: Sentence, at: int) -> int | None:
    """The unit after words such as "on topical issues:" that introduce shared titles."""
    for rule in context.language.grammar.rules("document_intro"):
        match = rule.compiled.match(sentence.codes, at)
        if match is not None and match.end() > at:
            return match.end()
    return None


def _pieces(context: Context, sentence: Sentence, at: int) -> Iterator[tuple[Span, int, bool]]:
    """Title after title from `at`, each with the unit after it and whether it was quoted."""
    pairs = paired(sentence)
    while at < len(sentence.units):
        begin = _next_piece(context, sentence, at, pairs)
        if begin is None:
            return
        if begin in pairs:
            span, at = _inside(sentence, begin, pairs[begin])
            yield span, at, True
            continue
        end = title_end(context, sentence, begin)
        end = trimmed(sentence, begin, min(end, _separator(context, sentence, begin + 1, end)))
        yield sentence.over(begin, end), end, False
        at = end


def _next_piece(context: Context, sentence: Sentence, at: int, pairs: dict[int, int]) -> int | None:
    for rule in context.language.grammar.rules("document_shared"):
        match = rule.compiled.match(sentence.codes, at)
        if match is not None and not _date_follows(sentence, match.start("next")):
            return match.start("next")
    for i in range(at, min(at + 5, len(sentence.units))):
        unit = sentence.units[i]
        if i in pairs and OPEN in unit.values:
            return i
        if unit.text not in _TRIM and "CONJ" not in unit.values and "CALLED" not in unit.values:
            return None
    return None


def _separator(context: Context, sentence: Sentence, at: int, end: int) -> int:
    """Where the next of several titles begins, between `at` and `end`."""
    pairs = paired(sentence)
    for i in range(at, end):
        unit = sentence.units[i]
        if not (unit.text in ",;" or "CONJ" in unit.values) or enclosing(pairs, i, at) is not None:
            continue
        for rule in context.language.grammar.rules("document_shared"):
            match = rule.compiled.match(sentence.codes, i)
            if match is not None and match.start("next") > i:
                return i
    return end


def _listed(context: Context, sentence: Sentence, first: int, last: int, count: int | None) -> tuple[Span, ...]:
    """Titles in one list after one preposition: "two statements on A and B", "statements on A, B and C"."""
    cuts = [i for i in range(first, last) if _cuts(sentence, i)]
    edges = [first, *cuts, last]
    parts = [(a if a == first else a + 1, b) for a, b in zip(edges, edges[1:], strict=False)]
    parts = [(a, b) for a, b in parts if b > a]
    wanted = len(parts) == count or (count is None and len(parts) >= _LIST and all(b - a <= _BRIEF for a, b in parts))
    return tuple(sentence.over(a, b) for a, b in parts) if wanted else ()


def _cuts(sentence: Sentence, at: int) -> bool:
    return sentence.units[at].text == "," or "CONJ" in sentence.units[at].values
