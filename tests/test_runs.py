"""External sorting: whatever the runs and the ranges, the records come in order and each once."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from cfm_kg.building.runs import merged, write_run
from cfm_kg.building.sorted_files import Content


@pytest.mark.parametrize("size", [1, 40, 500, 1 << 20])
@pytest.mark.parametrize("seed", range(3))
def test_runs_are_merged_range_by_range(tmp_path: Path, seed: int, size: int) -> None:
    random = Random(seed)
    records = [bytes(random.choices(b" <abc>\x01\xff", k=random.randrange(1, 30))) for _ in range(400)]
    lots = [random.sample(records, random.randrange(200)) for _ in range(7)] + [[]]
    runs = [write_run(lot, tmp_path / str(number)) for number, lot in enumerate(lots)]
    ranges = list(merged(runs, size))
    assert [record for some in ranges for record in some] == sorted({r for lot in lots for r in lot})
    assert all(some == sorted(set(some)) for some in ranges)
    if size <= 500:
        held = max(sum(map(len, some)) for some in ranges)
        assert len(ranges) > 3
        assert held < 20 * max(size, 50)


def test_nothing_gives_nothing(tmp_path: Path) -> None:
    assert list(merged([])) == []
    assert list(merged([write_run([], tmp_path / "empty")])) == []


def test_any_offset_lies_in_its_record(tmp_path: Path) -> None:
    content = Content(write_run([b"a", b"bcd", b"ef"], tmp_path / "run"))
    assert [content.record_at(offset) for offset in range(len(content))] == [
        *[b"a"] * 2,
        *[b"bcd"] * 4,
        *[b"ef"] * 3,
    ]
