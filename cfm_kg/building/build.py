"""Building a folder: read what is new, work on what changed, and write what that changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from cfm_kg.building import files, stores
from cfm_kg.building.change import Change
from cfm_kg.building.growth import Growth
from cfm_kg.building.intake import Intake
from cfm_kg.building.records import DamagedError, pack, unpack
from cfm_kg.building.report import FILE as REPORT
from cfm_kg.building.report import Summary, report_text
from cfm_kg.building.reporting import reported
from cfm_kg.building.settlement import Settlement
from cfm_kg.building.state import FILE as STATE
from cfm_kg.building.state import State
from cfm_kg.building.tasks import Plan
from cfm_kg.building.whole import Completion, Whole
from cfm_kg.building.workers import Crew, Watch, unwatched
from cfm_kg.building.writing import Step, Writer
from cfm_kg.environment import environment
from cfm_kg.errors import CfmError
from cfm_kg.explanation import FILE as CLAIMS
from cfm_kg.explanation import claim_lines
from cfm_kg.fuse import Decision
from cfm_kg.ingest import Refused, sources
from cfm_kg.model import Source
from cfm_kg.pipeline import Unread
from cfm_kg.store import refuse_foreign, writing

CACHE = ".cache"
_FILES = (files.QUADS, files.TURTLE, files.TRIG, REPORT, CLAIMS)
_MANY = 0.2
"""If more of the articles than this changed, all files are written anew."""


class NothingReadError(CfmError):
    """No article could be read; `unread` tells why."""

    def __init__(self, unread: Sequence[Unread]) -> None:
        super().__init__(
            "there is nothing to build", why="no article could be read", remedy="see the reasons above"
        )
        self.unread = tuple(unread)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to."""

    summary: Summary
    articles: int
    files: int
    """How many files or parts of files hold them: copies of one article count one by one."""
    read: int
    """How many had to be read anew."""
    changed: int
    gone: int
    anew: bool
    """Whether all files were written anew."""


def build_folder(
    places: Sequence[str],
    out: Path,
    decisions: Sequence[Decision] = (),
    *,
    fresh: bool = False,
    keep: bool = True,
    workers: int = 1,
    watch: Watch = unwatched,
) -> Built:
    """Build the graph of all articles at these places in a folder, doing only what changed.

    So many `workers`, processes of their own, read articles if there are enough of them; more than one want
    a main module that may be imported. With `fresh`, nothing that was kept is used; unless `keep`, nothing
    is kept for the next time. Whatever was kept, the files are those of a fresh build. What was added by
    hand stays. Raises CfmError where no article could be read, or the folder cannot be written.
    """
    existed = out.exists()
    try:
        with writing(out):
            refuse_foreign(out / "store")
            path = out / CACHE / STATE
            if fresh or not keep:
                _forget(path)
            try:
                return _build(places, out, decisions, path, workers, watch)
            finally:
                if not keep:
                    _forget(path)
    except NothingReadError:
        if not existed:
            shutil.rmtree(out, ignore_errors=True)
        raise


def _build(
    places: Sequence[str],
    out: Path,
    decisions: Sequence[Decision],
    path: Path,
    workers: int,
    watch: Watch,
) -> Built:
    try:
        return _Run(out, decisions, State(path), Crew(workers, watch)).build(sources(places))
    except DamagedError:  # nothing of what was kept is to be trusted
        _forget(path)
        return _Run(out, decisions, State(path), Crew(workers, watch)).build(sources(places))


def _forget(path: Path) -> None:
    for one in path.parent.glob(path.name + "*"):
        one.unlink()


class _Run:
    def __init__(self, out: Path, decisions: Sequence[Decision], state: State, crew: Crew) -> None:
        self.out, self.decisions, self.state, self.crew = out, decisions, state, crew
        self.store = out / "store"
        ruled = repr(decisions).encode()
        self.basis = blake2b(environment() + ruled, digest_size=16).digest()

    def build(self, found: Iterable[Source | Refused]) -> Built:
        try:
            intake = Intake(self.state, self.crew)
            articles = intake.take(found)
            if not articles:
                raise NothingReadError(intake.unread)
            self.state.begin()
            return self._grow(articles, intake)
        finally:
            self.crew.dismiss()
            self.state.close()

    def _grow(self, articles: Mapping[str, Iterable[tuple[str, bytes]]], intake: Intake) -> Built:
        if self.state.meta("basis") != self.basis:
            self.state.clear()
            self.state.set_meta("basis", self.basis)
        growth = Growth(self.state, self.decisions)
        growth.take(articles)
        changed, gone = growth.changed, growth.gone
        anew = self._must_write_anew() or len(changed) + len(gone) > _MANY * len(growth.now)
        change, claims = Change(wanted=not anew), Change(wanted=not anew)
        for iri in () if anew else (*changed, *gone):
            both = growth.old.get(iri), growth.now.get(iri)
            change.add(iri, *(growth.article_lines(one) if one else () for one in both))
            claims.add(iri, *(claim_lines(growth.reading(one)) if one else () for one in both))
        with files.scratch(self.out) as new:
            writer = Writer(growth, self.out, new, self.crew)
            whole = self._settle(growth, change, new / files.RUNS, writer.begin() if anew else ())
            summary, texts = self._report(growth, whole, new, intake.unread)
            if not anew:
                try:
                    step = writer.changes(change, claims)
                except DamagedError:
                    anew = True
            if anew:
                step = writer.anew()
            self._finish(growth, new, writer.name, step, texts, () if anew else changed)
        sizes = sum(len(copies) for copies in growth.now.values())
        return Built(summary, len(growth.now), sizes, intake.read, len(changed), len(gone), anew)

    def _report(
        self, growth: Growth, whole: Whole, new: Path, unread: Sequence[Unread]
    ) -> tuple[Summary, set[str]]:
        """Write the report; a summary of it, and the digests of all texts."""
        report, rows, texts = reported(growth, whole, unread)
        _write_text(new / REPORT, report_text(rows, report))
        return report.summary(), texts

    def _settle(self, growth: Growth, change: Change, scratch: Path, meanwhile: Iterable[object]) -> Whole:
        """Settle names, and `meanwhile` something else; then groups and what belongs to none."""
        self.crew.watch("Settling names", 0, 0)
        concerned = sorted({*growth.changed, *growth.name(self.crew, meanwhile)})
        plan = Plan.of(growth.naming, self.decisions)
        settlement = Settlement(self.state, self.crew, plan, scratch)
        touched = settlement.scatter(growth.keys(concerned), [*concerned, *growth.gone])
        settlement.settle(touched, change)
        self.state.set_articles(((iri, pack(growth.now[iri])) for iri in growth.changed), growth.gone)
        return Completion(self.state, plan, growth.known).complete(growth.docket, growth.named, change)

    def _must_write_anew(self) -> bool:
        """Whether the files, or the store, are not those that the state tells of."""
        noted, name = self.state.meta("stamps"), self.state.meta("store")
        if noted is None or name is None or not (self.store / "CURRENT").is_file():
            return True
        there = files.stamps(self.out, _FILES)
        return (
            there != unpack(noted, dict[str, tuple[int, int]]) or stores.identity(self.store) != name.decode()
        )

    def _finish(
        self, growth: Growth, new: Path, name: str, step: Step, texts: set[str], changed: Iterable[str]
    ) -> None:
        """Keep the state, then put all in place: killed in between, the next build writes all files anew."""
        self.state.forget_readings(key for copies in growth.now.values() for _, key in copies)
        stamps = files.stamps(self.out, _FILES) | files.stamps(new, _FILES)
        self.state.set_meta("stamps", pack(stamps))
        self.state.set_meta("store", name.encode())
        self.state.commit()
        fresh = (
            (r.document.sha256, r.document.text) for r in (growth.reading(growth.now[iri]) for iri in changed)
        )
        missing = texts - files.put_texts(self.out / files.TEXTS, texts, fresh)
        if missing:  # somebody removed them
            again = (r.document for r in growth.readings() if r.document.sha256 in missing)
            files.put_texts(self.out / files.TEXTS, texts, ((one.sha256, one.text) for one in again))
        files.put_in_place(new, self.out)
        step()


def _write_text(path: Path, pieces: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces)
