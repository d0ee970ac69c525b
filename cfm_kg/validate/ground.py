"""The shipped reference data that facts are judged against, made ready once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from threading import Lock

import pyoxigraph as ox

from cfm_kg.validate.data import reference_triples
from cfm_kg.validate.facts import Facts, plain, plain_term


class Ground:
    """Triples beneath others. Where those state a property of a node, the values given here give way."""

    def __init__(self, triples: Sequence[ox.Triple]) -> None:
        self.facts = Facts(plain(triples))
        self._store = ox.Store()
        self._store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
        self._lock = Lock()

    @contextmanager
    def store_with(self, triples: Iterable[ox.Triple]) -> Iterator[ox.Store]:
        """A store of all this with further triples, as long as it is used here."""
        own = {ox.Quad(t.subject, t.predicate, t.object) for t in triples}
        hidden = {
            quad
            for subject, predicate in {(quad.subject, quad.predicate) for quad in own}
            if self.facts.values(plain_term(subject), predicate.value)
            for quad in self._store.quads_for_pattern(subject, predicate, None)
        } - own
        with self._lock:
            added = [quad for quad in own if quad not in self._store]
            for quad in hidden:
                self._store.remove(quad)
            self._store.extend(added)
            try:
                yield self._store
            finally:
                for quad in added:
                    self._store.remove(quad)
                self._store.extend(hidden)


@cache
def shipped_ground() -> Ground:
    """The shipped concepts and registry."""
    return Ground(reference_triples())


@cache
def no_ground() -> Ground:
    """Nothing to lean on."""
    return Ground(())
