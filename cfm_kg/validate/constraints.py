"""SHACL's core constraints as tests of which it is certain that they are met; what is doubtful fails them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import inf

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
_KNOWN = 4096
"""Of how many values it is remembered for each property shape whether they conform."""
Maker = Callable[[Statements, ShapeTerm, Compiled], Check | None]


def sure(checks: Sequence[Check], facts: Facts, node: Term) -> bool:
    """Whether a node certainly satisfies all of a node shape's checks."""
    values = (node,)
    for check in checks:  # noqa: SIM110  the innermost loop of validation: a generator costs twice as much
        if not check(facts, node, values):
            return False
    return True


@dataclass(frozen=True, slots=True)
class Count:
    """How many values there are."""

    least: int = 0
    most: float = inf

    def __call__(self, facts: Facts, node: Term, values: Sequence[Term]) -> bool:
        """As every check."""
        return self.least <= len(values) <= self.most


@dataclass(frozen=True, slots=True)
class Each:
    """What each value is by itself."""

    test: Callable[[Facts, Term], bool]
    leaning: bool = False
    """Whether it depends on facts about the value too."""

    def __call__(self, facts: Facts, node: Term, values: Sequence[Term]) -> bool:
        """As every check."""
        return all(self.test(facts, value) for value in values)


def joined(checks: Sequence[Check], path: str) -> Check:
    """Some checks of the values along a path as one. Most values recur: what they are is remembered."""
    counts = [check for check in checks if isinstance(check, Count)]
    least, most = max((c.least for c in counts), default=0), min((c.most for c in counts), default=inf)
    each = [check for check in checks if isinstance(check, Each)]
    alone, leaning = ([c.test for c in each if c.leaning is one] for one in (False, True))
    others = [check for check in checks if not isinstance(check, Count | Each)]
    known: dict[Term, bool] = {}
    straight = not set("^|") & set(path)

    def conforms(facts: Facts, value: Term) -> bool:
        if len(known) >= _KNOWN:
            known.clear()
        found = known[value] = all(test(facts, value) for test in alone)
        return found

    def check(facts: Facts, node: Term, _: Sequence[Term]) -> bool:
        # The innermost loop of validation: generators would cost twice as much.
        values = facts.values(node, path) if straight else facts.along(node, path)
        if len(values) > 1 and straight:
            values = list(dict.fromkeys(values))
        if not least <= len(values) <= most:
            return False
        for value in values:
            if alone and not (known[value] if value in known else conforms(facts, value)):
                return False
            for test in leaning:
                if not test(facts, value):
                    return False
        for other in others:  # noqa: SIM110
            if not other(facts, node, values):
                return False
        return True

    return check


def _text(term: Term) -> str | None:
    return term if isinstance(term, str) else term.value if isinstance(term, Literal) else None


def _min_count(stated: Statements, value: ShapeTerm, _: Compiled) -> Check:
    return Count(least=int(text_of(value)))


def _max_count(stated: Statements, value: ShapeTerm, _: Compiled) -> Check:
    return Count(most=int(text_of(value)))


def _kind(stated: Statements, value: ShapeTerm, _: Compiled) -> Check | None:
    kinds: Mapping[str, type | tuple[type, ...]] = {
        SH("IRI"): str,
        SH("Literal"): Literal,
        SH("IRIOrLiteral"): (str, Literal),
    }
    wanted = kinds.get(text_of(value))
    return None if wanted is None else Each(lambda _, term: isinstance(term, wanted))


def _datatype(stated: Statements, value: ShapeTerm, _: Compiled) -> Check:
    wanted = text_of(value)
    return Each(lambda _, term: isinstance(term, Literal) and datatype_of(term) == wanted and is_valid(term))


def _class(stated: Statements, value: ShapeTerm, _: Compiled) -> Check:
    wanted = text_of(value)
    return Each(lambda facts, term: facts.has_class(term, wanted), leaning=True)


def _pattern(stated: Statements, value: ShapeTerm, _: Compiled) -> Check:
    pattern = re.compile(text_of(value))
    return Each(lambda _, term: (text := _text(term)) is not None and pattern.search(text) is not None)


def _min_length(stated: Statements, value: ShapeTerm, _: Compiled) -> Check:
    least = int(text_of(value))
    return Each(lambda _, term: (text := _text(term)) is not None and len(text) >= least)


def _bound(value: ShapeTerm, sign: int) -> Check:
    limit = float(text_of(value))
    return Each(lambda _, term: (n := number(term)) is not None and sign * float(n) >= sign * limit)


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
    return Each(lambda _, term: term in allowed)


def _node(stated: Statements, value: ShapeTerm, compiled: Compiled) -> Check | None:
    checks = compiled(text_of(value))
    return None if checks is None else Each(lambda facts, term: sure(checks, facts, term), leaning=True)


def _or(stated: Statements, value: ShapeTerm, compiled: Compiled) -> Check:
    choices = [checks for item in stated.items(value) if (checks := compiled(text_of(item))) is not None]
    return Each(lambda facts, term: any(sure(checks, facts, term) for checks in choices), leaning=True)


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
