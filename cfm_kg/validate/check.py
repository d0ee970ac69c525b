"""Running the shapes: core constraints with pySHACL, rules across nodes as one query each."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from functools import cache

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.validate.data import Data, with_reference, within_reach
from cfm_kg.validate.facts import Facts, Statement, Term, backwards, plain, store_term, store_triple
from cfm_kg.validate.ground import Ground, no_ground, shipped_ground
from cfm_kg.validate.report import Finding, ValidationReport
from cfm_kg.validate.screen import suspects
from cfm_kg.validate.shapes import Rule, Target, shapes
from cfm_kg.vocab import RDF_TYPE, prefixes

_NAMES = re.compile(r"(?<![\w?$:])([a-z][\w-]*):([A-Za-z]\w*)")
_OPEN = re.compile(r"(?:[?$]\w+|;)\s+[?$]\w+\s+[?$<\w]+\s*[.;,}]")
"""A variable in the place of a property."""
_CLAIMED = re.compile(r"rdf:predicate\s+([a-z][\w-]*:\w+)")
_INNER = re.compile(r"\{[^{}]*\}|\([^()]*\)")
_PREDICATE = re.compile(r"(?:[?$]\w+|;)\s+(a|[a-z][\w-]*:\w+)(?=\s)")
_VARIABLE = re.compile(r"\{[?$](\w+)\}")


def check(data: Data, *, reference: bool) -> ValidationReport:
    """Judge the data by pySHACL, leaning on the shipped reference data if `reference`. Raises CfmError."""
    every = (*data.triples, *data.context)
    ground = shipped_ground() if reference else no_ground()
    own = {_label(triple.subject) for triple in data.triples}
    idle = idle_shapes(terms(plain(data.triples)))
    core = _core_of_all(data.triples, with_reference(every) if reference else every, own)
    found = {*core, *rule_findings(plain(every), idle, ground=ground)}
    located = [
        Finding(f.severity, f.focus, f.path, f.value, f.shape, f.message, data.where(f.focus))
        for f in found
        if f.focus in own
    ]
    located.sort(key=lambda finding: finding.order)
    return ValidationReport(tuple(located), idle)


def check_facts(
    judged: Sequence[Statement], context: Sequence[Statement] = (), *, reference: bool = True
) -> ValidationReport:
    """Judge plain triples, leaning on others. Raises CfmError.

    pySHACL sees only nodes that are not sure to conform: the findings are the same as of `check`.
    """
    every = (*judged, *context)
    ground = shipped_ground() if reference else no_ground()
    nodes = dict.fromkeys(subject for subject, _, _ in judged)
    idle = idle_shapes(terms(judged))
    doubtful = suspects(nodes, Facts(every, ground.facts))
    core = _core_of_suspects(doubtful, every, reference=reference) if doubtful else ()
    found = {*core, *_rules_on(every, idle, ground)}
    own = set(map(_named, nodes))
    order = sorted((one for one in found if one.focus in own), key=lambda finding: finding.order)
    return ValidationReport(tuple(order), idle)


def _rules_on(every: Sequence[Statement], idle: Collection[str], ground: Ground) -> Iterator[Finding]:
    """What the rules find, save those of `idle` shapes and those that miss what they cannot do without."""
    occurring = ground.properties.union(name for _, name, _ in every)
    rules = [rule for rule in shapes().rules if rule.shape not in idle and required(rule) <= occurring]
    properties = set[Term]().union(*map(asked, rules))
    if any(map(asks_for_values, rules)):
        properties |= {value for _, _, value in every}
    needed = [statement for statement in every if statement[1] in properties]
    return rule_findings(needed, rules=rules, ground=ground) if rules else iter(())


@cache
def required(rule: Rule) -> frozenset[str]:
    """Properties without which a rule finds nothing: those in no inner group of its query."""
    text, inner = rule.query[rule.query.index("{") + 1 : rule.query.rindex("}")], 1
    while inner:
        text, inner = _INNER.subn(" ", text)
    names = (_expanded(name) for name in _PREDICATE.findall(text))
    return frozenset(name for name in names if name)


@cache
def claimed_properties() -> frozenset[str]:
    """The properties of which rules look at claims; other claims they reach by what names them."""
    found = (_CLAIMED.findall(rule.query) for rule in shapes().rules)
    return frozenset(name for names in found for one in names if (name := _expanded(one)))


def _expanded(name: str) -> str | None:
    prefix, colon, rest = name.partition(":")
    return prefixes().get(prefix, "") + rest if colon else RDF_TYPE


@cache
def asked(rule: Rule) -> frozenset[str]:
    """The properties that a rule's query names, and some names more."""
    known = prefixes()
    found = {known[prefix] + name for prefix, name in _NAMES.findall(rule.query) if prefix in known}
    return frozenset(found | {RDF_TYPE})


@cache
def asks_for_values(rule: Rule) -> bool:
    """Whether a rule's query looks at properties that it does not name: those that are some value."""
    return _OPEN.search(rule.query, rule.query.index("{")) is not None


def _named(term: Term) -> str:
    return term if isinstance(term, str) else str(term)


def _core_of_all(
    judged: Iterable[ox.Triple], triples: Sequence[ox.Triple], own: Collection[str]
) -> list[Finding]:
    from cfm_kg.validate.core import core_findings

    return core_findings(within_reach(judged, triples), own)


def _core_of_suspects(
    doubtful: Collection[Term], every: Sequence[Statement], *, reference: bool
) -> list[Finding]:
    from cfm_kg.validate.core import core_findings  # with pySHACL behind it, and often not needed

    nodes, all_ = set(map(store_term, doubtful)), [store_triple(one) for one in every]
    triples = with_reference(all_) if reference else all_
    about = [
        t for t in triples if t.subject in nodes or (t.predicate.value in backwards() and t.object in nodes)
    ]
    return core_findings(within_reach(about, triples), set(map(_named, doubtful)))


def rule_findings(
    statements: Iterable[Statement],
    idle: Collection[str] = (),
    *,
    rules: Sequence[Rule] | None = None,
    ground: Ground | None = None,
) -> Iterator[Finding]:
    """What rules across nodes find, each as one query over all triples, save those of `idle` shapes."""
    with (ground or no_ground()).store_with(statements) as store:
        for rule in shapes().rules if rules is None else rules:
            if rule.shape in idle:
                continue
            solutions = store.query(rule.query)
            if not isinstance(solutions, ox.QuerySolutions):
                raise CfmError("the query of a rule is not a SELECT", where=rule.shape)
            for solution in solutions:
                bound = {v.value: solution[v] for v in solutions.variables if solution[v] is not None}
                yield _rule_finding(rule, {name: _label(term) for name, term in bound.items()})


def _rule_finding(rule: Rule, bound: dict[str, str]) -> Finding:
    message = _VARIABLE.sub(lambda found: bound.get(found[1], found[0]), rule.message)
    value = bound.get("value", bound["this"])
    return Finding(rule.severity, bound["this"], bound.get("path"), value, rule.shape, message)


def _label(term: object) -> str:
    if isinstance(term, ox.NamedNode | ox.Literal):
        return term.value
    return str(term)


def terms(triples: Iterable[Statement]) -> frozenset[str]:
    """The classes and properties that occur: what the targets of shapes aim at."""
    found = set[str]()
    for _, predicate, value in triples:
        found.add(predicate)
        if predicate == RDF_TYPE:
            found.add(_named(value))
    return frozenset(found)


def idle_shapes(occurring: Container[str]) -> tuple[str, ...]:
    """The shapes with a target that find nothing to look at where only these terms occur."""
    targets: dict[str, list[Target]] = {}
    for target in shapes().targets:
        targets.setdefault(target.shape, []).append(target)
    return tuple(
        shape for shape, found in sorted(targets.items()) if not any(t.term in occurring for t in found)
    )
