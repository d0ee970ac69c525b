"""Filling a store from files, in this process and by others: the same store, clear words when it fails."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest

from cfm_kg.errors import CfmError
from cfm_kg.store import StoreLoader, loading, open_store

WHERE = pytest.mark.parametrize("apart", [False, True], ids=["here", "apart"])
GRAPH = "https://example.org/graph"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Files of N-Quads, whose statements lie across each other in every order."""
    made = []
    for number in range(12):
        path = tmp_path / f"{number}.nq"
        lines = [
            f'<https://example.org/{n}> <https://example.org/p{n % 3}> "{n} {number}" <{GRAPH}> .\n'
            for n in range(50)
        ]
        path.write_text("".join(lines))
        made.append(path)
    return made


@pytest.fixture(autouse=True)
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A load takes two files."""
    monkeypatch.setattr(loading, "_AT_ONCE", 10_000)


def unwatched(done: int, of: int) -> None:
    """Nobody watches."""


@WHERE
def test_a_store_holds_all_files_and_is_compacted(files: list[Path], tmp_path: Path, *, apart: bool) -> None:
    told = list[tuple[int, int]]()
    with StoreLoader(tmp_path / "store", apart=apart) as loader:
        for path in files:
            loader.add(path)
        loader.complete()
        loader.finish(lambda done, of: told.append((done, of)))
    written = [quad for path in files for quad in ox.parse(path=str(path))]
    found = list(open_store(tmp_path / "store"))
    assert len(found) == len(written) == 600
    assert set(found) == set(written)
    assert told == [(done, len(told)) for done in range(len(told))]
    assert len(told) > len(files) / 2
    # Each of six orders of statements, and the strings, has one file then, and had one of each load before.
    # Some of those may still be there, until the store is opened next.
    assert len(list((tmp_path / "store").glob("*.sst"))) < 20


@WHERE
def test_few_statements_are_not_compacted(files: list[Path], tmp_path: Path, *, apart: bool) -> None:
    with StoreLoader(tmp_path / "store", apart=apart) as loader:
        loader.add(files[0])
        loader.complete()
        loader.finish(unwatched)
    assert len(open_store(tmp_path / "store")) == 50


@WHERE
def test_a_file_that_cannot_be_loaded_is_told(files: list[Path], tmp_path: Path, *, apart: bool) -> None:
    files[3].write_text("no statement\n")
    with StoreLoader(tmp_path / "store", apart=apart) as loader:
        for path in files:
            loader.add(path)
        loader.complete()
        with pytest.raises(CfmError, match="the store cannot be written") as told:
            loader.finish(unwatched)
    assert str(tmp_path / "store") in str(told.value)


@WHERE
def test_a_folder_that_cannot_be_written_is_told(files: list[Path], tmp_path: Path, *, apart: bool) -> None:
    (tmp_path / "store").write_text("a file")
    with StoreLoader(tmp_path / "store", apart=apart) as loader:
        loader.add(files[0])
        loader.complete()
        with pytest.raises(CfmError, match="the store cannot be written"):
            loader.finish(unwatched)


def test_the_death_of_who_loads_is_told(files: list[Path], tmp_path: Path) -> None:
    with StoreLoader(tmp_path / "store", apart=True) as loader:
        loader.add(files[0])
        with pytest.raises(BrokenProcessPool):
            loader._loading.submit(os.abort).result()
        for path in files[1:]:
            loader.add(path)
        loader.complete()
        with pytest.raises(CfmError, match="the process that fills the store died"):
            loader.finish(unwatched)


@WHERE
def test_who_leaves_early_waits_for_nothing(files: list[Path], tmp_path: Path, *, apart: bool) -> None:
    loader = StoreLoader(tmp_path / "store", apart=apart)
    with loader:
        loader.add(files[0])
    assert all(step.done() for step in loader._steps)


def test_who_leaves_when_the_process_is_interrupted_says_nothing(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an interrupt from the keyboard does: it ends the process that loads, and this one leaves."""
    told = list[object]()
    monkeypatch.setattr(threading, "excepthook", told.append)
    for wait in (0.0, 0.1, 0.3):
        with StoreLoader(tmp_path / str(wait), apart=True) as loader:
            process = loader._loading.submit(os.getpid).result()
            loader._do(partial(time.sleep, 1))
            for path in files:
                loader.add(path)
            loader.complete()
            os.kill(process, signal.SIGINT)
            time.sleep(wait)
    assert not told


@pytest.mark.skipif(sys.platform != "linux", reason="where threads are listed and told apart")
def test_the_stores_own_threads_give_way_and_no_others(files: list[Path], tmp_path: Path) -> None:
    with StoreLoader(tmp_path / "store", apart=True) as loader:
        loader.add(files[0])
        loader._begin()
        found = loader._loading.submit(_policies).result()
    assert found["store"] == {os.SCHED_IDLE}
    assert found["others"] == {os.SCHED_OTHER}


def test_an_interrupt_ends_who_loads(tmp_path: Path) -> None:
    with StoreLoader(tmp_path / "store", apart=True) as loader:
        asked = loader._loading.submit(signal.getsignal, signal.SIGINT)
        assert asked.result() == signal.SIG_DFL


def _policies() -> dict[str, set[int]]:
    """How threads are scheduled: the store's own, and those that load into it."""
    filler = loading._mine.filler
    assert filler is not None
    loads = filler._threads.submit(os.sched_getscheduler, 0)
    threads = {int(task.name): (task / "comm").read_text() for task in Path("/proc/self/task").iterdir()}
    store = {os.sched_getscheduler(task) for task, name in threads.items() if name.startswith("rocksdb")}
    return {"store": store, "others": {loads.result(), os.sched_getscheduler(0)}}
