"""Floors under the figures: what lies below fails, and none sinks without a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from cfm_kg.errors import CfmError
from cfm_kg.evaluate import Counts, Evaluation
from cfm_kg.evaluate.floors import Floor, Floors, Measured, check, digest, raised, read_floors, write_floors


def measured(right: int, missed: int, sha256: str = "x") -> Measured:
    return Measured(Evaluation({"a": {"meeting": Counts(right, 0, missed)}}, ()), sha256)


def floors_at(right: int, missed: int) -> Floors:
    return raised(Floors({}), {"s": measured(right, missed)})


def test_figures_at_their_floors_pass_and_below_them_fail() -> None:
    floors = floors_at(2, 1)
    assert floors.sets["s"].figures["meeting"] == {"precision": 1.0, "recall": 0.666, "f1": 0.8}
    assert check({"s": measured(2, 1)}, floors) == ()
    faults = check({"s": measured(1, 1)}, floors)
    assert [fault.split(" is ")[0] for fault in faults] == [
        f"s: {kind} {figure} {value}"
        for kind in ("micro", "meeting")
        for figure, value in (("recall", "0.500"), ("f1", "0.666"))
    ]


def test_precision_of_nothing_found_is_no_floor() -> None:
    nothing = floors_at(0, 2)
    assert nothing.sets["s"].figures["meeting"]["precision"] == 0.0
    found = Measured(Evaluation({"a": {"meeting": Counts(1, 1, 1)}}, ()), "x")
    assert check({"s": found}, nothing) == ()


def test_a_set_that_changed_or_has_no_floor_fails() -> None:
    floors = floors_at(2, 1)
    assert "have changed" in check({"s": measured(2, 1, "y")}, floors)[0]
    assert "no floor" in check({"t": measured(2, 1)}, floors)[0]
    kind = Floor("x", 1, 3, {"document": {"precision": 0, "recall": 0, "f1": 0}})
    assert "was not measured" in check({"s": measured(2, 1)}, Floors({"s": kind}))[0]


def test_floors_rise_but_sink_only_with_a_reason() -> None:
    floors = floors_at(2, 1)
    assert raised(floors, {"s": measured(1, 1)}).sets["s"].figures == floors.sets["s"].figures
    assert raised(floors, {"s": measured(3, 0)}).sets["s"].figures["micro"]["f1"] == 1.0
    sunk = raised(floors, {"s": measured(1, 1)}, "the gold was wrong")
    assert (sunk.sets["s"].figures["micro"]["recall"], sunk.lowered) == (0.5, ("the gold was wrong",))
    with pytest.raises(CfmError, match="have changed"):
        raised(floors, {"s": measured(3, 0, "y")})
    assert raised(floors, {"s": measured(3, 0, "y")}, "new articles").sets["s"].sha256 == "y"


def test_floors_are_written_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    assert read_floors(path) == Floors({})
    write_floors(path, floors_at(2, 1))
    assert read_floors(path) == floors_at(2, 1)
    path.write_text('{"sets": {"s": {}}}')
    with pytest.raises(CfmError, match="cannot be read"):
        read_floors(path)


def test_a_digest_changes_with_names_and_contents(tmp_path: Path) -> None:
    one, two = tmp_path / "1", tmp_path / "2"
    one.write_text("a")
    two.write_text("b")
    before = digest([one, two])
    assert digest([two, one]) == before
    two.write_text("c")
    assert digest([one, two]) != before
