"""What must be settled for all articles together: which are copies, and which names stand for one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cfm_kg.building.articles import reading_of
from cfm_kg.building.records import Fragment, unpack
from cfm_kg.cluster.families import parents
from cfm_kg.cluster.gathering import Gathered
from cfm_kg.cluster.job import Job
from cfm_kg.cluster.notes import Main, names_of, noted
from cfm_kg.cluster.reading import COPIES, Copy, Kept, Telling, kept_rows, rows_of
from cfm_kg.cluster.sections import made, section, sections_from
from cfm_kg.fuse import Decision, Docket, Naming, Statement, Unsettled, identify, statements_of
from cfm_kg.pipeline import reference

Doubled = dict[str, Main]


def find_copies(job: Job, chunks: str, first: int, number: int) -> Doubled:
    """Articles that lie in several files, of those in some of the sections by article."""

    def make() -> tuple[Doubled, Sequence[object]]:
        found: dict[str, list[tuple[str, bytes, str]]] = defaultdict(list)
        for chunk in names_of(job, chunks):
            for some in sections_from(job.work, rows_of(job, chunk), 1 + first, number, list[Copy]):
                for iri, name, key in some:
                    found[iri].append((name, key, chunk))
        several = {iri: sorted(copies) for iri, copies in found.items() if len(copies) > 1}
        return {
            iri: Main(copies[0][2], copies[0][1], tuple(name for name, _, _ in copies))
            for iri, copies in several.items()
        }, ()

    return made(job.work, job.name("copies", chunks, first, number), Doubled, make)


def counts(doubled: Mapping[str, Main], chunk: str, iri: str, key: bytes) -> bool:
    """Whether a reading is the one that counts of its article."""
    main = doubled.get(iri)
    return main is None or (main.chunk, main.key) == (chunk, key)


def main_rows(job: Job, chunk: str, doubled: Mapping[str, Main]) -> list[Kept]:
    """The readings of a chunk that count, one an article."""
    found: dict[str, Kept] = {}
    for row in kept_rows(job, chunk):
        if counts(doubled, chunk, row[0], row[2]):
            found.setdefault(row[0], row)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Asked:
    """The names and claims that decisions ask for and articles have."""

    names: frozenset[str]
    claims: frozenset[str]


def find_asked(job: Job, chunk: str, decisions: str, doubled: str) -> Asked:
    """What decisions ask for among what the articles of a chunk name."""

    def make() -> tuple[Asked, Sequence[object]]:
        wanted, names, claims = wanted_by(noted(job, decisions, list[Decision])), set[str](), set[str]()
        for row in main_rows(job, chunk, noted(job, doubled, Doubled)):
            for said in statements_of(reading_of(row[3]), reference()):
                names |= wanted & {term for term in (said.subject, said.object) if isinstance(term, str)}
                claims |= wanted & {said.claim} if said.claim else set()
        return Asked(frozenset(names), frozenset(claims)), ()

    return made(job.work, job.name("asked", rows_of(job, chunk), decisions, doubled), Asked, make)


def wanted_by(decisions: Iterable[Decision]) -> set[str]:
    """All that decisions name."""
    found = set[str]()
    for one in decisions:
        found |= {*one.things, *one.claims, *([one.subject] if one.subject else [])}
    return found


@dataclass(frozen=True, slots=True)
class Named:
    """The names of one or several families, and what became of decisions on the way."""

    naming: Naming
    applied: frozenset[str]
    problems: dict[str, list[str]]


def find_names(
    job: Job, chunks: str, doubled: str, family: tuple[int, ...], decisions: str, asked: str
) -> Named:
    """Settle the names of some families' meetings and documents."""

    def make() -> tuple[Named, Sequence[object]]:
        copies, ruled = noted(job, doubled, Doubled), noted(job, decisions, list[Decision])
        gathered = Gathered(wanted_by(ruled))
        for chunk in names_of(job, chunks):
            said: dict[str, list[Statement]] = defaultdict(list)
            for number in family:
                told = section(job.work, rows_of(job, chunk), 1 + COPIES + number, list[Telling]) or ()
                for iri, key, data in told:
                    if counts(copies, chunk, iri, key):
                        said[iri] += unpack(data, Fragment).statements()
            for iri, statements in said.items():
                gathered.add(iri, statements)
        docket, names = Docket.of_all(ruled), noted(job, asked, Asked).names
        naming = identify(gathered.statements(), docket, names, reference(), parents())
        return Named(naming, frozenset(docket.applied), dict(docket.problems)), ()

    return made(job.work, job.name("names", chunks, doubled, family, decisions, asked), Named, make)


def joined(every: Sequence[Named]) -> Named:
    """The names of all families."""
    namings = [one.naming for one in every]
    steps: list[dict[str, str]] = [{} for _ in namings[0].steps]
    problems: dict[str, list[str]] = {}
    unsettled = set[Unsettled]()
    for one in every:
        for number, step in enumerate(one.naming.steps):
            steps[number] |= step
        unsettled |= {*one.naming.unsettled}
        problems |= one.problems
    naming = Naming(
        namings[0].same,
        frozenset().union(*(one.superseded for one in namings)),
        tuple(steps),
        tuple(sorted(unsettled, key=lambda one: (one.things, one.reason))),
        tuple(sorted({rivals for one in namings for rivals in one.rivals})),
    )
    return Named(naming, frozenset[str]().union(*(one.applied for one in every)), problems)
