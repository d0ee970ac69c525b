"""What entries touch: which nodes a rule has to look at anew, and the triples that it needs for that.

The same joins that a rule's query makes are walked from the new triples by index, the rarest step first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox

from cfm_kg.entries.model import Subject, Term
from cfm_kg.entries.patterns import Group, Part, Pattern, patterns_of
from cfm_kg.entries.stored import Facts
from cfm_kg.validate.shapes import Rule

Binding = Mapping[str, Term]
_FEW = 16
"""How many matches of a step are counted at first; where all steps have more, four times as many."""


def focus_of(rule: Rule, new: Iterable[ox.Triple], facts: Facts) -> set[Subject]:
    """The nodes for which new triples may change what a rule finds."""
    found: set[Subject] = set()
    triples, by_predicate = list(new), dict[Part, list[ox.Triple]]()
    for triple in triples:
        by_predicate.setdefault(triple.predicate, []).append(triple)
    for path in patterns_of(rule).paths():
        wanted = [pattern for patterns in path for pattern in patterns]
        for i, pattern in enumerate(path[-1]):
            place = len(wanted) - len(path[-1]) + i
            rest = wanted[:place] + wanted[place + 1 :]
            fixed = not isinstance(pattern.predicate, str)
            for triple in by_predicate.get(pattern.predicate, ()) if fixed else triples:
                start = _bound(pattern, triple, {})
                if start is not None:
                    found |= {node for node in _this(rest, start, facts) if not isinstance(node, ox.Literal)}
    return found


def _this(rest: Sequence[Pattern], start: Binding, facts: Facts) -> Iterator[Subject]:
    for binding, left in _until("this", rest, start, facts):
        node = binding["this"]
        # One way to satisfy what is left is enough to know that the rule looks here.
        if isinstance(node, ox.NamedNode | ox.BlankNode) and any(
            True for _ in _joined(left, binding, facts, set())
        ):
            yield node


def _until(
    name: str, patterns: Sequence[Pattern], start: Binding, facts: Facts
) -> Iterator[tuple[Binding, Sequence[Pattern]]]:
    """All ways to bind a variable, and the patterns that are not looked at by then."""
    if name in start:
        yield start, patterns
        return
    if not patterns:
        return
    best = _rarest(patterns, start, facts)
    rest = [pattern for pattern in patterns if pattern is not best]
    for triple in set(facts.match(*_terms(best, start))):
        binding = _bound(best, triple, start)
        if binding is not None:
            yield from _until(name, rest, binding, facts)


def needed(rule: Rule, node: Subject, facts: Facts) -> set[ox.Triple]:
    """The triples that a rule's query looks at for one node."""
    read: set[ox.Triple] = set()
    _read(patterns_of(rule), {"this": node}, facts, read)
    return read


def _read(group: Group, start: Binding, facts: Facts, read: set[ox.Triple]) -> None:
    for binding in _joined(group.patterns, start, facts, read):
        for other in group.others:
            _read(other, binding, facts, read)


def _joined(
    patterns: Sequence[Pattern], start: Binding, facts: Facts, read: set[ox.Triple]
) -> Iterator[Binding]:
    """All ways to satisfy the patterns; what was looked at goes to `read`."""
    if not patterns:
        yield start
        return
    best = _rarest(patterns, start, facts)
    rest = [pattern for pattern in patterns if pattern is not best]
    for triple in set(facts.match(*_terms(best, start))):
        binding = _bound(best, triple, start)
        if binding is not None:
            read.add(triple)
            yield from _joined(rest, binding, facts, read)


def _rarest(patterns: Sequence[Pattern], binding: Binding, facts: Facts) -> Pattern:
    if len(patterns) == 1:
        return patterns[0]
    choices = [pattern for pattern in patterns if _is_joined(pattern, binding)] or list(patterns)
    limit = _FEW
    while True:
        counted = [(_count(pattern, binding, facts, limit), i) for i, pattern in enumerate(choices)]
        least, i = min(counted)
        if least < limit or limit > 1_000_000:
            return choices[i]
        limit *= 4


def _is_joined(pattern: Pattern, binding: Binding) -> bool:
    return any(isinstance(part, str) and part in binding for part in pattern.parts)


def _count(pattern: Pattern, binding: Binding, facts: Facts, limit: int) -> int:
    subject, predicate, value = _terms(pattern, binding)
    if predicate is None and subject is None:
        return limit
    return sum(1 for _, _ in zip(range(limit), facts.match(subject, predicate, value), strict=False))


def _terms(pattern: Pattern, binding: Binding) -> tuple[Subject | None, ox.NamedNode | None, Term | None]:
    subject, predicate, value = (
        binding.get(part) if isinstance(part, str) else part for part in pattern.parts
    )
    # A literal never is a subject: such a pattern matches nothing, which an unused name stands for.
    nothing = ox.NamedNode("urn:x-nothing:")
    return (
        nothing if isinstance(subject, ox.Literal | ox.Triple) else subject,
        nothing if predicate is not None and not isinstance(predicate, ox.NamedNode) else predicate,
        value,
    )


def _bound(pattern: Pattern, triple: ox.Triple, binding: Binding) -> Binding | None:
    """The binding with what a triple gives to the pattern's variables; None where they do not fit."""
    found = dict(binding)
    terms: tuple[Term, Term, Term] = (triple.subject, triple.predicate, triple.object)
    for part, term in zip(pattern.parts, terms, strict=True):
        if not _fits(part, term, found):
            return None
        if isinstance(part, str):
            found[part] = term
    return found


def _fits(part: Part, term: Term, binding: Binding) -> bool:
    return binding.get(part, term) == term if isinstance(part, str) else part == term
