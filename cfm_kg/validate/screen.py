"""A quick sieve before pySHACL: which nodes certainly satisfy the core constraints that look at them.

It reads the same shapes. A shape with a constraint that it does not know, and a node of which it is not
sure, are left to pySHACL: the sieve may ask too much of a node, never too little, and finds nothing itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product

import pyoxigraph as ox
from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH, XSD
from rdflib.term import IdentifiedNode, Literal, Node

from cfm_kg.validate.literals import is_valid, number
from cfm_kg.validate.shapes import shapes

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_TYPE = str(RDF.type)
_SAYS_NOTHING = frozenset(
    map(str, (RDF.type, SH.path, SH.message, SH.severity, SH.targetClass, SH.targetSubjectsOf, SH.property))
) | {"http://www.w3.org/2000/01/rdf-schema#label"}


class Facts:
    """Triples to look values up in, in both directions, upon others. Nothing in it changes after it was made.

    Where they state a property of a node, the values `beneath` give way.
    """

    def __init__(self, triples: Iterable[ox.Triple], beneath: Facts | None = None) -> None:
        self._beneath = beneath
        self._values: dict[tuple[Term, str], list[Term]] = defaultdict(list)
        self._subjects: dict[tuple[Term, str], list[Term]] = defaultdict(list)
        self._by_class: dict[str, dict[Term, None]] = defaultdict(dict)
        self._by_property: dict[str, dict[Term, None]] = defaultdict(dict)
        for triple in triples:
            name = triple.predicate.value
            self._values[triple.subject, name].append(triple.object)
            self._subjects[triple.object, name].append(triple.subject)
            self._by_property[name][triple.subject] = None
            if name == _TYPE and isinstance(triple.object, ox.NamedNode):
                self._by_class[triple.object.value][triple.subject] = None

    def values(self, node: Term, name: str) -> Sequence[Term]:
        """The values of a property."""
        found = self._values.get((node, name))
        if found is None and self._beneath is not None:
            return self._beneath.values(node, name)
        return found or ()

    def subjects(self, node: Term, name: str) -> Sequence[Term]:
        """The nodes that have the node as a property's value."""
        found = self._subjects.get((node, name), ())
        if self._beneath is None:
            return found
        more = [one for one in self._beneath.subjects(node, name) if (one, name) not in self._values]
        return [*found, *more]

    def targets(self, term: str, *, is_class: bool) -> Iterator[Term]:
        """The instances of a class, or the subjects of a property."""
        own = self._by_class if is_class else self._by_property
        yield from own.get(term, ())
        if self._beneath is not None:
            stated = _TYPE if is_class else term
            for node in self._beneath.targets(term, is_class=is_class):
                if (node, stated) not in self._values:
                    yield node

    def along(self, node: Term, path: str) -> list[Term]:
        """The distinct values of a path as `shapes().paths` spells it."""
        found: dict[Term, None] = {}
        for step in path.split("|"):
            back = step.startswith("^")
            values = self.subjects(node, step[1:]) if back else self.values(node, step)
            found.update(dict.fromkeys(values))
        return list(found)

    def has_class(self, node: Term, name: str) -> bool:
        """Whether the node is said to be of the class itself, not only of one below it."""
        return any(getattr(kind, "value", "") == name for kind in self.values(node, _TYPE))


Check = Callable[[Facts, Term, list[Term]], bool]
"""Whether a node with these values certainly satisfies a constraint."""


def suspects(
    triples: Iterable[ox.Triple], judged: Container[Term], beneath: Facts | None = None
) -> frozenset[Term]:
    """Those of the nodes `judged` that some shape targets and that are not sure to conform to it."""
    facts, found = Facts(triples, beneath), set[Term]()
    for target in shapes().targets:
        checks = _checks(target.shape)
        nodes = facts.targets(target.term, is_class=target.is_class)
        found.update(node for node in nodes if node in judged and not _sure(checks, facts, node))
    return frozenset(found)


def _sure(checks: tuple[Check, ...] | None, facts: Facts, node: Term) -> bool:
    return checks is not None and all(check(facts, node, [node]) for check in checks)


def unmet(shape: str, facts: Facts, node: Term, values: list[Term]) -> tuple[str, ...]:
    """The constraints (IRIs) of a shape that values of a node may not meet, of those that are known here."""
    graph, name, found = shapes().core, URIRef(shape), list[str]()
    for predicate, value in graph.predicate_objects(name):
        make = _MAKERS.get(str(predicate))
        check = make(graph, value) if make else None
        if check is not None and not check(facts, node, values):
            found.append(str(predicate))
    return tuple(sorted(found))


@cache
def _checks(shape: str) -> tuple[Check, ...] | None:
    """What a node shape asks of a node; None where it holds a constraint that is not known here."""
    graph, name = shapes().core, URIRef(shape)
    own = _constraints(graph, name)
    if own is None:
        return None
    parts = [_along(graph, part) for part in graph.objects(name, SH.property)]
    return None if None in parts else (*own, *(part for part in parts if part is not None))


def _along(graph: Graph, shape: Node) -> Check | None:
    found, path = _constraints(graph, shape), shapes().paths[str(shape)]
    if found is None:
        return None
    checks: tuple[Check, ...] = found

    def check(facts: Facts, node: Term, _: list[Term]) -> bool:
        values = facts.along(node, path)
        return all(one(facts, node, values) for one in checks)

    return check


def _constraints(graph: Graph, shape: Node) -> tuple[Check, ...] | None:
    checks: list[Check] = []
    for predicate, value in graph.predicate_objects(shape):
        if str(predicate) in _SAYS_NOTHING:
            continue
        make = _MAKERS.get(str(predicate))
        check = make(graph, value) if make else None
        if check is None:
            return None
        checks.append(check)
    return tuple(checks)


def _each(test: Callable[[Facts, Term], bool]) -> Check:
    return lambda facts, node, values: all(test(facts, value) for value in values)


def _text(term: Term) -> str | None:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else None


def _kind(graph: Graph, value: Node) -> Check | None:
    kinds: Mapping[Node, tuple[type, ...]] = {
        SH.IRI: (ox.NamedNode,),
        SH.Literal: (ox.Literal,),
        SH.IRIOrLiteral: (ox.NamedNode, ox.Literal),
    }
    wanted = kinds.get(value)
    return None if wanted is None else _each(lambda _, term: isinstance(term, wanted))


def _datatype(graph: Graph, value: Node) -> Check:
    wanted = str(value)
    return _each(
        lambda _, term: isinstance(term, ox.Literal) and term.datatype.value == wanted and is_valid(term)
    )


def _class(graph: Graph, value: Node) -> Check:
    return _each(lambda facts, term: facts.has_class(term, str(value)))


def _pattern(graph: Graph, value: Node) -> Check:
    pattern = re.compile(str(value))
    return _each(lambda _, term: (text := _text(term)) is not None and pattern.search(text) is not None)


def _min_length(graph: Graph, value: Node) -> Check:
    least = int(str(value))
    return _each(lambda _, term: (text := _text(term)) is not None and len(text) >= least)


def _bound(graph: Graph, value: Node, sign: int) -> Check:
    limit = float(str(value))
    return _each(lambda _, term: (n := number(term)) is not None and sign * float(n) >= sign * limit)


def _less_than(graph: Graph, value: Node) -> Check:
    def check(facts: Facts, node: Term, values: list[Term]) -> bool:
        pairs = product(map(number, values), map(number, facts.along(node, str(value))))
        return all(a is not None and b is not None and a < b for a, b in pairs)

    return check


def _unique_language(graph: Graph, value: Node) -> Check:
    def check(facts: Facts, node: Term, values: list[Term]) -> bool:
        languages = [term.language for term in values if isinstance(term, ox.Literal) and term.language]
        return len(languages) == len({language.lower() for language in languages})

    return check


def _in(graph: Graph, value: Node) -> Check:
    allowed: set[Term] = set()
    for item in _items(graph, value):
        plain = isinstance(item, Literal) and item.language is None and item.datatype in (None, XSD.string)
        if plain or isinstance(item, URIRef):
            allowed.add(ox.Literal(str(item)) if plain else ox.NamedNode(str(item)))
    return _each(lambda _, term: term in allowed)


def _node(graph: Graph, value: Node) -> Check | None:
    checks = _checks(str(value))
    return None if checks is None else _each(lambda facts, term: _sure(checks, facts, term))


def _or(graph: Graph, value: Node) -> Check:
    choices = [checks for item in _items(graph, value) if (checks := _checks(str(item))) is not None]
    return _each(lambda facts, term: any(_sure(checks, facts, term) for checks in choices))


def _items(graph: Graph, value: Node) -> Iterator[Node]:
    if isinstance(value, IdentifiedNode):
        yield from Collection(graph, value)


_MAKERS: Mapping[str, Callable[[Graph, Node], Check | None]] = {
    str(SH.minCount): lambda graph, value: lambda facts, node, values: len(values) >= int(str(value)),
    str(SH.maxCount): lambda graph, value: lambda facts, node, values: len(values) <= int(str(value)),
    str(SH.nodeKind): _kind,
    str(SH.datatype): _datatype,
    str(SH["class"]): _class,
    str(SH.pattern): _pattern,
    str(SH.minLength): _min_length,
    str(SH.minInclusive): lambda graph, value: _bound(graph, value, 1),
    str(SH.maxInclusive): lambda graph, value: _bound(graph, value, -1),
    str(SH.lessThan): _less_than,
    str(SH.uniqueLang): _unique_language,
    str(SH["in"]): _in,
    str(SH.node): _node,
    str(SH["or"]): _or,
}
