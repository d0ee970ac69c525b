"""The server as a whole: it starts, tells how it fares, refuses what is too much, and stops."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import httpx
import pyoxigraph as ox
import pytest
from openapi_spec_validator import validate
from serving import Served, serving
from starlette.routing import Route

from cfm_kg.cli import main
from cfm_kg.query import catalogue
from cfm_kg.serve.app import GROUPS
from cfm_kg.serve.openapi import document
from cfm_kg.serve.settings import Settings
from cfm_kg.store import parse_file, write_store

SMALL = Path(__file__).parent / "data" / "queries.trig"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o . ?p ?q ?r }"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
RUNNING = 'cfm_kg_readers_running{pool="queries"}'
PATIENCE = 60


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small") / "store"
    write_store(parse_file(SMALL), folder)
    return folder


@pytest.fixture(scope="module")
def narrow(store: Path) -> Iterator[Served]:
    """A server that allows little."""
    options = ("--parallel", "1", "--timeout", "1", "--max-rows", "9", "--max-request", "1")
    with serving(store, *options) as server:
        yield server


@pytest.fixture(scope="module")
def wide(store: Path) -> Iterator[Served]:
    """A server that allows a good deal, but answers of one megabyte only."""
    with serving(store, "--parallel", "2", "--max-answer", "1", "--memory", "400") as server:
        yield server


def ask(server: Served, query: str, accept: str = "*/*") -> httpx.Response:
    return server.client.get("sparql", params={"query": query}, headers={"Accept": accept})


@contextlib.contextmanager
def endless(server: Served) -> Iterator[None]:
    """A client that asks what has no end, and leaves when the block ends."""
    where = urlsplit(server.url)
    with socket.create_connection((where.hostname, where.port or 80)) as connection:
        target = "/sparql?" + urlencode({"query": ENDLESS})
        connection.sendall(f"GET {target} HTTP/1.1\r\nHost: {where.netloc}\r\n\r\n".encode())
        wait_until(lambda: figure(server, RUNNING) == 1)
        yield


def figure(server: Served, name: str) -> float:
    lines = server.client.get("metrics").text.splitlines()
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(name))


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.02)


def readers(server: Served) -> list[int]:
    told = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(server.process.pid)], capture_output=True, text=True, check=False
    )
    return [int(pid) for pid in told.stdout.split()]


def niceness(pid: int) -> int | None:
    """How far a process makes way; None where it has ended since it was listed."""
    try:
        return os.getpriority(os.PRIO_PROCESS, pid)
    except ProcessLookupError:
        return None


def gone(pids: list[int]) -> bool:
    return not any(Path(f"/proc/{pid}/stat").exists() and not _dead(pid) for pid in pids)


def _dead(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


# ------------------------------------------------------------------ how it fares


def test_health_and_headers(wide: Served) -> None:
    answer = wide.client.get("health")
    assert answer.json() == {"status": "ok", "running": 0, "waiting": 0}
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "server" not in answer.headers


def test_metrics_count_requests(wide: Served) -> None:
    name = 'cfm_kg_http_requests_total{method="GET",route="health",status="200"}'
    before = figure(wide, name)
    wide.client.get("health")
    assert figure(wide, name) == before + 1
    assert figure(wide, 'cfm_kg_readers_memory_bytes{pool="queries"}') > 1_000_000


def test_requests_are_logged_unless_not_wanted(wide: Served, narrow: Served, store: Path) -> None:
    wide.client.get("health?logged")
    wait_until(lambda: any("/health?logged" in line for line in wide.log))
    with serving(store, "--parallel", "1", "--no-log") as quiet:
        quiet.client.get("health?logged")
    assert not any("logged" in line for line in quiet.log)


def test_what_is_not_there(wide: Served) -> None:
    answer = wide.client.get("nothing")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/plain")


# ------------------------------------------------------------------ OpenAPI


def test_openapi_is_valid_and_whole(wide: Served) -> None:
    told = wide.client.get("openapi.json").json()
    validate(told)
    assert told["servers"] == [{"url": wide.url.rstrip("/")}]
    for name in catalogue():
        assert f"/queries/{name}" in told["paths"]


def test_openapi_tells_every_route_and_no_other() -> None:
    """Pages and things are no part of the API, though it may name some."""
    api = [group for group in GROUPS if group.__module__.rpartition(".")[2] not in ("linked", "pages")]
    assert len(api) >= 6
    every, served = (
        {
            (route.path.replace(":path", ""), method)
            for group in groups
            for route in group(Settings())
            if isinstance(route, Route) and route.name != "query"
            for method in (route.methods or set()) - {"HEAD"}
        }
        for groups in (GROUPS, api)
    )
    told = {
        (path, method.upper())
        for path, operations in document()["paths"].items()
        for method in operations
        if not path.startswith("/queries/") or path == "/queries/"
    }
    assert served <= told <= every


# ------------------------------------------------------------------ bounds


def test_an_endless_query_is_stopped_and_leaves_room(narrow: Served) -> None:
    answer = ask(narrow, ENDLESS)
    assert answer.status_code == 504
    assert "took too long" in answer.text
    assert ask(narrow, "ASK {}").json()["boolean"] is True


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        *[(accept, "SELECT * { ?s ?p ?o }") for accept in ("application/sparql-results+json", "text/csv")],
        *[(f"application/{name}", "SELECT * { ?s ?p ?o }") for name in ("sparql-results+xml",)],
        ("text/tab-separated-values", "SELECT * { ?s ?p ?o }"),
        *[(accept, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }") for accept in ("text/turtle",)],
    ],
)
def test_rows_are_counted(accept: str, form: str, narrow: Served) -> None:
    assert ask(narrow, form + " LIMIT 9", accept).status_code == 200
    answer = ask(narrow, form + " LIMIT 10", accept)
    assert answer.status_code == 422
    assert "9 rows" in answer.text


def test_a_large_request_is_refused(narrow: Served) -> None:
    long = "ASK {} #" + "x" * 2_000_000
    for content in (long.encode(), (part.encode() for part in [long])):
        answer = narrow.client.post(
            "sparql", content=content, headers={"Content-Type": "application/sparql-query"}
        )
        assert answer.status_code == 413


def test_an_answer_without_end_is_broken_off(wide: Served) -> None:
    """It has begun with 200, and nobody may take its part for the whole."""
    with pytest.raises(httpx.RemoteProtocolError):
        ask(wide, LARGE)
    wait_until(lambda: any("broken off" in line for line in wide.log))


def test_a_query_that_needs_too_much_memory(wide: Served) -> None:
    answer = ask(wide, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?c ?f ?i ?l")
    assert answer.status_code == 422
    assert "memory" in answer.text
    assert ask(wide, "ASK {}").status_code == 200


def test_a_long_query_makes_way_and_who_leaves_stops_it(wide: Served) -> None:
    def lowest() -> int:
        return max((nice for nice in map(niceness, readers(wide)) if nice is not None), default=0)

    renewed = figure(wide, "cfm_kg_readers_renewed_total")
    assert lowest() == 0
    with endless(wide):
        wait_until(lambda: lowest() > 0)
    wait_until(lambda: figure(wide, RUNNING) == 0)
    wait_until(lambda: figure(wide, "cfm_kg_readers_renewed_total") > renewed)
    wait_until(lambda: len(readers(wide)) == 2 and lowest() == 0)


# ------------------------------------------------------------------ a store that changes


def test_a_new_build_is_served_at_once(tmp_path: Path) -> None:
    quad = ox.Quad(ox.NamedNode("e:a"), ox.NamedNode("e:p"), ox.Literal("old"))
    write_store([quad], tmp_path / "store")
    with serving(tmp_path / "store", "--parallel", "2") as server:
        values = "SELECT ?o { ?s ?p ?o }"
        assert [ask(server, values, "text/csv").text for _ in range(3)] == ["o\r\nold\r\n"] * 3
        write_store([ox.Quad(quad.subject, quad.predicate, ox.Literal("new"))], tmp_path / "store")
        assert [ask(server, values, "text/csv").text for _ in range(3)] == ["o\r\nnew\r\n"] * 3


def test_builds_while_others_ask(tmp_path: Path) -> None:
    """Each answer is that of one build, whole."""
    write_store(_build(0), tmp_path / "store")
    query = "SELECT ?o (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?o"
    with serving(tmp_path / "store", "--parallel", "2") as server:
        seen: list[tuple[int, str]] = []
        ended = threading.Event()

        def keep_asking() -> None:
            while not ended.is_set():
                answer = ask(server, query, "text/csv")
                seen.append((answer.status_code, answer.text))

        others = [threading.Thread(target=keep_asking) for _ in range(3)]
        for other in others:
            other.start()
        for number in range(1, 8):
            write_store(_build(number), tmp_path / "store")
        ended.set()
        for other in others:
            other.join()
        assert {status for status, _ in seen} == {200}
        assert {text for _, text in seen} <= {f"o,n\r\n{number},2000\r\n" for number in range(8)}


def _build(number: int) -> list[ox.Quad]:
    value = ox.Literal(str(number))
    return [ox.Quad(ox.NamedNode(f"e:{i}"), ox.NamedNode("e:p"), value) for i in range(2000)]


# ------------------------------------------------------------------ how it starts and stops


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_told_to_stop_it_ends_well_and_leaves_nobody(how: signal.Signals, store: Path) -> None:
    with serving(store, "--parallel", "2") as server:
        wait_until(lambda: len(readers(server)) == 2)
        pids = readers(server)
        server.process.send_signal(how)
        assert server.process.wait(timeout=PATIENCE) == 0
        assert gone(pids)
    assert not any("Traceback" in line for line in server.log), server.log


def test_killed_in_the_midst_of_a_query_it_leaves_nobody(store: Path) -> None:
    with serving(store, "--parallel", "1") as server, endless(server):
        pids = readers(server)
        server.process.kill()
        wait_until(lambda: gone(pids))


def test_while_it_is_busy_others_are_told_to_come_back_and_it_can_be_stopped(store: Path) -> None:
    with serving(store, "--parallel", "1", "--waiting", "0") as server, endless(server):
        answer = ask(server, "ASK {}")
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert server.client.get("health").json()["running"] == 1
        pids = readers(server)
        server.process.terminate()
        assert server.process.wait(timeout=PATIENCE) == 0
        assert gone(pids)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--store", "nowhere"), "there is no store here"),
        (("--writable",), "needs a token"),
        (("--writable", "--token-file", "nowhere"), "cannot be read"),
        (("--host", "203.0.113.1"), "cannot listen here"),
    ],
)
def test_it_says_why_it_does_not_start(
    options: tuple[str, ...],
    says: str,
    store: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CFM_KG_TOKEN", raising=False)
    with pytest.raises(SystemExit) as ended:
        main(["serve", "--port", "0", "--store", str(store), *options])
    assert ended.value.code == 2
    assert says in capsys.readouterr().err
