"""SHACL's core constraints as tests of which it is certain that they are met; what is doubtful fails them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product

from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH, XSD
from rdflib.term import IdentifiedNode
from rdflib.term import Literal as Value
from rdflib.term import Node as ShapeNode

from cfm_kg.model import Literal
from cfm_kg.validate.facts import Facts, Term
from cfm_kg.validate.literals import datatype_of, is_valid, number

Check = Callable[[Facts, Term, Sequence[Term]], bool]
"""Whether a node with these values certainly satisfies a constraint."""
Compiled = Callable[[str], Sequence[Check] | None]
"""What another shape (IRI) asks of a node; None where it holds a constraint that is not known here."""
Maker = Callable[[Graph, ShapeNode, Compiled], Check | None]


def sure(checks: Sequence[Check], facts: Facts, node: Term) -> bool:
    """Whether a node certainly satisfies all of a node shape's checks."""
    values = (node,)
    for check in checks:  # noqa: SIM110  the innermost loop of validation: a generator costs twice as much
        if not check(facts, node, values):
            return False
    return True


def _each(test: Callable[[Facts, Term], bool]) -> Check:
    def check(facts: Facts, node: Term, values: Sequence[Term]) -> bool:
        for value in values:  # noqa: SIM110
            if not test(facts, value):
                return False
        return True

    return check


def _text(term: Term) -> str | None:
    return term if isinstance(term, str) else term.value if isinstance(term, Literal) else None


def _min_count(graph: Graph, value: ShapeNode, _: Compiled) -> Check:
    least = int(str(value))
    return lambda facts, node, values: len(values) >= least


def _max_count(graph: Graph, value: ShapeNode, _: Compiled) -> Check:
    most = int(str(value))
    return lambda facts, node, values: len(values) <= most


def _kind(graph: Graph, value: ShapeNode, _: Compiled) -> Check | None:
    kinds: Mapping[ShapeNode, type | tuple[type, ...]] = {
        SH.IRI: str,
        SH.Literal: Literal,
        SH.IRIOrLiteral: (str, Literal),
    }
    wanted = kinds.get(value)
    return None if wanted is None else _each(lambda _, term: isinstance(term, wanted))


def _datatype(graph: Graph, value: ShapeNode, _: Compiled) -> Check:
    wanted = str(value)
    return _each(lambda _, term: isinstance(term, Literal) and datatype_of(term) == wanted and is_valid(term))


def _class(graph: Graph, value: ShapeNode, _: Compiled) -> Check:
    wanted = str(value)
    return _each(lambda facts, term: facts.has_class(term, wanted))


def _pattern(graph: Graph, value: ShapeNode, _: Compiled) -> Check:
    pattern = re.compile(str(value))
    return _each(lambda _, term: (text := _text(term)) is not None and pattern.search(text) is not None)


def _min_length(graph: Graph, value: ShapeNode, _: Compiled) -> Check:
    least = int(str(value))
    return _each(lambda _, term: (text := _text(term)) is not None and len(text) >= least)


def _bound(value: ShapeNode, sign: int) -> Check:
    limit = float(str(value))
    return _each(lambda _, term: (n := number(term)) is not None and sign * float(n) >= sign * limit)


def _less_than(graph: Graph, value: ShapeNode, _: Compiled) -> Check:
    other = str(value)

    def check(facts: Facts, node: Term, values: Sequence[Term]) -> bool:
        pairs = product(map(number, values), map(number, facts.along(node, other)))
        return all(a is not None and b is not None and a < b for a, b in pairs)

    return check


def _unique_language(graph: Graph, value: ShapeNode, _: Compiled) -> Check:
    def check(facts: Facts, node: Term, values: Sequence[Term]) -> bool:
        languages = [term.language for term in values if isinstance(term, Literal) and term.language]
        return len(languages) == len({language.lower() for language in languages})

    return check


def _in(graph: Graph, value: ShapeNode, _: Compiled) -> Check:
    allowed = set[Term]()
    for item in _items(graph, value):
        plain = isinstance(item, Value) and item.language is None and item.datatype in (None, XSD.string)
        if plain or isinstance(item, URIRef):
            allowed.add(Literal(str(item)) if plain else str(item))
    return _each(lambda _, term: term in allowed)


def _node(graph: Graph, value: ShapeNode, compiled: Compiled) -> Check | None:
    checks = compiled(str(value))
    return None if checks is None else _each(lambda facts, term: sure(checks, facts, term))


def _or(graph: Graph, value: ShapeNode, compiled: Compiled) -> Check:
    choices = [checks for item in _items(graph, value) if (checks := compiled(str(item))) is not None]
    return _each(lambda facts, term: any(sure(checks, facts, term) for checks in choices))


def _items(graph: Graph, value: ShapeNode) -> Iterator[ShapeNode]:
    if isinstance(value, IdentifiedNode):
        yield from Collection(graph, value)


MAKERS: Mapping[str, Maker] = {
    str(SH.minCount): _min_count,
    str(SH.maxCount): _max_count,
    str(SH.nodeKind): _kind,
    str(SH.datatype): _datatype,
    str(SH["class"]): _class,
    str(SH.pattern): _pattern,
    str(SH.minLength): _min_length,
    str(SH.minInclusive): lambda graph, value, _: _bound(value, 1),
    str(SH.maxInclusive): lambda graph, value, _: _bound(value, -1),
    str(SH.lessThan): _less_than,
    str(SH.uniqueLang): _unique_language,
    str(SH["in"]): _in,
    str(SH.node): _node,
    str(SH["or"]): _or,
}
"""By the constraint's IRI."""
