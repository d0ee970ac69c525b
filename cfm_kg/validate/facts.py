"""Plain triples to look values up in, in both directions, upon others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Protocol

import pyoxigraph as ox

from cfm_kg.model import Node
from cfm_kg.quads import node, term
from cfm_kg.validate.shapes import shapes
from cfm_kg.vocab import RDF_TYPE

Term = Node | ox.BlankNode | ox.Triple
Statement = tuple[Term, str, Term]
"""A plain triple of what may have no name."""


def plain(triples: Iterable[ox.Triple]) -> list[Statement]:
    """Plain triples of those of a store."""
    return [(plain_term(t.subject), t.predicate.value, plain_term(t.object)) for t in triples]


def plain_term(term: object) -> Term:
    """The plain value of a store's term; what has no name stays."""
    return term if isinstance(term, ox.BlankNode | ox.Triple) else node(term)


def store_term(value: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple:
    """The store's term for a plain one."""
    return value if isinstance(value, ox.BlankNode | ox.Triple) else term(value)


def store_triple(statement: Statement) -> ox.Triple:
    """The store's triple for a plain one."""
    subject, predicate, value = statement
    return ox.Triple(store_term(subject), ox.NamedNode(predicate), store_term(value))  # type: ignore[arg-type]


@cache
def backwards() -> frozenset[str]:
    """The properties that some shape follows backwards."""
    steps = (step for path in shapes().paths.values() for step in path.split("|"))
    return frozenset(step[1:] for step in steps if step.startswith("^"))


class Beneath(Protocol):
    """Facts that others lie upon."""

    def values(self, node: Term, name: str) -> Sequence[Term]:
        """The values of a property."""
        ...

    def subjects(self, node: Term, name: str) -> Sequence[Term]:
        """The nodes that have the node as a property's value."""
        ...


class Facts:
    """Triples by subject, upon others. Nothing in it changes after it was made.

    Where they state a property of a node, the values `beneath` give way. Backwards only those properties
    are followed that shapes follow so.
    """

    def __init__(self, triples: Iterable[Statement], beneath: Beneath | None = None) -> None:
        self._beneath = beneath
        self._values: dict[Term, dict[str, list[Term]]] = {}
        self._subjects: dict[tuple[Term, str], list[Term]] = {}
        back = backwards()
        for subject, name, value in triples:
            properties = self._values.get(subject)
            if properties is None:
                properties = self._values[subject] = {}
            if name in properties:
                properties[name].append(value)
            else:
                properties[name] = [value]
            if name in back:
                self._subjects.setdefault((value, name), []).append(subject)

    def _states(self, node: Term, name: str) -> bool:
        return name in self._values.get(node, ())

    def values(self, node: Term, name: str) -> Sequence[Term]:
        """The values of a property."""
        properties = self._values.get(node)
        found = None if properties is None else properties.get(name)
        if found is None:
            return () if self._beneath is None else self._beneath.values(node, name)
        return found

    def subjects(self, node: Term, name: str) -> Sequence[Term]:
        """The nodes that have the node as a property's value."""
        found = self._subjects.get((node, name), ())
        if self._beneath is None:
            return found
        more = [one for one in self._beneath.subjects(node, name) if not self._states(one, name)]
        return [*found, *more]

    def along(self, node: Term, path: str) -> Sequence[Term]:
        """The distinct values of a path as `shapes().paths` spells it."""
        found: Sequence[Term] = ()
        for step in path.split("|"):
            back = step.startswith("^")
            values = self.subjects(node, step[1:]) if back else self.values(node, step)
            found = [*found, *values] if found else values
        return list(dict.fromkeys(found)) if len(found) > 1 else found

    def has_class(self, node: Term, name: str) -> bool:
        """Whether the node is said to be of the class itself, not only of one below it."""
        return name in self.values(node, RDF_TYPE)
