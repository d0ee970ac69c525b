"""Triples as an rdflib graph, and back."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from cfm_kg.errors import CfmError

_STRING = ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")


def to_rdflib(triples: Iterable[ox.Triple]) -> Graph:
    """An rdflib graph with equal triples; literals keep their spelling."""
    graph = Graph()
    for t in triples:
        graph.add((_node(t.subject), URIRef(t.predicate.value), _node(t.object)))
    return graph


def from_rdflib(graph: Graph) -> tuple[ox.Triple, ...]:
    """The triples of an rdflib graph. Raises CfmError for what RDF does not allow."""
    try:
        found = ox.parse(graph.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES)
        return tuple(quad.triple for quad in found)
    except SyntaxError as error:
        raise CfmError("the graph is not RDF", why=error.msg) from error


def _node(term: object) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        datatype = None if term.datatype == _STRING else URIRef(term.datatype.value)
        return Literal(term.value, datatype=datatype, normalize=False)
    raise CfmError(f"statements about statements are not supported: {term}")
