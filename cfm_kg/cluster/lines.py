"""Sorted lines in parts: where the parts are cut, and which lines go to which."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from cfm_kg.building.articles import lines_of
from cfm_kg.building.records import Article, Checked
from cfm_kg.explanation import claim_lines
from cfm_kg.model import Reading

GRAPH, CLAIMS, TEXTS, ROWS = "graph", "claims", "texts", "rows"
KINDS = (GRAPH, CLAIMS, TEXTS, ROWS)
"""What is sorted: the graph, its claims explained, the texts; and rows of the report, which is one file."""
_PART = 256 * 1024 * 1024
_FEWEST = 4
"""So many parts are written at the same time even of a small graph."""


def article_lines(
    reading: Reading, files: Sequence[str], article: Article, checked: Checked
) -> dict[str, list[bytes]]:
    """An article's share of each kind of lines."""
    document = reading.document
    text = json.dumps({"sha256": document.sha256, "text": document.text}, ensure_ascii=False)
    row = json.dumps([article.file, article.iri, article.row], ensure_ascii=False)
    return {
        GRAPH: lines_of(reading, files, checked),
        CLAIMS: claim_lines(reading),
        TEXTS: [text.encode()],
        ROWS: [f"{article.file}\0{article.iri}\0{row}".encode()],
    }


def row_of(line: bytes) -> str:
    """The row of the report that a line carries behind what it is sorted by."""
    row: str = json.loads(line.split(b"\0", 2)[2])[2]
    return row


@dataclass(frozen=True, slots=True)
class Sample:
    """Lines of one kind from some of a chunk's articles, and about how many bytes all of its lines have."""

    lines: tuple[bytes, ...]
    size: int


Cuts = dict[str, tuple[bytes, ...]]
"""By kind, the lines at which a new part begins, but for the first."""


def cuts_of(samples: Iterable[Mapping[str, Sample]], parts: int | None) -> Cuts:
    """Where to cut so that parts are of like size: `parts` of the graph, or as many as are of a handy one."""
    every = list(samples)
    found: Cuts = {}
    for kind in KINDS:
        lines = sorted(line for sample in every if kind in sample for line in sample[kind].lines)
        size = sum(sample[kind].size for sample in every if kind in sample)
        wanted = parts if parts and kind == GRAPH else max(-(-size // _PART), _FEWEST if kind == GRAPH else 1)
        places = [lines[len(lines) * number // wanted] for number in range(1, wanted)] if lines else []
        found[kind] = tuple(sorted(set(places)))
    return found


def sample(gathered: Mapping[str, Sequence[bytes]], most: int, share: float) -> dict[str, Sample]:
    """Of lines of some articles, which are a `share` of a chunk's, at most so many of each kind."""
    found = {}
    for kind, lines in gathered.items():
        chosen = sorted(lines)[:: max(len(lines) // most, 1)]
        found[kind] = Sample(tuple(chosen), int(sum(map(len, lines)) / share))
    return found


def in_parts(lines: Iterable[bytes], cuts: Sequence[bytes]) -> list[list[bytes]]:
    """Lines by the part that they belong to, each sorted."""
    found: list[list[bytes]] = [[] for _ in range(len(cuts) + 1)]
    for line in sorted(lines):
        found[bisect_right(cuts, line)].append(line)
    return found


def merged(runs: Iterable[list[bytes]]) -> Iterator[bytes]:
    """The lines of sorted runs, sorted, each once. Sorting makes use of order that is there already."""
    every = [line for run in runs for line in run]
    every.sort()
    return (line for line, _ in groupby(every))
