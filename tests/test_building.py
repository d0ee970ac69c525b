"""Building a folder again gives the bytes of a fresh build, whatever changed in between."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest
from generator import articles

from cfm_kg.building import Built, NothingReadError, build_folder, write_build
from cfm_kg.building.workers import Crew
from cfm_kg.errors import CfmError
from cfm_kg.fuse import Decision, load_decisions
from cfm_kg.ingest import sources
from cfm_kg.pipeline import assemble, read_all
from cfm_kg.quads import triples
from cfm_kg.store import open_store, writing

ROOT = Path(__file__).parent.parent
TEXTS = [one.text for one in articles(12, 11)]
CACHE = Path(".cache", "build.sqlite")
DECISION = """@base <https://w3id.org/cfm-kg/id/> .
@prefix cfm: <https://w3id.org/cfm-kg/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<decision/a> a cfm:EditorialDecision ; cfm:verdict "{verdict}" ; {terms}
    cfm:decidedBy "A. Editor" ; cfm:decidedOn "2026-02-01"^^xsd:date ; cfm:reason "So it is." .
"""


def shown(folder: Path) -> dict[str, bytes]:
    """The bytes of all files of a build that people look at, and what its store holds."""
    left_out = {"store", ".cache", ".lock", "entries"}
    found = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not left_out & set(path.relative_to(folder).parts)
    }
    return found | {"store": "\n".join(sorted(map(str, open_store(folder / "store")))).encode()}


def build(folder: Path, out: Path, decisions: tuple[Decision, ...] = (), keep: bool = True) -> Built:
    return build_folder([str(folder)], out, decisions, keep=keep)


def same(folder: Path, grown: Path, scratch: Path, decisions: tuple[Decision, ...] = ()) -> None:
    """What grew is what a fresh build gives."""
    expected, found = fresh(folder, decisions, scratch), shown(grown)
    assert {name for name in expected if "/" not in name} >= {"graph.nq", "graph.ttl", "graph.trig", "store"}
    assert found.keys() == expected.keys()
    assert [name for name in expected if expected[name] != found[name]] == []


_FRESH: dict[object, dict[str, bytes]] = {}


def fresh(folder: Path, decisions: tuple[Decision, ...], scratch: Path) -> dict[str, bytes]:
    """What a fresh build of these articles under these decisions gives; it is built once."""
    articles = tuple(sorted((path.name, path.read_bytes()) for path in folder.iterdir()))
    if (articles, decisions) not in _FRESH:
        out = scratch / f"fresh-{len(_FRESH)}"
        build(folder, out, decisions, keep=False)
        _FRESH[articles, decisions] = shown(out)
    return _FRESH[articles, decisions]


def same_in_memory(folder: Path, scratch: Path, decisions: tuple[Decision, ...] = ()) -> None:
    """What a fresh build gives is what is assembled in memory."""
    assembled = assemble(read_all(sources([str(folder)])), decisions=decisions)
    write_build(assembled, scratch / "memory")
    expected, found = fresh(folder, decisions, scratch), shown(scratch / "memory")
    assert [name for name in expected if expected[name] != found[name]] == []


@pytest.fixture(autouse=True)
def _however_many_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are changed in place, not written anew, though most changed and files are small."""
    monkeypatch.setattr("cfm_kg.building.build._MANY", 99)
    monkeypatch.setattr("cfm_kg.building.sorted_files._LARGE", 1000)  # such as large files have


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six articles, and what was built of them."""
    made = tmp_path_factory.mktemp("once")
    (made / "articles").mkdir()
    for number, text in enumerate(TEXTS[:6]):
        (made / "articles" / f"{number}.txt").write_text(text)
    build(made / "articles", made / "grown")
    return made


@pytest.fixture
def folder(once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(once / "articles", tmp_path / "articles"))


@pytest.fixture
def grown(once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(once / "grown", tmp_path / "grown"))


def varied(text: str, random: Random) -> str:
    """The text as another outlet may have it: another place, day or person, or a sentence more."""
    changes = [("Minsk", "Dushanbe"), ("Moscow", "Yerevan"), ("May", "June"), ("2019", "2020"), ("2", "3")]
    old, new = random.choice(changes)
    more = "\n\nThe ministers adopted a statement on Afghanistan."
    return text.replace(old, new) + random.choice(["", more])


def changed_somehow(folder: Path, random: Random) -> None:
    files = sorted(folder.glob("*.txt"))
    one, name = random.choice(files), folder / f"{random.randrange(1000)}.txt"
    step: Callable[[], object] = random.choice(
        [
            lambda: name.write_text(random.choice(TEXTS)),
            lambda: name.write_text(varied(one.read_text(), random)),
            lambda: one.write_text(varied(one.read_text(), random)),
            lambda: one.rename(name),
            lambda: one.unlink() if len(files) > 2 else None,
        ]
    )
    step()


@pytest.mark.parametrize("seed", range(2))
def test_any_changes_end_as_a_fresh_build(folder: Path, grown: Path, tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    for _ in range(4):
        for _ in range(random.randrange(3)):
            changed_somehow(folder, random)
        assert not build(folder, grown).anew
    same(folder, grown, tmp_path)
    same_in_memory(folder, tmp_path)


def test_only_what_changed_is_done_again(folder: Path, tmp_path: Path) -> None:
    first = build(folder, tmp_path / "grown")
    assert (first.articles, first.read, first.changed, first.anew) == (6, 6, 6, True)
    (folder / "1.txt").write_text(TEXTS[7])
    second = build(folder, tmp_path / "grown")
    assert (second.articles, second.read, second.changed, second.gone, second.anew) == (6, 1, 1, 1, False)
    third = build(folder, tmp_path / "grown")
    assert (third.read, third.changed, third.gone, third.anew) == (0, 0, 0, False)
    same(folder, tmp_path / "grown", tmp_path)


def test_decisions_may_come_and_go(folder: Path, grown: Path, tmp_path: Path) -> None:
    merged = open_store(grown / "store").quads_for_pattern(None, None, None, ox.DefaultGraph())
    place = ox.NamedNode("https://w3id.org/cfm-kg/ontology#place")
    meeting = min(str(subject) for subject, predicate, _ in triples(merged) if predicate == place.value)
    terms = f"rdf:subject <{meeting}> ; rdf:predicate cfm:place ; rdf:object <place/astana> ;"
    (tmp_path / "ruled").mkdir()
    (tmp_path / "ruled" / "a.ttl").write_text(DECISION.format(verdict="correct", terms=terms))
    ruled = load_decisions([tmp_path / "ruled"])
    built = build(folder, grown, ruled)
    assert [outcome.applied for outcome in built.summary.decisions] == [True]
    assert built.read == 0
    same(folder, grown, tmp_path, ruled)
    same_in_memory(folder, tmp_path, ruled)
    (folder / "2.txt").write_text(varied(TEXTS[2], Random(1)))
    build(folder, grown)
    same(folder, grown, tmp_path)


@pytest.mark.parametrize("damage", ["garbage", "cut", "foreign", "flipped", "old", "gone"])
def test_a_damaged_cache_is_never_believed(folder: Path, grown: Path, tmp_path: Path, damage: str) -> None:
    path = grown / CACHE
    content = path.read_bytes()
    if damage == "garbage":
        path.write_bytes(b"no database at all" * 100)
    elif damage == "cut":
        path.write_bytes(content[: len(content) // 2])
    elif damage == "gone":
        path.unlink()
    else:
        with sqlite3.connect(path) as db:
            if damage == "foreign":
                db.execute("DROP TABLE part")
                db.execute("CREATE TABLE part(a, b)")
            elif damage == "flipped":
                db.execute("UPDATE part SET told = zeroblob(40)")
                db.execute("UPDATE reading SET telling = X'00112233445566778899AABB'")
            else:
                db.execute("UPDATE meta SET value = X'00' WHERE name = 'version'")
        db.close()
    (folder / "1.txt").write_text(TEXTS[8])
    build(folder, grown)
    same(folder, grown, tmp_path)


def test_files_that_somebody_touched_are_written_again(folder: Path, grown: Path, tmp_path: Path) -> None:
    (grown / "graph.trig").write_bytes(b"mine now")
    next((grown / "texts").iterdir()).unlink()
    (folder / "1.txt").write_text(TEXTS[9])
    build(folder, grown)
    same(folder, grown, tmp_path)
    store = ox.Store(str(grown / "store"))
    del store
    (grown / "store" / "BUILD").unlink()
    assert build(folder, grown).anew
    same(folder, grown, tmp_path)


def test_a_killed_build_leaves_the_last_result(folder: Path, grown: Path, tmp_path: Path) -> None:
    before = shown(grown)
    for number, text in enumerate(TEXTS[6:], 6):
        (folder / f"{number}.txt").write_text(text)
    code = (
        "import os, signal, sys; from pathlib import Path; from cfm_kg.building import build_folder, files\n"
        "def killed(*args): os.kill(os.getpid(), signal.SIGKILL)\n"
        "files.put_in_place = killed\n"
        "build_folder([sys.argv[1]], Path(sys.argv[2]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(folder), str(grown)], check=False)
    assert done.returncode == -signal.SIGKILL
    left = shown(grown)
    assert all(left[name] == before[name] for name in before if not name.startswith("texts"))
    again = build(folder, grown)
    assert (again.read, again.anew) == (0, True)
    same(folder, grown, tmp_path)
    assert not list(grown.glob(".new-*"))


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Tests that run in the background of a shell ignore the signal."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("stage", ["Grouping", "Merging files"])
def test_an_interrupted_build_goes_on(folder: Path, grown: Path, tmp_path: Path, stage: str) -> None:
    """Interrupted in whatever stage, a build leaves the last result, and the next one reads nothing again."""
    before, told = shown(grown), list[str]()

    def interrupt(what: str, done: int, of: int) -> None:
        told.append(what)
        if what == stage:
            os.kill(os.getpid(), signal.SIGINT)

    for number, text in enumerate(TEXTS[6:], 6):
        (folder / f"{number}.txt").write_text(text)
    (grown / "graph.ttl").write_text("")  # so that all files are written anew
    with pytest.raises(KeyboardInterrupt):
        build_folder([str(folder)], grown, watch=interrupt)
    left = shown(grown) | {"graph.ttl": before["graph.ttl"]}
    assert all(left[name] == before[name] for name in before if not name.startswith("texts"))
    assert not list(grown.glob(".new-*"))
    assert told[0] == "Reading articles"
    assert build(folder, grown).read == 0
    same(folder, grown, tmp_path)


def test_a_second_writer_is_told_who_writes(folder: Path, tmp_path: Path) -> None:
    with writing(tmp_path / "grown"):
        code = "import sys; from cfm_kg.cli import main; main(sys.argv[1:])"
        asked = [sys.executable, "-c", code, "build", str(folder), "--out", str(tmp_path / "grown")]
        done = subprocess.run(asked, check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert "another process is writing to this folder" in done.stderr
    assert str(os.getpid()) in done.stderr
    assert build(folder, tmp_path / "grown").articles == 6


def test_nothing_to_build_leaves_no_folder(tmp_path: Path) -> None:
    with pytest.raises(NothingReadError):
        build(tmp_path / "absent", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_no_store_is_not_replaced(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "grown" / "store").mkdir(parents=True)
    (tmp_path / "grown" / "store" / "thesis.doc").write_text("mine")
    with pytest.raises(CfmError, match="not a store"):
        build(folder, tmp_path / "grown")


def test_few_tasks_start_no_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("processes were started")

    monkeypatch.setattr("cfm_kg.building.workers._pool", refuse)
    with Crew(2) as crew:
        assert list(crew.each(abs, [-3, -2, -1])) == [3, 2, 1]
        with pytest.raises(AssertionError, match="were started"):
            list(crew.each(abs, range(-9, 0)))


def test_something_is_done_while_a_process_works_apart() -> None:
    """Step by step, until it ends; what is left of it is there for whoever goes on."""
    steps, left = list[int](), iter(range(1_000_000))

    def meanwhile() -> Iterator[None]:
        for step in left:
            steps.append(step)
            time.sleep(0.01)
            yield

    with Crew(2) as crew:
        assert crew.apart(abs, -3, meanwhile()) == 3
        assert steps == [*range(len(steps))]
        assert 0 < len(steps) == next(left)
        with pytest.raises(CfmError, match="died"):
            crew.apart(os._exit, 1, iter(range(9)))


def test_what_is_rendered_while_names_are_settled_is_not_rendered_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rendering begins before names are known, and goes on where it stopped."""
    steps = list[str]()

    def apart(
        crew: Crew, function: Callable[[object], object], task: object, meanwhile: Iterator[None]
    ) -> object:
        next(meanwhile)
        next(meanwhile)
        steps.append("named")
        return function(task)

    def one(crew: Crew, function: Callable[[object], object], task: tuple[object, str, object]) -> object:
        steps.append(task[1])
        return function(task)

    build(folder, tmp_path / "plain", keep=False)
    monkeypatch.setattr("cfm_kg.building.growth._MANY", 1)
    monkeypatch.setattr("cfm_kg.building.writing._ARTICLES", 2)
    monkeypatch.setattr(Crew, "apart", apart)
    monkeypatch.setattr(Crew, "one", one)
    build(folder, tmp_path / "beside")
    assert steps == ["article-0", "article-1", "named"]
    assert shown(tmp_path / "beside") == shown(tmp_path / "plain")


def test_an_article_that_kills_its_process_costs_itself_only(tmp_path: Path) -> None:
    made, many = tmp_path / "articles", tmp_path / "many"
    made.mkdir()
    for number in range(24):
        (made / f"{number}.txt").write_text(TEXTS[number % 12] + f"\n\nThis is copy {number}.")
    poison = tmp_path / "poison.py"
    poison.write_text(KILLING)
    subprocess.run([sys.executable, str(poison), str(made), str(many)], check=True, timeout=300)
    (unread,) = json.loads((many / "report.json").read_text())["unread"]
    assert unread["name"] == "14.txt"
    assert "died" in unread["reason"]
    again = build(made, many)
    assert (again.articles, again.read) == (24, 1)
    build(made, tmp_path / "one", keep=False)
    assert shown(many) == shown(tmp_path / "one")


KILLING = """
import os, signal, sys
from pathlib import Path
from cfm_kg.building import articles, build_folder, growth, settlement, workers, writing

def read_rows(chunk):
    "Kill the process that reads a certain article."
    if any("copy 14." in source.data.decode() for _, source in chunk):
        os.kill(os.getpid(), signal.SIGKILL)
    return articles.read_rows(chunk)

if __name__ == "__main__":
    workers.read_rows = read_rows
    workers._FEW = workers._CHUNK = workers._MUCH = 9
    growth._MANY = writing._ARTICLES = writing._PARTS = 9
    settlement._READINGS = settlement._GROUPS = 9
    settlement._SAID = settlement._FUSED = 2_000
    build_folder([sys.argv[1]], Path(sys.argv[2]), workers=2)
"""


@pytest.mark.parametrize(("many", "gone"), [(0, True), (5000, False)])
def test_processes_that_read_many_give_back_their_memory(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int, gone: bool
) -> None:
    told = list[str]()
    monkeypatch.setattr("cfm_kg.building.workers._MUCH", many)
    monkeypatch.setattr("cfm_kg.building.workers.Crew.dismiss", lambda _: told.append("dismissed"))
    build_folder([str(folder)], tmp_path / "out", watch=lambda what, *_: told.append(what))
    merging = told.index("Merging files")
    assert ("dismissed" in told[: told.index("Grouping")]) is gone
    assert ("dismissed" in told[told.index("Grouping") : merging]) is gone


BUILD = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from cfm_kg.building import build_folder
for out in sys.argv[3:]:
    built = build_folder([sys.argv[2]], Path(out))
    print(built.read, built.anew)
"""


def test_another_registry_means_another_build(folder: Path, tmp_path: Path) -> None:
    """In a copy of the project places get other labels between two builds: all is read again."""
    root, grown, fresh = tmp_path / "project", tmp_path / "grown", tmp_path / "fresh"
    for part in ("cfm_kg", "ontology", "shapes", "queries", "seeds"):
        shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))

    def built(*outs: Path) -> list[str]:
        command = [sys.executable, "-I", "-c", BUILD, *map(str, (root, folder, *outs))]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout.splitlines()

    assert built(grown, grown) == ["6 True", "0 False"]
    before = shown(grown)
    places = root / "seeds" / "registry" / "places.ttl"
    old = places.read_text(encoding="utf-8")
    new = re.sub(r'(rdfs:label "[^"]+)"@en', r'\1 City"@en', old)
    assert new != old
    places.write_text(new, encoding="utf-8")
    assert built(grown, fresh) == ["6 True", "6 True"]
    after = shown(grown)
    assert after == shown(fresh)
    assert {name for name in after if after[name] != before.get(name)} >= {"graph.nq", "graph.ttl", "store"}


def test_after_much_work_others_do_what_is_left() -> None:
    with Crew(2) as crew:
        before = set(crew.each(_process, range(8)))
        crew.relieve(10_000)
        after = set(crew.each(_process, range(3)))
        assert not after & (before | {os.getpid()})


def _process(task: int) -> int:
    return os.getpid()
