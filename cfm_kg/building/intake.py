"""Taking in articles: what is not kept is read, and kept at once, so that a build that was ended goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cfm_kg.building.articles import Row, key_of
from cfm_kg.building.state import State
from cfm_kg.building.workers import Crew, chunks
from cfm_kg.environment import environment
from cfm_kg.ingest import Refused
from cfm_kg.model import Source
from cfm_kg.pipeline import Unread
from cfm_kg.vocab import thing

READING = "Reading articles"
_AT_ONCE = 64
"""Readings that are kept in one transaction."""


class Intake:
    """One taking in. `unread` tells what could not be read, `read` how many had to be."""

    def __init__(self, state: State, crew: Crew) -> None:
        self._state, self._crew, self._done = state, crew, 0
        self._there: list[tuple[str, str, bytes]] = []
        self.unread: list[Unread] = []
        self.read = 0

    def take(self, found: Iterable[Source | Refused]) -> dict[str, list[tuple[str, bytes]]]:
        """Read what is not kept; returns the articles, each with its files and the keys of their readings."""
        failed = set[bytes]()
        for some in chunks(self._crew.read(self._unkept(found)), _AT_ONCE):
            failed |= self._keep(some)
            self._told(len(some))
        self._crew.relieve(self.read)  # the packs, and what reading remembers, are given back
        articles: dict[str, list[tuple[str, bytes]]] = {}
        for iri, name, key in self._there:
            if key not in failed:
                articles.setdefault(iri, []).append((name, key))
        return articles

    def _unkept(self, found: Iterable[Source | Refused]) -> Iterator[tuple[bytes, Source]]:
        """The sources of which no reading is kept; all that are there are noted."""
        for chunk in chunks(found, _AT_ONCE):
            keyed = [(key_of(one, environment()), one) for one in chunk if isinstance(one, Source)]
            self.unread += [Unread(one.name, one.reason) for one in chunk if isinstance(one, Refused)]
            kept = self._state.has_readings(key for key, _ in keyed)
            for key, source in keyed:
                self._there.append((thing("article", source.sha256[:16]), source.name, key))
                if key not in kept:
                    yield key, source
            self._told(sum(key in kept for key, _ in keyed))

    def _told(self, more: int) -> None:
        self._done += more
        self._crew.watch(READING, self._done, 0)

    def _keep(self, outcomes: Sequence[tuple[tuple[bytes, Source], Row | Unread]]) -> set[bytes]:
        """Keep readings at once; returns the keys of the sources that could not be read."""
        rows = [row for _, row in outcomes if not isinstance(row, Unread)]
        self.unread += [one for _, one in outcomes if isinstance(one, Unread)]
        self.read += len(rows)
        self._state.begin()
        self._state.add_readings(rows)
        self._state.commit()
        return {key for (key, _), one in outcomes if isinstance(one, Unread)}
