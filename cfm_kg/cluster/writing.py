"""The parts of the result: the sorted lines of one range of names each, and the report."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from cfm_kg.building.report import FILE as REPORT
from cfm_kg.building.report import Report, report_text
from cfm_kg.cluster.job import Job
from cfm_kg.cluster.lines import CLAIMS, GRAPH, ROWS, TEXTS, merged, row_of
from cfm_kg.cluster.notes import names_of, planned
from cfm_kg.cluster.saying import said_in, section_of_part
from cfm_kg.cluster.sections import made, section, section_of_all
from cfm_kg.cluster.whole import Stage, emitted_in, whole_in
from cfm_kg.parts import Part
from cfm_kg.parts.lines import graph_of

_SUFFIX = {GRAPH: "nq.gz", CLAIMS: "jsonl.gz", TEXTS: "jsonl.gz"}
_LEVEL = 6


def write_part(job: Job, stage: Stage, known: str, kind: str, number: int) -> Part | None:
    """Write the lines of one part, sorted and each once; None where there are none."""
    name = job.name("part", stage, known, kind, number)

    def make() -> tuple[tuple[Part, ...], Sequence[object]]:
        lines = list(merged(_runs(job, stage, known, kind, number)))
        if not lines:
            return (), ()
        data = b"\n".join([*lines, b""])
        small = gzip.compress(data, _LEVEL, mtime=0)
        digest = sha256(data).hexdigest()
        part = Part(
            f"{kind}/part-{number:05}-{digest[:12]}.{_SUFFIX[kind]}",
            kind,
            len(lines),
            sum(1 for line in lines if graph_of(line)) if kind == GRAPH else 0,
            len(data),
            digest,
            len(small),
            sha256(small).hexdigest(),
            lines[0].decode(),
            lines[-1].decode(),
        )
        job.folder.write(part.name, small)
        return (part,), ()

    def there(told: tuple[Part, ...]) -> bool:
        return all(job.folder.size(part.name) == part.compressed_bytes for part in told)

    found = made(job.work, name, tuple[Part, ...], make, there)
    return found[0] if found else None


def _runs(job: Job, stage: Stage, known: str, kind: str, number: int) -> Iterator[list[bytes]]:
    table, _ = planned(job, stage.plan)
    said = [said_in(job, stage.plan, chunk) for chunk in names_of(job, stage.chunks)]
    place = table.buckets + section_of_part(table.cuts, kind, number)
    yield from section_of_all(job.work, said, place, list[bytes])
    if kind == GRAPH:
        groups = [emitted_in(job, stage, bucket) for bucket in range(table.buckets)]
        yield from section_of_all(job.work, [*groups, whole_in(job, stage, known)], number, list[bytes])


@dataclass(frozen=True, slots=True)
class Written:
    """The report as written."""

    bytes: int
    sha256: str


def write_report(job: Job, stage: Stage, known: str) -> Written:
    """Write the report with the rows of all articles, piece by piece."""

    def make() -> tuple[Written, Sequence[object]]:
        table, _ = planned(job, stage.plan)
        report = section(job.work, whole_in(job, stage, known), len(table.cuts[GRAPH]) + 1, Report)
        assert report is not None
        parts = range(len(table.cuts[ROWS]) + 1)
        rows = (row_of(line) for part in parts for line in merged(_runs(job, stage, known, ROWS, part)))
        size, digest = 0, sha256()
        with job.folder.open(REPORT, "wb") as file:
            for piece in report_text(rows, report):
                data = piece.encode()
                file.write(data)
                digest.update(data)
                size += len(data)
        return Written(size, digest.hexdigest()), ()

    def there(told: Written) -> bool:
        return job.folder.size(REPORT) == told.bytes

    return made(job.work, job.name("report", stage, known), Written, make, there)
