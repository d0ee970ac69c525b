"""Settling names for all articles of a state: what needs most memory, and may run in a process of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from cfm_kg.building.records import Fragment, unpack
from cfm_kg.building.state import State
from cfm_kg.building.workers import chunks
from cfm_kg.fuse import Decision, Docket, Naming, Statement, identify
from cfm_kg.model import Node
from cfm_kg.pipeline import known, reference

Order = Mapping[bytes, str]
"""The keys of the readings that count, each with its article, in the order of articles."""
_AT_ONCE = 250
"""Readings that are held together."""


class ToName(NamedTuple):
    """What names are settled from; `names` are those that decisions may ask for."""

    path: Path
    """Where the state is kept that somebody has open."""
    order: Order
    decisions: Sequence[Decision]
    names: frozenset[str]


def named_apart(task: ToName) -> tuple[Naming, Docket]:
    """The names that are settled, and what became of decisions on the way, by a process of its own."""
    state = State.view(task.path)
    try:
        return names_in(state, task.order, task.decisions, task.names)
    finally:
        state.close()


def names_in(
    state: State, order: Order, decisions: Sequence[Decision], names: frozenset[str]
) -> tuple[Naming, Docket]:
    """The names that are settled, and what became of decisions on the way."""
    docket, said = Docket.of_all(decisions), _statements(state, order, claims=bool(decisions))
    return identify(said, docket, names, reference(), known().parents), docket


def told_by(state: State, order: Order) -> bytes:
    """A hash of what tells meetings and documents apart: each value begins with its checksum."""
    seen = blake2b(digest_size=16)
    for data in _telling(state, order):
        seen.update(data[:8])
    return seen.digest()


def _telling(state: State, order: Order) -> Iterator[bytes]:
    """What tells meetings and documents apart, article by article in their order."""
    for keys in chunks(order, _AT_ONCE):
        found = {order[key]: data for key, data in state.readings("telling", keys)}
        yield from (data for _, data in sorted(found.items()))


def _statements(state: State, order: Order, *, claims: bool) -> list[Statement]:
    """What tells meetings and documents apart; names that recur are held once, and claims if wanted."""
    names, values, found = dict[str, str](), dict[Node, Node](), list[Statement]()
    for data in _telling(state, order):
        for said in unpack(data, Fragment).statements():
            subject = names.setdefault(said.subject, said.subject)
            predicate = names.setdefault(said.predicate, said.predicate)
            value = values.setdefault(said.object, said.object)
            found.append(Statement(subject, predicate, value, said.origin, said.claim if claims else None))
    return found
