"""A build by the workers of a Dask cluster, real processes, gives the bytes of the plain one."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from foreign import free_port, oxigraph
from generator import articles
from hypothesis import example, given
from hypothesis import strategies as st
from making import about_document, about_meeting
from needing import need, program
from typer.testing import CliRunner

from cfm_kg.building import build_folder
from cfm_kg.cli.app import app
from cfm_kg.cluster import BuiltParts, Settings, build_parts
from cfm_kg.cluster.engine import LOCAL, Engine
from cfm_kg.cluster.gathering import Gathered
from cfm_kg.cluster.job import Job
from cfm_kg.dates import PartialDate
from cfm_kg.errors import CfmError
from cfm_kg.fuse import Decision, Docket, Origin, Statement, Verdict, identify, load_decisions
from cfm_kg.parts import Folder, Manifest, faults, open_parts, read_manifest, write_manifest
from cfm_kg.parts.lines import graph_of, triple_of
from cfm_kg.remote import Connection, Endpoint
from cfm_kg.remote.parts import PartsPush, PartsRecord
from cfm_kg.remote.pull import pull
from cfm_kg.remote.roads import Update, find_road
from cfm_kg.store import nquads_lines, parse_file
from cfm_kg.vocab import CFM

POISON = "This is deadly."
PLANTED = f"""
import os, signal
from cfm_kg import reading

def read(source, whole=reading.read):
    if {POISON.encode()!r} in source.data:
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(source)

reading.read = read
"""
"""What any worker does as soon as it starts: from then on it dies of certain articles."""
DECISION = """@base <https://w3id.org/cfm-kg/id/> .
@prefix cfm: <https://w3id.org/cfm-kg/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<decision/a> a cfm:EditorialDecision ; cfm:verdict "correct" ;
    rdf:subject <{meeting}> ; rdf:predicate cfm:place ; rdf:object <place/astana> ;
    cfm:decidedBy "A. Editor" ; cfm:decidedOn "2026-02-01"^^xsd:date ; cfm:reason "So it is." .
<decision/b> a cfm:EditorialDecision ; cfm:verdict "wrong" ; rdf:subject <meeting/csto-cfm/1901-01-01> ;
    rdf:predicate cfm:place ; rdf:object <place/astana> ;
    cfm:decidedBy "A. Editor" ; cfm:decidedOn "2026-02-01"^^xsd:date ; cfm:reason "There was none." .
"""
SMALL = Settings(chunk=6, parts=5)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles, copies of them and files that cannot be read, and what the plain build makes of them."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "articles" / "more").mkdir(parents=True)
    for number, one in enumerate(articles(24, 7)):
        (folder / "articles" / f"{number:02}.txt").write_text(one.text)
    for copy, original in (("aa.txt", "03.txt"), ("more/zz.txt", "03.txt"), ("more/10.txt", "11.txt")):
        shutil.copy(folder / "articles" / original, folder / "articles" / copy)
    (folder / "articles" / "empty.txt").write_text(" ")
    rows = [json.dumps({"text": one.text, "title": f"Row {n}"}) for n, one in enumerate(articles(12, 8))]
    (folder / "articles" / "rows.jsonl").write_text("\n".join([*rows, "{broken"]))
    build_folder([str(folder / "articles")], folder / "plain", keep=False)
    return folder


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A scheduler with two worker processes, which die of certain articles."""
    need(_has("distributed"), "Dask", "pip install 'cfm-kg[cluster]'")
    import dask

    distributed: Any = import_module("distributed")
    planted = tmp_path_factory.mktemp("planted")
    (planted / "sitecustomize.py").write_text(PLANTED)
    path = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(planted), path]))
    settings = LOCAL | {"distributed.scheduler.allowed-failures": 1}
    try:
        with (
            dask.config.set(settings),
            distributed.LocalCluster(
                n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=60
            ) as cluster,
            distributed.Client(cluster) as client,
        ):
            yield client
    finally:
        os.environ["PYTHONPATH"] = path


def _has(module: str) -> bool:
    return find_spec(module) is not None


@pytest.fixture(scope="module")
def built(made: Path, client: Any) -> BuiltParts:
    return build_parts([str(made / "articles")], made / "parts", client, settings=SMALL)


def joined(folder: Folder, manifest: Manifest, kind: str = "graph") -> bytes:
    return b"".join(gzip.decompress(folder.read(part.name)) for part in manifest.of(kind))


def same(folder: Folder, manifest: Manifest, plain: Path) -> None:
    """Parts put together, and the report, are what the plain build wrote."""
    assert joined(folder, manifest) == (plain / "graph.nq").read_bytes()
    assert joined(folder, manifest, "claims") == (plain / "claims.jsonl").read_bytes()
    assert folder.read("report.json") == (plain / "report.json").read_bytes()
    texts = [json.loads(line) for line in joined(folder, manifest, "texts").split(b"\n")[:-1]]
    assert {f"{one['sha256']}.txt": one["text"] for one in texts} == {
        path.name: path.read_bytes().decode() for path in (plain / "texts").iterdir()
    }


# ---------------------------------------------------------------------- the same bytes


def test_two_workers_give_the_bytes_of_the_plain_build(made: Path, built: BuiltParts) -> None:
    folder = Folder.of(made / "parts")
    same(folder, built.manifest, made / "plain")
    assert len(built.manifest.of("graph")) == 5
    assert {one.name for one in built.unread} == {"empty.txt", "rows.jsonl#13"}
    assert built.manifest.counts["articles"] == 36
    assert list(faults(folder)) == []


def test_one_worker_reads_and_writes_wherever_fsspec_does(made: Path) -> None:
    import fsspec

    distributed: Any = import_module("distributed")
    memory = fsspec.filesystem("memory")
    memory.put(f"{made}/articles/", "/bucket/articles/", recursive=True)
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0"
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        found = build_parts(
            ["memory://bucket/articles"], "memory://bucket/out", client, settings=Settings(9), keep=False
        )
    folder = Folder.of("memory://bucket/out")
    same(folder, found.manifest, made / "plain")
    assert not any(name.startswith(".") for name in folder.names())
    memory.rm("/bucket", recursive=True)


def test_decisions_hold_as_in_the_plain_build(
    made: Path, built: BuiltParts, client: Any, tmp_path: Path
) -> None:
    quads = parse_file(made / "plain" / "graph.nq")
    meetings = {
        quad.subject.value
        for quad in quads
        if isinstance(quad.subject, ox.NamedNode)
        and (quad.predicate.value.endswith("#place") and quad.graph_name == ox.DefaultGraph())
    }
    (tmp_path / "ruled").mkdir()
    (tmp_path / "ruled" / "a.ttl").write_text(DECISION.format(meeting=min(meetings)))
    ruled = load_decisions([tmp_path / "ruled"])
    build_folder([str(made / "articles")], tmp_path / "plain", ruled, keep=False)
    shutil.copytree(made / "parts", tmp_path / "parts")
    found = build_parts([str(made / "articles")], tmp_path / "parts", client, ruled, SMALL)
    same(Folder.of(tmp_path / "parts"), found.manifest, tmp_path / "plain")
    assert [iri.rpartition("/")[2] for iri, _ in found.problems] == ["b"]
    assert found.manifest.basis != built.manifest.basis
    there = {path.name for path in (tmp_path / "parts" / "graph").iterdir()}
    assert there == {part.name.partition("/")[2] for part in found.manifest.of("graph")}


@given(
    said=st.lists(
        st.tuples(
            st.sampled_from("abcdef"),
            st.sampled_from(["2021-05-19", "2021-05", "2021-06-18"]),
            st.sampled_from(["Held", "Planned", "Postponed"]),
            st.sampled_from(["on-trade", "on-trades", "trade-on"]),
            st.integers(1, 3),
        ),
        max_size=14,
    )
)
@example(
    [(one, "2021-05-19", "Held", "on-trade", 1) for one in "abc"] + [("d", "2021-05", "Held", "on-trade", 1)]
)
def test_names_follow_from_what_is_held_of_equal_statements(
    said: list[tuple[str, str, str, str, int]],
) -> None:
    by_article: dict[str, list[Statement]] = defaultdict(list)
    for article, day, status, title, published in said:
        origin = Origin(article, article, date(2021, 4, published))
        facts = about_meeting(day, meetingStatus=CFM(status)) + about_document(day, title, title)
        by_article[article] += [
            Statement(*fact, origin, f"{article}/{len(by_article[article])}/{n}")
            for n, fact in enumerate(facts)
        ]
    wrong = Decision("d", Verdict.WRONG, "x", PartialDate.parse("2022"), "", claims=("a/0/1", "c/0/1"))
    gathered = Gathered({"a/0/1", "c/0/1"})
    for article in reversed(by_article):
        gathered.add(article, by_article[article])
    every = [one for _, statements in sorted(by_article.items()) for one in statements]
    for decisions in ((), (wrong,)):
        expected, found = (
            identify(some, Docket.of_all(decisions), frozenset(), frozenset(), {})
            for some in (every, gathered.statements())
        )
        assert found == expected


# ---------------------------------------------------------------------- what goes wrong


def test_a_killed_worker_changes_no_byte(made: Path, client: Any, tmp_path: Path) -> None:
    left = {"reading", "sharing out", "fusing"}

    def watch(what: str, done: int, total: int) -> None:
        """Kill a worker, without warning, when something of a stage is done."""
        if what in left and done:
            left.remove(what)
            os.kill(max(client.run(os.getpid).values()), signal.SIGKILL)

    settings = Settings(chunk=3, parts=5)
    found = build_parts([str(made / "articles")], tmp_path / "out", client, settings=settings, watch=watch)
    assert not left
    same(Folder.of(tmp_path / "out"), found.manifest, made / "plain")


def test_a_result_lost_before_it_is_fetched_is_made_again(client: Any) -> None:
    """Both workers die when all is done, and only one result has been fetched."""
    lost = set[str]()

    def watch(what: str, done: int, total: int) -> None:
        if done != 1:
            return
        every = client.futures
        wait_for(lambda: all(one.status == "finished" for one in every.values()))
        for pid in client.run(os.getpid).values():
            os.kill(pid, signal.SIGKILL)
        wait_for(lambda: any(one.status == "lost" for one in every.values()))
        lost.update(key for key, one in every.items() if one.status == "lost")

    assert Engine(client, watch).run("trying", abs, [(-number,) for number in range(8)]) == [*range(8)]
    assert lost


def wait_for(done: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not done():
        assert time.monotonic() < until
        time.sleep(0.002)


def test_a_killed_client_is_resumed(made: Path, client: Any, tmp_path: Path) -> None:
    out, read = tmp_path / "out", tmp_path / "out" / ".cache" / "cluster" / "read"
    command = [sys.executable, "-c", "from cfm_kg.cli import main; main()", "build", str(made / "articles")]
    command += ["--out", str(out), "--chunk", "3", "--parts", "5", "--scheduler", client.scheduler.address]
    environment = os.environ | {"PYTHONPATH": os.environ["PYTHONPATH"].partition(os.pathsep)[2]}
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        until = time.monotonic() + 120
        while not read.exists() or len(list(read.iterdir())) < 2:
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.01)
        process.kill()
    time.sleep(0.2)  # a task that runs on ends: its file counts, too
    done = {path.name: path.stat().st_mtime_ns for path in read.iterdir() if "." not in path.name}
    assert 2 <= len(done) < 10
    assert not (out / "manifest.json").exists()
    settings = Settings(chunk=3, parts=5)
    found = build_parts([str(made / "articles")], out, client, settings=settings)
    assert {path.name: path.stat().st_mtime_ns for path in read.iterdir() if path.name in done} == done
    same(Folder.of(out), found.manifest, made / "plain")


def test_an_interrupted_build_makes_nothing_again(made: Path, client: Any, tmp_path: Path) -> None:
    def interrupt(what: str, done: int, total: int) -> None:
        if what == "reporting":
            raise KeyboardInterrupt

    def times() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}

    out = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        build_parts([str(made / "articles")], out, client, settings=SMALL, watch=interrupt)
    done = {path: when for path, when in times().items() if not path.name.startswith(".")}
    assert {path.parent.name for path in done} >= {"read", "say", "fuse", "settle", "part", "graph"}
    found = build_parts([str(made / "articles")], out, client, settings=SMALL)
    again = [path for path, when in times().items() if path in done and done[path] != when]
    assert [path.name for path in again] in ([], ["report.json"])
    same(Folder.of(out), found.manifest, made / "plain")


def test_a_poisoned_article_costs_itself_only(made: Path, client: Any, tmp_path: Path) -> None:
    shutil.copytree(made / "articles", tmp_path / "articles")
    (tmp_path / "articles" / "05b.txt").write_text(f"{next(articles(1, 9)).text}\n\n{POISON}")
    found = build_parts([str(tmp_path / "articles")], tmp_path / "out", client, settings=SMALL)
    (refused,) = [one for one in found.unread if one.name == "05b.txt"]
    assert "died" in refused.reason
    assert found.manifest.counts["unread"] == 3
    assert joined(Folder.of(tmp_path / "out"), found.manifest) == (made / "plain" / "graph.nq").read_bytes()
    assert refused.reason in (tmp_path / "out" / "report.json").read_text()


def test_what_was_built_is_not_built_again_unless_it_is_damaged(
    made: Path, built: BuiltParts, client: Any, tmp_path: Path
) -> None:
    out = Path(shutil.copytree(made / "parts", tmp_path / "parts"))
    again = build_parts([str(made / "articles")], out, client, settings=SMALL)
    assert (again.anew, again.manifest) == (False, built.manifest)
    (out / built.manifest.parts[1].name).unlink()
    for path in (out / ".cache" / "cluster" / "read").iterdir():
        path.write_bytes(path.read_bytes()[:-9] + b"otherwise")
    mended = build_parts([str(made / "articles")], out, client, settings=SMALL)
    assert (mended.anew, mended.manifest) == (True, built.manifest)
    assert list(faults(Folder.of(out))) == []


def test_workers_of_another_version_are_refused(client: Any, tmp_path: Path) -> None:
    job = Job(str(tmp_path), "00")
    with pytest.raises(CfmError, match="another version"):
        client.submit(job.check).result()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["--cluster", "two"], "no cluster"),
        (["--cluster", "local:2", "--watch"], "does not watch"),
        (["--scheduler", "tcp://127.0.0.1:1"], "does not answer"),
        (["--cluster", "local:1", "--out", "plain"], "with a store"),
        (["--cluster", "local:1", "https://example.org/a.html"], "object stores only"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told(
    made: Path, monkeypatch: pytest.MonkeyPatch, asked: list[str], told: str
) -> None:
    @contextmanager
    def connected(scheduler: str | None, workers: int | None) -> Iterator[None]:
        yield None

    monkeypatch.chdir(made)
    monkeypatch.setattr("cfm_kg.cluster.engine._PATIENCE", 0.2)
    if "local:1" in asked:
        monkeypatch.setattr("cfm_kg.cluster.connected", connected)
    done = CliRunner().invoke(app, ["build", *asked])
    assert done.exit_code == 2
    assert told in done.stderr


# ---------------------------------------------------------------------- parts


def test_lines_are_taken_apart_as_a_parser_does(made: Path) -> None:
    s, p, g = (ox.NamedNode(f"http://e/{name}") for name in "spg")
    nasty = ["", "a b", "<http://e/x>", "a <http://e/x>", 'x "<http://e/x> .', "é <b>\\", "two\nlines <a> ."]
    values: list[Any] = [ox.Literal(text) for text in nasty]
    values += [ox.Literal(text, language="en") for text in nasty] + [p]
    values += [ox.Literal(text, datatype=ox.NamedNode("http://e/t")) for text in nasty]
    quads = [ox.Quad(s, p, value, graph) for value in values for graph in (g, ox.DefaultGraph())]
    quads += parse_file(made / "plain" / "graph.nq")
    for quad in quads:
        (line,) = nquads_lines([quad])
        named = isinstance(quad.graph_name, ox.NamedNode)
        assert graph_of(line).decode() == (str(quad.graph_name) if named else "")
        assert triple_of(line).decode() == f"{quad.triple} ."


Damage = Callable[[Path, Manifest], None]


def _flipped(folder: Path, manifest: Manifest) -> None:
    path = folder / manifest.parts[1].name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _gone(folder: Path, manifest: Manifest) -> None:
    (folder / manifest.parts[0].name).unlink()


def _relined(folder: Path, manifest: Manifest, edit: Callable[[list[bytes]], list[bytes]]) -> None:
    """Lines of a part edited, and all sums in the manifest made to fit."""
    part = manifest.parts[1]
    lines = edit(gzip.decompress((folder / part.name).read_bytes()).split(b"\n")[:-1])
    data = b"".join(line + b"\n" for line in lines)
    small = gzip.compress(data)
    (folder / part.name).write_bytes(small)
    sums = (sha256(data).hexdigest(), sha256(small).hexdigest())
    new = replace(part, sha256=sums[0], compressed_sha256=sums[1], compressed_bytes=len(small))
    parts = (manifest.parts[0], new, *manifest.parts[2:])
    write_manifest(Folder.of(folder), replace(manifest, parts=parts))


def _swapped(folder: Path, manifest: Manifest) -> None:
    first, second, *rest = manifest.parts
    write_manifest(Folder.of(folder), replace(manifest, parts=(second, first, *rest)))


def _reported(folder: Path, manifest: Manifest) -> None:
    (folder / "report.json").write_text("{}")


DAMAGE: dict[str, Damage] = {
    "are not those that were written": _flipped,
    "tells of is missing": _gone,
    "do not follow those": _swapped,
    "not N-Quads": lambda folder, one: _relined(folder, one, lambda lines: [*lines[:-1], lines[-1] + b" <"]),
    "has no name": lambda folder, one: _relined(
        folder, one, lambda lines: [*lines[:-1], b"<http://e/s> <http://e/p> _:b <http://e/g> ."]
    ),
    "lines, and the manifest says": lambda folder, one: _relined(folder, one, lambda lines: lines[1:]),
    "report.json: its bytes": _reported,
}


@pytest.mark.parametrize("told", DAMAGE)
def test_damaged_parts_are_found(made: Path, built: BuiltParts, tmp_path: Path, told: str) -> None:
    ignored = shutil.ignore_patterns(".cache")
    folder = Path(shutil.copytree(made / "parts", tmp_path / "parts", ignore=ignored))
    assert CliRunner().invoke(app, ["verify", "--store", str(folder)]).exit_code == 0
    DAMAGE[told](folder, open_parts(Folder.of(folder)))
    done = CliRunner().invoke(app, ["verify", "--store", str(folder)])
    assert done.exit_code == 1
    assert told in done.stdout


def test_a_manifest_of_another_kind_is_refused(tmp_path: Path) -> None:
    assert read_manifest(Folder.of(tmp_path)) is None
    for text, told in (("{}", "no manifest"), ("[", "no manifest")):
        (tmp_path / "manifest.json").write_text(text)
        with pytest.raises(CfmError, match=told):
            read_manifest(Folder.of(tmp_path))


def test_a_bulk_loader_takes_the_parts(made: Path, built: BuiltParts, tmp_path: Path) -> None:
    name = program("oxigraph", "pip install 'cfm-kg[dev]'", Path(sys.executable).parent)
    files = [str(made / "parts" / part.name) for part in built.manifest.of("graph")]
    subprocess.run([name, "load", "--location", str(tmp_path / "db"), "--file", *files], check=True)
    assert set(ox.Store.read_only(str(tmp_path / "db"))) == set(parse_file(made / "plain" / "graph.nq"))


def test_parts_arrive_in_a_store_and_an_interrupted_push_goes_on(
    made: Path, built: BuiltParts, tmp_path: Path
) -> None:
    folder, record = Folder.of(made / "parts"), tmp_path / "record"
    with oxigraph(tmp_path) as server:
        road = find_road(server.query, server.connection())
        assert isinstance(road, Update)

        def push() -> PartsPush:
            endpoint = Endpoint(server.query, server.connection())
            return PartsPush(folder, built.manifest, endpoint, road, PartsRecord(record, server.query), 5000)

        def cut(done: int, total: int) -> None:
            if len(PartsRecord(record, server.query).arrived) == 2:
                raise CfmError("the cable is cut")

        with pytest.raises(CfmError, match="cable"):
            push().run(sent=cut)
        done = push().run()
        assert (done.parts, done.facts_graph) == (3, None)
        held = sorted(nquads_lines(pull(Endpoint(server.query, Connection()))))
        assert b"".join(line + b"\n" for line in held) == (made / "plain" / "graph.nq").read_bytes()
        assert push().run().parts == 0

        record.unlink()
        with pytest.raises(CfmError, match=r"were not pushed from here[\s\S]*--whole"):
            push().run()
        options = ["--store", str(made / "parts"), "--record", str(record), "--batch", "5000"]
        pushed = CliRunner().invoke(app, ["push", server.query, *options, "--whole"])
        assert pushed.exit_code == 0, pushed.stderr
        assert f"5 parts sent; {server.query} holds {built.manifest.counts['statements']}" in pushed.stderr


def test_an_object_store_serves_as_source_and_result(made: Path, client: Any, tmp_path: Path) -> None:
    need(_has("moto") and _has("s3fs"), "an S3 server", "pip install 'cfm-kg[dev]'")
    import fsspec
    from moto.server import ThreadedMotoServer

    port, plain = free_port(), tmp_path / "plain"
    server = ThreadedMotoServer("127.0.0.1", port, verbose=False)
    server.start()
    settings = {
        "FSSPEC_S3_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "FSSPEC_S3_KEY": "test",
        "FSSPEC_S3_SECRET": "test",
    }
    try:
        _configured(settings)
        client.run(_configured, settings)
        store = fsspec.filesystem("s3")
        store.mkdir("news")
        store.put([f"{made}/articles/{name}" for name in ("03.txt", "aa.txt", "11.txt")], "news/articles/")
        found = build_parts(["s3://news/articles"], "s3://news/out", client, settings=Settings(2, 2))
        build_folder([str(made / "articles" / name) for name in ("03.txt", "aa.txt", "11.txt")], plain)
        same(Folder.of("s3://news/out"), found.manifest, plain)
        assert CliRunner().invoke(app, ["verify", "--store", "s3://news/out"]).exit_code == 0
    finally:
        server.stop()


def _configured(settings: dict[str, str]) -> None:
    """Take the environment variables by which users tell fsspec of their object store."""
    from fsspec.config import conf, set_conf_env

    set_conf_env(conf, settings)
