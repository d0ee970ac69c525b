"""External sorting: sorted runs on disk, merged range by range, so that memory follows a range.

The runs may be made anywhere and in any order: the merged records are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from cfm_kg.building.sorted_files import Content

_RANGE = 16 * 1024 * 1024
"""Bytes of records that are merged at a time, about."""
_SAMPLES = 16
"""How many records a range are looked at to find where ranges begin."""


def write_run(records: Iterable[bytes], path: Path) -> Path:
    """Write records without line breaks, sorted and each once; returns the path."""
    path.write_bytes(b"".join(record + b"\n" for record in sorted(set(records))))
    return path


def merged(runs: Iterable[Path], size: int = _RANGE) -> Iterator[list[bytes]]:
    """The records of all runs in their order, each once, range by range of about so many bytes."""
    contents = [Content(path) for path in runs if path.stat().st_size]
    total = sum(map(len, contents))
    starts = [0] * len(contents)
    for border in (*_borders(contents, max(1, total // size)), None):
        ends = [len(one) if border is None else one.line(border) for one in contents]
        parts = [one.data[a:b] for one, a, b in zip(contents, starts, ends, strict=True)]
        starts = ends
        # Sorting sees that each part is sorted, and merges them.
        records = b"".join(parts).split(b"\n")[:-1]
        records.sort()
        if records:
            yield list(dict.fromkeys(records))


def _borders(contents: Sequence[Content], ranges: int) -> list[bytes]:
    """Records that cut all of them into so many ranges of about one size."""
    total, samples = sum(map(len, contents)), list[bytes]()
    for one in contents:
        wanted = max(1, ranges * _SAMPLES * len(one) // total)
        samples += (one.record_at(len(one) * step // wanted) for step in range(wanted))
    samples.sort()
    return sorted({samples[len(samples) * step // ranges] for step in range(1, ranges)})
