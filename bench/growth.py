"""How a build grows with its articles: seconds, memory, bytes; and building again after one has changed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from asking import of_store
from corpus import write_corpus
from figures import Figure
from running import Ran, cfm_kg

TOPIC = "Build of generated articles of 3 KB"
SIZES = (1_000, 10_000, 100_000)
QUICK = (100, 300)
RATE, MEMORY, GROWTH, AGAIN = 250, 1500, 1.2, 1 / 20


def built(articles: Path, out: Path, *options: str) -> Ran:
    """Build a folder of articles. Raises SystemExit with what it told where it could not."""
    ran = cfm_kg("--quiet", "build", str(articles), "--out", str(out), *options)
    if ran.code:
        raise SystemExit(f"the build of {articles} ended with {ran.code}: {ran.output}")
    return ran


def measure(quick: bool) -> Iterator[Figure]:
    """Full builds of each size with all cores, small changes to the middle one, queries on the last."""
    sizes = QUICK if quick else SIZES
    costs = []
    with tempfile.TemporaryDirectory() as scratch:
        for size in sizes:
            articles, out = write_corpus(Path(scratch) / f"articles-{size}", size), Path(scratch) / f"{size}"
            ran = built(articles, out)
            costs.append(ran.seconds / size)
            yield from _figures(size, ran, out)
            if size == sizes[-2]:
                yield from _again(articles, out, ran, size)
            if size == sizes[-1]:
                yield from of_store(out, size)
        name = f"cost at {sizes[-1]:,} over {sizes[0]:,}"
        yield Figure(TOPIC, name, costs[-1] / costs[0], "×", None, f"≤ {GROWTH}")


def _figures(size: int, ran: Ran, out: Path) -> Iterator[Figure]:
    name = f"{size:,} articles"
    yield Figure(TOPIC, f"{name}, a second", size / ran.seconds, "/s", None, f"≥ {RATE}")
    yield Figure(TOPIC, f"{name}, CPU an article", 1000 * ran.cpu / size, "ms")
    yield Figure(TOPIC, f"{name}, memory of all processes", ran.megabytes, "MB", None, f"≤ {MEMORY}")
    yield Figure(TOPIC, f"{name}, graph.nq", (out / "graph.nq").stat().st_size / 1e6, "MB")


def _again(articles: Path, out: Path, full: Ran, size: int) -> Iterator[Figure]:
    first, second = sorted(articles.rglob("*.txt"))[:2]
    first.write_text(first.read_text(encoding="utf-8") + "\nA sentence more.\n", encoding="utf-8")
    changed = built(articles, out)
    second.unlink()
    gone = built(articles, out)
    nothing = built(articles, out)
    for name, ran in (("1 changed", changed), ("1 deleted", gone), ("nothing changed", nothing)):
        share = f"≤ {full.cpu * AGAIN:.2f}" if name != "nothing changed" else ""
        yield Figure(TOPIC, f"{name} of {size:,}, CPU", ran.cpu, "s", full.cpu, share)


def sample(folder: Path, count: int) -> tuple[Path, Ran]:
    """A built folder of so many generated articles, for other measurements, and what the build took."""
    out = folder / "built"
    return out, built(write_corpus(folder / "articles", count), out)
