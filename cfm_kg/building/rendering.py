"""Rendering: parts of a build as sorted runs, and the files that the runs of all parts give.

A part holds all there is about the things that it is about in each graph, so that its blocks of Turtle are
whole. Nothing here knows where parts come from or which process renders them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from cfm_kg.building.articles import facts_of, reading_of
from cfm_kg.building.files import QUADS, TRIG, TURTLE, put_text
from cfm_kg.building.records import Checked, unpack
from cfm_kg.building.runs import merged, write_run
from cfm_kg.building.turtle import blocks, blocks_of, records, write_both
from cfm_kg.explanation import FILE as CLAIMS
from cfm_kg.explanation import claim_lines
from cfm_kg.store import fact_lines
from cfm_kg.store.terms import TermWriter

Told = tuple[bytes, bytes, tuple[str, ...]]
"""An article, as it is kept: its reading, what validation said of it, the files that hold it."""


class Runs(NamedTuple):
    """Sorted runs: lines of N-Quads, records of blocks, lines about claims."""

    lines: Path
    blocks: Path
    claims: Path


def render_articles(articles: Iterable[Told], name: str, folder: Path, texts: Path) -> Runs:
    """The runs of some articles, in files of this name, and their texts. Raises DamagedError."""
    lines, found, claims, writer = list[bytes](), list[bytes](), list[bytes](), TermWriter()
    for kept, checked, files in articles:
        reading = reading_of(kept)
        facts = facts_of(reading, files, unpack(checked, Checked))
        lines += fact_lines(facts)
        found += records(blocks_of(facts, writer))
        claims += claim_lines(reading)
        put_text(texts, reading.document.sha256, reading.document.text)
    return _written(name, folder, lines, found, claims)


def render_lines(parts: Iterable[Iterable[bytes]], name: str, folder: Path) -> Runs:
    """The runs of some parts that are at hand as lines of N-Quads, in files of this name."""
    lines = [line for part in parts for line in part]
    return _written(name, folder, lines, records(blocks(lines)), ())


def _written(
    name: str, folder: Path, lines: Iterable[bytes], found: Iterable[bytes], claims: Iterable[bytes]
) -> Runs:
    return Runs(
        write_run(lines, folder / f"{name}.lines"),
        write_run(found, folder / f"{name}.blocks"),
        write_run(claims, folder / f"{name}.claims"),
    )


def merge_lines(runs: Sequence[Path], path: Path) -> None:
    """Write a file of the lines of all runs."""
    with path.open("wb") as file:
        for some in merged(runs):
            file.write(b"\n".join(some) + b"\n")


def merge_quads(runs: Sequence[Runs], folder: Path) -> None:
    """Write the N-Quads of all runs."""
    merge_lines([one.lines for one in runs], folder / QUADS)


def merge_claims(runs: Sequence[Runs], folder: Path) -> None:
    """Write what is told of the claims of all runs."""
    merge_lines([one.claims for one in runs], folder / CLAIMS)


def merge_blocks(runs: Sequence[Runs], folder: Path) -> None:
    """Write Turtle and TriG of all runs."""
    write_both(merged([one.blocks for one in runs]), folder / TURTLE, folder / TRIG)
