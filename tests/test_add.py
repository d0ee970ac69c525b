"""Entries are added whole or not at all, kept with who and when, survive builds, and can be taken back."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from entering import HEAD, make_build
from making import about_meeting, reading
from typer.testing import CliRunner

from cfm_kg.building import write_build
from cfm_kg.cli.app import app
from cfm_kg.entries.change import add
from cfm_kg.entries.folder import Folder
from cfm_kg.entries.history import history
from cfm_kg.entries.ledger import changes, entry_graph, kept
from cfm_kg.entries.take import find, remove, undo
from cfm_kg.errors import CfmError
from cfm_kg.pipeline import assemble
from cfm_kg.store import open_store, writing
from cfm_kg.vocab import PROV, PROVENANCE_GRAPH

POINTS = 10
ID = "https://w3id.org/cfm-kg/id/"
MEETING = """<meeting/csto-cfm/2030-05-19> a cfm:Meeting ; cfm:body <body/csto-cfm> ;
    cfm:date "2030-05-19"^^xsd:date ; cfm:meetingStatus cfm:Planned .
"""
BAD = MEETING.replace("csto-cfm> ;", "nowhere> ;", 1)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_build(tmp_path_factory.mktemp("made")).parent


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "build")) / "store"


def entry(folder: Path, text: str, name: str = "entry.ttl") -> Path:
    path = folder / name
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def files(store: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in store.rglob("*") if path.is_file()}


def default(store: Path) -> set[str]:
    graph = ox.DefaultGraph()
    return {str(q.triple) for q in open_store(store).quads_for_pattern(None, None, None, graph)}


def test_added_entry_is_in_the_facts_and_in_its_own_graph(store: Path, tmp_path: Path) -> None:
    before = default(store)
    done = add([entry(tmp_path, MEETING)], store, "A. Editor <a@example.org>")
    assert done.accepted
    assert default(store) - before == {str(quad.triple) for quad in done.added}
    assert len(done.added) == 4
    (one,) = kept(open_store(store))
    assert (one.file, one.who, one.removed) == ("entry.ttl", "A. Editor <a@example.org>", "")
    own = list(open_store(store).quads_for_pattern(None, None, None, ox.NamedNode(one.graph)))
    assert len(own) == 4
    attributed = ox.NamedNode(PROV("wasAttributedTo"))
    found = open_store(store).quads_for_pattern(ox.NamedNode(one.graph), attributed, None, None)
    assert [quad.graph_name for quad in found] == [ox.NamedNode(PROVENANCE_GRAPH)]


@pytest.mark.parametrize(("text", "strict"), [(BAD, False), ("broken", False), ("<x> <y> 'z' .", True)])
def test_refused_entries_leave_every_byte(store: Path, tmp_path: Path, text: str, strict: bool) -> None:
    before = files(store.parent)
    good = entry(tmp_path, MEETING.replace("2030", "2031"), "good.ttl")
    done = add([good, entry(tmp_path, text)], store, "me", strict=strict)
    assert not done.accepted
    assert done.report.findings
    assert files(store.parent) == before


def test_dry_run_shows_and_adds_nothing(store: Path, tmp_path: Path) -> None:
    before = files(store.parent)
    done = CliRunner().invoke(
        app, ["add", str(entry(tmp_path, MEETING)), "--dry-run", "--store", str(store)], prog_name="cfm-kg"
    )
    assert done.exit_code == 0
    assert "<meeting/csto-cfm/2030-05-19>\n    a cfm:Meeting" in done.stdout
    assert files(store.parent) == before


def test_adding_again_changes_nothing(store: Path, tmp_path: Path) -> None:
    path = entry(tmp_path, MEETING)
    add([path], store, "me")
    before = default(store)
    again = add([path], store, "you")
    assert (again.accepted, again.added, default(store)) == (True, (), before)
    assert [one.who for one in kept(open_store(store))] == ["me"]


def test_entries_that_lean_on_each_other_are_added_together(store: Path, tmp_path: Path) -> None:
    first = entry(tmp_path, MEETING.replace(" .\n", " ; cfm:adopted <document/d> .\n"), "1.ttl")
    second = entry(
        tmp_path, '<document/d> a cfm:Document ; dcterms:title "D"@en ; cfm:documentType cfm:Plan .', "2.ttl"
    )
    assert not add([first], store, "me").accepted
    assert add([first, second], store, "me").accepted
    (change,) = changes(open_store(store))
    assert len(change.graphs) == 2
    undo(store)
    assert not [one for one in kept(open_store(store)) if not one.removed]


def test_removed_entry_goes_and_leaves_what_others_say(store: Path, tmp_path: Path) -> None:
    before = default(store)
    place = MEETING.replace(" .\n", " ; cfm:place <place/dushanbe> ; cfm:hostCountry <country/tj> .\n")
    first, second = entry(tmp_path, place, "1.ttl"), entry(tmp_path, MEETING, "2.ttl")
    add([first], store, "me")
    add([second], store, "me")
    assert remove("1.ttl", store, "me").file == "1.ttl"
    left = default(store) - before
    assert len(left) == 4
    assert not any("dushanbe" in line for line in left)
    remove(kept(open_store(store))[1].name, store, "me")
    assert default(store) == before


def test_names_of_entries(store: Path, tmp_path: Path) -> None:
    with pytest.raises(CfmError, match="no entries of this store"):
        find("entry.ttl", store)
    add([entry(tmp_path, MEETING)], store, "me")
    (one,) = kept(open_store(store))
    assert find(one.sha256[:6], store) == find(str(tmp_path / "entry.ttl"), store) == one
    with pytest.raises(CfmError, match=r"called 'other\.ttl'"):
        find("other.ttl", store)


def test_undo_goes_back_step_by_step(store: Path, tmp_path: Path) -> None:
    states = [default(store)]
    add([entry(tmp_path, MEETING, "1.ttl")], store, "me")
    states.append(default(store))
    add([entry(tmp_path, MEETING.replace("2030", "2031"), "2.ttl")], store, "me")
    states.append(default(store))
    remove("1.ttl", store, "me")
    assert undo(store).kind == "remove"
    assert default(store) == states[2]
    assert undo(store).kind == "add"
    assert default(store) == states[1]
    undo(store)
    assert default(store) == states[0]
    with pytest.raises(CfmError, match="nothing to undo"):
        undo(store)


def test_history_tells_who_and_when(store: Path, tmp_path: Path) -> None:
    add([entry(tmp_path, MEETING)], store, "me")
    remove("entry.ttl", store, "you")
    events = history("meeting/csto-cfm/2030-05-19", store)
    assert [(event.what, event.who, event.source) for event in events] == [
        ("added", "me", "entry.ttl"),
        ("removed", "you", "entry.ttl"),
    ]
    assert all(len(event.facts) == 4 for event in events)
    (article,) = history("<https://w3id.org/cfm-kg/id/chairmanship/csto/2021>", store)
    assert (article.what, article.source) == ("article", "a.txt")
    with pytest.raises(CfmError, match="nothing is known"):
        history("meeting/nowhere", store)


def test_entries_survive_a_build(tmp_path: Path) -> None:
    build = assemble([reading("a", about_meeting("2021-05-19"), published="2021-05-20")])
    out = tmp_path / "out"
    write_build(build, out)
    plain = (out / "graph.nq").read_bytes()
    add([entry(tmp_path, MEETING)], out / "store", "me")
    taken = entry(tmp_path, MEETING.replace("2030", "2031"), "taken.ttl")
    add([taken], out / "store", "me")
    remove("taken.ttl", out / "store", "you")
    before = {str(quad) for quad in open_store(out / "store")}
    write_build(build, out)
    assert {str(quad) for quad in open_store(out / "store")} == before
    assert b"meeting/csto-cfm/2030-05-19" in (out / "graph.ttl").read_bytes()
    assert b"2031-05-19" not in (out / "graph.ttl").read_bytes()
    undo(out / "store")
    assert any("2031-05-19" in line for line in default(out / "store"))
    shutil.rmtree(out / "store")
    write_build(build, out)
    assert {one.file for one in kept(open_store(out / "store"))} == {"entry.ttl", "taken.ttl"}
    shutil.rmtree(out / "entries")
    write_build(build, out)
    assert (out / "graph.nq").read_bytes() == plain


def test_an_entry_file_changed_by_hand_stops_the_build(tmp_path: Path) -> None:
    build = assemble([reading("a", about_meeting("2021-05-19"), published="2021-05-20")])
    write_build(build, tmp_path / "out")
    add([entry(tmp_path, MEETING)], tmp_path / "out" / "store", "me")
    (filed,) = Folder(tmp_path / "out" / "store").current()
    filed.path.write_text(HEAD + BAD, encoding="utf-8")
    with pytest.raises(CfmError, match="changed by hand"):
        write_build(build, tmp_path / "out")


def test_two_processes_do_not_change_a_store_at_once(store: Path, tmp_path: Path) -> None:
    with writing(store.parent), pytest.raises(CfmError, match="another process"):
        add([entry(tmp_path, MEETING)], store, "me")


# ------------------------------------------------------------------ killed while adding

CHILD = """
import os, signal, sys
from pathlib import Path
from cfm_kg.entries import change, folder, write
names = {module.__file__ for module in (change, folder, write)}
at, seen, commit = int(sys.argv[3]), 0, change._commit
def watch(frame, event, _):
    global seen
    if frame.f_code.co_filename in names:
        seen += 1
        if seen == at:
            os.kill(os.getpid(), signal.SIGKILL)
def watched(*given):
    sys.setprofile(watch)
    commit(*given)
change._commit = watched
done = change.add([Path(sys.argv[1])], Path(sys.argv[2]), "me")
sys.setprofile(None)
print(seen, done.accepted)
"""


def adding(path: Path, store: Path, at: int = 0) -> subprocess.Popen[str]:
    """A process that adds an entry, and kills itself at a step of its commit."""
    command = [sys.executable, "-c", CHILD, str(path), str(store), str(at)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def assert_all_or_nothing(path: Path, store: Path, before: set[str], whole: int) -> bool:
    """The store opens, holds the whole entry or nothing of it, and takes it in the end."""
    opened = open_store(store)
    held = [one for one in kept(opened) if not one.removed]
    new = default(store) - before
    assert len(new) == (whole if held else 0)
    sizes = Counter(
        sum(
            1
            for _ in opened.quads_for_pattern(None, None, None, ox.NamedNode(entry_graph(one.sha256) + part))
        )
        for one in held
        for part in ("", "/merged")
    )
    assert set(sizes) <= {whole}
    assert len(changes(opened)) == len(held)
    del opened
    assert add([path], store, "me").accepted
    assert len(default(store) - before) == whole
    (filed,) = Folder(store).current()
    assert filed.path.read_bytes() == path.read_bytes()
    assert not (Folder(store).root / ".pending").exists()
    return bool(held)


def test_killed_at_ten_points_the_store_holds_all_or_nothing(made: Path, tmp_path: Path) -> None:
    path = entry(tmp_path, MEETING)
    before = default(made / "store")

    def fresh(name: str) -> Path:
        return Path(shutil.copytree(made, tmp_path / name)) / "store"

    out, err = adding(path, fresh("whole")).communicate()
    steps = int(out.split()[0])
    assert steps > 50, err
    outcomes = []
    for number in range(POINTS):
        store = fresh(f"killed-{number}")
        process = adding(path, store, 1 + number * (steps - 1) // (POINTS - 1))
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        outcomes.append(assert_all_or_nothing(path, store, before, 4))
    assert set(outcomes) == {True, False}, "the points lie on one side of the commit"


def test_killed_while_a_large_entry_is_written(made: Path, tmp_path: Path) -> None:
    many = "".join(f'<person/p{n}> a cfm:Person ; rdfs:label "Person {n}"@en .\n' for n in range(200))
    path, before, chance = entry(tmp_path, many), default(made / "store"), random.Random(4)
    for number in range(3):
        store = Path(shutil.copytree(made, tmp_path / f"large-{number}")) / "store"
        process = adding(path, store)
        pending = Folder(store).root / ".pending"
        while not pending.exists() and process.poll() is None:
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.04))
        process.kill()
        process.communicate()
        assert_all_or_nothing(path, store, before, 400)
