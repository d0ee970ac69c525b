"""Items of the review queue as people see them: the words, what was made of them, and what may be decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.explanation import Explanation, explanations
from cfm_kg.model import Node
from cfm_kg.quads import node
from cfm_kg.review.queue import Item
from cfm_kg.serve.pages.article import claim_of, text_of
from cfm_kg.serve.pages.deciding import Choice, choices
from cfm_kg.serve.pages.highlight import Said
from cfm_kg.serve.pages.view import View
from cfm_kg.vocab import CFM, DCTERMS, PROVENANCE_GRAPH, RDF, RDF_TYPE, RDFS_LABEL

_WIDE = 240
"""So many characters are shown on each side of words whose sentence is not known."""
_FACTS, _SAID = 10, 3
_QUIET = {
    RDF_TYPE,
    RDFS_LABEL,
    CFM("person"),
    *(CFM(name) for name in ("participation", "intervention", "tally")),
}


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of an article within their sentence, and the claims that rest on them."""

    article: str
    before: str
    words: str
    after: str
    said: tuple[Said, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """One of the things that may be one: what is known of it, and words about it."""

    iri: str
    facts: tuple[tuple[str, Node], ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """An item with all that its card shows."""

    item: Item
    passages: tuple[Passage, ...]
    things: tuple[Thing, ...]
    choices: tuple[Choice, ...]


class Cards:
    """Makes cards of one state of the store, which lies in a build's folder."""

    def __init__(self, view: View, folder: Path) -> None:
        self._view, self._folder = view, folder
        self._text = lru_cache(64)(self._read)

    def of(self, items: Sequence[Item]) -> list[Card]:
        """The cards of some items."""
        return [self._card(item) for item in items]

    def _card(self, item: Item) -> Card:
        claims = item.claims or tuple(side.claim for side in (item.conflict.sides if item.conflict else ()))
        things = tuple(self._thing(iri) for iri in item.things)
        return Card(item, self._passages(item, claims), things, choices(self._view, item))

    def _passages(self, item: Item, claims: Sequence[str]) -> tuple[Passage, ...]:
        if item.left is not None:
            left = item.left
            return (self._passage(item.article, left.quote, left.start, left.end),)
        known = explanations(claims, self._folder)
        found: dict[tuple[str, int, int], list[Said]] = {}
        for iri in claims:
            one = claim_of(self._view, iri, known[iri].resolutions if iri in known else ())
            found.setdefault((self._view.one(iri, "article"), one.start, one.end), []).append(one)
        return tuple(self._of_claims(article, said, known) for (article, _, _), said in found.items())

    def _of_claims(self, article: str, said: Sequence[Said], known: dict[str, Explanation]) -> Passage:
        first = said[0]
        sentence = known[first.iri].sentence if first.iri in known else ""
        return self._passage(article, first.quote, first.start, first.end, sentence, tuple(said))

    def _passage(
        self, article: str, quote: str, start: int, end: int, sentence: str = "", said: tuple[Said, ...] = ()
    ) -> Passage:
        text = self._text(article)
        language = next(self._view.stated(article, DCTERMS("language")), "")
        if text is None or text[start:end] != quote:
            before, found, after = sentence.partition(quote)
            return Passage(article, before if found else "", quote, after, said, language)
        begin, stop = _around(text, start, end, sentence)
        return Passage(article, text[begin:start].lstrip(), quote, text[end:stop].rstrip(), said, language)

    def _read(self, article: str) -> str | None:
        return text_of(self._folder, self._view.one(article, "sha256"))

    def _thing(self, iri: str) -> Thing:
        store, name = self._view.store, ox.NamedNode(iri)
        quads = store.quads_for_pattern(name, None, None, ox.DefaultGraph())
        facts = sorted(
            (
                (quad.predicate.value, node(quad.object))
                for quad in quads
                if quad.predicate.value not in _QUIET
            ),
            key=str,
        )
        leading = store.quads_for_pattern(None, None, name, ox.DefaultGraph())
        facts += sorted(
            ((f"^{q.predicate.value}", node(q.subject)) for q in leading if q.predicate.value not in _QUIET),
            key=str,
        )
        found = store.quads_for_pattern(
            None, ox.NamedNode(RDF("subject")), name, ox.NamedNode(PROVENANCE_GRAPH)
        )
        claims = sorted(str(getattr(quad.subject, "value", "")) for quad in found)[:_SAID]
        passages = self._passages(Item("", "", ""), claims)
        each = {(one.article, one.before + one.words + one.after): one for one in reversed(passages)}
        return Thing(iri, tuple(facts[:_FACTS]), tuple(each.values()))


def _around(text: str, start: int, end: int, sentence: str) -> tuple[int, int]:
    """Where the sentence of some words begins and ends; else a part of their paragraph."""
    begin = text.rfind(sentence, 0, start + len(sentence)) if sentence else -1
    if 0 <= begin <= start and end <= begin + len(sentence):
        return begin, begin + len(sentence)
    stop = text.find("\n", end)
    return max(text.rfind("\n", 0, start) + 1, start - _WIDE), min(
        len(text) if stop < 0 else stop, end + _WIDE
    )
