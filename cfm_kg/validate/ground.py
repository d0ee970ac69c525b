"""The shipped reference data that facts are judged against, made ready once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from threading import Lock

import msgspec
import pyoxigraph as ox

from cfm_kg.compiled import compiled
from cfm_kg.model import Node
from cfm_kg.quads import node
from cfm_kg.validate.data import reference_triples
from cfm_kg.validate.facts import Statement, Term, backwards, store_term

_MOST = 100_000
"""After so many triples that came and went, the store is made anew."""
_term = lru_cache(8192)(store_term)
_DECODER = msgspec.msgpack.Decoder(dict[str, tuple[Node, ...]])


class GroundTriples(msgspec.Struct, frozen=True):
    """Triples as plain values that can be kept."""

    lines: bytes = b""
    """As N-Triples."""
    about: dict[str, msgspec.Raw] = {}
    """For each thing the values of its properties, as MessagePack."""
    leading: dict[str, dict[str, tuple[str, ...]]] = {}
    """For properties that shapes follow backwards, and their values, the things that have them."""
    properties: frozenset[str] = frozenset()
    """All properties that occur."""


class GroundFacts:
    """Triples to look values up in, unpacked when they are asked for."""

    def __init__(self, triples: GroundTriples) -> None:
        self._about, self._leading = triples.about, triples.leading
        self._known: dict[str, dict[str, tuple[Node, ...]]] = {}

    def values(self, node: Term, name: str) -> Sequence[Term]:
        """The values of a property."""
        if not isinstance(node, str) or node not in self._about:
            return ()
        known = self._known.get(node)
        if known is None:
            known = self._known[node] = _DECODER.decode(self._about[node])
        return known.get(name, ())

    def subjects(self, node: Term, name: str) -> Sequence[Term]:
        """The things that have a thing as a property's value, where shapes follow the property backwards."""
        return self._leading.get(name, {}).get(node, ()) if isinstance(node, str) else ()


class Ground:
    """Triples beneath others. Where those state a property of a node, the values given here give way."""

    def __init__(self, triples: GroundTriples) -> None:
        self.facts, self.properties = GroundFacts(triples), triples.properties
        self._lines = triples.lines
        self._lock = Lock()
        self._renew()

    def _renew(self) -> None:
        # A store in memory never gives back what a triple took, though it was removed.
        self._store, self._used = ox.Store(), 0
        self._store.bulk_load(self._lines, format=ox.RdfFormat.N_TRIPLES)

    @contextmanager
    def store_with(self, statements: Iterable[Statement]) -> Iterator[ox.Store]:
        """A store of all this with further triples, as long as it is used here."""
        told = list(statements)
        own = {_quad(statement) for statement in told}
        stated = {(subject, name) for subject, name, _ in told if self.facts.values(subject, name)}
        with self._lock:
            if self._used > _MOST:
                self._renew()
            self._used += len(own)
            hidden = {
                quad
                for subject, name in stated
                for quad in self._store.quads_for_pattern(store_term(subject), ox.NamedNode(name), None)  # type: ignore[arg-type]
            } - own
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


def _quad(statement: Statement) -> ox.Quad:
    subject, name, value = statement
    return ox.Quad(_term(subject), _term(name), _term(value))  # type: ignore[arg-type]


@cache
def shipped_ground() -> Ground:
    """The shipped concepts and registry."""
    return Ground(compiled("ground", GroundTriples, lambda: packed(reference_triples())))


@cache
def no_ground() -> Ground:
    """Nothing to lean on."""
    return Ground(GroundTriples())


def packed(triples: Sequence[ox.Triple]) -> GroundTriples:
    """Triples made ready to lean on. They have no blank nodes."""
    about: dict[str, dict[str, list[Node]]] = {}
    leading: dict[str, dict[str, list[str]]] = {name: {} for name in sorted(backwards())}
    for triple in triples:
        subject, name, value = str(node(triple.subject)), triple.predicate.value, node(triple.object)
        about.setdefault(subject, {}).setdefault(name, []).append(value)
        if name in leading and isinstance(value, str):
            leading[name].setdefault(value, []).append(subject)
    return GroundTriples(
        b"".join(sorted(f"{triple} .\n".encode() for triple in triples)),
        {thing: msgspec.Raw(msgspec.msgpack.encode(values)) for thing, values in about.items()},
        {name: {value: tuple(those) for value, those in found.items()} for name, found in leading.items()},
        frozenset(triple.predicate.value for triple in triples),
    )
