"""SHACL's core constraints as tests of which it is certain that they are met; what is doubtful fails them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import product

import pyoxigraph as ox

from cfm_kg.model import Literal
from cfm_kg.quads import node
from cfm_kg.validate.facts import Facts, Term
from cfm_kg.validate.literals import datatype_of, is_valid, number
from cfm_kg.validate.statements import Statements, text_of
from cfm_kg.validate.statements import Term as ShapeTerm
from cfm_kg.vocab import SH

Check = Callable[[Facts, Term, Sequence[Term]], bool]
"""Whether a node with these values certainly satisfies a constraint."""
Compiled = Callable[[str], Sequence[Check] | None]
"""What another shape (IRI) asks of a node; None where it holds a constraint that is not known here."""
Maker = Callable[[Statements, ShapeTerm, Compiled], Check | None]


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


def _min_count(stated: Statements, value: ShapeTerm, _: Compiled) -> Check:
    least = int(text_of(value))
    return lambda facts, node, values: len(values) >= least


def _max_count(stated: Statements, value: ShapeTerm, _: Compiled) -> Check:
    most = int(text_of(value))
    return lambda facts, node, values: len(values) <= most


def _kind(stated: Statements, value: ShapeTerm, _: Compiled) -> Check | None:
    kinds: Mapping[str, type | tuple[type, ...]] = {
        SH("IRI"): str,
        SH("Literal"): Literal,
        SH("IRIOrLiteral"): (str, Literal),
    }
    wanted = kinds.get(text_of(value))
    return None if wanted is None else _each(lambda _, term: isinstance(term, wanted))


def _datatype(stated: Statements, value: ShapeTerm, _: Compiled) -> Check:
    wanted = text_of(value)
    return _each(lambda _, term: isinstance(term, Literal) and datatype_of(term) == wanted and is_valid(term))


def _class(stated: Statements, value: ShapeTerm, _: Compiled) -> Check:
    wanted = text_of(value)
    return _each(lambda facts, term: facts.has_class(term, wanted))


def _pattern(stated: Statements, value: ShapeTerm, _: Compiled) -> Check:
    pattern = re.compile(text_of(value))
    return _each(lambda _, term: (text := _text(term)) is not None and pattern.search(text) is not None)


def _min_length(stated: Statements, value: ShapeTerm, _: Compiled) -> Check:
    least = int(text_of(value))
    return _each(lambda _, term: (text := _text(term)) is not None and len(text) >= least)


def _bound(value: ShapeTerm, sign: int) -> Check:
    limit = float(text_of(value))
    return _each(lambda _, term: (n := number(term)) is not None and sign * float(n) >= sign * limit)


def _less_than(stated: Statements, value: ShapeTerm, _: Compiled) -> Check:
    other = text_of(value)

    def check(facts: Facts, node: Term, values: Sequence[Term]) -> bool:
        pairs = product(map(number, values), map(number, facts.along(node, other)))
        return all(a is not None and b is not None and a < b for a, b in pairs)

    return check


def _unique_language(stated: Statements, value: ShapeTerm, _: Compiled) -> Check:
    def check(facts: Facts, node: Term, values: Sequence[Term]) -> bool:
        languages = [term.language for term in values if isinstance(term, Literal) and term.language]
        return len(languages) == len({language.lower() for language in languages})

    return check


def _in(stated: Statements, value: ShapeTerm, _: Compiled) -> Check:
    items = (node(item) for item in stated.items(value) if isinstance(item, ox.NamedNode | ox.Literal))
    allowed: set[Term] = {item for item in items if isinstance(item, str) or item == Literal(item.value)}
    return _each(lambda _, term: term in allowed)


def _node(stated: Statements, value: ShapeTerm, compiled: Compiled) -> Check | None:
    checks = compiled(text_of(value))
    return None if checks is None else _each(lambda facts, term: sure(checks, facts, term))


def _or(stated: Statements, value: ShapeTerm, compiled: Compiled) -> Check:
    choices = [checks for item in stated.items(value) if (checks := compiled(text_of(item))) is not None]
    return _each(lambda facts, term: any(sure(checks, facts, term) for checks in choices))


MAKERS: Mapping[str, Maker] = {
    SH("minCount"): _min_count,
    SH("maxCount"): _max_count,
    SH("nodeKind"): _kind,
    SH("datatype"): _datatype,
    SH("class"): _class,
    SH("pattern"): _pattern,
    SH("minLength"): _min_length,
    SH("minInclusive"): lambda stated, value, _: _bound(value, 1),
    SH("maxInclusive"): lambda stated, value, _: _bound(value, -1),
    SH("lessThan"): _less_than,
    SH("uniqueLang"): _unique_language,
    SH("in"): _in,
    SH("node"): _node,
    SH("or"): _or,
}
"""By the constraint's IRI."""
