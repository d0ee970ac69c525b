"""All names, titles and quotes in a store, folded, so that another spelling finds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nsmallest

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from cfm_kg.description.labels import NAMING
from cfm_kg.serve.pages.view import View
from cfm_kg.vocab import BASE, CFM, OA, PROVENANCE_GRAPH, SKOS_ALT_LABEL, slug

_NAMES = (*NAMING, SKOS_ALT_LABEL, CFM("acronym"), CFM("isoCode"))
_LIKE, _FOUND = 78, 60
"""Percent of likeness from which a name may be meant; how many are looked at."""
_SAME = 88
"""Percent of likeness from which two titles may be those of one document at several meetings."""
_QUOTES, _SHOWN = 200_000, 20
"""How many quotes are searched, and how many are shown."""
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that the words may mean, the name it bears, and its kind, the first part of its path."""

    iri: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Words:
    """A quote that holds the words, and the claim that rests on it."""

    quote: str
    claim: str


class Names:
    """An index of one state of the store."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._things: dict[str, set[str]] = defaultdict(set)
        self._spelt: dict[str, str] = {}
        for predicate in _NAMES:
            for iri, name in view.everywhere(predicate):
                folded = fold(name)
                if folded and iri.startswith(BASE + "id/"):
                    self._things[folded].add(iri)
                    self._spelt.setdefault(folded, name)
        self._folded = list(self._things)
        self._folded_of: dict[str, list[str]] = defaultdict(list)
        for folded, things in self._things.items():
            for kind in {self._kind(iri) for iri in things}:
                self._folded_of[kind].append(folded)
        self._quotes = self._read_quotes()

    def _read_quotes(self) -> dict[str, tuple[str, str]]:
        """Folded quote → the quote and one of its claims."""
        found: dict[str, tuple[str, str]] = {}
        exact, graph = ox.NamedNode(OA("exact")), ox.NamedNode(PROVENANCE_GRAPH)
        for quad in self._view.store.quads_for_pattern(None, exact, None, graph):
            if len(found) >= _QUOTES:
                break
            quote = str(getattr(quad.object, "value", ""))
            found.setdefault(fold(quote), (quote, str(getattr(quad.subject, "value", ""))))
        return found

    def entries(self) -> Iterator[tuple[str, list[str]]]:
        """Each name with the things that bear it, sorted."""
        for folded in sorted(self._things):
            yield self._spelt[folded], sorted(self._things[folded])

    def quoted(self) -> Iterator[tuple[str, str]]:
        """Each quote with one of its claims, sorted."""
        for folded in sorted(self._quotes):
            yield self._quotes[folded]

    def find(self, words: str, kind: str | None = None) -> list[Hit]:
        """Things named so: first those whose name is this, then those that hold it, then what is alike.

        Of one kind (`person`) if given.
        """
        wanted = fold(words)
        if not wanted:
            return []
        among = self._folded if kind is None else self._folded_of[kind]
        parts = wanted.split()
        held = [name for name in among if all(part in name for part in parts)]
        held.sort(key=lambda name: (name != wanted, not name.startswith(wanted), len(name), name))
        names = dict.fromkeys(held[:_FOUND])
        if len(names) < _FOUND:
            names |= dict.fromkeys(self._alike(wanted, among))
        hits: dict[str, Hit] = {}
        for name in names:
            # One title may be that of many documents.
            things = (iri for iri in self._things[name] if kind in (None, self._kind(iri)))
            for iri in nsmallest(_FOUND, things):
                hits.setdefault(iri, Hit(iri, self._spelt[name], self._kind(iri)))
        return list(hits.values())[:_FOUND]

    def family(self, title: str, kind: str) -> list[str]:
        """Things of a kind with this title, or one in nearly the same words. Sorted by likeness."""
        wanted = fold(title)
        alike = process.extract(
            wanted, self._folded_of[kind], scorer=fuzz.token_sort_ratio, score_cutoff=_SAME, limit=_FOUND
        )
        names = dict.fromkeys([wanted, *(name for name, _, _ in alike)])
        things = (iri for name in names for iri in nsmallest(_FOUND, self._things.get(name, ())))
        return [iri for iri in things if self._kind(iri) == kind][:_FOUND]

    def _alike(self, wanted: str, among: list[str]) -> list[str]:
        """Names that are spelt nearly so; the order of words does not count."""
        scores: dict[str, float] = {}
        scorers = (fuzz.token_sort_ratio, fuzz.token_set_ratio) if len(wanted) >= _SHORT else (fuzz.ratio,)
        for scorer in scorers:
            for name, score, _ in process.extract(
                wanted, among, scorer=scorer, score_cutoff=_LIKE, limit=_FOUND
            ):
                scores[name] = max(score, scores.get(name, 0.0))
        if not scores:
            scores = self._part_alike(wanted, among)
        return sorted(scores, key=lambda name: (-scores[name], name))

    def _part_alike(self, wanted: str, among: list[str]) -> dict[str, float]:
        """Names of which a part is spelt nearly like one of the words."""
        scores: dict[str, float] = {}
        for part in wanted.split():
            found = process.extract(
                part, among, scorer=fuzz.partial_ratio, score_cutoff=_LIKE + 5, limit=4 * _FOUND
            )
            for name, score, _ in found:
                if len(name) >= max(_SHORT, len(part) - 1):  # a short name is a part of much
                    scores[name] = max(score, scores.get(name, 0.0))
        return scores

    def quotes(self, words: str) -> list[Words]:
        """Quotes that hold all the words, the shortest first."""
        parts = fold(words).split()
        if not parts:
            return []
        held = sorted(
            (q for q in self._quotes if all(part in q for part in parts)), key=lambda q: (len(q), q)
        )
        return [Words(*self._quotes[quote]) for quote in held[:_SHOWN]]

    @staticmethod
    def _kind(iri: str) -> str:
        return iri.removeprefix(BASE + "id/").partition("/")[0]


def fold(text: str) -> str:
    """A text in lower-case Latin letters without marks, its words apart."""
    return slug(text).replace("-", " ") or text.casefold().strip()
