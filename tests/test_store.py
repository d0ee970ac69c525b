"""Stable files and the store's folder: what is written reads back as the same quads, in the same bytes."""

from __future__ import annotations

import random
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from cfm_kg.errors import CfmError
from cfm_kg.quads import reference_quads
from cfm_kg.resources import ontology_dir, registry_dir
from cfm_kg.store import FORMATS, open_store, parse_file, write_as, write_store
from cfm_kg.vocab import BASE, prefixes

READ = {
    "ttl": (ox.RdfFormat.TURTLE, "turtle"),
    "trig": (ox.RdfFormat.TRIG, "trig"),
    "nq": (ox.RdfFormat.N_QUADS, "nquads"),
    "nt": (ox.RdfFormat.N_TRIPLES, "nt"),
    "jsonld": (ox.RdfFormat.JSON_LD, "json-ld"),
    "xml": (ox.RdfFormat.RDF_XML, "xml"),
}
XSD = "http://www.w3.org/2001/XMLSchema#"
ID = BASE + "id/"


def literal(value: str, kind: str = "string") -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(XSD + kind))


ODD_LITERALS = [
    ox.Literal('quotes " and \\ and \n lines \r\t'),
    ox.Literal("line\u2028separator\u0085and\u2029more"),
    ox.Literal("Талыш 🎉 \u200b", language="ru"),
    ox.Literal("x" * 300 + " no wrapping"),
    ox.Literal("", language="en"),
    literal("007", "integer"),
    literal("-5", "integer"),
    literal("0.50", "decimal"),
    literal("1", "boolean"),
    literal("true", "boolean"),
    literal("2021-05-19T10:00:00Z", "dateTime"),
    literal("2021-05", "gYearMonth"),
    literal("12", "nonNegativeInteger"),
]
ODD_IRIS = [
    ID + "meeting/csto-cfm/2021-05-19",
    ID + "post/tj/minister-of-foreign-affairs",
    ID + "person/o.dot.",
    ID + "meeting//double",
    ID + "person/-dash",
    ID + "person/",
    BASE + "ontology#",
    "https://example.org/a?b=c&d=é",
    "urn:x:y",
]


def odd_quads() -> list[ox.Quad]:
    predicate = ox.NamedNode(BASE + "ontology#date")
    graphs: list[ox.DefaultGraph | ox.NamedNode] = [ox.DefaultGraph(), ox.NamedNode(BASE + "graph/registry")]
    values: list[ox.Literal | ox.NamedNode] = [*ODD_LITERALS, *map(ox.NamedNode, ODD_IRIS)]
    return [
        ox.Quad(ox.NamedNode(iri), predicate, value, graph)
        for graph in graphs
        for iri in ODD_IRIS
        for value in values
    ]


def flat(quads: list[ox.Quad]) -> set[ox.Quad]:
    return {ox.Quad(q.subject, q.predicate, q.object, ox.DefaultGraph()) for q in quads}


@pytest.mark.parametrize("suffix", list(FORMATS))
def test_oxigraph_reads_back_the_same_quads(suffix: str) -> None:
    quads = odd_quads()
    if suffix == "xml":  # XML itself turns other line separators into line feeds
        quads = [q for q in quads if not isinstance(q.object, ox.Literal) or "\r" not in q.object.value]
    read = set(ox.parse(write_as(suffix, quads), format=READ[suffix][0]))
    assert read == (set(quads) if FORMATS[suffix].graphs else flat(quads))


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("suffix", list(FORMATS))
def test_rdflib_reads_back_the_same_quads(suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    quads = [q for q in odd_quads() if not isinstance(q.object, ox.Literal) or "\r" not in q.object.value]
    if not FORMATS[suffix].graphs:
        quads = list(flat(quads))
    dataset = rdflib.Dataset()
    dataset.parse(data=write_as(suffix, quads), format=READ[suffix][1])
    found = {(str(s), str(p), _plain(o), _graph(g)) for s, p, o, g in dataset.quads()}
    assert found == {
        (_plain(q.subject)[0], q.predicate.value, _plain(q.object), _graph(q.graph_name)) for q in quads
    }


def _plain(term: object) -> tuple[str, ...]:
    if isinstance(term, rdflib.Literal):
        return (
            str(term),
            (term.language or "").lower(),
            str(term.datatype or XSD + "string") * (not term.language),
        )
    if isinstance(term, ox.Literal):
        return term.value, term.language or "", term.datatype.value * (not term.language)
    return (term.value if isinstance(term, ox.NamedNode) else str(term),)


def _graph(name: object) -> str:
    text = name.value if isinstance(name, ox.NamedNode) else str(name)
    return text if text.startswith("http") else ""


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=150)
@given(st.lists(st.tuples(TEXTS, st.sampled_from(["en", "ru", None])), max_size=6))
def test_any_text_survives_turtle_and_trig(values: list[tuple[str, str | None]]) -> None:
    subject, predicate = ox.NamedNode(ID + "a/b"), ox.NamedNode(BASE + "ontology#rule")
    quads = {
        ox.Quad(subject, predicate, ox.Literal(t, language=tag) if tag else ox.Literal(t), ox.DefaultGraph())
        for t, tag in values
    }
    for suffix in ("ttl", "trig", "jsonld", "nq"):
        assert set(ox.parse(write_as(suffix, quads), format=READ[suffix][0])) == quads


@pytest.mark.parametrize("suffix", list(FORMATS))
def test_order_of_quads_does_not_change_the_bytes(suffix: str) -> None:
    quads = odd_quads()
    expected = write_as(suffix, quads)
    random.Random(1).shuffle(quads)
    assert write_as(suffix, quads + quads[:5]) == expected


def test_registry_and_concepts_round_trip() -> None:
    files = [*registry_dir().glob("*.ttl"), ontology_dir() / "concepts.ttl"]
    assert len(files) >= 3
    quads = reference_quads(files)
    for suffix in ("trig", "nq", "jsonld"):
        assert set(ox.parse(write_as(suffix, quads), format=READ[suffix][0])) == set(quads), suffix


def test_turtle_is_pretty() -> None:
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    meeting, country = ox.NamedNode(ID + "meeting/csto-cfm/2021-05-19"), ox.NamedNode(ID + "country/tj")
    quads = [
        ox.Quad(country, ox.NamedNode(prefixes()["cfm"] + "isoCode"), ox.Literal("TJ"), ox.DefaultGraph()),
        ox.Quad(country, kind, ox.NamedNode(prefixes()["cfm"] + "Country"), ox.DefaultGraph()),
        ox.Quad(meeting, ox.NamedNode(prefixes()["cfm"] + "hostCountry"), country, ox.DefaultGraph()),
        ox.Quad(meeting, kind, ox.NamedNode(prefixes()["cfm"] + "Meeting"), ox.DefaultGraph()),
    ]
    assert write_as("ttl", quads).decode() == (
        f"@base <{ID}> .\n"
        f"@prefix cfm: <{BASE}ontology#> .\n"
        f"@prefix country: <{ID}country/> .\n"
        '\ncountry:tj\n    a cfm:Country ;\n    cfm:isoCode "TJ" .\n'
        "\n<meeting/csto-cfm/2021-05-19>\n    a cfm:Meeting ;\n    cfm:hostCountry country:tj .\n"
    )


@pytest.mark.parametrize("suffix", ["ttl", "trig", "jsonld"])
def test_blank_nodes_are_refused(suffix: str) -> None:
    predicate = ox.NamedNode(BASE + "ontology#date")
    with pytest.raises(TypeError):
        write_as(suffix, [ox.Quad(ox.BlankNode(), predicate, ox.Literal("x"), ox.DefaultGraph())])


def test_unknown_format_is_refused() -> None:
    with pytest.raises(CfmError, match="no format 'pdf'"):
        write_as("pdf", [])


def test_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("<a:b> <a:c> 1 .\n<a:b> nonsense .\n")
    with pytest.raises(CfmError, match=r"broken\.ttl:2"):
        parse_file(path)
    with pytest.raises(CfmError, match="cannot be read"):
        parse_file(tmp_path / "absent.ttl")
    with pytest.raises(CfmError, match="suffix"):
        parse_file(tmp_path / "absent.docx")


def test_store_is_replaced_as_a_whole(tmp_path: Path) -> None:
    # The store keeps numbers as numbers: 007 would come back as 7.
    folder, quads = tmp_path / "out" / "store", [q for q in odd_quads() if isinstance(q.object, ox.NamedNode)]
    write_store(quads, folder)
    reader = open_store(folder)
    assert set(reader) == set(quads)
    write_store(quads[:3], folder)
    assert set(open_store(folder)) == set(quads[:3])
    assert [path.name for path in folder.parent.iterdir()] == ["store"]


def test_store_refuses_a_folder_of_something_else(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(CfmError, match="not a store"):
        write_store([], tmp_path)
    assert (tmp_path / "thesis.txt").exists()


def test_no_store_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CfmError, match="cfm-kg build"):
        open_store(tmp_path / "store")
