"""Things by name: exact, in another spelling, or nearly so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from cfm_kg.description.labels import MERGED, NAMING, Labels
from cfm_kg.vocab import BASE, CFM, RDF_TYPE, SKOS_ALT_LABEL, defined_terms, local, prefixes, slug

_NAMES = (*NAMING, SKOS_ALT_LABEL, CFM("acronym"), CFM("isoCode"), CFM("familyName"), CFM("councilName"))
_LIKE = 75
"""Percent of likeness from which a name may be meant."""
_SCANNED = 20_000
"""At most so many things of a class are looked at for names near to one that is not there."""
_SLUG = re.compile(r"/id/[a-z]+/[a-z][a-z-]*\Z")
"""The IRI of a thing that has a slug for its name: people who work with the graph call things so."""
_IRI = re.compile(r"<?([a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+)>?\Z", re.IGNORECASE)
_PATH = re.compile(r"/?(?:id/)?([a-z]+/[^\s<>\"{}|\\^`:]+)\Z")


@dataclass(frozen=True, slots=True)
class Match:
    """A thing that a name may mean, the name that it bears, and how alike the two are in percent."""

    iri: str
    label: str
    kind: str
    """The first part of its path: `person`, `meeting`."""
    name: str
    score: float


def iri_of(text: str) -> str | None:
    """The IRI that a text spells: in full, with a prefix, or as a thing's path; None where it is a name."""
    text = text.strip()
    path = _PATH.fullmatch(text)
    if path:
        return f"{BASE}id/{path[1]}"
    prefix, colon, rest = text.partition(":")
    if colon and prefix in prefixes() and not rest.startswith("//"):
        return prefixes()[prefix] + rest
    full = _IRI.fullmatch(text)
    return full[1] if full else None


class Index:
    """All names in a store, for look-ups by name. Reading them takes a moment; each look-up then is quick."""

    def __init__(self, store: ox.Store) -> None:
        self._labels = Labels(store)
        self._things: dict[str, set[str]] = defaultdict(set)
        self._spelt: dict[str, str] = {}
        for iri, name in _named(store):
            folded = slug(name).replace("-", " ") or name.casefold()
            self._things[folded].add(iri)
            self._spelt.setdefault(folded, name)

    def find(self, name: str, kind: str | None = None, limit: int = 8) -> tuple[Match, ...]:
        """Things of this name, or named nearly so, the likeliest first; of one kind (`person`) if given."""
        wanted = slug(name).replace("-", " ") or name.casefold()
        names = [folded for folded, things in self._things.items() if _of_kind(things, kind)]
        hits = process.extract(wanted, names, scorer=_likeness, score_cutoff=_LIKE, limit=limit * 4)
        scores: dict[str, tuple[float, str]] = {}
        for folded, score, _ in hits:
            for iri in _of_kind(self._things[folded], kind):
                scores.setdefault(iri, (score, self._spelt[folded]))
        order = sorted(scores, key=lambda iri: (-scores[iri][0], iri))[:limit]
        return tuple(self._match(iri, scores[iri][1], scores[iri][0]) for iri in order)

    def _match(self, iri: str, name: str, score: float) -> Match:
        return Match(iri, self._labels(iri), kind_of(iri), name, round(score, 1))


def _likeness(wanted: str, name: str, **_: object) -> float:
    """Order of words does not count; a name of which the wanted one is a part comes behind whole names."""
    whole = fuzz.token_sort_ratio(wanted, name)
    part = fuzz.token_set_ratio(wanted, name) if min(len(wanted), len(name)) > 3 else 0.0
    return max(whole, part * 0.9)


def _named(store: ox.Store) -> Iterator[tuple[str, str]]:
    for graph in MERGED:
        for predicate in _NAMES:
            for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None, graph):
                if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                    yield quad.subject.value, quad.object.value
                    if _SLUG.search(quad.subject.value):
                        yield quad.subject.value, local(quad.subject.value)


def kind_of(iri: str) -> str:
    """The first part of a thing's path; empty where the IRI is no thing's."""
    return iri.removeprefix(BASE + "id/").partition("/")[0] if iri.startswith(BASE + "id/") else ""


def _of_kind(things: set[str], kind: str | None) -> list[str]:
    return [iri for iri in things if kind is None or kind_of(iri) == kind]


def nearest(store: ox.Store, iri: str, limit: int = 5) -> tuple[str, ...]:
    """IRIs of the same kind that are spelt nearly so, the nearest first."""
    name = BASE + "ontology#" + kind_of(iri).capitalize()
    if name not in defined_terms():
        return ()
    quads = (
        quad
        for graph in MERGED
        for quad in store.quads_for_pattern(None, ox.NamedNode(RDF_TYPE), ox.NamedNode(name), graph)
    )
    things = {q.subject.value for q in islice(quads, _SCANNED) if isinstance(q.subject, ox.NamedNode)}
    names = {one: one.removeprefix(BASE + "id/") for one in sorted(things)}
    wanted = iri.removeprefix(BASE + "id/")
    hits = process.extract(wanted, names, scorer=fuzz.ratio, score_cutoff=_LIKE, limit=limit * 4)
    # Of names that are about equally alike, those that begin alike come first: dates differ at their ends.
    order = sorted(hits, key=lambda hit: (-round(hit[1] / 5), -len(_start(wanted, hit[0])), hit[0]))
    return tuple(found for _, _, found in order[:limit])


def _start(one: str, other: str) -> str:
    """What two texts begin with."""
    return one[: next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))]
