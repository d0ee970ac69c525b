"""Asking a graph: headers, parameters, sources, results, and how each failure explains itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from cfm_kg.dates import PartialDate
from cfm_kg.errors import CfmError
from cfm_kg.query import open_source, query, read_result
from cfm_kg.query.bind import bind
from cfm_kg.query.catalogue import parse_query
from cfm_kg.query.faults import invalid_query
from cfm_kg.query.lexing import data_blocks, form_of, variables
from cfm_kg.query.ordering import UnsortableError, in_order, split_order
from cfm_kg.query.values import StoreNames

SMALL = Path(__file__).parent / "data" / "queries.trig"
ID = "https://w3id.org/cfm-kg/id/"
NASTY = "a\" } } ; DROP <x> # \\ \n ' ?s {"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return open_source(SMALL)


# ---------------------------------------------------------------- parameters


@pytest.mark.parametrize(
    "value",
    ["KG", "kg", "Kyrgyzstan", "kyrgyz republic", "country:kg", ID + "country/kg", f"<{ID}country/kg>"],
)
def test_a_country_has_many_names(store: ox.Store, value: str) -> None:
    assert [row["placeName"] for row in query("meetings", store, country=value).values()] == ["Bishkek"]


@pytest.mark.parametrize(
    ("since", "found"),
    [
        ("2019", 3),
        ("2020", 2),
        ("2020-05-26", 2),
        ("2020-05-27", 1),
        ("2021-07-01", 1),  # a meeting of 2021 may have been then
        ("2022", 0),
        (date(2020, 5, 27), 1),
        (PartialDate(2020, 6), 1),
    ],
)
def test_dates_are_compared_as_exactly_as_both_are_known(
    store: ox.Store, since: str | date | PartialDate, found: int
) -> None:
    assert len(query("meetings", store, since=since)) == found


@pytest.mark.parametrize(
    ("name", "given", "says"),
    [
        ("meetngs", {}, "did you mean meetings"),
        ("meetings", {"contry": "KG"}, "did you mean country"),
        ("rules", {"country": "KG"}, "it takes none"),
        ("meetings", {"country": "Kyrgystan"}, "did you mean Kyrgyzstan"),
        ("meetings", {"country": "XX"}, "of a country in the graph"),
        ("meetings", {"country": "http://a b/"}, "valid IRI"),
        ("meetings", {"since": "last year"}, "such as 2021"),
        ("meetings", {"since": "2021-02-30"}, "such as 2021"),
        ("meetings", {"status": "finished"}, "one of Held, Planned"),
        ("corroboration", {"atLeast": "two"}, "a whole number"),
        ("appearances", {}, "--param person="),
        ("SELECT ?s { ?s ?p ?o }", {"x": "1"}, "its parameters: o, p, s"),
    ],
)
def test_a_wrong_parameter_is_explained(store: ox.Store, name: str, given: dict[str, str], says: str) -> None:
    with pytest.raises(CfmError) as caught:
        query(name, store, **given)
    assert says in str(caught.value)


def test_a_name_that_several_bear_is_refused(store: ox.Store) -> None:
    twins = ox.Store()
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    for slug in ("one", "two"):
        twins.add(ox.Quad(ox.NamedNode(f"{ID}place/{slug}"), label, ox.Literal("Twin", language="en")))
    with pytest.raises(CfmError, match="several bear this name"):
        query("meetings", twins, place="twin")


def test_a_name_is_found_however_it_is_written() -> None:
    store, label = ox.Store(), ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    for slug, name in (("osh", "Osh City"), ("osh-2", "osh city"), ("minsk", "MiNsK")):
        store.add(ox.Quad(ox.NamedNode(f"{ID}place/{slug}"), label, ox.Literal(name, language="kk")))
    store.add(ox.Quad(ox.NamedNode(f"{ID}topic/minsk"), label, ox.Literal("Minsk", language="en")))
    named = StoreNames(store)
    assert named.bearing("minsk", f"{ID}place/") == {f"{ID}place/minsk"}
    assert named.bearing("minsk", f"{ID}topic/") == {f"{ID}topic/minsk"}
    assert named.bearing("OSH city", f"{ID}place/") == {f"{ID}place/osh", f"{ID}place/osh-2"}
    assert named.bearing("Brest", f"{ID}place/") == set()


def test_what_users_write_never_becomes_query_text(store: ox.Store) -> None:
    store = ox.Store()
    node, word = ox.NamedNode("https://example.org/s"), ox.NamedNode("https://example.org/p")
    store.add(ox.Quad(node, word, ox.Literal(NASTY)))
    store.add(ox.Quad(node, word, ox.Literal("other")))
    text = (
        "# title: t\n# param: x string — a text\nSELECT ?o { VALUES ?x { UNDEF } ?s ?p ?o FILTER(?o = ?x) }"
    )
    assert query(text, store, x=NASTY).values() == [{"o": NASTY}]
    assert query("SELECT ?s ?o { ?s ?p ?o FILTER(?o = ?x) }", store, x=NASTY).values() == [
        {"s": node.value, "o": NASTY}
    ]


def test_a_query_of_ones_own_takes_iris_numbers_and_texts(store: ox.Store) -> None:
    text = "SELECT ?c { ?t <https://w3id.org/cfm-kg/ontology#statedCount> ?n BIND(?n AS ?c) }"
    assert len(query(text, store, n="3")) == 1
    assert len(query(text, store, n=4)) == 0
    where = "SELECT ?m { ?m <https://w3id.org/cfm-kg/ontology#place> ?place }"
    assert len(query(where, store, place="place:bishkek")) == 1


def test_a_parameter_is_bound_in_every_block_of_its_name() -> None:
    text = 'SELECT * { VALUES ?x { UNDEF } { SELECT * { VALUES ?x { "VALUES ?x { }" <http://a/> } } } }'
    bound = bind(text, {"x": ox.Literal("}")})
    assert [bound[start:end] for _, start, end in data_blocks(bound)] == [' "}" ', ' "}" ']


def test_a_template_is_not_a_pattern() -> None:
    text = "CONSTRUCT { ?s ?p ?x } WHERE { ?s ?p ?o }"
    assert "WHERE { VALUES ?x" in bind(text, {"x": ox.Literal("y")})
    short = "CONSTRUCT WHERE { ?s ?p ?o }"
    assert "WHERE { VALUES ?o" in bind(short, {"o": ox.Literal("y")})


def test_words_in_strings_comments_and_iris_are_not_read() -> None:
    text = """# DELETE ?c
    PREFIX insert: <http://e/#insert> SELECT ?a { ?a insert:x "LOAD ?b \\" {", '''SERVICE '?d' ''' }"""
    assert form_of(text) == "SELECT"
    assert variables(text) == {"a"}
    assert query(text, ox.Store()).rows == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("DELETE WHERE { ?s ?p ?o }", "would change data"),
        ("LOAD <http://e/> ; SELECT { }", "would change data"),
        ("SELECT * { SERVICE <http://e/> { ?s ?p ?o } }", "would call another server"),
        ("SELECT * {\n ?s service:x ?o .\n ?s }", "a prefix is not declared"),
        ("SELECT * {\n\n ?s }", "query:3"),
        ("{ nothing }", "not a SPARQL query"),
        ("missing.rq", "cannot be read"),
    ],
)
def test_what_cannot_run_is_refused(text: str, says: str) -> None:
    with pytest.raises(CfmError) as caught:
        query(text, ox.Store())
    assert says in str(caught.value)


# ---------------------------------------------------------------- headers


def test_a_header_may_run_over_lines() -> None:
    named = parse_query(
        "# title: Who\n# description: one\n#   two\n# param: d date default=2021 — a\n#   day\n"
        "# param: t term optional one-of=A|B — b\nSELECT * { VALUES ?d { 1 } VALUES ?t { 1 } }"
    )
    assert (named.title, named.description) == ("Who", "one two")
    first, second = named.parameters
    assert (first.name, first.type, first.default, first.text) == ("d", "date", "2021", "a day")
    assert (second.optional, second.choices, second.required) == (True, ("A", "B"), False)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("x date", "not a parameter"),
        ("x number — n", "not a parameter"),
        ("x date maybe — n", "unknown option"),
        ("x term — n", "no choices"),
        ("y date — n", "never uses"),
    ],
)
def test_a_faulty_header_is_refused(line: str, says: str) -> None:
    with pytest.raises(CfmError, match=says):
        parse_query(f"# title: t\n# param: {line}\nSELECT * {{ VALUES ?x {{ UNDEF }} }}")


# ---------------------------------------------------------------- sources


@pytest.mark.parametrize("suffix", ["ttl", "trig", "nq", "nt", "jsonld", "xml"])
def test_a_graph_file_of_any_format_can_be_asked(tmp_path: Path, suffix: str) -> None:
    triples = [q.triple for q in open_source(SMALL) if isinstance(q.graph_name, ox.DefaultGraph)]
    kind = ox.RdfFormat.from_extension(suffix)
    assert kind is not None
    path = tmp_path / f"graph.{suffix}"
    ox.serialize(triples, output=str(path), format=kind)
    assert len(query("meetings", path)) == 3
    # the file has no registry, so the shipped one is asked
    assert len(query("members", path, date="2021")) == 6


def test_a_folder_is_read_only(tmp_path: Path) -> None:
    kept = ox.Store(str(tmp_path / "store"))
    kept.extend(iter(open_source(SMALL)))
    kept.flush()
    del kept
    opened = open_source(tmp_path / "store")
    assert len(query("meetings", opened)) == 3
    with pytest.raises(RuntimeError, match="read-write"):
        opened.clear()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("none", None, "run `cfm-kg build` first"),
        ("a.doc", "x", "not known by its suffix"),
        ("a.ttl", "<a:b> <a:c> .", "a.ttl:1"),
        (".", None, "not a store"),
    ],
)
def test_a_source_that_cannot_be_read_is_explained(
    tmp_path: Path, name: str, content: str | None, says: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content)
    with pytest.raises(CfmError) as caught:
        open_source(path)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("text", "where", "why"),
    [
        ("SELECT * { ?s ?p ", "query:1:18", "the text ends, where one of these may stand: "),
        ("SELECT * {\n ?s ?p ?o\n ORDER ?s }", "query:3:10", "there is '}'"),
        ("SELECT (COUNT(?x) AS ?n) ?y { ?x ?y ?z }", "query:1:41", "contains a variable that is unbound"),
        (
            "SELECT * {\n FILTER(\n}",
            "query:2:8",
            "'(' is still open where '}' stands, at line 3, character 1",
        ),
        ("SELECT * {}}", "query:1:13", "does not read as a query up to here"),
    ],
)
def test_a_fault_is_told_with_what_stands_there(text: str, where: str, why: str) -> None:
    with pytest.raises(SyntaxError) as caught:
        ox.Store().query(text)
    error = invalid_query("query", text, str(caught.value))
    assert error.where == where
    assert why in str(error.why)
    assert "['" not in str(error.why)


# ---------------------------------------------------------------- order

THINGS = """
PREFIX : <urn:x:>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
:a :v 10 . :b :v 9 . :c :v "b" . :d :v "a" . :e :v :z . :f :v :y . :g :v -1.5 . :h :w "none" . :i :v 10.0 .
:j :when "2021-05-19"^^xsd:date . :k :when "2020-12-01"^^xsd:date . :l :when "2021-05-18"^^xsd:date .
"""


@pytest.fixture(scope="module")
def things() -> ox.Store:
    store = ox.Store()
    store.load(THINGS.encode(), format=ox.RdfFormat.TURTLE)
    return store


@pytest.mark.parametrize(
    "order", ["?s", "DESC(?s)", "?v ?s", "DESC(?v) ?s", "STR(?s)", "?when DESC(?s)", "DESC( ?when )\n ?v ?s"]
)
def test_rows_are_sorted_as_the_engine_sorts_them(things: ox.Store, order: str) -> None:
    text = "SELECT ?s ?v ?when { ?s ?p ?o OPTIONAL { ?s <urn:x:v> ?v } OPTIONAL { ?s <urn:x:when> ?when } }"
    asked = f"{text}\nORDER BY {order}\n"
    assert split_order(asked)[1], "the engine would sort"
    assert query(asked, things).rows == read_result(things.query(asked)).rows


@pytest.mark.parametrize(
    "end",
    [
        "}\nORDER BY ?s LIMIT 2",
        "}\nORDER BY STRLEN(?s)",
        "} # \n# ORDER BY ?s",
        "} ORDER BY ?s",
        "}\nORDER BY ASC(?s)",
    ],
)
def test_the_engine_sorts_what_is_no_list_of_variables(end: str) -> None:
    assert split_order("SELECT ?s { ?s ?p ?o " + end) == ("SELECT ?s { ?s ?p ?o " + end, ())


@pytest.mark.parametrize(
    "value", ['"1.0E2"^^xsd:double', '"2021-05-19T10:00:00Z"^^xsd:dateTime', '"x"^^xsd:integer']
)
def test_the_engine_sorts_what_it_knows_better(value: str) -> None:
    text = f"SELECT ?v {{ VALUES ?v {{ {value} 7 }} }}\nORDER BY ?v\n"
    with pytest.raises(UnsortableError):
        in_order(query(split_order(text)[0], ox.Store()), split_order(text)[1])
    assert len(query(text, ox.Store())) == 2


def test_rows_may_be_sorted_by_what_they_do_not_show(things: ox.Store) -> None:
    found = query("SELECT ?when { ?s <urn:x:when> ?when }\nORDER BY ?s\n", things)
    assert [row["when"] for row in found.values()] == ["2021-05-19", "2020-12-01", "2021-05-18"]
