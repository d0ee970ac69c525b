"""Results as a table, CSV, JSON, Markdown and Turtle."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from cfm_kg.errors import CfmError
from cfm_kg.query import Kind, query, render

SMALL = Path(__file__).parent / "data" / "queries.trig"
MIXED = """SELECT ?a ?b ?c { VALUES (?a ?b ?c) {
    (<https://w3id.org/cfm-kg/ontology#Held> "x, \\"y\\"|z\\nnext"@en 3) (UNDEF UNDEF "plain") } }"""


def test_csv_is_that_of_the_specification() -> None:
    written = render(query(MIXED, ox.Store()), "csv")
    answer = ox.Store().query(MIXED)
    assert isinstance(answer, ox.QuerySolutions)
    assert written.endswith(b",,plain\r\n")
    expected = answer.serialize(format=ox.QueryResultsFormat.CSV) or b""
    rows = [list(csv.reader(io.StringIO(text.decode(), newline=""))) for text in (written, expected)]
    assert rows[0] == rows[1]


def test_json_is_that_of_the_specification() -> None:
    answer = ox.Store().query(MIXED)
    assert isinstance(answer, ox.QuerySolutions)
    expected = json.loads(answer.serialize(format=ox.QueryResultsFormat.JSON) or b"")
    assert json.loads(render(query(MIXED, ox.Store()), "json")) == expected
    assert json.loads(render(query("ASK {}", ox.Store()), "json")) == {"head": {}, "boolean": True}


def test_tables_show_short_names_and_cut_only_where_asked() -> None:
    result = query(MIXED, ox.Store())
    lines = render(result).decode().splitlines()
    assert lines[0].split() == ["a", "b", "c"]
    assert lines[2].split() == ["cfm:Held", "x,", '"y"|z', "next", "3"]
    assert lines[-1] == "2 rows"
    narrow = render(result, "table", 26).decode().splitlines()
    assert max(map(len, narrow)) <= 26
    assert "…" in narrow[2]
    assert render(query("ASK { ?s ?p ?o }", ox.Store())) == b"no\n"


def test_markdown_escapes_its_bars() -> None:
    assert '| cfm:Held | x, "y"\\|z next | 3 |' in render(query(MIXED, ox.Store()), "md").decode()


def test_turtle_holds_the_triples_with_prefixes() -> None:
    result = query("events", SMALL)
    assert result.kind is Kind.TRIPLES
    written = render(result, "ttl")
    assert b"@prefix schema: <https://schema.org/> ." in written
    assert {quad.triple for quad in ox.parse(written, format=ox.RdfFormat.TURTLE)} == set(result.triples)


@pytest.mark.parametrize(("text", "to"), [("SELECT * {}", "ttl"), ("ASK {}", "ttl"), ("ASK {}", "yaml")])
def test_a_format_that_does_not_fit_is_refused(text: str, to: str) -> None:
    with pytest.raises(CfmError):
        render(query(text, ox.Store()), to)
