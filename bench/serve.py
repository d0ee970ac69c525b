"""The server under load: many clients at once, and one query without end beside them.

    python bench/serve.py [--quick]

For the seeds' store and one of many meetings: requests a second, how long they take, errors, and the memory
of all processes at most; then the same beside one endless query at a time, and how long after its limit that
was stopped.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
from check import make_large
from figures import Figure, table

from cfm_kg import build

TOPIC = "Server, 16 clients"
SLOWER = 2.0
LATE = 1.0
MEMORY_PER_READER = 256
"""Megabytes that a reader may come to take with these queries."""
MEMORY_OF_ENDLESS = 1024
"""Megabytes that the server lets one query take."""
CFM = "PREFIX cfm: <https://w3id.org/cfm-kg/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
QUERIES = (
    "SELECT ?m ?d { ?m a cfm:Meeting ; cfm:date ?d } LIMIT 100",
    "SELECT ?m ?c { ?m cfm:body <https://w3id.org/cfm-kg/id/body/csto-cfm> ; cfm:chair ?c } LIMIT 50",
    "SELECT ?p ?o { <https://w3id.org/cfm-kg/id/meeting/csto-cfm/2021-05-19> ?p ?o }",
    "ASK { ?m cfm:participant <https://w3id.org/cfm-kg/id/person/sirojiddin-muhriddin> }",
    "DESCRIBE <https://w3id.org/cfm-kg/id/person/sergey-lavrov-nobody>",
    "CONSTRUCT { ?m rdfs:label ?t } WHERE { ?m cfm:adopted/dcterms:title ?t } LIMIT 100",
    "SELECT ?m ?b { ?m cfm:date '1975-01-21'^^xsd:date ; cfm:body ?b }",
    "SELECT ?l { GRAPH <https://w3id.org/cfm-kg/graph/registry> { ?x rdfs:label ?l } } LIMIT 200",
)
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"


@dataclass(frozen=True, slots=True)
class Load:
    """So many clients for so many seconds; a query may take `limit` seconds."""

    seconds: float = 60
    clients: int = 16
    limit: float = 10


@dataclass(slots=True)
class Tally:
    """What clients saw."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    busy: int = 0

    def at(self, share: float) -> float:
        """So many milliseconds or less took this share of the requests."""
        return sorted(self.seconds)[int(share * (len(self.seconds) - 1))] * 1000

    def mean(self) -> float:
        """Milliseconds on average."""
        return statistics.fmean(self.seconds) * 1000


@contextmanager
def server(store: Path, limit: float) -> Iterator[tuple[str, int]]:
    """The real server: its address, and its process's number."""
    command = [sys.executable, "-c", "from cfm_kg.cli import main; main()", "serve", "--port", "0"]
    command += ["--store", str(store), "--timeout", str(limit), "--no-log"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        url = process.stderr.readline().split(" at ")[1].split()[0]
        try:
            yield url, process.pid
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


def megabytes(pid: int) -> float:
    """The memory of a process and its children that is their own or shared by halves (PSS)."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    total = 0
    for one in (str(pid), *children):
        try:
            found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{one}/smaps_rollup").read_text(), re.MULTILINE)
            total += int(found[1]) if found else 0
        except OSError:
            continue
    return total / 1024


async def client(url: str, until: float, tally: Tally, seed: int) -> None:
    """Ask one query after the other."""
    chosen = random.Random(seed)
    async with httpx.AsyncClient(timeout=120) as http:
        while time.monotonic() < until:
            start = time.perf_counter()
            try:
                answer = await http.get(url + "sparql", params={"query": CFM + chosen.choice(QUERIES)})
            except httpx.HTTPError as error:
                tally.errors.append(repr(error))
                continue
            tally.seconds.append(time.perf_counter() - start)
            if answer.status_code == 503:
                tally.busy += 1
            elif answer.status_code != 200:
                tally.errors.append(f"{answer.status_code} {answer.text[:200]}")


async def endless(url: str, until: float, limit: float, late: list[float], errors: list[str]) -> None:
    """Ask what has no end, again and again."""
    async with httpx.AsyncClient(timeout=120) as http:
        while time.monotonic() < until:
            start = time.perf_counter()
            answer = await http.get(url + "sparql", params={"query": ENDLESS})
            late.append(time.perf_counter() - start - limit)
            if answer.status_code not in (422, 504):  # it may meet its bound of memory first
                errors.append(f"an endless query ended with {answer.status_code}")


async def watch(pid: int, until: float, seen: list[float]) -> None:
    """Measure memory now and then."""
    while time.monotonic() < until:
        seen.append(megabytes(pid))
        await asyncio.sleep(1)


async def load(url: str, pid: int, options: Load, late: list[float] | None) -> tuple[Tally, float]:
    """Clients for a while; beside an endless query if its delays are wanted. The most megabytes."""
    tally, until, seen = Tally(), time.monotonic() + options.seconds, list[float]()
    tasks = [client(url, until, tally, seed) for seed in range(options.clients)]
    if late is not None:
        tasks.append(endless(url, until, options.limit, late, tally.errors))
    await asyncio.gather(watch(pid, until, seen), *tasks)
    return tally, max(seen)


def of_store(name: str, store: Path, options: Load) -> Iterator[Figure]:
    """One store under load, alone and beside an endless query."""
    late: list[float] = []
    with server(store, options.limit) as (url, pid):
        asyncio.run(load(url, pid, replace(options, seconds=2), None))  # warm
        start = megabytes(pid)
        alone, most = asyncio.run(load(url, pid, options, None))
        beside, most_beside = asyncio.run(load(url, pid, options, late))
    usual = start + max(4, os.cpu_count() or 1) * MEMORY_PER_READER
    for label, tally, memory, bound in (
        (name, alone, most, usual),
        (f"{name}, beside an endless query", beside, most_beside, usual + MEMORY_OF_ENDLESS),
    ):
        yield Figure(TOPIC, f"{label}: a second", len(tally.seconds) / options.seconds, "/s")
        yield Figure(TOPIC, f"{label}: mean", tally.mean(), "ms")
        yield Figure(TOPIC, f"{label}: 99 of 100", tally.at(0.99), "ms")
        yield Figure(TOPIC, f"{label}: errors", len(tally.errors), "", None, "0")
        yield Figure(TOPIC, f"{label}: memory", memory, "MB", None, f"≤ {bound:.0f}")
    yield Figure(TOPIC, f"{name}: slower beside it", beside.mean() / alone.mean(), "×", None, f"≤ {SLOWER}")
    yield Figure(TOPIC, f"{name}: stopped after its limit", max(late), "s", None, f"≤ {LATE}")
    for error in (alone.errors + beside.errors)[:3]:
        print(f"  {error}", file=sys.stderr)


def measure(quick: bool) -> Iterator[Figure]:
    """The seeds' store and one of many meetings."""
    options = Load(seconds=5, limit=3) if quick else Load()
    meetings = 2_000 if quick else 100_000
    with tempfile.TemporaryDirectory() as scratch:
        seeds, large = Path(scratch) / "seeds", Path(scratch) / "large"
        build(out=seeds)
        make_large(seeds, large, meetings)
        yield from of_store("seeds", seeds / "store", options)
        yield from of_store(f"{meetings:,} meetings", large / "store", options)


if __name__ == "__main__":
    print(table(measure("--quick" in sys.argv)))
