"""Every named query gives the same rows on every engine."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from foreign import comunica, oxigraph, virtuoso
from rdflib import Dataset, Literal
from serving import serving

from cfm_kg.query import Kind, NamedQuery, Result, catalogue, open_source, query
from cfm_kg.query.bind import bind
from cfm_kg.query.run import parameter_terms
from cfm_kg.query.values import StoreNames
from cfm_kg.remote.connection import Connection
from cfm_kg.remote.endpoint import Endpoint, portable
from cfm_kg.remote.push import Push, graphs_of
from cfm_kg.remote.record import Record
from cfm_kg.remote.roads import find_road
from cfm_kg.store import open_store, write_nquads, write_store

HERE = Path(__file__).parent
PARAMETERS = json.loads((HERE / "queries" / "parameters.json").read_text(encoding="utf-8"))
NAMES = sorted(catalogue())
GRAPHS = ("small", "seeds")
ENGINES = ("rdflib", "oxigraph", "virtuoso", "comunica", "serve")
# rdflib takes ten seconds for the seeds, and in the small graph each query finds something
PAIRS = [(e, g) for e in ENGINES for g in GRAPHS if (e, g) != ("rdflib", "seeds")]
Ask = Callable[[NamedQuery, dict[str, str]], Result]


@pytest.fixture(scope="session")
def stores(seeds_folder: Path) -> dict[str, ox.Store]:
    return {
        "small": open_source(HERE / "data" / "queries.trig"),
        "seeds": open_store(seeds_folder / "store"),
    }


@pytest.fixture(scope="session", params=PAIRS, ids="-".join)
def engine(
    request: pytest.FixtureRequest, stores: dict[str, ox.Store], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Ask]]:
    name, graph = request.param
    store, folder = stores[graph], tmp_path_factory.mktemp(name)
    if name == "rdflib":
        yield graph, rdflib_over(store)
        return
    if name == "serve":
        write_store(store, folder / "store")
        with serving(folder / "store") as served:
            yield graph, Endpoint(f"{served.url}sparql", Connection()).run
        return
    (folder / "graph.nq").write_bytes(write_nquads(store))
    start = {"oxigraph": oxigraph, "virtuoso": virtuoso, "comunica": comunica}[name]
    with start(folder) as server:
        connection = server.connection()
        if server.update:
            record, road = Record(folder / "pushed", server.query), find_road(server.query, connection)
            Push(graphs_of(store), Endpoint(server.query, connection), road, record, 1000).run()
        yield graph, Endpoint(server.query, connection).run


def rdflib_over(store: ox.Store) -> Ask:
    dataset = Dataset(default_union=False)
    dataset.parse(data=write_nquads(store), format="nquads")

    def ask(named: NamedQuery, given: dict[str, str]) -> Result:
        answer = dataset.query(portable(bind(named.text, parameter_terms(named, StoreNames(store), given))))
        if answer.type == "ASK":
            return Result(Kind.TRUTH, truth=answer.askAnswer)
        if answer.graph is not None:
            lines = answer.graph.serialize(format="nt").encode()
            triples = {quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)}
            return Result(Kind.TRIPLES, triples=tuple(sorted(triples, key=str)))
        names = tuple(str(name) for name in answer.vars or ())
        rows = tuple(tuple(None if c is None else as_term(c) for c in row) for row in answer)  # type: ignore[union-attr]
        return Result(Kind.ROWS, names, rows)

    return ask


def as_term(cell: object) -> ox.NamedNode | ox.Literal:
    if not isinstance(cell, Literal):
        return ox.NamedNode(str(cell))
    if cell.language:
        return ox.Literal(str(cell), language=cell.language)
    return ox.Literal(str(cell), datatype=ox.NamedNode(str(cell.datatype)) if cell.datatype else None)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("name", NAMES)
def test_the_same_rows(name: str, engine: tuple[str, Ask], stores: dict[str, ox.Store]) -> None:
    graph, ask = engine
    given = PARAMETERS[graph].get(name, {})
    mine, theirs = query(name, stores[graph], **given), ask(catalogue()[name], given)
    assert (mine.kind, mine.variables, mine.truth) == (theirs.kind, theirs.variables, theirs.truth)
    assert Counter(theirs.rows) == Counter(mine.rows)
    assert theirs.triples == mine.triples
    assert len(mine) or mine.truth or graph == "seeds", "nothing is compared"
