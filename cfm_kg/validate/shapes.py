"""The shipped SHACL shapes, loaded once and split into what pySHACL checks and rules that run set-wise.

A rule across nodes is an `sh:sparql` constraint, so that anyone's validator can run it. Run for one focus
node after the other it costs a query each; here each rule runs once for all, as the same SELECT.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.resources import ontology_dir, shapes_dir
from cfm_kg.validate.statements import Statements, Term, text_of
from cfm_kg.vocab import SH, local, prefixes, shipped_triples


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
    """All shapes: `stated` is what their files say."""

    stated: Statements
    rules: tuple[Rule, ...]
    """The SPARQL constraints. All others are core constraints."""
    targets: tuple[Target, ...]
    paths: Mapping[str, str]
    """For each property shape its path as SPARQL would write it, IRIs in full."""


@cache
def shapes() -> Shapes:
    """The shapes of the `shapes` folder. Raises CfmError where a file is missing or broken."""
    files = sorted(shapes_dir().glob("*.ttl"))
    if not files:
        raise CfmError("there are no shapes", where=str(shapes_dir()), remedy="install cfm-kg again")
    every = (*files, ontology_dir() / "prefixes.ttl")
    stated = Statements(triple for path in every for triple in shipped_triples(path))
    paths = {shape: _path(stated, path) for shape, path in stated.pairs(SH("path"))}
    rules = sorted(_rules(stated), key=lambda rule: rule.shape)
    return Shapes(stated, tuple(rules), _targets(stated), paths)


def _targets(stated: Statements) -> tuple[Target, ...]:
    kinds = ((SH("targetClass"), True), (SH("targetSubjectsOf"), False))
    found = [
        Target(shape, text_of(term), is_class)
        for predicate, is_class in kinds
        for shape, term in stated.pairs(predicate)
    ]
    return tuple(sorted(found, key=lambda target: (target.shape, target.term)))


def _rules(stated: Statements) -> Iterator[Rule]:
    declared = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes().items())
    for shape, constraint in stated.pairs(SH("sparql")):
        severity = stated.text(shape, SH("severity")) or SH("Violation")
        query, message = (stated.text(text_of(constraint), SH(name)) or "" for name in ("select", "message"))
        yield Rule(shape, local(severity), message, declared + query)


def _path(stated: Statements, path: Term) -> str:
    if isinstance(path, ox.NamedNode):
        return path.value
    inverse = stated.value(text_of(path), SH("inversePath"))
    if inverse is not None:
        return "^" + _path(stated, inverse)
    choices = stated.value(text_of(path), SH("alternativePath"))
    if choices is not None:
        return "|".join(_path(stated, choice) for choice in stated.items(choices))
    raise CfmError(f"a shape has a path that is neither inverse nor alternative: {path}")
