"""The named queries: what each returns, that every parameter counts, and that they are plain SPARQL 1.1."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql.parser import parseQuery

from cfm_kg.query import Kind, Result, catalogue, open_source, query, render
from cfm_kg.store import open_store
from cfm_kg.vocab import prefixes

HERE = Path(__file__).parent / "queries"
SMALL = Path(__file__).parent / "data" / "queries.trig"
PARAMETERS = json.loads((HERE / "parameters.json").read_text(encoding="utf-8"))
NAMES = sorted(catalogue())
CHANGES = [(name, key, value) for name, row in PARAMETERS["changes"].items() for key, value in row.items()]


@pytest.fixture(scope="session")
def small() -> ox.Store:
    return open_source(SMALL)


@pytest.fixture(scope="session")
def seeds(seeds_folder: Path) -> ox.Store:
    return open_store(seeds_folder / "store")


def asked(name: str, store: ox.Store, graph: str, **more: str) -> Result:
    return query(name, store, **(PARAMETERS[graph].get(name, {}) | more))


def agrees(result: Result, name: str, graph: str, update: bool) -> None:
    suffix = "ttl" if result.kind is Kind.TRIPLES else "csv"
    path, found = HERE / graph / f"{name}.{suffix}", render(result, suffix)
    if update:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(found)
    assert found == path.read_bytes(), f"{path} differs"


def test_there_are_enough_of_them_and_none_is_forgotten() -> None:
    assert len(NAMES) >= 25
    for graph in ("small", "seeds"):
        assert sorted(path.stem for path in (HERE / graph).iterdir()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_finds_what_the_small_graph_holds(name: str, small: ox.Store, update_golden: bool) -> None:
    result = asked(name, small, "small")
    assert len(result) or result.truth, f"{name} finds nothing, so nothing is tested"
    agrees(result, name, "small", update_golden)


@pytest.mark.parametrize("name", NAMES)
def test_finds_what_the_seeds_hold(name: str, seeds: ox.Store, update_golden: bool) -> None:
    agrees(asked(name, seeds, "seeds"), name, "seeds", update_golden)


@pytest.mark.parametrize(("name", "key", "value"), CHANGES)
def test_every_parameter_counts(name: str, key: str, value: str, small: ox.Store) -> None:
    assert asked(name, small, "small", **{key: value}) != asked(name, small, "small")


def test_every_parameter_is_in_that_test() -> None:
    declared = {(name, p.name) for name, named in catalogue().items() for p in named.parameters}
    assert declared == {(name, key) for name, key, _ in CHANGES}


@pytest.mark.parametrize("name", NAMES)
def test_is_written_like_the_others(name: str) -> None:
    text = catalogue()[name].text
    parseQuery(text)
    assert re.search(r"ORDER BY|CONSTRUCT|ASK", text), "rows in no order differ from run to run"
    for prefix, iri in re.findall(r"PREFIX (\w+): <(.*)>", text):
        assert prefixes()[prefix] == iri
        assert len(re.findall(rf"(?<![\w:]){prefix}:", text)) > 1, f"{prefix} is declared in vain"


@pytest.mark.parametrize("name", NAMES)
def test_runs_unbound_as_anybody_would_run_it(name: str, small: ox.Store) -> None:
    small.query(catalogue()[name].text)
