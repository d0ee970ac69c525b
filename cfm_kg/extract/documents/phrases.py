"""Noun phrases that name documents: their noun, what stands before it, and their titles."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from cfm_kg.extract.context import Context
from cfm_kg.extract.documents.ends import title_end
from cfm_kg.extract.documents.resolved import resolved_titles
from cfm_kg.extract.documents.shared import shared_titles
from cfm_kg.extract.documents.titles import inner_kind, single_title
from cfm_kg.model import Span
from cfm_kg.packs.grammar import Rule
from cfm_kg.units import Sentence, Unit

ONE, MANY, ANY = "DOCNOUN", "DOCNOUN_PL", "ANYDOC"
OTHER = "Other"
_COUNTS = ("count", "count2", "count3")


class Phrase(msgspec.Struct, frozen=True, gc=False):
    """A document, or several, as one noun phrase names them."""

    first: int
    """Its first unit, determiner and draft marker included."""
    head: int
    """The unit of its noun."""
    last: int
    """The unit after its title."""
    kind: str
    title: Span | None
    plural: bool = False
    count: int | None = None
    draft: bool = False
    definite: bool = False
    generic: bool = False
    """Whether its noun says nothing of the type ("papers")."""
    named: bool = True
    """Whether what stands before the noun names it ("anti-drug strategy")."""
    act: int | None = None
    """The unit of an action within it ("5 adopted documents")."""
    spread: bool = False
    """Whether what it says of drafts holds for the documents listed after it ("drafts of a plan, a …")."""
    titles: tuple[Span, ...] = ()
    """Titles that share the noun of a plural."""

    @property
    def all_titles(self) -> tuple[Span, ...]:
        """The one title, or those that share the noun."""
        return self.titles or ((self.title,) if self.title is not None else ())


def find_phrases(context: Context, sentence: Sentence) -> tuple[Phrase, ...]:
    """The documents that a sentence names, in order."""
    candidates = _candidates(context, sentence)
    if not candidates:
        return ()
    rejected = {match.start("head") for _, match in context.matches("document_not", sentence)}
    resolved = resolved_titles(context, sentence)
    found: list[Phrase] = []
    position = 0
    for rule, match in candidates:
        head = match.end("head") - 1
        if match.start("head") < position:
            continue
        if head in resolved:
            titles, position = resolved[head]
            kind = _kind(sentence.units[head : head + 1])
            found.append(Phrase(match.start(), head, position, kind, None, plural=True, titles=titles))
            continue
        if match.start("head") in rejected or head in rejected:
            continue
        phrase = _phrase(context, sentence, rule, match)
        if phrase is not None:
            # A title before its noun may hold another's noun: "the “Vision 2040” concept".
            found = [p for p in found if p.last <= phrase.first]
            found.append(phrase)
            position = phrase.last
    merged = _late_drafts(context, sentence, tuple(_merged(context, sentence, found)))
    return tuple(sorted((*merged, *_elided(context, sentence, merged)), key=lambda p: p.first))


def _late_drafts(context: Context, sentence: Sentence, found: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """The same, where a clause after the last of them says that it is but a draft."""
    for _, match in context.matches("document_late_drafts", sentence):
        last = next((p for p in reversed(found) if p.last == match.start()), None)
        found = tuple(replace(p, draft=True) if p is last else p for p in found)
    return found


def _elided(context: Context, sentence: Sentence, found: tuple[Phrase, ...]) -> Iterator[Phrase]:
    """Documents whose noun stands with the one before alone: "a statement on A and another on B"."""
    taken = {i for p in found for i in range(p.first, p.last)}
    for _, match in context.matches("document_ellipses", sentence):
        before = next((p for p in reversed(found) if p.last <= match.start()), None)
        if before is None or before.plural or before.title is None:
            continue
        begin = match.start("title")
        end = title_end(context, sentence, begin)
        if taken.isdisjoint(range(match.start(), end)):
            title = sentence.over(begin, end)
            yield Phrase(begin - 1, begin - 1, end, before.kind, title, draft=before.draft)
            taken.update(range(match.start(), end))


def _candidates(context: Context, sentence: Sentence) -> list[tuple[Rule, re.Match[str]]]:
    found = context.matches("document_phrases", sentence)
    if not found:
        return []
    best: dict[int, tuple[Rule, re.Match[str]]] = {}
    for rule, match in found:
        head = match.end("head")
        if head not in best or match.start() < best[head][1].start():
            best[head] = (rule, match)
    return sorted(best.values(), key=lambda pair: pair[1].start("head"))


def _phrase(context: Context, sentence: Sentence, rule: Rule, match: re.Match[str]) -> Phrase | None:
    units = sentence.units
    heads = units[match.start("head") : match.end("head")]
    head = match.end("head") - 1
    kind = _kind(heads)
    plural = MANY in heads[-1].values
    count = next((n for g in _COUNTS if (n := _count(match, units, g)) is not None), None)
    count = None if plural and count == 1 else count  # "one of the documents"
    pre = match.start("pre") if _caught(match, "pre") and match.end("pre") > match.start("pre") else None
    drafts = any(_caught(match, g) for g in ("draft", "draft2", "draft3")) or _has(units, match, "DRAFTOF")
    definite = _caught(match, "det") and "DEFINITE" in units[match.start("det")].values
    if _caught(match, "det") and "NEG" in units[match.start("det")].values:
        return None
    generic = all(ANY in u.values for u in heads)
    if not generic and match.start() and "ORDREF" in units[match.start() - 1].values:
        definite = True  # one of those told of before
    titled = (
        shared_titles(context, sentence, head, count)
        if plural
        else single_title(context, sentence, head, pre, kind, definite)
    )
    title = titled.title
    if generic and title is not None and titled.quoted:
        kind = inner_kind(units[head + 1 : titled.last]) or kind
    return Phrase(
        _first(units, match.start(), title),
        match.start("head"),
        titled.last,
        kind,
        title,
        plural,
        count,
        drafts or "DRAFT" in heads[-1].values,
        definite,
        generic,
        pre is not None,
        match.start("adj") if _caught(match, "adj") else None,
        plural or _has(units, match, "DRAFTSOF"),
        () if generic and not titled.quoted else titled.titles,
    )


def _first(units: tuple[Unit, ...], first: int, title: Span | None) -> int:
    """Where a phrase begins: with its title and the article before it, where that stands before the noun."""
    if title is None or units[first].start <= title.start:
        return first
    while first and units[first].start > title.start:
        first -= 1
    while first and ("DET" in units[first - 1].values or "OPENQ" in units[first - 1].values):
        first -= 1
    return first


def _kind(heads: tuple[Unit, ...]) -> str:
    """The type that a noun, or the more telling of two, stands for."""
    kinds = [(u.value(ONE) or u.value(MANY) or OTHER) for u in heads]
    if len(kinds) > 1 and kinds[-1] == OTHER:
        return kinds[0]
    return kinds[-1]


def _caught(match: re.Match[str], group: str) -> bool:
    return group in match.re.groupindex and match.start(group) >= 0


def _count(match: re.Match[str], units: tuple[Unit, ...], group: str) -> int | None:
    if not _caught(match, group):
        return None
    unit = units[match.start(group)]
    value = unit.value("NUMWORD") or unit.text
    return int(value) if value.isdigit() else None


def _has(units: tuple[Unit, ...], match: re.Match[str], kind: str) -> bool:
    return any(kind in unit.values for unit in units[match.start() : match.start("head")])


def _merged(context: Context, sentence: Sentence, found: list[Phrase]) -> Iterator[Phrase]:
    """Give a bare noun the title that follows its neighbour ("the Declaration and the Statement of …")."""
    for i, phrase in enumerate(found):
        after = found[i + 1] if i + 1 < len(found) else None
        bare = phrase.title is None and not phrase.plural
        before = found[i - 1] if i else None
        if bare and after is not None and _joined(sentence, phrase, after):
            start = sentence.units[phrase.head].start
            yield Phrase(
                phrase.first,
                phrase.head,
                phrase.last,
                phrase.kind,
                Span(start, after.title.end if after.title else sentence.units[after.last - 1].end),
                draft=phrase.draft,
            )
        elif before is not None and before.draft and not phrase.draft and _joined(sentence, before, phrase):
            yield replace(phrase, draft=True)
        else:
            yield phrase


def _joined(sentence: Sentence, one: Phrase, other: Phrase) -> bool:
    between = sentence.units[one.last : other.first]
    if other.title is None or not between or "CONJ" not in between[0].values:
        return False
    if other.last == other.head + 1:  # nothing follows that both could share
        return False
    return len(between) == 1 or (len(between) == 2 and one.spread and "TITLEOF" in between[1].values)
