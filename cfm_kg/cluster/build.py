"""A build by many workers: the stages of `cfm_kg.building`, each on all chunks or buckets at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from cfm_kg.building import NothingReadError
from cfm_kg.building.records import DamagedError
from cfm_kg.building.settling import entangled
from cfm_kg.cluster import groups, naming, whole, writing
from cfm_kg.cluster.engine import Engine, Watch
from cfm_kg.cluster.families import together
from cfm_kg.cluster.job import Job
from cfm_kg.cluster.lines import KINDS, ROWS, cuts_of
from cfm_kg.cluster.notes import Homes, Plan, note
from cfm_kg.cluster.places import chunks, find_places, write_chunk
from cfm_kg.cluster.reading import COPIES, ChunkRead, read_chunk, rows_of
from cfm_kg.cluster.saying import say
from cfm_kg.errors import CfmError
from cfm_kg.fuse import Decision
from cfm_kg.parts import (
    FORMAT,
    ORDER,
    Folder,
    Manifest,
    Part,
    is_address,
    read_manifest,
    write_manifest,
)
from cfm_kg.pipeline import Unread
from cfm_kg.store import writing as locked

_ARTICLES = 20_000
"""Articles whose groups one task fuses, about."""
_COPIES = 500_000
"""Articles among which one task looks for copies, about."""
_FEWEST = 4
"""So many tasks fuse at the same time even few articles."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a build is shared out: files a task reads, parts of the graph. None: as suits its size."""

    chunk: int | None = None
    parts: int | None = None


@dataclass(frozen=True, slots=True)
class BuiltParts:
    """What a build came to."""

    manifest: Manifest
    unread: tuple[Unread, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
    """Decisions that could not be applied in whole, and why."""
    anew: bool = True
    """Whether anything had to be done: the same articles may have been built before."""


def _unwatched(what: str, done: int, total: int) -> None:
    """Nobody watches."""


def build_parts(
    places: Sequence[str],
    out: str | Path,
    client: Any,
    decisions: Sequence[Decision] = (),
    settings: Settings = Settings(),
    *,
    fresh: bool = False,
    keep: bool = True,
    watch: Watch = _unwatched,
) -> BuiltParts:
    """Build the graph of all articles at these places by the workers of a Dask client.

    Places and `out` are paths that all workers see, or addresses that fsspec knows. The graph is written as
    parts with a manifest; put together they are the `graph.nq` of `build_folder`. What workers made is kept,
    so that an interrupted build goes on. With `fresh`, nothing that was kept is used; unless `keep`, nothing
    is kept for the next build. Raises CfmError where nothing could be read, or workers or storage fail.
    """
    folder = Folder.of(out)
    with _alone(folder):
        run = _Run(Job.at(folder), decisions, settings, Engine(client, watch))
        if fresh:
            run.job.work.clear()
        try:
            built = run.build(places, fresh)
        except DamagedError:  # nothing of what was kept is to be trusted
            run.job.work.clear()
            built = run.build(places, fresh)
        if not keep:
            run.job.work.clear()
        return built


@contextmanager
def _alone(folder: Folder) -> Iterator[None]:
    """Nobody else writes to a local folder meanwhile, and it is none of another kind."""
    if is_address(folder.url):
        yield
        return
    path = Path(folder.url)
    if (path / "store").exists():
        raise CfmError(
            "this folder holds a build with a store",
            where=str(path),
            why="a build by a cluster writes parts and a manifest",
            remedy="name another folder with --out",
        )
    with locked(path):
        yield


class _Run:
    def __init__(self, job: Job, decisions: Sequence[Decision], settings: Settings, engine: Engine) -> None:
        self.job, self.settings, self.run = job, settings, engine.run
        self.decisions = tuple(decisions)

    def build(self, places: Sequence[str], fresh: bool) -> BuiltParts:
        found, refused = find_places(places)
        listed = list(chunks(found, self.settings.chunk))
        told = (self.job.program, listed, refused, self.decisions, self.settings)
        basis = blake2b(repr(told).encode(), digest_size=16).hexdigest()
        before = read_manifest(self.job.folder)
        if before is not None and before.basis == basis and not fresh and self._there(before):
            return BuiltParts(before, anew=False)
        names = [write_chunk(self.job, chunk) for chunk in listed]
        read = self._read(names)
        unread = (
            *(Unread(one.name, one.reason) for one in refused),
            *(u for one in read for u in one.unread),
        )
        if not any(one.articles for one in read):
            raise NothingReadError(unread)
        stage, known = self._settled(names, read, unread)
        built = self._written(stage, known, basis)
        self._tidy(built, names)
        return BuiltParts(built, unread, self._problems)

    def _there(self, manifest: Manifest) -> bool:
        return all(self.job.folder.size(part.name) == part.compressed_bytes for part in manifest.parts)

    def _read(self, names: Sequence[str]) -> list[ChunkRead]:
        inputs = [(self.job, name) for name in names]
        return self.run("reading", read_chunk, inputs, otherwise=_read_alone)

    # ------------------------------------------------------------------ what concerns all articles

    def _settled(
        self, names: list[str], read: Sequence[ChunkRead], unread: tuple[Unread, ...]
    ) -> tuple[whole.Stage, str]:
        job, listed = self.job, note(self.job, names)
        articles = sum(one.articles for one in read)
        step = max(COPIES * _COPIES // max(articles, 1), 1)
        sections = [(job, listed, first, min(step, COPIES - first)) for first in range(0, COPIES, step)]
        copies = self.run("copies", naming.find_copies, sections)
        doubled: naming.Doubled = {iri: main for some in copies for iri, main in some.items()}
        asked, named = self._named(names, listed, note(job, doubled), read)
        cuts = cuts_of((one.samples for one in read), self.settings.parts)
        buckets = max(-(-articles // _ARTICLES), _FEWEST)
        table = Plan(named.naming, self.decisions, doubled, cuts, buckets)
        plan = note(job, table)
        self.run("sharing out", say, [(job, plan, name) for name in names])
        each = [(job, plan, listed, bucket) for bucket in range(buckets)]
        leant = self.run("fusing", groups.fuse_bucket, each)
        self.run("asking", groups.answer_bucket, each)
        aside = self.run("validating", groups.settle_bucket, each)
        again = self._again(plan, listed, table, [one for some in aside for one in some])
        needed = note(job, sorted({thing for some in leant for thing in some}))
        stage = whole.Stage(plan, listed, note(job, again), needed)
        self.cuts, self.buckets = cuts, buckets
        return stage, note(job, whole.Known(unread, named, asked))

    def _named(
        self, names: Sequence[str], listed: str, doubled: str, read: Sequence[ChunkRead]
    ) -> tuple[naming.Asked, naming.Named]:
        job, decisions = self.job, note(self.job, list(self.decisions))
        asked = naming.Asked(frozenset(), frozenset())
        if self.decisions:
            some = self.run(
                "decisions", naming.find_asked, [(job, name, decisions, doubled) for name in names]
            )
            asked = naming.Asked(
                frozenset[str]().union(*(one.names for one in some)),
                frozenset[str]().union(*(one.claims for one in some)),
            )
        links = {link for one in read for link in one.links}
        there = {family for one in read for family in one.families}
        sets = together(there, links, all_as_one=bool(self.decisions))
        noted = note(job, asked)
        inputs = [(job, listed, doubled, family, decisions, noted) for family in sets]
        return asked, naming.joined(self.run("naming", naming.find_names, inputs))

    def _again(self, plan: str, listed: str, table: Plan, aside: Sequence[groups.Aside]) -> dict[str, bytes]:
        """Groups of which something is set aside, judged once more with those that lean on it."""
        if not aside:
            return {}
        homes = Homes.of(table)
        things = {thing for _, some in aside for thing in some}
        noted = note(self.job, sorted(things))
        each = [(self.job, plan, listed, noted, bucket) for bucket in range(table.buckets)]
        leaning: dict[str, set[str]] = {home: set() for home, _ in aside}
        for some in self.run("asking", groups.find_leaning, each):
            for home, leans in some:
                for thing in leans:
                    if homes.home(thing) in leaning:
                        leaning[homes.home(thing)].add(home)
        sets = entangled(sorted(leaning.items()))
        done = self.run(
            "validating", groups.settle_together, [(self.job, plan, listed, tuple(s)) for s in sets]
        )
        return {home: data for some in done for home, data in some}

    # ------------------------------------------------------------------ results

    def _written(self, stage: whole.Stage, known: str, basis: str) -> Manifest:
        job = self.job
        self.run("sorting", whole.emit_bucket, [(job, stage, bucket) for bucket in range(self.buckets)])
        (summary,) = self.run("completing", whole.complete, [(job, stage, known)])
        self._problems: tuple[tuple[str, str], ...] = summary.problems
        wanted = [
            (job, stage, known, kind, number)
            for kind in KINDS
            if kind != ROWS
            for number in range(len(self.cuts[kind]) + 1)
        ]
        parts: list[Part | None] = self.run("writing", writing.write_part, wanted)
        (report,) = self.run("reporting", writing.write_report, [(job, stage, known)])
        there = tuple(part for part in parts if part is not None)
        counts = summary.counts | {"statements": sum(part.lines for part in there if part.kind == KINDS[0])}
        manifest = Manifest(FORMAT, ORDER, basis, counts, report.sha256, there)
        write_manifest(job.folder, manifest)
        return manifest

    def _tidy(self, manifest: Manifest, names: Sequence[str]) -> None:
        """Remove parts of an earlier build, and work files but for what articles say."""
        kept = {part.name for part in manifest.parts}
        folder = self.job.folder
        for kind in KINDS:
            below = folder.below(kind)
            below.remove(name for name in below.names() if f"{kind}/{name}" not in kept)
        read = {*names, *(rows_of(self.job, name) for name in names)}
        self.job.work.remove(name for name in self.job.work.names() if name not in read)


def _read_alone(job: Job, chunk: str) -> ChunkRead:
    return read_chunk(job, chunk, alone=True)
