"""Fusing: find what is one thing, then decide property by property."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from cfm_kg.fuse.decisions import Decision
from cfm_kg.fuse.documents import same_documents
from cfm_kg.fuse.meetings import MEETING, paths_of, renamed, same_meetings
from cfm_kg.fuse.model import Conflict, Fusion, Origin, Statement, Unsettled
from cfm_kg.fuse.roles import chairs, settled_roles
from cfm_kg.fuse.rulings import Docket, Identities, identities, ruled, settled, unmet
from cfm_kg.fuse.stages import put_off_meetings, without_earlier_stage
from cfm_kg.fuse.turns import rival_turns
from cfm_kg.fuse.values import SINGLE, candidate, decide, decide_status, grouped, one_a_language, text
from cfm_kg.fuse.ways import same_on_their_way
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
    said = [s for _, reading in sorted(distinct.items()) for s in _statements(reading, known)]
    docket = Docket(tuple(sorted(decisions, key=lambda decision: decision.order)))
    names = frozenset(term for s in said for term in (s.subject, s.object) if isinstance(term, str))
    same = identities(docket, names, known)
    statements, renames = _rename(said, same.namer())
    statements = ruled(docket, statements, renames)
    statements, more, unsettled = _joined(statements, same, organizations)
    renames = more | {old: more.get(new, new) for old, new in renames.items()}
    statements = ruled(docket, statements, renames)
    unmet(docket, names, frozenset(s.claim for s in said if s.claim))
    facts, conflicts = _merge(statements)
    open_ = {(conflict.subject, conflict.predicate) for conflict in conflicts}
    conflicts += [c for c in settled(docket, statements) if (c.subject, c.predicate) not in open_]
    return Fusion(
        tuple(sorted(facts, key=lambda fact: (fact[0], fact[1], text(fact[2])))),
        tuple(sorted(conflicts, key=lambda found: (found.subject, found.predicate, found.about or ""))),
        unsettled,
        tuple(sorted(renames.items())),
        docket.outcomes(),
    )


def _joined(
    statements: list[Statement], same: Identities, organizations: Mapping[str, str]
) -> tuple[list[Statement], dict[str, str], tuple[Unsettled, ...]]:
    """What is one by the rules: the statements about it, the names that changed, and what stays open."""
    names, unsettled = dict[str, str](), set[Unsettled]()

    def rename(joins: Mapping[str, str], doubtful: Iterable[Unsettled]) -> None:
        nonlocal statements, names
        unsettled.update(doubtful)
        meetings = {old: new for old, new in joins.items() if old.startswith(MEETING)}
        paths = paths_of(meetings)
        statements, more = _rename(statements, lambda iri: renamed(iri, joins, paths))
        names = more | {old: more.get(new, new) for old, new in names.items()}

    joins, doubtful = put_off_meetings(statements, same.apart)
    statements = without_earlier_stage(statements, joins)
    rename(joins, doubtful)
    rename(*same_meetings(statements, same.apart))
    rename(*same_documents(statements, same.apart))
    rename(*same_on_their_way(statements, organizations, same.apart))
    return statements, names, tuple(sorted(unsettled, key=lambda one: (one.things, one.reason)))


def _statements(reading: Reading, known: Container[str]) -> Iterator[Statement]:
    origin = Origin.of(reading)
    for claim in reading.claims:
        yield Statement(claim.subject, claim.predicate, claim.object, origin, claim.iri)
    for subject, predicate, value in reading.entities:
        spelling = predicate == RDFS_LABEL and subject in known
        yield Statement(subject, SKOS_ALT_LABEL if spelling else predicate, value, origin)


def _rename(
    statements: Iterable[Statement], name: Callable[[str], str]
) -> tuple[list[Statement], dict[str, str]]:
    """The statements about merged things, and the names that changed."""
    result, changed = list[Statement](), dict[str, str]()
    for statement in statements:
        subject = name(statement.subject)
        value = name(statement.object) if isinstance(statement.object, str) else statement.object
        for old, new in ((statement.subject, subject), (statement.object, value)):
            if old != new:
                changed[str(old)] = str(new)
        predicate = statement.predicate
        if subject != statement.subject and predicate == CFM("date"):
            continue  # it fits the meeting joined, or was given up with the name
        if subject != statement.subject and predicate == RDFS_LABEL:
            predicate = SKOS_ALT_LABEL
        result.append(replace(statement, subject=subject, predicate=predicate, object=value))
    return result, changed


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
