"""Human decisions applied: they come before every rule of merging and of choosing values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import combinations

from cfm_kg.fuse.decisions import Decision, Verdict
from cfm_kg.fuse.meetings import MEETING, paths_of, renamed
from cfm_kg.fuse.model import Conflict, Origin, Outcome, Statement
from cfm_kg.fuse.values import SINGLE, candidate, grouped
from cfm_kg.model import Node
from cfm_kg.vocab import BASE, CFM, local

_PART, _PERSON = BASE + "id/participation/", BASE + "id/person/"


@dataclass(slots=True)
class Docket:
    """The decisions while they are applied: what each did, and what stood in its way."""

    decisions: tuple[Decision, ...]
    applied: set[str] = field(default_factory=set)
    problems: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    struck: dict[tuple[str, str], tuple[Decision, list[Statement]]] = field(default_factory=dict)
    """By subject and property: the decision that removed statements, and these."""

    @classmethod
    def of_all(cls, decisions: Iterable[Decision]) -> Docket:
        """All decisions in their order, none applied yet."""
        return cls(tuple(sorted(decisions, key=lambda decision: decision.order)))

    def of(self, *verdicts: Verdict) -> list[Decision]:
        """The decisions of these kinds, the earliest first."""
        return [decision for decision in self.decisions if decision.verdict in verdicts]

    def object(self, decision: Decision, problem: str) -> None:
        """Keep a problem, once."""
        if problem not in self.problems[decision.iri]:
            self.problems[decision.iri].append(problem)

    def strike(self, decision: Decision, statement: Statement) -> None:
        """Keep what a decision removes."""
        self.applied.add(decision.iri)
        if statement.origin.article != decision.iri:
            self.struck.setdefault((statement.subject, statement.predicate), (decision, []))[1].append(
                statement
            )

    def outcomes(self) -> tuple[Outcome, ...]:
        """What became of each decision."""
        return tuple(
            Outcome(decision, decision.iri in self.applied, tuple(self.problems.get(decision.iri, ())))
            for decision in self.decisions
        )


def unchanged(iri: str) -> str:
    """The name that stands for a thing where nothing is joined: its own."""
    return iri


@dataclass(frozen=True, slots=True)
class Identities:
    """Names that decisions join, and pairs of names that they keep apart."""

    joins: Mapping[str, str]
    apart: frozenset[frozenset[str]]

    def namer(self) -> Callable[[str], str]:
        """What gives the name that stands for a thing; parts of a meeting or of an attendance move along."""
        if not self.joins:
            return unchanged
        persons = {local(old): local(new) for old, new in self.joins.items() if old.startswith(_PERSON)}
        meetings = {old: new for old, new in self.joins.items() if old.startswith(MEETING)}
        paths = paths_of(meetings)

        def name(iri: str) -> str:
            if persons and iri.startswith(_PART):
                meeting, _, person = iri.rpartition("/")
                iri = f"{meeting}/{persons.get(person, person)}"
            return renamed(iri, self.joins, paths)

        return name


def identities(docket: Docket, names: AbstractSet[str], known: Container[str]) -> Identities:
    """What the decisions say of same and different things; the later overrides the earlier."""
    rulings: dict[frozenset[str], Decision] = {}
    for decision in docket.of(Verdict.SAME, Verdict.DIFFERENT):
        there = [iri for iri in decision.things if iri in names or iri in known]
        for iri in set(decision.things) - set(there):
            docket.object(decision, f"nothing in this build is named <{iri}>")
        for pair in map(frozenset, combinations(there, 2)):
            earlier = rulings.get(pair)
            if earlier is not None and earlier.verdict is not decision.verdict:
                docket.object(earlier, f"overruled by <{decision.iri}>")
            rulings[pair] = decision
    for decision in rulings.values():
        docket.applied.add(decision.iri)
    joins = _joins([d for d in rulings.items() if d[1].verdict is Verdict.SAME], known)
    apart = set[frozenset[str]]()
    for pair, decision in rulings.items():
        if decision.verdict is Verdict.DIFFERENT:
            ends = frozenset(joins.get(iri, iri) for iri in pair)
            if len(ends) == 1:
                docket.applied.discard(decision.iri)
                docket.object(decision, "the things are one by other decisions")
            apart.add(ends)
    return Identities(joins, frozenset(apart))


def _joins(pairs: Sequence[tuple[frozenset[str], Decision]], known: Container[str]) -> dict[str, str]:
    group: dict[str, set[str]] = {}
    keeps: dict[str, str] = {}
    for pair, decision in pairs:
        together = set[str]().union(*(group.get(iri, {iri}) for iri in pair))
        group.update(dict.fromkeys(together, together))
        keeps |= dict.fromkeys(pair, decision.keeps) if decision.keeps else {}
    joins = {}
    for iri, together in group.items():
        chosen = [keeps[one] for one in sorted(together) if one in keeps]
        kept = chosen[0] if chosen else min(together, key=lambda one: _worth(one, known))
        if iri != kept:
            joins[iri] = kept
    return joins


def _worth(iri: str, known: Container[str]) -> tuple[bool, bool, int, str]:
    """The registry's name first, then the more exact date, then the first by name."""
    exact = len(local(iri)) if iri.startswith(MEETING) else 0
    return iri not in known, local(iri).startswith("undated"), -exact, iri


def ruled(docket: Docket, statements: Iterable[Statement], names: Mapping[str, str]) -> list[Statement]:
    """The statements without what is wrong, and with what is correct in place of what articles say.

    `names` are the names given up with those that stand for them. May be applied again after more joins.
    """
    kept = list(statements)
    for decision in docket.of(Verdict.WRONG, Verdict.CORRECT):
        fact = tuple(_now(term, names) for term in (decision.subject, decision.predicate, decision.value))
        hit = [s for s in kept if _concerns(decision, s, fact)]
        if decision.verdict is Verdict.WRONG:
            kept = [s for s in kept if s not in hit]
        elif hit or any(s.subject == fact[0] for s in kept):
            kept = [s for s in kept if s not in hit] + _right(decision, hit, fact)
            docket.applied.add(decision.iri)
        for statement in hit:
            docket.strike(decision, statement)
    return kept


def _now(term: Node | None, names: Mapping[str, str]) -> Node | None:
    return names.get(term, term) if isinstance(term, str) else term


def _concerns(decision: Decision, statement: Statement, fact: tuple[Node | None, ...]) -> bool:
    if decision.claims:
        return statement.claim in decision.claims
    same_property = (statement.subject, statement.predicate) == fact[:2]
    return same_property and (decision.verdict is Verdict.CORRECT or statement.object == fact[2])


def _right(decision: Decision, hit: Sequence[Statement], fact: tuple[Node | None, ...]) -> list[Statement]:
    subject, predicate, value = fact
    assert isinstance(subject, str)
    assert isinstance(predicate, str)
    assert value is not None
    if decision.claims:
        return [replace(s, object=value, claim=s.claim if s.object == value else None) for s in hit]
    origin = Origin(decision.iri, decision.iri, decision.on.first)
    return [Statement(subject, predicate, value, origin)]


def unmet(docket: Docket, names: AbstractSet[str], claims: AbstractSet[str]) -> None:
    """Note what decisions name that this build has not, and those that changed nothing."""
    for decision in docket.of(Verdict.WRONG, Verdict.CORRECT):
        for claim in set(decision.claims) - claims:
            docket.object(decision, f"no claim of this build is named <{claim}>")
        if not decision.claims and decision.subject not in names:
            docket.object(decision, f"nothing in this build is named <{decision.subject}>")
        elif decision.iri not in docket.applied and not docket.problems.get(decision.iri):
            docket.object(decision, "no article says so, so it changes nothing")


def settled(docket: Docket, statements: Iterable[Statement]) -> list[Conflict]:
    """The disagreements that decisions ended, for the record. `statements` are those that remain."""
    single = {CFM(name) for name in (*SINGLE, "meetingStatus")}
    left: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        if (statement.subject, statement.predicate) in docket.struck:
            left[statement.subject, statement.predicate].append(statement)
    found = []
    for key, (decision, removed) in docket.struck.items():
        chosen = {statement.object for statement in left[key]}
        if key[1] not in single or len(chosen) != 1:
            continue
        (value,) = chosen
        others = [candidate(v, group) for v, group in grouped(removed).items() if v != value]
        if others:
            said = [
                s for s in (*removed, *left[key]) if s.object == value and s.origin.article != decision.iri
            ]
            sides = (candidate(value, said), *others)
            found.append(Conflict(*key, sides, f"decided by {decision.by}", decision=decision.iri))
    return found
