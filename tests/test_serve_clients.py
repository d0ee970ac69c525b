"""Clients that this project did not write, at work on the endpoint: SPARQLWrapper, curl, and JavaScript's."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from needing import need, program
from rdflib import Graph
from serving import serving
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from cfm_kg.query import Kind, bound_text, catalogue, open_source, query
from cfm_kg.store import write_store

HERE = Path(__file__).parent
SMALL = HERE / "data" / "queries.trig"
CLIENTS = HERE / "clients" / "node_modules"
PARAMETERS = json.loads((HERE / "queries" / "parameters.json").read_text(encoding="utf-8"))
MEETINGS = "PREFIX cfm: <https://w3id.org/cfm-kg/ontology#> SELECT ?m { ?m a cfm:Meeting } ORDER BY ?m"
TRIPLES = "CONSTRUCT { ?s ?p ?o } WHERE { ?s a <https://w3id.org/cfm-kg/ontology#Meeting> ; ?p ?o }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clients") / "store"
    reference = open_source(SMALL)  # with the registry beside it, as every named query needs
    write_store(reference, folder)
    return folder


@pytest.fixture(scope="module")
def endpoint(folder: Path) -> Iterator[str]:
    with serving(folder, "--parallel", "2") as server:
        yield server.url + "sparql"


@pytest.fixture(scope="module")
def local(folder: Path) -> ox.Store:
    return open_source(folder)


# ------------------------------------------------------------------ SPARQLWrapper


def answered(wrapper: SPARQLWrapper) -> Any:
    """What SPARQLWrapper makes of the answer: by its format a dictionary, a document or bytes."""
    return wrapper.query().convert()


@pytest.mark.filterwarnings("ignore:Sending Accept header")  # it takes a word of the query for its form
@pytest.mark.parametrize("name", sorted(catalogue()))
def test_each_named_query_gives_the_rows_that_it_gives_here(
    name: str, endpoint: str, local: ox.Store
) -> None:
    given = PARAMETERS["small"].get(name, {})
    mine = query(name, local, **given)
    wrapper = SPARQLWrapper(endpoint)
    wrapper.setQuery(bound_text(catalogue()[name], local, given))
    if mine.kind is Kind.TRIPLES:
        wrapper.setReturnFormat(TURTLE)
        theirs = Graph().parse(data=answered(wrapper), format="turtle")
        assert len(theirs) == len(mine)
        return
    wrapper.setReturnFormat(JSON)
    found = answered(wrapper)
    if mine.kind is Kind.TRUTH:
        assert found["boolean"] is mine.truth
        return
    rows = [
        {name: row[name]["value"] if name in row else None for name in found["head"]["vars"]}
        for row in found["results"]["bindings"]
    ]
    assert rows
    assert rows == mine.values()


@pytest.mark.parametrize("method", [POST, "GET"])
@pytest.mark.parametrize("form", [JSON, XML, CSV])
def test_sparqlwrapper_in_each_way(method: str, form: str, endpoint: str) -> None:
    wrapper = SPARQLWrapper(endpoint, returnFormat=form)
    wrapper.setMethod(method)
    wrapper.setQuery(MEETINGS)
    assert wrapper.query().convert()
    if method == POST:
        wrapper.setRequestMethod(POSTDIRECTLY)
        assert wrapper.query().convert()


def test_sparqlwrapper_with_a_graph_and_a_fault(endpoint: str) -> None:
    wrapper = SPARQLWrapper(endpoint, returnFormat=JSON)
    wrapper.addDefaultGraph("https://w3id.org/cfm-kg/graph/registry")
    wrapper.setQuery("ASK { ?s a <https://w3id.org/cfm-kg/ontology#Meeting> }")
    assert answered(wrapper)["boolean"] is False
    wrapper.setQuery("ASK {")
    with pytest.raises(QueryBadFormed, match="1:6"):
        wrapper.query()


# ------------------------------------------------------------------ curl


def test_curl_in_each_way(endpoint: str, tmp_path: Path) -> None:
    curl = program("curl", "apt-get install curl")
    (tmp_path / "meetings.rq").write_text(MEETINGS)

    def answered(*arguments: str) -> str:
        command = [curl, "--silent", "--show-error", "--fail", *arguments, endpoint]
        return subprocess.run(command, capture_output=True, check=True).stdout.decode()

    csv = ("--header", "Accept: text/csv")
    direct = (
        "--header",
        "Content-Type: application/sparql-query",
        "--data-binary",
        f"@{tmp_path}/meetings.rq",
    )
    found = {
        answered(*csv, "--get", "--data-urlencode", f"query={MEETINGS}"),
        answered(*csv, "--data-urlencode", f"query@{tmp_path}/meetings.rq"),
        answered(*csv, *direct),
        answered(*csv, *direct, "--compressed"),
    }
    assert len(found) == 1
    assert found.pop().startswith("m\r\nhttps://w3id.org/cfm-kg/id/meeting/")
    assert "HTTP/1.1 200" in answered("--head", "--get", "--data-urlencode", "query=ASK {}")


# ------------------------------------------------------------------ JavaScript


def javascript(endpoint: str, text: str) -> str:
    node = program("node", "apt-get install nodejs npm")
    client = CLIENTS / ".bin" / "fetch-sparql-endpoint"
    need(client.exists(), "fetch-sparql-endpoint", f"npm ci --prefix {CLIENTS.parent}")
    done = subprocess.run(
        [node, str(client), "--endpoint", endpoint, "--query", text],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_javascript_reads_rows_truths_and_triples(endpoint: str, local: ox.Store) -> None:
    rows = [json.loads(line) for line in javascript(endpoint, MEETINGS).splitlines()]
    assert [row["m"] for row in rows] == [row["m"] for row in query(MEETINGS, local).values()]
    assert javascript(endpoint, "ASK { ?s ?p ?o }").strip() == "true"
    triples = ox.parse(javascript(endpoint, TRIPLES), ox.RdfFormat.TURTLE)
    assert Counter(quad.triple for quad in triples) == Counter(query(TRIPLES, local).triples)
