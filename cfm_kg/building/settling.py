"""Fusing and validating groups: from what articles say of some things to lines of the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from cfm_kg.building.groups import leanings
from cfm_kg.building.records import Checked, Fragment, SetAside, Told
from cfm_kg.fuse import Conflict, Decision, Docket, Naming, Statement, conflict_triples, fuse_group
from cfm_kg.model import Literal
from cfm_kg.quads import Fact, Triple, stored_fact
from cfm_kg.store import fact_lines
from cfm_kg.validate import Finding, claimed_properties, conforming, terms, validate_facts
from cfm_kg.vocab import CFM, DCTERMS, PROVENANCE_GRAPH, RDF, RDF_TYPE


@dataclass(frozen=True, slots=True)
class Fused:
    """What fusing made of a group, before validation."""

    facts: tuple[Triple, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    applied: tuple[str, ...] = ()
    """Decisions that changed something."""
    leans: tuple[str, ...] = ()
    """Things of other groups that the facts name."""
    mentions: tuple[str, ...] = ()
    """Things of the registry that the facts name."""
    claims: tuple[Triple, ...] = ()
    """What claims and articles say that stand behind the facts, as far as rules look at it."""


def fused(
    fragments: Iterable[Fragment], naming: Naming, decisions: Sequence[Decision], known: Container[str]
) -> Fused:
    """Fuse one group."""
    docket, every = Docket.of_all(decisions), list(fragments)
    said = [(fragment, fragment.statements()) for fragment in every]
    group = fuse_group(chain.from_iterable(statements for _, statements in said), naming, docket)
    named = {term for fact in group.facts for term in (fact[0], fact[2]) if isinstance(term, str)}
    disputed = {claim for one in group.conflicts for value in one.candidates for claim in value.claims}
    claims = chain.from_iterable(_claims(*one, disputed) for one in said)
    return Fused(
        group.facts,
        group.conflicts,
        group.renamed,
        tuple(sorted(docket.applied)),
        tuple(leanings(group.facts, known)),
        tuple(sorted(name for name in named if name in known)),
        tuple(dict.fromkeys(claims)),
    )


def _claims(
    fragment: Fragment, statements: Iterable[Statement], disputed: Container[str]
) -> Iterator[Triple]:
    """What rules may look at of an article's claims, and of the article."""
    looked_at = claimed_properties()
    if fragment.issued:
        yield fragment.article, DCTERMS("issued"), Literal(*fragment.issued)
    for statement in statements:
        if statement.claim and (statement.predicate in looked_at or statement.claim in disputed):
            yield statement.claim, RDF_TYPE, CFM("Claim")
            yield statement.claim, RDF("subject"), statement.subject
            yield statement.claim, RDF("predicate"), statement.predicate
            yield statement.claim, RDF("object"), statement.object
            yield statement.claim, CFM("article"), fragment.article


@dataclass(frozen=True, slots=True)
class Settled:
    """What a group adds to the graph and to the report."""

    lines: tuple[bytes, ...]
    told: Told


def settle(
    groups: Mapping[str, Fused], others: Callable[[str], Iterable[Triple]], known: Container[str]
) -> dict[str, Settled]:
    """Validate groups together, leaning on what `others` says of a thing that none of them holds.

    What is said of things of the registry is not judged here, but with the registry's own facts.
    """
    home_of, judged = _of_groups(groups, known)
    leans = sorted({thing for group in groups.values() for thing in group.leans} - home_of.keys())
    context = dict.fromkeys(chain.from_iterable(group.claims for group in groups.values()))
    context |= dict.fromkeys(chain.from_iterable(map(others, leans)))
    kept, report, aside = conforming(judged, partial(validate_facts, context=context), known)
    by_home = defaultdict[str, list[Fact]](list)
    for fact in kept:
        by_home[home_of[fact[0]]].append(fact)
    findings, asides = defaultdict[str, list[Finding]](list), defaultdict[str, list[SetAside]](list)
    for finding in report.findings:
        findings[home_of[finding.focus]].append(finding)
    for one in aside:
        asides[home_of[one.finding.focus]].append(SetAside(one.finding, one.facts))
    return {
        home: _settled(group, by_home[home], findings[home], asides[home], known)
        for home, group in groups.items()
    }


def _of_groups(groups: Mapping[str, Fused], known: Container[str]) -> tuple[dict[str, str], list[Fact]]:
    """What is said of things that the registry does not know, and the group of each."""
    home_of, judged = dict[str, str](), dict[Fact, None]()
    for home, group in groups.items():
        own: list[Fact] = [(*fact, "") for fact in group.facts if fact[0] not in known]
        noted = (triple for conflict in group.conflicts for triple in conflict_triples(conflict))
        own += [(*triple, PROVENANCE_GRAPH) for triple in noted]
        home_of |= dict.fromkeys((fact[0] for fact in own), home)
        judged |= dict.fromkeys(own)
    return home_of, list(judged)


def _settled(
    group: Fused,
    kept: Sequence[Fact],
    findings: Iterable[Finding],
    aside: Iterable[SetAside],
    known: Container[str],
) -> Settled:
    active = tuple(sorted(terms((s, p, o) for s, p, o, _ in kept)))
    told = Told(
        group.conflicts,
        group.renamed,
        group.mentions,
        group.applied,
        tuple(fact for fact in group.facts if fact[0] in known),
        Checked(tuple(findings), tuple(aside), active),
    )
    return Settled(tuple(sorted(fact_lines(dict.fromkeys(map(stored_fact, kept))))), told)


def entangled(leaning: Iterable[tuple[str, Iterable[str]]]) -> list[list[str]]:
    """Groups to be judged together: each of which something is set aside, with those that lean on it."""
    sets = [{home, *others} for home, others in leaning if {*others} - {home}]
    joined: list[set[str]] = []
    for one in sets:
        apart = [other for other in joined if not other & one]
        joined = [*apart, one.union(*(other for other in joined if other & one))]
    return [sorted(one) for one in joined]


def judged(
    said: Iterable[Triple], graph: str | None, leant_on: Sequence[Triple], known: Container[str]
) -> tuple[list[bytes], Checked]:
    """Validate what belongs to no group, leaning on other facts; returns its lines and what was told."""
    found: list[Fact] = [(*triple, graph or "") for triple in dict.fromkeys(said)]
    kept, report, aside = conforming(found, partial(validate_facts, context=leant_on), known)
    checked = Checked(
        report.findings,
        tuple(SetAside(one.finding, one.facts) for one in aside),
        tuple(sorted(terms((s, p, o) for s, p, o, _ in kept))),
    )
    return sorted(fact_lines(dict.fromkeys(map(stored_fact, kept)))), checked
