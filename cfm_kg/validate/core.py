"""The core constraints, by pySHACL. Loaded only where something is left for it: it takes its time."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import cache

import pyoxigraph as ox
import pyshacl
from rdflib import BNode, Graph, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from cfm_kg.errors import CfmError
from cfm_kg.validate.graphs import to_rdflib
from cfm_kg.validate.report import Finding
from cfm_kg.validate.shapes import shapes


@cache
def full_shapes() -> Graph:
    """All that the files of shapes say."""
    return to_rdflib(shapes().stated.triples)


@cache
def core_shapes() -> Graph:
    """The same without the SPARQL constraints, which run as rules."""
    return to_rdflib(triple for triple in shapes().stated.triples if triple.predicate.value != str(SH.sparql))


def core_findings(triples: Iterable[ox.Triple], focus: Collection[str]) -> list[Finding]:
    """What pySHACL finds on the nodes `focus` by the core constraints. Raises CfmError."""
    with _quiet():
        return list(findings(to_rdflib(triples), focus, core_shapes()))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what rdflib has to say about literals off the screen."""
    # rdflib logs a stack trace for each literal that its datatype forbids: here that becomes a finding.
    log = logging.getLogger("rdflib.term")
    before, log.disabled = log.disabled, True
    try:
        yield
    finally:
        log.disabled = before


def findings(graph: Graph, focus: Collection[str], shacl: Graph) -> Iterator[Finding]:
    """What pySHACL finds on the nodes `focus` by the shapes of a graph. Raises CfmError."""
    aimed = _aimed(shacl, graph, focus)
    _, results, _ = pyshacl.validate(graph, shacl_graph=aimed, inplace=True, inference="none")
    if not isinstance(results, Graph):
        raise CfmError("pySHACL could not validate", why=str(results))
    for result in results.objects(None, SH.result):
        yield _finding(results, result)


def _aimed(shacl: Graph, graph: Graph, focus: Collection[str]) -> Graph:
    # pySHACL's own option for focus nodes also skips the values that nested shapes look at, so that
    # sh:node and sh:or always hold. Naming the nodes as targets is plain SHACL and has no such effect.
    # It reads all shapes that it is given, so it is given those with a node to look at.
    aimed = Graph()
    for target in shapes().targets:
        shape, term = URIRef(target.shape), URIRef(target.term)
        nodes = graph.subjects(RDF.type, term) if target.is_class else graph.subjects(term, None)
        if found := [node for node in nodes if _name(node) in focus]:
            aimed += _said_of(shape, shacl)
            for node in found:
                aimed.add((shape, SH.targetNode, node))
    return aimed


@cache
def _said_of(shape: URIRef, shacl: Graph) -> Graph:
    """A shape without its targets, and all that it leads to."""
    said, waiting = Graph(), set[Node]({shape})
    while waiting:
        for triple in shacl.triples((waiting.pop(), None, None)):
            if triple[1] not in (SH.targetClass, SH.targetSubjectsOf) and triple not in said:
                said.add(triple)
                waiting.add(triple[2])
    return said


def _name(node: Node) -> str:
    return f"_:{node}" if isinstance(node, BNode) else str(node)


def _finding(results: Graph, result: Node) -> Finding:
    shape = str(results.value(result, SH.sourceShape))
    value = results.value(result, SH.value)
    messages = sorted(str(message) for message in results.objects(result, SH.resultMessage))
    focus, path = results.value(result, SH.focusNode), results.value(result, SH.resultPath)
    return Finding(
        severity=str(results.value(result, SH.resultSeverity)).rpartition("#")[2],
        focus="" if focus is None else _name(focus),
        path=shapes().paths.get(shape) or (None if path is None else str(path)),
        value=None if value is None else _name(value),
        shape=shape,
        message=" ".join(messages),
    )
