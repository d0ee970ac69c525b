"""The named queries on a store of many articles: whole, and of one body's year as users ask."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import process_time

import pyoxigraph as ox
from figures import PROJECT, Figure

from cfm_kg.query import catalogue, open_source, query
from cfm_kg.vocab import CFM, RDF_TYPE

NARROWED = {"body": "csto-cfm", "since": "2020", "until": "2020"}
MOST = 1_000
_ROUNDS = 3


def least(do: Callable[[], object], rounds: int = _ROUNDS) -> float:
    """The least CPU seconds of some rounds."""
    found = []
    for _ in range(rounds):
        start = process_time()
        do()
        found.append(process_time() - start)
    return min(found)


def parameters(store: ox.Store) -> dict[str, dict[str, str]]:
    """For each named query what it is asked with; meetings are taken from the store."""
    path = PROJECT / "tests" / "queries" / "parameters.json"
    given = json.loads(path.read_text(encoding="utf-8"))["seeds"]
    typed = ox.NamedNode(RDF_TYPE), ox.NamedNode(CFM("Meeting"))
    meeting = min(
        str(quad.subject.value) for quad in store.quads_for_pattern(None, *typed, ox.DefaultGraph())
    )
    given |= {"meeting": {"meeting": meeting}, "sources": {"subject": meeting}}
    return {name: given.get(name, {}) for name in catalogue()}


def of_store(out: Path, articles: int) -> Iterator[Figure]:
    """Milliseconds of each named query; what takes a body or a period is asked with and without them."""
    store, topic = open_source(out / "store"), f"Named queries, {articles:,} articles, CPU"
    for name, given in parameters(store).items():
        narrowed = {key: value for key, value in NARROWED.items() if catalogue()[name].parameter(key)}
        asked = {name: given} | ({f"{name}, {' '.join(narrowed)}": given | narrowed} if narrowed else {})
        for title, values in asked.items():
            taken = least(partial(query, name, store, **values), 1)
            yield Figure(topic, title, 1000 * taken, "ms", None, f"≤ {MOST:,}")
