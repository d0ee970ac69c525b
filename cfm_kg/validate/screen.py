"""A quick sieve before pySHACL: which nodes certainly satisfy the core constraints that look at them.

It reads the same shapes. A shape with a constraint that it does not know, and a node of which it is not
sure, are left to pySHACL: the sieve may ask too much of a node, never too little, and finds nothing itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain

from cfm_kg.validate.constraints import MAKERS, Check, joined, sure
from cfm_kg.validate.facts import Facts, Term
from cfm_kg.validate.shapes import shapes
from cfm_kg.validate.statements import Statements, text_of
from cfm_kg.vocab import RDF_TYPE, RDFS_LABEL, SH

_SAYS_NOTHING = frozenset(
    map(SH, ("path", "message", "severity", "targetClass", "targetSubjectsOf", "property", "sparql"))
) | {RDF_TYPE, RDFS_LABEL}
"""What is no constraint, or runs as a rule across nodes."""
Checks = tuple[Check, ...]


def suspects(judged: Iterable[Term], facts: Facts) -> frozenset[Term]:
    """Those of the nodes that some shape targets and that are not sure to conform to it."""
    targets = _targets()
    found = set[Term]()
    for node in judged:
        for checks in _aimed(targets, facts, node):
            if checks is None or not sure(checks, facts, node):
                found.add(node)
                break
    return frozenset(found)


Targets = tuple[Mapping[str, Sequence[Checks | None]], Mapping[str, Sequence[Checks | None]]]
"""What shapes ask, by the class and by the property that they aim at."""


@cache
def _targets() -> Targets:
    by_class, by_property = (
        defaultdict[str, list[Checks | None]](list),
        defaultdict[str, list[Checks | None]](list),
    )
    for target in shapes().targets:
        (by_class if target.is_class else by_property)[target.term].append(checks_of(target.shape))
    return dict(by_class), dict(by_property)


def _aimed(targets: Targets, facts: Facts, node: Term) -> Iterable[Checks | None]:
    """What is asked of a node."""
    by_class, by_property = targets
    classes = [name for name in facts.values(node, RDF_TYPE) if isinstance(name, str)]
    of_classes = (by_class.get(name, ()) for name in dict.fromkeys(classes))
    of_properties = (found for name, found in by_property.items() if facts.values(node, name))
    return chain.from_iterable(chain(of_classes, of_properties))


def unmet(shape: str, facts: Facts, node: Term, values: Sequence[Term]) -> tuple[str, ...]:
    """The constraints (IRIs) of a shape that values of a node may not meet, of those that are known here."""
    stated, found = shapes().stated, list[str]()
    for predicate, value in stated.about(shape):
        make = MAKERS.get(predicate)
        check = make(stated, value, checks_of) if make else None
        if check is not None and not check(facts, node, values):
            found.append(predicate)
    return tuple(sorted(found))


@cache
def checks_of(shape: str) -> Checks | None:
    """What a node shape asks of a node; None where it holds a constraint that is not known here."""
    stated = shapes().stated
    own = _constraints(stated, shape)
    if own is None:
        return None
    parts = [_along(stated, text_of(part)) for part in stated.values(shape, SH("property"))]
    return None if None in parts else (*own, *(part for part in parts if part is not None))


def _along(stated: Statements, shape: str) -> Check | None:
    checks, path = _constraints(stated, shape), shapes().paths[shape]
    return None if checks is None else joined(checks, path)


def _constraints(stated: Statements, shape: str) -> Checks | None:
    checks = list[Check]()
    for predicate, value in stated.about(shape):
        if predicate in _SAYS_NOTHING:
            continue
        make = MAKERS.get(predicate)
        check = make(stated, value, checks_of) if make else None
        if check is None:
            return None
        checks.append(check)
    return tuple(checks)
