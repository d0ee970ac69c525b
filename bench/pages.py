"""The explorer's pages: how long the server works on each type, and how large they are.

    python bench/pages.py [--quick]

On the seeds, and on a store of many meetings once its tables are made; how long that takes, and what the page
of a thing takes meanwhile. Each figure is the median of some rounds, asked of the application itself.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
from check import make_large
from figures import Figure, table
from starlette.testclient import TestClient

from cfm_kg import build
from cfm_kg.publishing import publish
from cfm_kg.serve.app import create_app
from cfm_kg.serve.pages import make_ready
from cfm_kg.serve.pages.view import explorer_of
from cfm_kg.serve.settings import Settings

TOPIC = "Pages"
ROUNDS = 5
FIRST_MS, FIRST_KB, ANY_MS = 100, 150, 500
HTML = {"Accept": "text/html"}
OF_BOTH: Mapping[str, str] = {
    "overview": "",
    "meetings": "meetings",
    "meetings by place": "meetings?sort=place&page=2",
    "meetings of a country": "meetings?country=tj&from=2000&to=2021",
    "meetings of a person": "meetings?person=lavrof",
    "attendance": "attendance",
    "people": "people",
    "all people": "people?all=yes",
    "a person": "id/person/sergey-lavrov.html",
    "countries": "countries",
    "a country": "id/country/tj.html",
    "documents": "documents",
    "documents by words": "documents?title=trade",
    "chairmanships": "chairmanships",
    "a chairmanship": "id/chairmanship/csto/2021/tj.html",
    "topics": "topics",
    "a topic": "id/topic/pandemic.html",
    "a council": "id/body/csto-cfm.html",
    "places": "places",
    "a place": "id/place/dushanbe.html",
    "an article": "id/article/77078e2a98228679.html",
    "search": "search?q=lavrof",
    "no such page": "meetngs/lavrof",
    "no such thing": "id/person/sergey-lavrof.html",
    "questions": "ask",
}
OF_SEEDS = {"a meeting": "id/meeting/csto-cfm/2021-05-19.html"}
OF_MANY = {
    "a meeting": "id/meeting/csto-cfm/1975-01-21.html",
    "a document": "id/document/csto-cfm/1975-01-21/on-trade.html",
}


def taken(client: httpx.Client, path: str) -> tuple[float, float]:
    """Milliseconds and kilobytes of a page."""
    start = time.perf_counter()
    answer = client.get(path, headers=HTML)
    spent = (time.perf_counter() - start) * 1000
    if answer.status_code not in (200, 404) or "html" not in answer.headers["content-type"]:
        raise SystemExit(f"/{path} answers {answer.status_code}: {answer.text[:200]}")
    return spent, len(answer.content) / 1000


def of_store(name: str, settings: Settings, paths: Mapping[str, str], *, small: bool) -> Iterator[Figure]:
    """Each page of a store whose tables are made."""
    client = TestClient(create_app(settings))
    for title, path in paths.items():
        found = [taken(client, path) for _ in range(ROUNDS)]
        bar = FIRST_MS if small and not path else ANY_MS
        spent = statistics.median(one for one, _ in found)
        yield Figure(TOPIC, f"{name}: {title}", spent, "ms", None, f"≤ {bar}")
        if small:
            yield Figure(TOPIC, f"{name}: {title}, size", found[0][1], "KB", None, f"≤ {FIRST_KB}")


def measure(quick: bool) -> Iterator[Figure]:
    """The seeds' store and one of many meetings; the seeds as a folder of files."""
    meetings = 2_000 if quick else 100_000
    with tempfile.TemporaryDirectory() as scratch:
        seeds, large = Path(scratch) / "seeds", Path(scratch) / "large"
        build(out=seeds)
        make_large(seeds, large, meetings)
        settings = Settings(store=seeds / "store")
        yield from of_store("seeds", settings, {**OF_BOTH, **OF_SEEDS}, small=True)
        many = Settings(store=large / "store")
        meanwhile = statistics.median(
            taken(TestClient(create_app(many)), OF_MANY["a meeting"])[0] for _ in range(ROUNDS)
        )
        name = f"{meetings:,} meetings"
        yield Figure(TOPIC, f"{name}: a meeting before tables are made", meanwhile, "ms", None, f"≤ {ANY_MS}")
        start = time.perf_counter()
        make_ready(explorer_of(many))
        yield Figure(TOPIC, f"{name}: tables", time.perf_counter() - start, "s")
        yield from of_store(name, many, {**OF_BOTH, **OF_MANY}, small=False)
        start = time.perf_counter()
        done = publish(seeds / "store", Path(scratch) / "site")
        yield Figure(TOPIC, "seeds as files", time.perf_counter() - start, "s")
        yield Figure(TOPIC, "seeds as files: pages", done.pages, "")


if __name__ == "__main__":
    print(table(measure("--quick" in sys.argv)))
