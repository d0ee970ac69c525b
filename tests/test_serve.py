"""The server as a whole: it starts, answers, refuses and stops."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from serving import Served, serving

from cfm_kg import build


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built")
    build(out=out)
    return out / "store"


@pytest.fixture(scope="module")
def served(store: Path) -> Iterator[Served]:
    with serving(store) as server:
        yield server


def test_health(served: Served) -> None:
    assert httpx.get(served.url + "health").json() == {"status": "ok"}


def test_a_query_is_answered(served: Served) -> None:
    answer = httpx.get(served.url + "sparql", params={"query": "SELECT (1 AS ?one) {}"})
    assert answer.json()["results"]["bindings"][0]["one"]["value"] == "1"
