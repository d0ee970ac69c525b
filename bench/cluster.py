"""A build by Dask workers: one and two of them, beside the plain build.

    python bench/cluster.py [--quick]

The wall clock tells of a machine that has nothing else to do. So the longest way is given too, as the
build would take it there: of each stage the CPU seconds of the worker that had most to do, and all those of
client and scheduler, which run one after the other at worst.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import Any

from corpus import write_corpus
from figures import Figure, table
from growth import built

from cfm_kg.cluster import BuiltParts, build_parts, connected

TOPIC = "Build by Dask workers"
SIZE, QUICK = 5_000, 800
FASTER = 1.5


class Clock:
    """CPU seconds of each worker by stage: told of what is done, it looks when a stage begins."""

    def __init__(self, client: Any) -> None:
        self._client, self._stage = client, ""
        self._before: dict[str, float] = client.run(process_time)
        self.spent: dict[str, list[float]] = defaultdict(list)

    def __call__(self, what: str, done: int, total: int) -> None:
        """Hear of progress."""
        if done == 0:
            self.look(what)

    def look(self, stage: str) -> None:
        """Note what the stage before has taken."""
        now: dict[str, float] = self._client.run(process_time)
        self.spent[self._stage] += [now[worker] - before for worker, before in self._before.items()]
        self._before, self._stage = now, stage

    def way(self) -> float:
        """The seconds that the stages take one after the other, each as long as its busiest worker."""
        return sum(max(spent) for stage, spent in self.spent.items() if stage)


def run(articles: Path, out: Path, workers: int) -> tuple[float, float, float, BuiltParts]:
    """Build; returns seconds by the wall clock, of the longest way, and CPU of all, and what was built."""
    with connected(None, workers) as client:
        clock, start, here = Clock(client), time.perf_counter(), process_time()
        found = build_parts([str(articles)], out, client, keep=False, watch=clock)
        seconds, client_cpu = time.perf_counter() - start, process_time() - here
        clock.look("")
        cpu = sum(sum(spent) for spent in clock.spent.values()) + client_cpu
        return seconds, clock.way() + client_cpu, cpu, found


def measure(quick: bool) -> Iterator[Figure]:
    """One worker, two workers, the plain build, of the same articles."""
    size = QUICK if quick else SIZE
    with tempfile.TemporaryDirectory() as scratch:
        articles = write_corpus(Path(scratch) / "articles", size)
        plain = built(articles, Path(scratch) / "plain", "--workers", "1", "--no-cache")
        one = run(articles, Path(scratch) / "one", 1)
        two = run(articles, Path(scratch) / "two", 2)
        bar = f"≥ {FASTER}"
        yield Figure(TOPIC, "two workers over one, CPU on the longest way", one[1] / two[1], "×", None, bar)
        yield Figure(TOPIC, "two workers over one, wall clock", one[0] / two[0], "×", None, bar)
        for name, (_, way, cpu, _) in (("one worker", one), ("two workers", two)):
            yield Figure(TOPIC, f"{name}, CPU of all, an article", 1000 * cpu / size, "ms")
            yield Figure(TOPIC, f"{name}, longest way, an article", 1000 * way / size, "ms")
        yield Figure(TOPIC, "plain build and its store, CPU, an article", 1000 * plain.cpu / size, "ms")
        yield from _sizes(two[3], size)


def _sizes(found: BuiltParts, size: int) -> Iterator[Figure]:
    parts = found.manifest.of("graph")
    yield Figure(TOPIC, "statements, an article", sum(part.lines for part in parts) / size, "")
    yield Figure(TOPIC, "bytes, an article", sum(part.bytes for part in parts) / size, "B")
    yield Figure(
        TOPIC, "bytes compressed, an article", sum(one.compressed_bytes for one in parts) / size, "B"
    )


if __name__ == "__main__":
    print(table(measure("--quick" in sys.argv)))
