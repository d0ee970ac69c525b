"""Writing a build that was assembled in memory: the plain way, whose bytes the other way must give too."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.building import files
from cfm_kg.building.build import CACHE
from cfm_kg.building.records import SetAside
from cfm_kg.building.rendering import merge_blocks, merge_lines, merge_quads, render_lines
from cfm_kg.building.report import FILE as REPORT
from cfm_kg.building.report import Report, article_row, dropped_of, report_text
from cfm_kg.building.runs import write_run
from cfm_kg.building.state import FILE as STATE
from cfm_kg.errors import CfmError
from cfm_kg.explanation import FILE as CLAIMS
from cfm_kg.explanation import claim_lines
from cfm_kg.pipeline import Build
from cfm_kg.quads import as_stored
from cfm_kg.store import nquads_lines, refuse_foreign, write_store, writing


def write_build(build: Build, folder: Path) -> None:
    """Write all files of a build; the same build gives the same bytes. Raises CfmError where it cannot.

    What was added to an earlier build in this folder by hand stays.
    """
    from cfm_kg.entries.rebuild import Rebuilt, has_entries, kept_quads, noted_quads

    with writing(folder):
        store = folder / "store"
        refuse_foreign(store)
        quads = set(build.quads)
        if has_entries(store):
            fresh = ox.Store()
            fresh.bulk_extend(quads)
            quads |= as_stored({*noted_quads(store), *kept_quads(store, Rebuilt(fresh))})
        for left in (folder / CACHE).glob(STATE + "*"):
            left.unlink()
        try:
            with files.scratch(folder) as new:
                all_ = render_lines([nquads_lines(quads)], "all", new / files.RUNS)
                merge_quads([all_], new)
                merge_blocks([all_], new)
                claims = chain.from_iterable(map(claim_lines, build.readings))
                merge_lines([write_run(claims, all_.claims)], new / CLAIMS)
                (new / REPORT).write_bytes(report_json(build))
                texts = {one.document.sha256: one.document.text for one in build.readings}
                files.put_texts(folder / "texts", texts, texts.items())
                files.put_in_place(new, folder)
        except OSError as error:
            raise CfmError(
                "the build cannot be written",
                where=str(error.filename or folder),
                why=error.strerror or str(error),
                remedy="choose another folder with --out",
            ) from error
        write_store(quads, store)


def report_json(build: Build) -> bytes:
    """What was read, dropped, in conflict and set aside, as JSON."""
    order = sorted(build.readings, key=lambda reading: (reading.document.name, reading.article))
    return "".join(report_text(map(article_row, order), report_of(build))).encode()


def report_of(build: Build) -> Report:
    """The report of a build but for its articles."""
    return Report(
        unread=build.unread,
        claims=sum(len(reading.claims) for reading in build.readings),
        dropped=Counter(one.reason for reading in build.readings for one in dropped_of(reading)),
        spans=sum(len(reading.dropped) for reading in build.readings),
        conflicts=build.fusion.conflicts,
        decisions=build.fusion.decisions,
        unsettled=build.fusion.unsettled,
        joined=dict(build.fusion.renamed),
        findings=build.validation.findings,
        idle_shapes=build.validation.idle_shapes,
        aside=[SetAside(one.finding, one.facts) for one in build.set_aside],
    )
