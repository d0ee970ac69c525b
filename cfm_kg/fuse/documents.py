"""Which documents of several articles are one: the same meeting and type, and nearly the same title."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import combinations

from rapidfuzz import fuzz

from cfm_kg.fuse.meetings import Apart
from cfm_kg.fuse.model import Statement, Unsettled
from cfm_kg.model import Literal, Node
from cfm_kg.vocab import CFM, DCTERMS_TITLE

SAME_TITLE = 88.0
"""Titles this alike, whatever the order of words (0 to 100), are one document's."""
_PERHAPS = 95.0
"""Where one title's words are this nearly all in the other's, the two may be one."""
ACTIONS = ("adopted", "signed", "approvedDraft", "considered", "proposed")
"""What a meeting does with a document, the local names of properties."""


_REMEMBERED = 1 << 14
"""Titles of which something is remembered while they are compared."""


@dataclass(slots=True)
class Paper:
    """A document as articles name it, while it is compared with others."""

    iri: str
    meetings: set[str] = field(default_factory=set)
    steps: set[tuple[str, str]] = field(default_factory=set)
    """Meeting, and the local name of what it did with the document."""
    types: set[Node] = field(default_factory=set)
    titles: set[tuple[str, str]] = field(default_factory=set)
    """Language and folded title."""
    articles: set[str] = field(default_factory=set)
    published: date = date.max


def same_documents(
    statements: Iterable[Statement], kept_apart: Apart = frozenset()
) -> tuple[dict[str, str], list[Unsettled]]:
    """Names of documents → the name of the document that they join; and pairs left apart."""
    documents = papers(statements)
    by_meeting: dict[str, list[Paper]] = defaultdict(list)
    for document in documents:
        for meeting in document.meetings:
            by_meeting[meeting].append(document)
    joins: dict[str, str] = {}
    unsettled: list[Unsettled] = []
    for _, together in sorted(by_meeting.items()):
        _join(together, kept_apart, joins, unsettled)
    return joins, unsettled


def papers(statements: Iterable[Statement]) -> list[Paper]:
    """All documents that some meeting handled, the earliest published first."""
    actions = {CFM(name): name for name in ACTIONS}
    found: dict[str, Paper] = {}
    statements = list(statements)
    for statement in statements:
        if statement.predicate in actions and isinstance(statement.object, str):
            document = found.setdefault(statement.object, Paper(statement.object))
            document.meetings.add(statement.subject)
            document.steps.add((statement.subject, actions[statement.predicate]))
            document.articles.add(statement.origin.article)
            document.published = min(document.published, statement.origin.published)
    for statement in statements:
        document_or_none = found.get(statement.subject)
        if document_or_none is None:
            continue
        if statement.predicate == CFM("documentType"):
            document_or_none.types.add(statement.object)
        elif statement.predicate == DCTERMS_TITLE and isinstance(statement.object, Literal):
            title = statement.object
            document_or_none.titles.add((title.language or "", _folded(title.value)))
    return sorted(found.values(), key=lambda document: (document.published, document.iri))


def _join(
    documents: list[Paper], kept_apart: Apart, joins: dict[str, str], unsettled: list[Unsettled]
) -> None:
    """Join the documents of one meeting to the earliest published of their kind."""
    partners: dict[str, list[str]] = defaultdict(list)
    by_name = {document.iri: document for document in documents}
    for first, second in combinations(documents, 2):
        if first.articles & second.articles or frozenset((first.iri, second.iri)) in kept_apart:
            continue  # one article tells its own documents apart
        score, loose = alike(first, second)
        if score >= SAME_TITLE and first.types == second.types:
            partners[second.iri].append(first.iri)
        elif score >= SAME_TITLE or loose >= _PERHAPS:
            reason = (
                "nearly the same title, but another type"
                if score >= SAME_TITLE
                else "one title holds the other"
            )
            one, *others = sorted((first.iri, second.iri))
            unsettled.append(Unsettled.of(one, others, reason))
    taken: dict[str, set[str]] = {document.iri: set(document.articles) for document in documents}
    members: dict[str, set[str]] = {document.iri: {document.iri} for document in documents}
    for name, found in partners.items():
        targets = sorted({joins.get(other, other) for other in found})
        free = [
            target
            for target in targets
            if not taken.get(target, set()) & by_name[name].articles
            and not any(frozenset((name, member)) in kept_apart for member in members.get(target, ()))
        ]
        if len(targets) == 1 and free:
            joins[name] = free[0]
            taken.setdefault(free[0], set()).update(by_name[name].articles)
            members.setdefault(free[0], {free[0]}).add(name)
        else:
            unsettled.append(Unsettled.of(name, targets, "the title fits several documents of the meeting"))


def alike(first: Paper, second: Paper) -> tuple[float, float]:
    """How alike the closest titles of one language are, strictly and loosely; 0 where numbers differ."""
    best = (0.0, 0.0)
    for language, a in first.titles:
        for other, b in second.titles:
            if language == other and _numbers(a) == _numbers(b):
                best = max(best, (fuzz.token_sort_ratio(a, b), fuzz.token_set_ratio(a, b)))
    return best


def are_alike(first: Iterable[tuple[str, str]], second: Iterable[tuple[str, str]], least: float) -> bool:
    """Whether two titles of one language have the same numbers and are strictly this alike at least."""
    return any(
        language == other
        and fuzz.token_sort_ratio(a, b, score_cutoff=least) >= least
        and _numbers(a) == _numbers(b)
        for language, a in first
        for other, b in second
    )


@lru_cache(_REMEMBERED)
def _numbers(title: str) -> list[str]:
    return sorted(re.findall(r"\d+", title))


def _folded(title: str) -> str:
    """Lower-case words and numbers without punctuation."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", title).casefold()))
