"""How much work a build does again, counted rather than timed: it follows what changed, not what there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from generator import articles

from cfm_kg import reading
from cfm_kg.building import build_folder, sorted_files, tasks
from cfm_kg.validate import screen

NUMBER = 24
TEXTS = [one.text for one in articles(NUMBER + 1, 5)]
GROUPS = 8
"""Groups that are fused where one article of the generator changes: those it spoke of, and speaks of now."""
WRITTEN = {"graph.nq", "graph.trig", "graph.ttl", "claims.jsonl", "report.json"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    made = tmp_path_factory.mktemp("made")
    (made / "articles").mkdir()
    for number, text in enumerate(TEXTS[:NUMBER]):
        (made / "articles" / f"{number:02d}.txt").write_text(text)
    build_folder([str(made / "articles")], made / "out")
    return made / "articles", made / "out"


def counted(monkeypatch: pytest.MonkeyPatch, do: Callable[[], object]) -> Counter[str]:
    """How often what is dear is done."""
    found: Counter[str] = Counter()

    def count(owner: object, name: str) -> None:
        real = getattr(owner, name)

        def counting(*args: object, **options: object) -> object:
            found[name] += 1
            return real(*args, **options)

        patch.setattr(owner, name, counting)

    with monkeypatch.context() as patch:
        count(reading, "_read")
        count(tasks, "fused")
        count(import_module("cfm_kg.validate.check"), "suspects")
        count(sorted_files.Content, "place")
        screen.checks_of.cache_clear()
        screen._targets.cache_clear()
        do()
    found["shapes"] = screen.checks_of.cache_info().misses
    return found


def written(out: Path, do: Callable[[], object]) -> set[str]:
    """The files that are put in place."""
    before = {path.name: path.stat().st_ino for path in out.iterdir()}
    do()
    return {path.name for path in out.iterdir() if path.is_file() and path.stat().st_ino != before[path.name]}


def test_nothing_is_done_where_nothing_changed(
    built: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = built
    work = counted(monkeypatch, lambda: build_folder([str(folder)], out))
    assert work == Counter()
    assert work["shapes"] == 0
    assert written(out, lambda: build_folder([str(folder)], out)) == {"report.json"}


def test_the_work_follows_what_changed(built: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    folder, out = built
    (folder / "07.txt").write_text(TEXTS[NUMBER])
    work = counted(monkeypatch, lambda: build_folder([str(folder)], out))
    assert work["_read"] == 1
    assert 0 < work["fused"] <= GROUPS
    assert 0 < work["suspects"] <= 4
    assert 0 < work["place"] < 1000
    assert work["shapes"] > 0
    (folder / "08.txt").write_text(TEXTS[NUMBER - 1] + "\n\nThe ministers thanked their hosts.")
    assert written(out, lambda: build_folder([str(folder)], out)) <= WRITTEN
    (folder / "09.txt").unlink()
    gone = counted(monkeypatch, lambda: build_folder([str(folder)], out))
    assert gone["_read"] == 0
    assert 0 < gone["fused"] <= GROUPS


def test_work_that_grows_with_the_corpus_is_noticed(
    built: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What a build does that keeps nothing lies far above the ceilings."""
    folder, _ = built
    work = counted(monkeypatch, lambda: build_folder([str(folder)], tmp_path / "fresh", fresh=True))
    assert work["_read"] >= NUMBER - 1
    assert work["fused"] > 2 * GROUPS
