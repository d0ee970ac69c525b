"""Fusing: find what is one thing, then decide property by property."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from cfm_kg.fuse.documents import same_documents
from cfm_kg.fuse.meetings import paths_of, renamed, same_meetings
from cfm_kg.fuse.model import Conflict, Fusion, Origin, Statement
from cfm_kg.fuse.roles import chairs, settled_roles
from cfm_kg.fuse.turns import rival_turns
from cfm_kg.fuse.values import SINGLE, candidate, decide, decide_status, grouped, one_a_language, text
from cfm_kg.model import Reading
from cfm_kg.quads import Triple
from cfm_kg.vocab import CFM, DCTERMS_TITLE, RDFS_LABEL, SKOS_ALT_LABEL

Properties = Mapping[str, list[Statement]]


def fuse(readings: Iterable[Reading], known: Container[str] = frozenset()) -> Fusion:
    """The merged facts of all readings, whatever their order; an article given twice counts once.

    `known` are the registry's things: their labels stay the registry's, other spellings become
    alternative labels.
    """
    distinct = {reading.article: reading for reading in readings}
    statements = [s for _, reading in sorted(distinct.items()) for s in _statements(reading, known)]
    meetings, doubtful = same_meetings(statements)
    paths = paths_of(meetings)
    statements, names = _rename(statements, lambda iri: renamed(iri, meetings, paths))
    documents, unsure = same_documents(statements)
    statements, more = _rename(statements, lambda iri: documents.get(iri, iri))
    names = more | {old: documents.get(new, new) for old, new in names.items()}
    facts, conflicts = _merge(statements)
    return Fusion(
        tuple(sorted(facts, key=lambda fact: (fact[0], fact[1], text(fact[2])))),
        tuple(
            sorted(
                conflicts, key=lambda conflict: (conflict.subject, conflict.predicate, conflict.about or "")
            )
        ),
        tuple(sorted({*doubtful, *unsure}, key=lambda unsettled: (unsettled.things, unsettled.reason))),
        tuple(sorted(names.items())),
    )


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
        if subject != statement.subject and statement.predicate in (RDFS_LABEL, CFM("date")):
            continue  # of the name given up, and a date that fits the meeting joined
        result.append(replace(statement, subject=subject, object=value))
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
