"""Fusing: find what is one thing, then decide property by property."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from cfm_kg.fuse.decisions import Decision
from cfm_kg.fuse.identity import Naming, identify, named, telling
from cfm_kg.fuse.model import Conflict, Fusion, Group, Origin, Statement
from cfm_kg.fuse.roles import chairs, settled_roles
from cfm_kg.fuse.rulings import Docket, settled, unmet
from cfm_kg.fuse.turns import rival_turns
from cfm_kg.fuse.values import SINGLE, candidate, decide, decide_status, grouped, one_a_language, text
from cfm_kg.model import Reading
from cfm_kg.quads import Triple
from cfm_kg.vocab import CFM, DCTERMS_TITLE, RDFS_LABEL, SKOS_ALT_LABEL

Properties = Mapping[str, list[Statement]]


def fuse(
    readings: Iterable[Reading],
    known: Container[str] = frozenset(),
    decisions: Sequence[Decision] = (),
    organizations: Mapping[str, str] = MappingProxyType({}),
) -> Fusion:
    """The merged facts of all readings, whatever their order; an article given twice counts once.

    `known` are the registry's things: their labels stay the registry's, other spellings become
    alternative labels. Human `decisions` come before all rules. `organizations` gives for bodies what
    they belong to.
    """
    distinct = {reading.article: reading for reading in readings}
    said = [s for _, reading in sorted(distinct.items()) for s in statements_of(reading, known)]
    docket = Docket.of_all(decisions)
    names = frozenset(term for s in said for term in (s.subject, s.object) if isinstance(term, str))
    naming = identify(telling(said), docket, names, known, organizations)
    group = fuse_group(said, naming, docket)
    unmet(docket, names, frozenset(s.claim for s in said if s.claim))
    return Fusion(group.facts, group.conflicts, naming.unsettled, group.renamed, docket.outcomes())


def fuse_group(statements: Iterable[Statement], naming: Naming, docket: Docket) -> Group:
    """The merged facts of a group of statements: all that there are about some things, or of all things."""
    said, renames = named(statements, naming, docket)
    facts, conflicts = _merge(said)
    open_ = {(conflict.subject, conflict.predicate) for conflict in conflicts}
    conflicts += [c for c in settled(docket, said) if (c.subject, c.predicate) not in open_]
    return Group(
        tuple(sorted(facts, key=lambda fact: (fact[0], fact[1], text(fact[2])))),
        tuple(sorted(conflicts, key=conflict_order)),
        tuple(sorted(renames.items())),
    )


def conflict_order(found: Conflict) -> tuple[str, str, str]:
    """The order in which conflicts are told."""
    return found.subject, found.predicate, found.about or ""


def statements_of(reading: Reading, known: Container[str]) -> Iterator[Statement]:
    """What an article says, triple by triple. Labels of the `known` are spellings."""
    origin = Origin.of(reading)
    for claim in reading.claims:
        yield Statement(claim.subject, claim.predicate, claim.object, origin, claim.iri)
    for subject, predicate, value in reading.entities:
        spelling = predicate == RDFS_LABEL and subject in known
        yield Statement(subject, SKOS_ALT_LABEL if spelling else predicate, value, origin)


def _merge(statements: Iterable[Statement]) -> tuple[set[Triple], list[Conflict]]:
    things: dict[str, dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for statement in statements:
        things[statement.subject][statement.predicate].append(statement)
    announced = frozenset(_announced(things))
    losers, conflicts = rival_turns(things)
    presiding = {
        iri: decide(properties[CFM("chair")], announced)[0]
        for iri, properties in things.items()
        if CFM("chair") in properties
    }
    chair_of, facts = chairs(things, presiding), set[Triple]()
    for iri, properties in things.items():
        if iri in losers:
            continue
        if CFM("participationRole") in properties:
            properties[CFM("participationRole")] = settled_roles(properties, chair_of.get(iri))
        merged, denied = _merged(iri, properties, announced)
        facts |= {fact for fact in merged if fact[2] not in losers}
        conflicts += denied
    return facts, conflicts


def _merged(
    iri: str, properties: Properties, announced: frozenset[tuple[str, str]]
) -> tuple[set[Triple], list[Conflict]]:
    """The facts of one thing, and where articles disagree about it."""
    single = {CFM(name) for name in SINGLE}
    conflicts = list(_presence(iri, properties))
    refused = {(_other(conflict.chosen), conflict.about) for conflict in conflicts}
    facts = set[Triple]()
    for predicate, found in properties.items():
        if predicate in (RDFS_LABEL, DCTERMS_TITLE):
            kept, others = one_a_language(grouped(found))
            facts |= {(iri, predicate, value) for value in kept}
            facts |= {(iri, SKOS_ALT_LABEL, value) for value in others}
        elif predicate in single or predicate == CFM("meetingStatus"):
            status = predicate == CFM("meetingStatus")
            value, conflict = decide_status(found) if status else decide(found, announced)
            facts.add((iri, predicate, value))
            conflicts += [conflict] if conflict else []
        else:
            facts |= {s.triple for s in found if (predicate, s.object) not in refused}
    return facts, conflicts


def _announced(things: Mapping[str, Properties]) -> Iterator[tuple[str, str]]:
    """Meetings with the articles that only announce them."""
    for iri, properties in things.items():
        stages: dict[str, set[object]] = defaultdict(set)
        for statement in properties.get(CFM("meetingStatus"), ()):
            stages[statement.origin.article].add(statement.object)
        yield from ((iri, article) for article, found in stages.items() if found == {CFM("Planned")})


def _presence(iri: str, properties: Properties) -> Iterator[Conflict]:
    """Countries of which some articles say that they took part, and others that they were absent."""
    present, absent = CFM("participantCountry"), CFM("absentCountry")
    came = grouped(properties.get(present, ()))
    for country, missed in grouped(properties.get(absent, ())).items():
        if country not in came:
            continue
        sides = [_as_value(came[country], present), _as_value(missed, absent)]
        chosen, _ = decide([*sides[0], *sides[1]])
        sides.sort(key=lambda side: side[0].object != chosen)
        _, conflict = decide([*sides[0], *sides[1]])
        criterion = conflict.criterion if conflict else ""
        named = tuple(candidate(side[0].object, side) for side in sides)
        yield Conflict(iri, absent, named, criterion, about=str(country))


def _as_value(statements: Sequence[Statement], predicate: str) -> list[Statement]:
    return [replace(statement, object=predicate) for statement in statements]


def _other(predicate: object) -> str:
    present, absent = CFM("participantCountry"), CFM("absentCountry")
    return absent if predicate == present else present
