"""The validate stage: reading files, naming where findings stand, renderings."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, SH

from cfm_kg.errors import CfmError
from cfm_kg.resources import registry_dir
from cfm_kg.validate import Finding, ValidationReport, short, validate, validate_quads
from cfm_kg.validate.graphs import from_rdflib, to_rdflib
from cfm_kg.vocab import PROVENANCE_GRAPH

EXAMPLES = Path(__file__).parent / "shapes"
CHAIR = EXAMPLES / "meeting-chair-took-part" / "fail.ttl"
MEETING = "https://w3id.org/cfm-kg/id/meeting/csto-cfm/2021-05-19"
HEAD = "@prefix cfm: <https://w3id.org/cfm-kg/ontology#> .\n@base <https://w3id.org/cfm-kg/id/> .\n"


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_shipped_registry_conforms() -> None:
    files = sorted(registry_dir().glob("*.ttl"))
    assert len(files) >= 4
    assert [(f.where, f.message) for f in validate(files).of("Violation")] == []


def test_finding_says_what_where_and_why() -> None:
    report = validate(CHAIR)
    assert not report.conforms
    (finding,) = report.findings
    lines = CHAIR.read_text(encoding="utf-8").splitlines()
    assert finding.where is not None
    path, _, line = finding.where.rpartition(":")
    assert path == str(CHAIR)
    assert lines[int(line) - 1].startswith("<meeting/csto-cfm/2021-05-19> a cfm:Meeting")
    assert (finding.severity, finding.focus) == ("Violation", MEETING)
    assert finding.path == "https://w3id.org/cfm-kg/ontology#chair"
    assert finding.value == "https://w3id.org/cfm-kg/id/person/sirojiddin-muhriddin"
    assert finding.message.endswith("Add cfm:participant, or correct cfm:chair.")
    assert report.offenders == {MEETING}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (HEAD + "<x> cfm:chair <place/a> .\n<place/a>\n  a cfm:Place .", 4),
        ("PREFIX p: <https://w3id.org/cfm-kg/id/place/>\n\np:ab a p:x . # p:a\np:a a p:y .", 4),
        ("<https://w3id.org/cfm-kg/id/place/a> a <x:y> .", 1),
        ("@prefix p: <https://w3id.org/cfm-kg/id/place/> .\n<x:y> <x:z> p:a .", 2),
        ("<x:y> <x:z> <x:w> .", None),
    ],
)
def test_line_of_a_node(tmp_path: Path, text: str, line: int | None) -> None:
    from cfm_kg.validate.data import read_files

    path = written(tmp_path, "a.ttl", text)
    where = read_files([path]).where("https://w3id.org/cfm-kg/id/place/a")
    assert where == (None if line is None else f"{path}:{line}")


def test_broken_turtle_names_file_line_and_reason(tmp_path: Path) -> None:
    path = written(tmp_path, "broken.ttl", HEAD + "<x> a cfm:Place ;\n  cfm:country <unclosed .\n")
    with pytest.raises(CfmError) as caught:
        validate(path)
    assert caught.value.where == f"{path}:4"
    assert caught.value.why
    assert caught.value.remedy


@pytest.mark.parametrize("name", ["missing.ttl", "letters.docx"])
def test_unreadable_files_are_refused_by_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(CfmError) as caught:
        validate(tmp_path / name)
    assert caught.value.where == str(tmp_path / name)


def test_wrong_bytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "latin.ttl"
    path.write_bytes(b"<x:y> <x:z> '\xe9' .")
    with pytest.raises(CfmError, match="cannot be read"):
        validate(path)


def test_reference_counts_as_known_but_is_not_judged(tmp_path: Path) -> None:
    text = (
        HEAD
        + "<meeting/csto-cfm/2021> a cfm:Meeting ; cfm:body <body/csto-cfm> ; cfm:meetingStatus cfm:Held ."
    )
    path = written(tmp_path, "one.ttl", text)
    assert validate(path).findings == ()
    alone = validate(path, reference=False)
    assert [f.path for f in alone.findings] == ["https://w3id.org/cfm-kg/ontology#body"]


def test_several_files_are_judged_together(tmp_path: Path) -> None:
    meeting = HEAD + "<m> a cfm:Meeting ; cfm:body <body/new> ; cfm:meetingStatus cfm:Held ."
    body = HEAD + "<body/new> a cfm:Body ; cfm:partOf <organization/csto> ;\n"
    body += "  <http://www.w3.org/2000/01/rdf-schema#label> 'New'@en ."
    files = [written(tmp_path, "m.ttl", meeting), written(tmp_path, "b.ttl", body)]
    assert not validate(files[0]).conforms
    assert validate(files).findings == ()


def test_contradicting_articles_are_not_judged_as_one(tmp_path: Path) -> None:
    """Two article graphs may give one meeting two bodies; the merged facts may not."""
    two_bodies = "<m> a cfm:Meeting ; cfm:body <body/csto-cfm>, <body/csto-csc> ; cfm:meetingStatus cfm:Held"
    graph = "<{0}> {{ " + two_bodies + " }}\n"
    merged = "<m> a cfm:Meeting ; cfm:body <body/csto-cfm> ; cfm:meetingStatus cfm:Held .\n"
    path = written(tmp_path, "a.trig", HEAD + merged + graph.format("article/1"))
    assert validate(path).conforms
    path = written(tmp_path, "b.trig", HEAD + merged + graph.format(PROVENANCE_GRAPH))
    assert not validate(path).conforms
    path = written(tmp_path, "c.trig", HEAD + graph.format("article/1"))
    assert not validate(path).conforms


def test_graphs_quads_and_files_give_the_same_findings() -> None:
    graph = Graph().parse(CHAIR)
    (from_file,) = validate(CHAIR).findings
    (from_graph,) = validate(graph).findings
    (from_quads,) = validate_quads(from_rdflib(graph)).findings
    assert from_graph == from_quads
    assert from_graph.where is None
    assert (from_file.shape, from_file.focus, from_file.message) == (
        from_graph.shape,
        from_graph.focus,
        from_graph.message,
    )


def test_nested_constraints_hold_for_single_nodes() -> None:
    """pySHACL's own focus option would skip the kinds of date; ours must not."""
    data = (
        HEAD + "<m> a cfm:Meeting ; cfm:body <body/csto-cfm> ; cfm:meetingStatus cfm:Held ; cfm:date 'May' ."
    )
    findings = validate_quads(quad.triple for quad in ox.parse(data, format=ox.RdfFormat.TURTLE)).findings
    assert [(f.shape.rpartition("#")[2], f.value) for f in findings] == [("meeting-date", "May")]


def test_impossible_literals_are_findings_not_log_lines(caplog: pytest.LogCaptureFixture) -> None:
    assert not validate(EXAMPLES / "Tenure" / "fail.ttl").conforms
    assert caplog.records == []


@pytest.mark.parametrize(("offset", "conforms"), [("4", True), ("'4'", False), ("4.0", False), ("-4", False)])
def test_offsets_are_whole_numbers_whatever_their_datatype(
    offset: str, conforms: bool, tmp_path: Path
) -> None:
    text = (EXAMPLES / "Claim" / "pass.ttl").read_text(encoding="utf-8")
    typed = '"0"^^xsd:nonNegativeInteger'
    assert typed in text
    quote = text.replace('"16"^^xsd:nonNegativeInteger', "20")
    path = written(tmp_path, "a.ttl", quote.replace(typed, offset))
    assert validate(path).conforms == conforms


def test_conversion_keeps_spelling() -> None:
    text = "<x:a> <x:b> '01'^^<http://www.w3.org/2001/XMLSchema#integer>, 'x'@en-gb, 'y', _:b, <x:c> .\n"
    triples = [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]
    there = to_rdflib(triples)
    assert len(there) == 5
    assert isomorphic(there, to_rdflib(from_rdflib(there)))
    assert '"01"^^' in there.serialize(format="nt")


def test_idle_shapes_are_listed() -> None:
    report = validate(CHAIR)
    idle = {shape.rpartition("#")[2] for shape in report.idle_shapes}
    assert {"Article", "Claim", "same-as-once", "interval-ends-after-start"} <= idle
    assert not {"Meeting", "meeting-chair-took-part"} & idle
    assert f"({len(idle)} shapes)" in report.text()


REPORT = ValidationReport(
    (
        Finding(
            "Violation", MEETING, "^https://w3id.org/cfm-kg/ontology#tally", 'a "b" c', "x:s", "Wrong. Do."
        ),
        Finding("Info", MEETING, None, MEETING, "x:t", "Note.", "a.ttl:3"),
    )
)


def test_text_report() -> None:
    assert REPORT.text() == (
        "Violation: <meeting/csto-cfm/2021-05-19>\n"
        "  property  ^cfm:tally\n"
        '  value     a "b" c\n'
        "  Wrong. Do.\n"
        "  by        x:s\n\n"
        "a.ttl:3: Info: <meeting/csto-cfm/2021-05-19>\n"
        "  Note.\n"
        "  by        x:t\n\n"
        "The data does not conform: 1 violation, 0 warnings, 1 info.\n"
    )


def test_json_report() -> None:
    content = json.loads(REPORT.json())
    assert content["conforms"] is False
    assert content["counts"] == {"Violation": 1, "Warning": 0, "Info": 1}
    assert content["findings"][1]["where"] == "a.ttl:3"


def test_turtle_report_is_shacl_without_blank_nodes() -> None:
    graph = Graph().parse(data=validate(CHAIR).turtle())
    (result,) = graph.objects(None, SH.result)
    assert str(graph.value(result, SH.focusNode)) == MEETING
    assert graph.value(result, SH.resultSeverity) == SH.Violation
    assert (None, RDF.type, SH.ValidationReport) in graph
    assert "_:" not in graph.serialize(format="nt")
    assert len(set(Graph().parse(data=REPORT.turtle()).objects(None, SH.result))) == 2


def test_empty_report() -> None:
    report = validate_quads([])
    assert report.conforms
    assert "sh:conforms true" in report.turtle()
    assert "The data conforms: 0 violations, 0 warnings, 0 infos." in report.text()


def test_only_violations_make_data_wrong() -> None:
    warned = validate(EXAMPLES / "meeting-host-of-place" / "warning.ttl")
    assert warned.conforms
    assert warned.counts() == {"Violation": 0, "Warning": 1, "Info": 0}


@pytest.mark.parametrize(
    ("iri", "shown"),
    [
        ("https://w3id.org/cfm-kg/ontology#chair", "cfm:chair"),
        (MEETING, "<meeting/csto-cfm/2021-05-19>"),
        ("http://www.w3.org/ns/shacl#Info", "sh:Info"),
        ("urn:x", "urn:x"),
    ],
)
def test_short_names(iri: str, shown: str) -> None:
    assert short(iri) == shown
