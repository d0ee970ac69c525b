"""The shipped SHACL shapes, loaded once and split into what pySHACL checks and rules that run set-wise.

A rule across nodes is an `sh:sparql` constraint, so that anyone's validator can run it. Run for one focus
node after the other it costs a query each; here each rule runs once for all, as the same SELECT.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH
from rdflib.term import IdentifiedNode, Node

from cfm_kg.errors import CfmError
from cfm_kg.resources import ontology_dir, shapes_dir
from cfm_kg.vocab import prefixes, shipped_text


@dataclass(frozen=True, slots=True)
class Rule:
    """One `sh:sparql` constraint: `query` selects offending nodes as `?this`, for all nodes at once."""

    shape: str
    severity: str
    """Local name of the severity: `Violation`, `Warning` or `Info`."""
    message: str
    """With `{?name}` where the value of a variable belongs."""
    query: str


@dataclass(frozen=True, slots=True)
class Target:
    """Which nodes a shape looks at: the instances of a class, or the subjects of a property."""

    shape: str
    term: str
    is_class: bool


@dataclass(frozen=True, slots=True)
class Shapes:
    """All shapes. `full` is what the files say; `core` lacks the SPARQL constraints, which are `rules`."""

    full: Graph
    core: Graph
    rules: tuple[Rule, ...]
    targets: tuple[Target, ...]
    paths: Mapping[str, str]
    """For each property shape its path as SPARQL would write it, IRIs in full."""


@cache
def shapes() -> Shapes:
    """The shapes of the `shapes` folder. Raises CfmError where a file is missing or broken."""
    files = sorted(shapes_dir().glob("*.ttl"))
    if not files:
        raise CfmError("there are no shapes", where=str(shapes_dir()), remedy="install cfm-kg again")
    full = Graph()
    for path in (*files, ontology_dir() / "prefixes.ttl"):
        try:
            full.parse(data=shipped_text(path), format="turtle")
        except Exception as error:  # rdflib raises whatever its parser stumbles over
            raise CfmError("this is not valid Turtle", where=str(path), why=str(error)) from error
    core = Graph()
    for triple in full:
        if triple[1] != SH.sparql:
            core.add(triple)
    paths = {str(shape): _path(full, path) for shape, path in full.subject_objects(SH.path)}
    return Shapes(full, core, tuple(sorted(_rules(full), key=lambda r: r.shape)), _targets(full), paths)


def _targets(graph: Graph) -> tuple[Target, ...]:
    kinds = ((SH.targetClass, True), (SH.targetSubjectsOf, False))
    found = [
        Target(str(shape), str(term), is_class)
        for predicate, is_class in kinds
        for shape, term in graph.subject_objects(predicate)
    ]
    return tuple(sorted(found, key=lambda target: (target.shape, target.term)))


def _rules(graph: Graph) -> Iterator[Rule]:
    declared = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes().items())
    for shape, constraint in graph.subject_objects(SH.sparql):
        severity = graph.value(shape, SH.severity) or SH.Violation
        query = str(graph.value(constraint, SH.select))
        message = str(graph.value(constraint, SH.message))
        yield Rule(str(shape), str(severity).rpartition("#")[2], message, declared + query)


def _path(graph: Graph, node: Node) -> str:
    if isinstance(node, URIRef):
        return str(node)
    inverse = graph.value(node, SH.inversePath)
    if inverse is not None:
        return "^" + _path(graph, inverse)
    choices = graph.value(node, SH.alternativePath)
    if isinstance(choices, IdentifiedNode):
        return "|".join(_path(graph, choice) for choice in Collection(graph, choices))
    raise CfmError(f"a shape has a path that is neither inverse nor alternative: {node}")
