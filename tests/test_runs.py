"""External sorting: whatever the runs and the pieces, the records come in order and each once."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from cfm_kg.building.runs import merged, write_run


@pytest.mark.parametrize("size", [1, 40, 500, 1 << 20])
@pytest.mark.parametrize("seed", range(3))
def test_runs_are_merged_piece_by_piece(tmp_path: Path, seed: int, size: int) -> None:
    random = Random(seed)
    records = [bytes(random.choices(b" <abc>\x01\xff", k=random.randrange(1, 30))) for _ in range(400)]
    lots = [random.sample(records, random.randrange(200)) for _ in range(7)] + [[]]
    runs = [write_run(lot, tmp_path / str(number)) for number, lot in enumerate(lots)]
    pieces = list(merged(runs, size))
    assert [record for some in pieces for record in some] == sorted({r for lot in lots for r in lot})
    assert all(some == sorted(set(some)) for some in pieces)
    if size <= 500:
        held = max(sum(map(len, some)) for some in pieces)
        assert len(pieces) > 3
        assert held < 20 * max(size, 50)


def test_nothing_gives_nothing(tmp_path: Path) -> None:
    assert list(merged([])) == []
    assert list(merged([write_run([], tmp_path / "empty")])) == []


def test_a_run_that_became_shorter_is_told(tmp_path: Path) -> None:
    runs = [write_run([b"a" * 10, b"b" * 10], tmp_path / "one"), write_run([b"c"], tmp_path / "other")]
    pieces = merged(runs, 5)
    assert next(pieces) == [b"a" * 10]
    runs[0].write_bytes(b"")
    with pytest.raises(OSError, match="shorter"):
        list(pieces)
