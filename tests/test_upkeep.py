"""Verifying what was built, counting it, backing it up while it is read, and following a folder."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pyoxigraph as ox
import pytest
from typer.testing import CliRunner

from cfm_kg.building import build_folder
from cfm_kg.cli.app import app
from cfm_kg.cli.watching import follow
from cfm_kg.entries.change import add
from cfm_kg.errors import OK, CfmError
from cfm_kg.fuse import Verdict
from cfm_kg.resources import articles_dir
from cfm_kg.review.book import Book, Ruling, Signed
from cfm_kg.store import open_store
from cfm_kg.upkeep import CHECKS, back_up, restore, stats, verify
from cfm_kg.vocab import CFM, OA, PROVENANCE_GRAPH, thing

PROVENANCE = ox.NamedNode(PROVENANCE_GRAPH)
ENTRY = """@base <https://w3id.org/cfm-kg/id/> .
@prefix cfm: <https://w3id.org/cfm-kg/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<meeting/csto-cfm/2031-04-02> a cfm:Meeting ; cfm:body <body/csto-cfm> ; cfm:date "2031-04-02"^^xsd:date ;
    cfm:meetingStatus cfm:Planned .
"""


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("once") / "out"
    build_folder([str(articles_dir())], folder)
    return folder


@pytest.fixture
def built(once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(once, tmp_path / "out"))


def changed(folder: Path, *added: ox.Quad, without: Callable[[ox.Quad], bool] = lambda quad: False) -> None:
    """Add quads to the store, and take others from it."""
    store = ox.Store(str(folder / "store"))
    for quad in filter(without, list(store)):
        store.remove(quad)
    store.extend(added)
    store.flush()


def quad(subject: str, predicate: str, value: str, graph: ox.NamedNode | None = None) -> ox.Quad:
    s, p, o = map(ox.NamedNode, (subject, predicate, value))
    return ox.Quad(s, p, o, graph or ox.DefaultGraph())


def a_text(folder: Path) -> Path:
    return min((folder / "texts").iterdir())


def other_text(folder: Path) -> None:
    a_text(folder).write_text(a_text(folder).read_text().replace("e", "ё"))


MEETING = thing("meeting", "csto-cfm", "2021-05-19")
MISNAMED, NOBODY = thing("topic", "%20b"), thing("person", "no-one")
PLANTED: list[tuple[str, str, Callable[[Path], object]]] = [
    ("quotes", "is not what the text says", other_text),
    ("quotes", "the text of its article is missing", lambda folder: a_text(folder).unlink()),
    ("quotes", "no quote", lambda f: changed(f, without=lambda q: q.predicate.value == OA("exact"))),
    (
        "names",
        "not the form",
        lambda f: changed(f, quad(MEETING, CFM("topic"), MISNAMED)),
    ),
    ("names", "no blank nodes", lambda f: changed(f, ox.Quad(ox.BlankNode(), PROVENANCE, PROVENANCE))),
    ("shapes", "", lambda f: changed(f, quad(MEETING, CFM("body"), thing("body", "csto-cmd")))),
    (
        "orphans",
        "nothing describes it",
        lambda f: changed(f, quad(MEETING, CFM("chair"), NOBODY)),
    ),
    (
        "orphans",
        "nothing names it",
        lambda f: changed(f, without=lambda q: q.predicate.value == CFM("participation")),
    ),
    ("orphans", "the text of no article", lambda f: (f / "texts" / f"{'0' * 64}.txt").write_text("x")),
    (
        "orphans",
        "that nothing describes",
        lambda f: changed(f, quad(MEETING, CFM("topic"), MEETING, ox.NamedNode(thing("article", "0" * 16)))),
    ),
    ("files", "graph.nq does not", lambda f: changed(f, quad(MEETING, CFM("topic"), MEETING))),
    ("files", "the store does not", lambda f: changed(f, without=lambda q: q.graph_name == PROVENANCE)),
    ("files", "graph.nq", lambda f: (f / "graph.nq").unlink()),
    ("files", "graph.trig", lambda f: (f / "graph.trig").write_text("<a:b> <a:b> <a:b> .")),
    ("files", "graph.ttl", lambda f: (f / "graph.ttl").write_text("<a:b> <a:b> <a:b> .")),
]


def test_what_was_built_is_whole_and_so_it_is_with_an_entry(built: Path, tmp_path: Path) -> None:
    assert verify(built) == []
    (tmp_path / "e.ttl").write_text(ENTRY)
    assert add([tmp_path / "e.ttl"], built / "store", "me").accepted
    assert verify(built) == []
    build_folder([str(articles_dir())], built)
    assert verify(built) == []
    assert thing("meeting", "csto-cfm", "2031-04-02") in (built / "graph.nq").read_text()


@pytest.mark.parametrize(("check", "told", "plant"), PLANTED, ids=[f"{c}-{t}" for c, t, _ in PLANTED])
def test_each_check_finds_what_it_is_for(
    built: Path, check: str, told: str, plant: Callable[[Path], object]
) -> None:
    plant(built)
    found = list(CHECKS[check](open_store(built / "store"), built))
    assert any(told in defect.what or told in defect.thing for defect in found), found
    assert {defect.check for defect in found} == {check}


def test_defects_are_told(built: Path) -> None:
    changed(built, quad(MEETING, CFM("body"), thing("body", "csto-cmd")))
    done = CliRunner().invoke(app, ["verify", "--store", str(built / "store"), "--format", "json"])
    assert done.exit_code == 1
    assert {row["check"] for row in json.loads(done.stdout)} >= {"shapes", "files"}


def test_every_check_has_something_planted() -> None:
    assert {check for check, _, _ in PLANTED} == set(CHECKS)


def test_counts(once: Path) -> None:
    found = stats(once / "store")
    assert found.quads == sum(found.graphs.values()) == len(open_store(once / "store"))
    assert found.classes["Article"] == 5
    assert sum(found.bodies.values()) == found.meetings == found.classes["Meeting"]
    assert found.coverage["chair"] < found.coverage["date"] <= found.meetings
    assert list(found.years) == sorted(found.years)


READER = """
import sys, time
from pathlib import Path
from cfm_kg.store import LiveStore
store, rows = LiveStore(Path(sys.argv[1])), 0
print("reading", flush=True)
while not Path(sys.argv[2]).exists():
    found = list(store.snapshot().store.query("SELECT (COUNT(*) AS ?n) { ?s a <" + sys.argv[3] + "> }"))
    assert int(found[0]["n"].value) > 0, found
    rows += 1
    time.sleep(0.01)
print(rows)
"""


def test_backup_and_restore_while_a_reader_queries(built: Path, tmp_path: Path) -> None:
    stop = tmp_path / "stop"
    before = set(open_store(built / "store"))
    reading = [sys.executable, "-c", READER, str(built / "store"), str(stop), CFM("Meeting")]
    with subprocess.Popen(reading, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
        back_up(built, tmp_path / "a.tar.gz")
        changed(built, without=lambda q: q.graph_name == PROVENANCE)
        (built / "later.txt").write_text("not in the backup")
        restore(tmp_path / "a.tar.gz", built)
        stop.touch()
        assert int(reader.stdout.read()) > 0
    assert reader.returncode == 0
    assert set(open_store(built / "store")) == before
    assert verify(built) == []
    assert not (built / "later.txt").exists()
    built_again = build_folder([str(articles_dir())], built)
    assert built_again.articles == 5
    assert verify(built) == []


def test_what_is_no_whole_backup_is_refused(built: Path, tmp_path: Path) -> None:
    back_up(built, tmp_path / "a.tar.gz")
    whole = (tmp_path / "a.tar.gz").read_bytes()
    (tmp_path / "cut.tar.gz").write_bytes(whole[: len(whole) // 2])
    with tarfile.open(tmp_path / "foreign.tar.gz", "w:gz") as archive:
        archive.add(built / "graph.ttl", "graph.ttl")
    for name in ("cut.tar.gz", "foreign.tar.gz", "absent.tar.gz"):
        with pytest.raises(CfmError, match="not a whole backup"):
            restore(tmp_path / name, built)
    assert verify(built) == []


def test_watching_builds_again_and_stops_cleanly(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    first, *others = sorted(articles_dir().iterdir())
    shutil.copy(first, articles)
    code = "import sys; from cfm_kg.cli import main; main(sys.argv[1:])"
    asked = [sys.executable, "-c", code, "build", str(articles), "--out", str(tmp_path / "out"), "--watch"]
    # A shell that runs its tests in the background ignores the signal, and so would what it starts.
    heeding = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)  # noqa: E731
    with subprocess.Popen(asked, stderr=subprocess.PIPE, text=True, preexec_fn=heeding) as watching:
        assert watching.stderr is not None
        lines = iter(watching.stderr)
        assert any("stop with Ctrl-C" in line for line in lines)
        time.sleep(1)  # until the folder is watched indeed
        shutil.copy(others[0], articles)
        assert any("2 articles, 1 changed, 0 gone" in line for line in lines)
        pair = (thing("person", "nobody"), thing("person", "no-one"))
        signed = Signed("A. Editor", "2026-02-01", "Two people.")
        Book(tmp_path / "out" / "decisions").add([Ruling(Verdict.DIFFERENT, things=pair)], signed)
        assert any("nothing in this build is named" in line for line in lines)
        assert any("2 articles, 2 changed, 0 gone" in line for line in lines)
        watching.send_signal(signal.SIGINT)
        try:
            assert watching.wait(30) == 0
        finally:
            watching.kill()
    assert verify(tmp_path / "out") == []


def test_a_stop_in_the_middle_of_building_again_is_clean_too(tmp_path: Path) -> None:
    done = threading.Event()

    def interrupted() -> NoReturn:
        raise KeyboardInterrupt

    def writing() -> None:  # often: the folder is watched only a while after the call
        while not done.wait(0.05):
            (tmp_path / "a.txt").write_text(str(time.monotonic()), encoding="utf-8")

    writer = threading.Thread(target=writing)
    writer.start()
    try:
        assert follow([str(tmp_path)], [], tmp_path / "out", interrupted) == OK
    finally:
        done.set()
        writer.join()
