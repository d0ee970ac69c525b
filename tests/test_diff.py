"""What differs is told thing by thing, whatever the form of both sides."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pyoxigraph as ox
import pytest
from typer.testing import CliRunner

from cfm_kg.cli.app import app
from cfm_kg.diff import Difference, Kind, as_json, as_markdown, as_text, compare, diff, open_source
from cfm_kg.diff.sources import LineSide, StoreSide
from cfm_kg.errors import CfmError
from cfm_kg.store import FORMATS, write_as, write_nquads, write_store

HEAD = """@base <https://w3id.org/cfm-kg/id/> .
@prefix cfm: <https://w3id.org/cfm-kg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
"""
MEETING = """
<meeting/csto-cfm/2021-05-19> a cfm:Meeting ; cfm:body <body/csto-cfm> ; cfm:date "2021-05-19"^^xsd:date ;
    cfm:meetingStatus cfm:Held ; cfm:place <place/dushanbe> ; cfm:hostCountry <country/tj> ;
    cfm:participant <person/ana-sel> ; cfm:participation <participation/csto-cfm/2021-05-19/ana-sel> ;
    cfm:adopted <document/csto-cfm/2021-05-19/statement-on-reefs> .
<participation/csto-cfm/2021-05-19/ana-sel> a cfm:Participation ; cfm:person <person/ana-sel> ;
    cfm:participationRole cfm:Member .
<document/csto-cfm/2021-05-19/statement-on-reefs> a cfm:Document ; dcterms:title "On reefs"@en ;
    cfm:documentType cfm:Statement .
<person/ana-sel> a cfm:Person ; rdfs:label "Ana Sel"@en .
<place/lagoon> a cfm:Place ; rdfs:label "Lagoon"@en ; geo:lat 38.50 .
"""
OTHER = """
<meeting/csto-cfm/2023-06-20> a cfm:Meeting ; cfm:body <body/csto-cfm> ; cfm:date "2023-06-20"^^xsd:date ;
    cfm:meetingStatus cfm:Held .
"""
runner = CliRunner()


def file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def quads(text: str) -> list[ox.Quad]:
    return list(ox.parse(HEAD + text, format=ox.RdfFormat.TRIG))


def of_texts(folder: Path, before: str, after: str) -> Difference:
    return diff(file(folder, "a.trig", before), file(folder, "b.trig", after))


def things(found: Difference) -> dict[str, Kind]:
    return {t.iri.partition("/id/")[2] or t.iri: t.kind for graph in found.graphs for t in graph.things}


@pytest.mark.parametrize("suffix", [*FORMATS, "store"])
@pytest.mark.parametrize("other", [*FORMATS, "store"])
def test_every_form_of_the_same_graph_is_equal(tmp_path: Path, suffix: str, other: str) -> None:
    written = []
    for number, form in enumerate((suffix, other)):
        path = tmp_path / f"{number}.{form}"
        if form == "store":
            write_store(quads(MEETING), path)
        else:
            path.write_bytes(write_as(form, quads(MEETING)))
        written.append(path)
    assert diff(*written).equal
    with_more = tmp_path / "more.ttl"
    with_more.write_bytes(write_as("ttl", quads(MEETING + OTHER)))
    assert things(diff(written[0], with_more)) == {"meeting/csto-cfm/2023-06-20": Kind.ADDED}
    assert things(diff(with_more, written[1])) == {"meeting/csto-cfm/2023-06-20": Kind.REMOVED}


def test_a_meeting_that_moved_takes_its_parts_along(tmp_path: Path) -> None:
    after = (
        MEETING.replace("2021-05-19", "2021-05-20")
        .replace("statement-on-reefs> .", "statement-on-reefs> , <document/a> , <document/b> .")
        .replace("Member", "Guest")
    )
    after += '<document/a> a cfm:Document ; dcterms:title "On A"@en .'
    after += '<document/b> a cfm:Document ; dcterms:title "Of quite other birds"@en .'
    found = of_texts(tmp_path, MEETING, after)
    assert things(found) == {
        "meeting/csto-cfm/2021-05-20": Kind.MOVED,
        "participation/csto-cfm/2021-05-20/ana-sel": Kind.MOVED,
        "document/csto-cfm/2021-05-20/statement-on-reefs": Kind.MOVED,
        "document/a": Kind.ADDED,
        "document/b": Kind.ADDED,
    }
    assert as_text(found) == (
        "Document: 2 added\n"
        "  + On A  [document/a]\n"
        "  + Of quite other birds  [document/b]\n"
        "\n"
        "Meeting: 1 moved\n"
        "  > Council of Foreign Ministers of the CSTO, 2021-05-20  [meeting/csto-cfm/2021-05-20]"
        " (was meeting/csto-cfm/2021-05-19)\n"
        "      adopted: + On A; Of quite other birds\n"
        "      date: 2021-05-19 → 2021-05-20\n"
        "      with it 1 thing named after it\n"
        "\n"
        "Participation: 1 moved\n"
        "  > Ana Sel  [participation/csto-cfm/2021-05-20/ana-sel]"
        " (was participation/csto-cfm/2021-05-19/ana-sel)\n"
        "      participationRole: member → guest\n"
        "\n"
    )


def test_another_meeting_is_no_moved_one(tmp_path: Path) -> None:
    found = of_texts(tmp_path, MEETING, OTHER)
    kinds = things(found)
    assert kinds["meeting/csto-cfm/2021-05-19"] == Kind.REMOVED
    assert kinds["meeting/csto-cfm/2023-06-20"] == Kind.ADDED


def test_a_participation_of_another_meeting_is_no_moved_one(tmp_path: Path) -> None:
    part = "<participation/{0}/a> a cfm:Participation ; cfm:person <person/a> . <meeting/{0}> a cfm:Meeting ."
    links = [f"<meeting/{name}> cfm:participation <participation/{name}/a> ." for name in ("x", "y")]
    both = "<meeting/x> a cfm:Meeting . <meeting/y> a cfm:Meeting ."
    found = of_texts(tmp_path, both + part.format("x") + links[0], both + part.format("y") + links[1])
    assert things(found)["participation/x/a"] == Kind.REMOVED
    assert things(found)["participation/y/a"] == Kind.ADDED


def test_a_document_whose_title_was_corrected_moved(tmp_path: Path) -> None:
    after = MEETING.replace("statement-on-reefs", "statement-on-the-reefs").replace(
        "On reefs", "On the reefs"
    )
    found = of_texts(tmp_path, MEETING, after)
    assert things(found) == {"document/csto-cfm/2021-05-19/statement-on-the-reefs": Kind.MOVED}


def test_a_changed_label_is_told_on_the_thing(tmp_path: Path) -> None:
    text = as_text(of_texts(tmp_path, MEETING, MEETING.replace("Ana Sel", "Ana Sell")))
    assert text == (
        "Person: 1 changed\n"
        "  ~ Ana Sell  [person/ana-sel]\n"
        "      rdfs:label: “Ana Sel” (en) → “Ana Sell” (en)\n\n"
    )


def test_blank_nodes_are_told_apart_by_what_is_said_of_them(tmp_path: Path) -> None:
    before = '<place/a> rdfs:seeAlso [ rdfs:label "one" ; rdfs:seeAlso [ rdfs:label "two" ] ] .'
    before += '<place/a> rdfs:seeAlso [ rdfs:label "three" ] .'
    same = (
        '_:x rdfs:label "three" . <place/a> rdfs:seeAlso _:x, _:y . _:y rdfs:seeAlso _:z ; rdfs:label "one" .'
    )
    same += '_:z rdfs:label "two" .'
    assert of_texts(tmp_path, before, same).equal
    other = of_texts(tmp_path, before, same.replace("three", "four"))
    (graph,) = other.graphs
    assert (graph.removed, graph.added) == (2, 2), "the other group of blank nodes keeps its names"
    twice = '<place/a> rdfs:seeAlso [ rdfs:label "one" ], [ rdfs:label "one" ] .'
    once = '<place/a> rdfs:seeAlso [ rdfs:label "one" ] .'
    assert not of_texts(tmp_path, twice, once).equal
    swapped = "_:a rdfs:seeAlso _:b . _:b rdfs:seeAlso _:a . _:c rdfs:seeAlso _:c ."
    assert of_texts(tmp_path, swapped, swapped.replace("_:a", "_:q").replace("_:b", "_:a")).equal


def test_blank_nodes_in_sorted_lines(tmp_path: Path) -> None:
    one, two = tmp_path / "1.nt", tmp_path / "2.nt"
    one.write_text('_:a <http://e.org/p> "x" .\n_:b <http://e.org/p> "y" .\n')
    two.write_text('_:a <http://e.org/p> "y" .\n_:b <http://e.org/p> "x" .\n')
    assert diff(one, two).equal


def test_sorted_lines_are_never_read_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in (("a", MEETING), ("b", MEETING + OTHER)):
        (tmp_path / f"{name}.nq").write_bytes(write_nquads(quads(text)))
    monkeypatch.setattr(LineSide, "_read", lambda self: pytest.fail("it was read as a whole"))
    found = diff(tmp_path / "a.nq", tmp_path / "b.nq")
    assert things(found) == {"meeting/csto-cfm/2023-06-20": Kind.ADDED}


def test_unsorted_lines_and_other_spellings_are_equal(tmp_path: Path) -> None:
    lines = write_nquads(quads(MEETING + OTHER)).splitlines(keepends=True)
    (tmp_path / "a.nq").write_bytes(b"".join(lines))
    random.Random(4).shuffle(lines)
    (tmp_path / "b.nq").write_bytes(b"# a comment\n\n" + b"".join(lines).replace(b"38.50", b"38.5"))
    assert b"38.50" in (tmp_path / "a.nq").read_bytes()
    assert diff(tmp_path / "a.nq", tmp_path / "b.nq").equal


def test_stores_are_asked_not_copied(tmp_path: Path) -> None:
    write_store(quads(MEETING), tmp_path / "a")
    write_store(quads(MEETING + OTHER), tmp_path / "b" / "store")
    one, two = open_source(tmp_path / "a"), open_source(tmp_path / "b")
    assert isinstance(one, StoreSide)
    assert isinstance(two, StoreSide)
    found = compare(one, two)
    assert (len(found.removed), len(found.added)) == (0, 4)


def test_other_graphs_count_and_are_told_when_asked(tmp_path: Path) -> None:
    graph = '<article/a> { <person/ana-sel> rdfs:label "Ana"@en }'
    found = of_texts(tmp_path, MEETING + graph, MEETING + graph.replace("Ana", "Anna"))
    assert not found.equal
    assert "Person" not in as_text(found)
    assert "1 statements removed, 1 added" in as_text(found)
    assert "rdfs:label: “Ana” (en) → “Anna” (en)" in as_text(found, every_graph=True)
    merged = diff(file(tmp_path, "c.ttl", MEETING), tmp_path / "a.trig")
    assert merged.equal
    assert merged.notes


def test_json_and_markdown_tell_the_same(tmp_path: Path) -> None:
    found = of_texts(tmp_path, MEETING, MEETING.replace("On reefs", "On [all] reefs"))
    content = json.loads(as_json(found))
    (fact,) = content["graphs"][0]["things"][0]["facts"]
    assert not content["equal"]
    assert fact["added"] == [{"term": '"On [all] reefs"@en', "label": "“On [all] reefs” (en)"}]
    assert "- **changed** On \\[all\\] reefs (`document/" in as_markdown(found)


def test_exit_codes(tmp_path: Path) -> None:
    a, b = str(file(tmp_path, "a.ttl", MEETING)), str(file(tmp_path, "b.ttl", MEETING + OTHER))
    assert runner.invoke(app, ["diff", a, a]).exit_code == 0
    assert runner.invoke(app, ["diff", a, b]).exit_code == 1
    for faulty in (
        str(tmp_path / "none.ttl"),
        str(tmp_path),
        str(file(tmp_path, "c.ttl", "<x> a")),
        __file__,
    ):
        found = runner.invoke(app, ["diff", a, faulty])
        assert found.exit_code == 2
        assert faulty in found.output


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    good, bad = tmp_path / "a.nt", tmp_path / "b.nt"
    good.write_text('<http://e.org/a> <http://e.org/p> "x" .\n')
    bad.write_text('<http://e.org/a> <http://e.org/p> "x" .\n<http://e.org/b> nonsense .\n')
    with pytest.raises(CfmError) as caught:
        diff(good, bad)
    assert caught.value.where == f"{bad}:2"
