"""What the shapes find in what entries touch: with the entries, and without them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from cfm_kg.entries.model import Subject, name_of
from cfm_kg.entries.reach import focus_of, needed
from cfm_kg.entries.stored import Facts
from cfm_kg.validate import Finding
from cfm_kg.validate.check import rule_findings
from cfm_kg.validate.facts import Facts as Screened
from cfm_kg.validate.facts import backwards, plain, plain_term
from cfm_kg.validate.screen import suspects
from cfm_kg.validate.shapes import Rule, shapes


@dataclass(frozen=True, slots=True)
class Judged:
    """`made` by the entries, `before` without them; and all nodes that were looked at."""

    made: tuple[Finding, ...]
    before: tuple[Finding, ...]
    touched: frozenset[str]


def judge(triples: Iterable[ox.Triple], new: Iterable[ox.Triple], now: Facts, past: Facts) -> Judged:
    """Run all shapes on what the triples touch. `now` holds them, `past` what the store had before."""
    entry, added = list(triples), list(new)
    focus = _core_focus(entry)
    reached = {rule: focus_of(rule, entry, now) for rule in shapes().rules}
    found, earlier = set[Finding](), set[Finding]()
    found |= set(_core(focus, now))
    old = {node for node in focus if name_of(node) in {f.focus for f in found}} if added else focus
    earlier |= set(_core(old, past)) if found else set()
    for rule, nodes in reached.items():
        if nodes:
            with_it = set(_rule(rule, nodes, now))
            found |= with_it
            earlier |= set(_rule(rule, nodes, past)) if with_it else set()
    touched = focus.union(*reached.values())
    return Judged(
        tuple(sorted(found - earlier, key=lambda finding: finding.order)),
        tuple(sorted(found & earlier, key=lambda finding: finding.order)),
        frozenset(map(name_of, touched)),
    )


def _core_focus(triples: Iterable[ox.Triple]) -> set[Subject]:
    """The subjects, and the objects of properties that some shape follows backwards."""
    found: set[Subject] = set()
    for triple in triples:
        found.add(triple.subject)
        if triple.predicate.value in backwards() and isinstance(triple.object, ox.NamedNode | ox.BlankNode):
            found.add(triple.object)
    return found


def _core(focus: set[Subject], facts: Facts) -> list[Finding]:
    """What the core constraints find on nodes. Only their statements and those of their values are read."""
    own = set(described(focus, facts))
    near = {t.object for t in own if isinstance(t.object, ox.NamedNode | ox.BlankNode)} | {
        t.subject for t in own
    }
    graph = own.union(*(facts.match(node, None, None) for node in near - focus))
    doubtful = suspects(map(plain_term, focus), Screened(plain(graph)))
    if not doubtful:
        return []
    from cfm_kg.validate.core import core_findings  # with pySHACL behind it, and often not needed

    return core_findings(graph, set(map(str, doubtful)))


def described(nodes: Iterable[Subject], facts: Facts) -> Iterator[ox.Triple]:
    """The statements about nodes, and those that lead to them by a property that shapes follow backwards."""
    for node in nodes:
        yield from facts.match(node, None, None)
        for predicate in backwards():
            yield from facts.match(None, ox.NamedNode(predicate), node)


def _rule(rule: Rule, nodes: Iterable[Subject], facts: Facts) -> Iterator[Finding]:
    wanted = set(nodes)
    read = set[ox.Triple]().union(*(needed(rule, node, facts) for node in wanted))
    names = set(map(name_of, wanted))
    return (finding for finding in rule_findings(plain(read), rules=[rule]) if finding.focus in names)
