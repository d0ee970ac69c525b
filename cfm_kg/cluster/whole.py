"""What all groups tell together, and what belongs to none: registry, names given up, the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cfm_kg.building.records import Checked, Told, unpack
from cfm_kg.building.registry import rendered
from cfm_kg.building.report import Report
from cfm_kg.building.settling import Settled, judged
from cfm_kg.cluster.groups import settled_groups
from cfm_kg.cluster.job import Job
from cfm_kg.cluster.lines import GRAPH, KINDS, in_parts
from cfm_kg.cluster.naming import Asked, Named
from cfm_kg.cluster.notes import names_of, noted, planned
from cfm_kg.cluster.saying import Counts, Judged, said_in
from cfm_kg.cluster.sections import made, section, told_by
from cfm_kg.fuse import Conflict, Docket, Outcome, conflict_order, unmet
from cfm_kg.pipeline import Unread, reference
from cfm_kg.quads import Triple, triples
from cfm_kg.store import parsed
from cfm_kg.validate import idle_shapes
from cfm_kg.vocab import OWL_SAME_AS, PROVENANCE_GRAPH


@dataclass(frozen=True, slots=True)
class BucketTold:
    """What the groups of a bucket add to the report, the reference and the provenance."""

    conflicts: tuple[Conflict, ...]
    renamed: frozenset[tuple[str, str]]
    mentions: frozenset[str]
    applied: frozenset[str]
    facts: list[tuple[str, tuple[Triple, ...]]]
    """By group, what articles say of things of the registry."""
    judged: Judged
    leant_on: list[bytes]
    """Lines of things that facts of the registry's things lean on."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The notes by which the tasks after fusing find what others made."""

    plan: str
    chunks: str
    again: str
    """Groups that were validated once more, with others."""
    leant: str
    """Things that facts about the registry's things lean on."""


def emitted_in(job: Job, stage: Stage, bucket: int) -> str:
    """The work file of the lines of a bucket's groups, by part, and of what they tell."""
    return job.name("emit", stage, bucket)


def emit_bucket(job: Job, stage: Stage, bucket: int) -> int:
    """Bring the lines of a bucket's groups to their parts; returns how many groups there are."""

    def make() -> tuple[int, Sequence[object]]:
        again = noted(job, stage.again, dict[str, bytes])
        leant = noted(job, stage.leant, frozenset[str])
        cuts = planned(job, stage.plan)[0].cuts[GRAPH]
        told, lines, leant_on = list[tuple[str, Told]](), list[bytes](), list[bytes]()
        for home, first in settled_groups(job, stage.plan, stage.chunks, bucket):
            settled = unpack(again[home], Settled) if home in again else first
            told.append((home, settled.told))
            lines += settled.lines
            if leant:
                leant_on += (line for line in settled.lines if _subject(line) in leant)
        return len(told), [*in_parts(lines, cuts), _together(told, leant_on)]

    return made(job.work, emitted_in(job, stage, bucket), int, make)


def _subject(line: bytes) -> str:
    return line[1 : line.index(b">")].decode()


def _together(told: Sequence[tuple[str, Told]], leant_on: list[bytes]) -> BucketTold:
    every = [one for _, one in told]
    return BucketTold(
        tuple(conflict for one in every for conflict in one.conflicts),
        frozenset(pair for one in every for pair in one.renamed),
        frozenset(name for one in every for name in one.mentions),
        frozenset(name for one in every for name in one.applied),
        [(home, one.facts) for home, one in told if one.facts],
        Judged.of([one.checked for one in every]),
        leant_on,
    )


@dataclass(frozen=True, slots=True)
class Summary:
    """What the client tells of the whole build."""

    counts: dict[str, int]
    problems: tuple[tuple[str, str], ...]
    """Decisions that could not be applied in whole, and why."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was settled before fusing, for the report."""

    unread: tuple[Unread, ...]
    named: Named
    asked: Asked


def whole_in(job: Job, stage: Stage, known: str) -> str:
    """The work file of the lines that belong to no group, by part, and of the report but for its rows."""
    return job.name("whole", stage, known)


def complete(job: Job, stage: Stage, known: str) -> Summary:
    """Add what belongs to no group, and gather the report."""

    def make() -> tuple[Summary, Sequence[object]]:
        table, before = planned(job, stage.plan)[0], noted(job, known, Known)
        cuts = table.cuts[GRAPH]
        every = [_bucket_told(job, stage, bucket, len(cuts) + 1) for bucket in range(table.buckets)]
        docket = Docket.of_all(table.decisions)
        docket.applied |= before.named.applied.union(*(one.applied for one in every))
        docket.problems.update({iri: [*told] for iri, told in before.named.problems.items()})
        unmet(docket, before.asked.names, before.asked.claims)
        outcomes = docket.outcomes()
        renamed = sorted(frozenset[tuple[str, str]]().union(*(one.renamed for one in every)))
        lines, checks = _lines(every, renamed, outcomes)
        counts, articles = _articles(job, stage)
        report = _report(before, counts, [*every], [*articles, Judged.of(checks)], dict(renamed), outcomes)
        problems = tuple((one.decision.iri, why) for one in outcomes for why in one.problems)
        summary = Summary(_numbers(counts, report), problems)
        return summary, [*in_parts(lines, cuts), report]

    return made(job.work, whole_in(job, stage, known), Summary, make)


def _numbers(counts: Counts, report: Report) -> dict[str, int]:
    found = {"articles": counts.articles, "unread": len(report.unread), "claims": counts.claims}
    found |= {"dropped": counts.spans, "conflicts": len(report.conflicts)}
    found["set_aside"] = sum(len(one.facts) for one in report.aside)
    return found | report.counts()


def _bucket_told(job: Job, stage: Stage, bucket: int, parts: int) -> BucketTold:
    found = section(job.work, emitted_in(job, stage, bucket), parts, BucketTold)
    assert found is not None
    return found


def _lines(
    every: Sequence[BucketTold], renamed: Iterable[tuple[str, str]], outcomes: Iterable[Outcome]
) -> tuple[set[bytes], list[Checked]]:
    known = reference()
    by_home = sorted(pair for one in every for pair in one.facts)
    facts = [fact for _, some in by_home for fact in some]
    described = known.described({name for one in every for name in one.mentions})
    decided = [triple for outcome in outcomes for triple in outcome.decision.triples]
    same: list[Triple] = [(old, OWL_SAME_AS, new) for old, new in renamed]
    leant_on = list(triples(parsed(line for one in every for line in one.leant_on)))
    told, first = judged((*facts, *described), None, leant_on, known)
    names, second = judged((*decided, *same), PROVENANCE_GRAPH, [], known)
    return {*told, *names, *rendered().lines.splitlines()}, [first, second]


def _articles(job: Job, stage: Stage) -> tuple[Counts, list[Judged]]:
    """What the articles of all chunks count, and what validation said of them."""
    table = planned(job, stage.plan)[0]
    last = table.buckets + sum(len(table.cuts[kind]) + 1 for kind in KINDS)
    articles = claims = spans = 0
    dropped, found = Counter[str](), list[Judged]()
    for chunk in names_of(job, stage.chunks):
        name = said_in(job, stage.plan, chunk)
        counts = told_by(job.work, name, Counts)
        articles, claims, spans = articles + counts.articles, claims + counts.claims, spans + counts.spans
        dropped.update(counts.dropped)
        found.append(section(job.work, name, last, Judged) or Judged.of([]))
    return Counts(articles, claims, spans, dict(dropped)), found


def _report(
    before: Known,
    counts: Counts,
    every: Sequence[BucketTold],
    articles: Sequence[Judged],
    renamed: Mapping[str, str],
    outcomes: tuple[Outcome, ...],
) -> Report:
    checks = [*articles, *(one.judged for one in every)]
    return Report(
        unread=sorted(before.unread, key=lambda one: (one.name, one.reason)),
        claims=counts.claims,
        dropped=counts.dropped,
        spans=counts.spans,
        conflicts=sorted((one for told in every for one in told.conflicts), key=conflict_order),
        decisions=outcomes,
        unsettled=before.named.naming.unsettled,
        joined=renamed,
        findings=sorted((one for c in checks for one in c.findings), key=lambda one: one.order),
        idle_shapes=idle_shapes(frozenset[str]().union(*(c.active for c in checks))),
        aside=sorted(
            (one for c in checks for one in c.aside), key=lambda one: (one.finding.order, one.facts)
        ),
    )
