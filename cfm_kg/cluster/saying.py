"""What articles say, brought to the groups that it concerns, and their own lines to the parts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from cfm_kg.building.articles import reading_of
from cfm_kg.building.groups import scattered
from cfm_kg.building.records import Article, Checked, SetAside, unpack
from cfm_kg.cluster.job import Job
from cfm_kg.cluster.lines import KINDS, Cuts, article_lines, in_parts
from cfm_kg.cluster.naming import main_rows
from cfm_kg.cluster.notes import planned
from cfm_kg.cluster.reading import rows_of
from cfm_kg.cluster.sections import made
from cfm_kg.fuse import statements_of
from cfm_kg.pipeline import reference
from cfm_kg.validate import Finding

Said = tuple[str, str, bytes]
"""Group, article, what the article says of the group's things, packed."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are."""

    articles: int
    claims: int
    spans: int
    dropped: dict[str, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """What validation said of many articles or groups."""

    findings: tuple[Finding, ...]
    aside: tuple[SetAside, ...]
    active: frozenset[str]

    @classmethod
    def of(cls, every: Sequence[Checked]) -> Judged:
        """All of these together."""
        return cls(
            tuple(finding for one in every for finding in one.findings),
            tuple(aside for one in every for aside in one.aside),
            frozenset[str]().union(*(one.active for one in every)),
        )


def said_in(job: Job, plan: str, chunk: str) -> str:
    """The work file of what a chunk's articles say, by bucket, then their lines by part, then `Judged`."""
    return job.name("say", rows_of(job, chunk), plan)


def section_of_part(cuts: Cuts, kind: str, number: int) -> int:
    """Which section after the buckets holds the lines of a part."""
    before = KINDS[: KINDS.index(kind)]
    return sum(len(cuts[one]) + 1 for one in before) + number


def say(job: Job, plan: str, chunk: str) -> Counts:
    """Bring what a chunk's articles say to where it belongs."""

    def make() -> tuple[Counts, Sequence[object]]:
        table, homes = planned(job, plan)
        final, known = table.naming.final(), reference()
        buckets: list[list[Said]] = [[] for _ in range(table.buckets)]
        lines: dict[str, list[bytes]] = defaultdict(list)
        articles, judged = list[Article](), list[Checked]()
        for iri, name, _, data, packed, checked in main_rows(job, chunk, table.doubled):
            reading, article = reading_of(data), unpack(packed, Article)
            articles.append(article)
            judged.append(unpack(checked, Checked))
            for row in scattered(reading, statements_of(reading, known), final, homes.joined):
                buckets[homes.bucket(row[0])].append(row)
            files = table.doubled[iri].files if iri in table.doubled else [name]
            for kind, more in article_lines(reading, files, article, judged[-1]).items():
                lines[kind] += more
        parts = [part for kind in KINDS for part in in_parts(lines[kind], table.cuts[kind])]
        return _counts(articles), [*buckets, *parts, Judged.of(judged)]

    return made(job.work, said_in(job, plan, chunk), Counts, make)


def _counts(articles: Sequence[Article]) -> Counts:
    dropped = Counter[str]()
    for one in articles:
        dropped.update(dict(one.dropped))
    claims, spans = sum(one.claims for one in articles), sum(one.spans for one in articles)
    return Counts(len(articles), claims, spans, dict(dropped))
