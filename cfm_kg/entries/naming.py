"""Which known thing a name in a cell means, or may mean."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
from rapidfuzz import fuzz, process, utils

from cfm_kg.entries.stored import Facts
from cfm_kg.vocab import CFM, local

_MANY = 2000
"""Things of a kind from which on a name is no more compared with all of them."""
_LIKE = 75
"""How alike names must be, of 100, to be offered for each other."""
_OFFERED = 3
_CODE = ox.NamedNode(CFM("isoCode"))


class Names:
    """The names of known things, by class; read once each."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._known: dict[str, list[tuple[str, str]]] = {}

    def same(self, text: str, kind: str) -> list[str]:
        """The things of a class that bear a name in other letter case, or have it as their code."""
        wanted = " ".join(text.casefold().split())
        return sorted({iri for name, iri in self._of(kind) if name.casefold() == wanted})

    def alike(self, text: str, kind: str) -> list[str]:
        """The things of a class whose names are spelled most like a text, the likeliest first."""
        known = dict(self._of(kind))
        plain = utils.default_process
        hits = process.extract(
            text, list(known), scorer=_likeness, processor=plain, score_cutoff=_LIKE, limit=20
        )
        return list(dict.fromkeys(known[hit[0]] for hit in hits))[:_OFFERED]

    def _of(self, kind: str) -> list[tuple[str, str]]:
        if kind not in self._known:
            found = self._facts.instances(kind, _MANY)
            names = (pair for iri in found for pair in self._names(iri))
            self._known[kind] = list(names) if len(found) < _MANY else []
        return self._known[kind]

    def _names(self, iri: str) -> Iterator[tuple[str, str]]:
        yield local(iri), iri
        node = ox.NamedNode(iri)
        yield from ((name, iri) for name in self._facts.names(node))
        for triple in self._facts.match(node, _CODE, None):
            if isinstance(triple.object, ox.Literal):
                yield triple.object.value, iri


def _likeness(one: str, other: str, **_: object) -> float:
    """Percent: short names must be alike as wholes, long ones may share their words in another order."""
    return (fuzz.ratio(one, other) + fuzz.WRatio(one, other)) / 2
