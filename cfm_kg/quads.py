"""RDF terms and quads of the store from the walk's plain values, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.model import Literal, Node
from cfm_kg.vocab import REGISTRY_GRAPH, shipped_triples

Triple = tuple[str, str, Node]
"""Subject, predicate, object."""
Fact = tuple[str, str, Node, str]
"""Subject, predicate, object and graph: an empty one is that of the merged facts."""

_KNOWN = 8192
"""How many names and values that recur, such as numbers and dates, are remembered."""
_NOTHING = ox.NamedNode("urn:x")
_DEFAULT = ox.DefaultGraph()
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_TEXTS = {_STRING, "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"}
_UNTYPED = {*_TEXTS, None}


def term(node: Node) -> ox.NamedNode | ox.Literal:
    """The store's term for a value. Raises ValueError for an invalid IRI or language tag."""
    if isinstance(node, str):
        return ox.NamedNode(node)
    if node.language:
        return ox.Literal(node.value, language=node.language)
    return ox.Literal(node.value, datatype=ox.NamedNode(node.datatype) if node.datatype else None)


def node(value: object) -> Node:
    """The plain value of a store's term. Raises TypeError for a blank node, which the project has none of."""
    if isinstance(value, ox.NamedNode):
        return value.value
    if isinstance(value, ox.Literal):
        if value.language:
            return Literal(value.value, language=value.language)
        datatype = value.datatype.value
        return Literal(value.value, None if datatype == _STRING else datatype)
    raise TypeError(f"{value} is neither an IRI nor a literal")


def quad(triple: Triple, graph: str | None = None) -> ox.Quad:
    """One quad; without a graph it belongs to the default graph."""
    subject, predicate, value = triple
    name = ox.NamedNode(graph) if graph else _DEFAULT
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), term(value), name)


def quads(triples: Iterable[Triple], graph: str | None = None) -> list[ox.Quad]:
    """Quads of one graph, in the order of the triples."""
    return [quad(triple, graph) for triple in triples]


def triples(found: Iterable[ox.Quad | ox.Triple]) -> Iterator[Triple]:
    """Plain triples of quads whatever their graph. Raises TypeError for a blank node."""
    for one in found:
        yield str(node(one.subject)), one.predicate.value, node(one.object)


def as_stored(found: Iterable[ox.Quad]) -> set[ox.Quad]:
    """The quads as a store gives them back: it spells numbers its own way, `38.5` for `38.50`."""
    every = set(found)
    typed = {q for q in every if isinstance(q.object, ox.Literal) and q.object.datatype.value not in _TEXTS}
    store = ox.Store()
    store.extend(typed)
    return (every - typed) | set(store)


def quads_of(facts: Iterable[Fact]) -> list[ox.Quad]:
    """Quads of plain facts, in their order."""
    return [quad((subject, predicate, value), graph) for subject, predicate, value, graph in facts]


def facts_of(found: Iterable[ox.Quad]) -> Iterator[Fact]:
    """Plain facts of quads. Raises TypeError for a blank node."""
    for one in found:
        name = one.graph_name
        graph = name.value if isinstance(name, ox.NamedNode) else ""
        yield str(node(one.subject)), one.predicate.value, node(one.object), graph


def line_of(fact: Fact) -> str:
    """A plain fact as N-Quads has it, without the line's end. Raises ValueError as `term` does."""
    subject, predicate, value, graph = fact
    written = _named(value) if isinstance(value, str) else str(term(value))
    return f"{_named(subject)} {_named(predicate)} {written}{f' {_named(graph)}' if graph else ''} ."


@lru_cache(_KNOWN)
def _named(iri: str) -> str:
    return str(ox.NamedNode(iri))


def stored_fact(fact: Fact) -> Fact:
    """A fact as a store gives it back. Raises ValueError as `term` does."""
    subject, predicate, value, graph = fact
    return fact if isinstance(value, str) else (subject, predicate, stored(value), graph)


def stored(value: Node) -> Node:
    """A plain value as a store gives it back. Raises ValueError for an invalid IRI or language tag."""
    if isinstance(value, str):
        return value
    return _stored(value) if value.datatype not in _UNTYPED else _normal(value)


def _normal(literal: Literal) -> Literal:
    if literal.language is None and literal.datatype is None:
        return literal
    return Literal(literal.value, language=_tag(literal.language) if literal.language else None)


@lru_cache(_KNOWN)
def _tag(language: str) -> str:
    return ox.Literal("", language=language).language or ""


@lru_cache(_KNOWN)
def _stored(literal: Literal) -> Node:
    (found,) = as_stored([ox.Quad(_NOTHING, _NOTHING, term(literal))])
    return node(found.object)


def reference_quads(paths: Iterable[Path]) -> tuple[ox.Quad, ...]:
    """The triples of shipped Turtle files as quads of the registry's graph. Raises CfmError."""
    graph = ox.NamedNode(REGISTRY_GRAPH)
    return tuple(
        ox.Quad(triple.subject, triple.predicate, triple.object, graph)
        for path in sorted(paths)
        for triple in shipped_triples(path)
    )
