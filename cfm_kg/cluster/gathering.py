"""What articles say of one meeting over and over, held once: names are told apart from what is left."""

from __future__ import annotations

from collections.abc import Container, Iterable

from cfm_kg.fuse import ACTIONS, Statement
from cfm_kg.vocab import CFM

_Place = tuple[str, int]
"""Where a statement stands: article, and its place in what the article says."""
_Held = tuple[_Place, Statement]


class Gathered:
    """Statements of any number of articles, in memory that follows the number of different ones.

    Names depend on the day on which a status was told, on the articles that tell of a document, and on which
    value was told first or last: so of equal statements the first and the last are held, of those with a
    status one of each day, and all that tie a document to a meeting. Statements whose claims decisions are
    about, the `wanted`, are held all.
    """

    def __init__(self, wanted: Container[str]) -> None:
        self._wanted = wanted
        self._status = CFM("meetingStatus")
        self._actions = {CFM(name) for name in ACTIONS}
        self._first: dict[tuple[object, ...], _Held] = {}
        self._last: dict[tuple[object, ...], _Held] = {}
        self._strings: dict[str, str] = {}

    def add(self, article: str, statements: Iterable[Statement]) -> None:
        """Take what an article says."""
        for number, one in enumerate(statements):
            key, held = self._key(one), ((article, number), one)
            if key not in self._first or held[0] < self._first[key][0]:
                self._first[key] = held
            if key not in self._last or held[0] > self._last[key][0]:
                self._last[key] = held

    def _key(self, one: Statement) -> tuple[object, ...]:
        same = self._strings.setdefault
        named = same(one.object, one.object) if isinstance(one.object, str) else one.object
        triple = same(one.subject, one.subject), same(one.predicate, one.predicate), named
        if one.claim is not None and one.claim in self._wanted:
            return (*triple, one.claim)
        if one.predicate == self._status:
            return (*triple, one.origin.published)
        return (*triple, one.origin.article) if one.predicate in self._actions else triple

    def statements(self) -> list[Statement]:
        """Those held, in the order of articles and as each says them."""
        every = {place: one for held in (self._first, self._last) for place, one in held.values()}
        return [every[place] for place in sorted(every)]
