"""Entries are judged in the context of what is stored, and each finding says what, where, why and how."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from entering import HEAD_LINES, judged, make_build, rules, stored_quads, the_one, triples

import cfm_kg
from cfm_kg.cli import main
from cfm_kg.entries import Finding, check
from cfm_kg.entries.patterns import patterns_of
from cfm_kg.entries.stored import Facts
from cfm_kg.entries.texts import LONGEST
from cfm_kg.errors import CfmError
from cfm_kg.resources import ontology_dir
from cfm_kg.validate.shapes import Rule, shapes
from cfm_kg.vocab import shipped_triples

EXAMPLES = Path(__file__).parent / "shapes"
SEVERITY = {"fail": "Violation", "warning": "Warning", "info": "Info"}
ID = "https://w3id.org/cfm-kg/id/"
CFM = "https://w3id.org/cfm-kg/ontology#"
MEETING = """<meeting/csto-cfm/2030-05-19> a cfm:Meeting ;
    cfm:body <body/csto-cfm> ;
    cfm:date "2030-05-19"^^xsd:date ;
    cfm:meetingStatus cfm:Planned .
"""


@pytest.fixture(scope="module")
def store() -> ox.Store:
    found = ox.Store()
    found.bulk_extend(stored_quads())
    return found


def more(line: str) -> str:
    """The meeting with a line at its end, which is the fifth."""
    return MEETING.rstrip(" .\n") + f" ;\n{line} .\n"


def line_of(finding: Finding) -> int:
    return (finding.value_where or finding.where).line - HEAD_LINES


def test_good_entry_gives_no_findings(store: ox.Store) -> None:
    report = judged(MEETING, store).report
    assert report.findings == ()
    assert report.conforms(strict=True)
    assert (report.triples, report.new) == (4, 4)


def test_finding_says_what_where_why_and_how(store: ox.Store) -> None:
    found = the_one(judged(more("    cfm:hostCountry <country/tajikistan>"), store), "meeting-hostCountry")
    assert found.message.startswith("A meeting has at most one host country")
    assert found.where.line - HEAD_LINES == 1
    assert found.value_where is not None
    assert (line_of(found), found.value_where.column) == (5, 21)
    assert found.value == f"{ID}country/tajikistan"
    assert found.constraint == "sh:class"
    assert found.expected == "at most 1; a cfm:Country"
    assert "did you mean <country/tj> (Tajikistan)" in found.remedy
    assert found.example == "cfm:hostCountry <country/tj> ;"


@pytest.mark.parametrize(
    ("line", "rule", "meant"),
    [
        ("cfm:chiar <person/stored-one>", "unknown-property", "cfm:chair"),
        ("cfm:meetingFormat cfm:Hibrid", "meeting-meetingFormat", "cfm:Hybrid"),
        ("rdfs:lable 'x'@en", "unknown-property", "rdfs:label"),
        ("cfm:topic cfm:Hibrid", "meeting-topic", "cfm:Hybrid"),
        ("a cfm:Meting", "unknown-class", "cfm:Meeting"),
        ("cfm:tally <tally/nowhere>", "meeting-tally", ""),
    ],
)
def test_misspelt_names_get_a_hint(store: ox.Store, line: str, rule: str, meant: str) -> None:
    checked = judged(more(line), store)
    found = next(f for f in checked.report.findings if f.rule.rpartition("#")[2] == rule)
    assert line_of(found) == 5
    assert meant in found.remedy


def test_dangling_reference_without_a_shape_is_told(store: ox.Store) -> None:
    found = the_one(judged(more("prov:wasDerivedFrom <article/nowhere>"), store), "dangling")
    assert (found.severity, line_of(found)) == ("Violation", 5)
    assert found.value == f"{ID}article/nowhere"


def test_only_what_the_entry_makes_wrong_is_an_error(store: ox.Store) -> None:
    wrong = "<meeting/csto-cfm/1999-01-01> cfm:place <place/dushanbe> ; cfm:hostCountry <country/tj> .\n"
    report = judged(wrong, store).report
    assert report.findings == ()
    assert [(one.rule.rpartition("#")[2], one.number) for one in report.before] == []
    touching = wrong.replace(" .", " ; cfm:chair <person/stored-one> .")
    report = judged(touching, store).report
    assert report.findings == ()
    assert [one.rule.rpartition("#")[2] for one in report.before] == ["meeting-chair-took-part"]
    assert judged(touching.replace("stored-one", "sergey-lavrov"), store).report.findings


def test_what_is_stored_already_is_no_finding(store: ox.Store) -> None:
    stored = ox.Store()
    stored.bulk_extend(store)
    text = "<thing/Odd> rdfs:label 'x'@en ; cfm:chiar cfm:Hold . cfm:Held rdfs:comment 'y'@en .\n"
    found = rules(judged(text, stored))
    assert {"untargeted", "unknown-property", "ontology", "name-form"} <= set(found)
    stored.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples(text))
    assert judged(text, stored).report.findings == ()


def test_a_second_value_beside_a_stored_one_is_wrong(store: ox.Store) -> None:
    entry = '<meeting/csto-cfm/2021-05-19>\n  cfm:date "2021-05-20"^^xsd:date .\n'
    found = the_one(judged(entry, store), "meeting-date")
    assert line_of(found) == 2
    assert found.constraint == "sh:maxCount"
    assert found.value == "2021-05-19 and 2021-05-20"


def test_stored_neighbours_are_judged_again(store: ox.Store) -> None:
    entry = """<chairmanship/csto/2021/ru> a cfm:Chairmanship ; cfm:organization <organization/csto> ;
    cfm:country <country/ru> ;
    cfm:year "2021"^^xsd:gYear .
"""
    checked = judged(entry, store)
    found = {f.focus: f for f in checked.report.findings}
    assert set(found) == {f"{ID}chairmanship/csto/2021/ru", f"{ID}chairmanship/csto/2021"}
    assert {f.rule.rpartition("#")[2] for f in found.values()} == {"chairmanship-one-a-year"}
    assert all(f.where.file == "entry.ttl" for f in found.values())
    assert line_of(found[f"{ID}chairmanship/csto/2021/ru"]) == 3


def test_tenure_that_ends_before_a_stored_meeting_is_found(store: ox.Store) -> None:
    entry = """<tenure/stored-one> a cfm:Tenure ; cfm:person <person/stored-one> ;
    cfm:post <post/xx/minister> ; cfm:start "2018"^^xsd:gYear ;
    cfm:end "%s"^^xsd:date .
<person/stored-one> cfm:tenure <tenure/stored-one> .
"""
    assert judged(entry % "2021-05-20", store).report.findings == ()
    found = the_one(judged(entry % "2021-05-19", store), "tenure-covers-participations")
    assert (found.severity, line_of(found)) == ("Warning", 3)
    assert "<meeting/csto-cfm/2021-05-19>" in found.message


def test_meeting_on_a_day_that_has_one_is_found(store: ox.Store) -> None:
    entry = MEETING.replace("<meeting/csto-cfm/2030-05-19>", "<meeting/other>").replace("2030", "2021")
    found = [f for f in judged(entry, store).report.findings if f.rule.endswith("#meeting-identity")]
    assert {f.focus for f in found} == {f"{ID}meeting/other", f"{ID}meeting/csto-cfm/2021-05-19"}


def test_only_what_is_touched_is_read(store: ox.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    read = [0]
    plain = Facts.match

    def counting(self: Facts, subject: object, predicate: object, value: object) -> Iterator[ox.Triple]:
        for triple in plain(self, subject, predicate, value):  # type: ignore[arg-type]
            read[0] += 1
            yield triple

    monkeypatch.setattr(Facts, "match", counting)
    full = more(
        "cfm:place <place/dushanbe> ; cfm:hostCountry <country/tj> ; cfm:participant <person/stored-one>"
    )
    assert judged(full, store).report.findings == ()
    few = read[0]
    large = ox.Store()
    large.bulk_extend(store)
    for number in range(3000):
        meeting = ox.NamedNode(f"{ID}meeting/csto-cfm/{number}")
        facts = {"body": "body/csto-cfm", "place": "place/dushanbe", "hostCountry": "country/tj"}
        facts["participant"] = "person/stored-one"
        large.extend(
            ox.Quad(meeting, ox.NamedNode(CFM + name), ox.NamedNode(ID + value))
            for name, value in facts.items()
        )
        day = ox.Literal(
            f"{1000 + number // 300}-01-01", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")
        )
        large.add(ox.Quad(meeting, ox.NamedNode(CFM + "date"), day))
    read[0] = 0
    assert judged(full, large).report.findings == ()
    assert read[0] < few + 300


@pytest.mark.parametrize("rule", shapes().rules, ids=lambda rule: rule.shape.rpartition("#")[2])
def test_every_rule_is_understood(rule: Rule) -> None:
    first = patterns_of(rule).patterns[0]
    assert first.subject == "this"


def test_rule_that_is_not_understood_is_told() -> None:
    rule = Rule("shape:x", "Violation", "x", "SELECT $this WHERE { VALUES $this { <a:b> } }")
    with pytest.raises(CfmError, match="VALUES"):
        patterns_of(rule)


@pytest.fixture(scope="module")
def context() -> ox.Store:
    store = ox.Store()
    for triple in [
        *shipped_triples(EXAMPLES / "context.ttl"),
        *shipped_triples(ontology_dir() / "concepts.ttl"),
    ]:
        store.add(ox.Quad(triple.subject, triple.predicate, triple.object))
    return store


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/*.ttl")), ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_examples_of_shapes_are_judged_as_by_the_shapes(context: ox.Store, path: Path) -> None:
    """As entries, the examples give the findings that the whole validation gives."""
    text = path.read_bytes()
    found = judged(text, context).report.findings
    by_shapes = {(f.rule.rpartition("#")[2], f.severity) for f in found if "#" in f.rule}
    expected = text.decode().partition("# expect: ")[2].partition("\n")[0]
    assert by_shapes == ({(expected, SEVERITY[path.stem])} if expected else set())
    assert all(f.where.line for f in found)


def test_examples_are_there() -> None:
    assert len(list(EXAMPLES.glob("*/*.ttl"))) > 100


def test_syntax_error_shows_the_line(store: ox.Store) -> None:
    found = the_one(judged(MEETING.replace("cfm:body", "cfm:body ,"), store), "syntax")
    assert line_of(found) == 2
    assert found.where.column == 14
    assert found.line == "    cfm:body , <body/csto-cfm> ;"
    assert found.remedy
    prefix = the_one(judged(MEETING.replace("cfm:body", "nope:body"), store), "syntax")
    assert "declare the prefix" in prefix.remedy


@pytest.mark.parametrize(
    ("content", "line", "expected"),
    [
        ("# одкб\n# ОДКБ — Организация Договора о коллективной безопасности".encode("cp1251"), 1, "UTF-8"),
        (b"# fine\n# \xff\n", 2, "UTF-8"),
        ("<a:b> <a:c> 'd' .".encode("utf-16"), 1, "UTF-8"),
    ],
)
def test_other_encodings_are_told(store: ox.Store, content: bytes, line: int, expected: str) -> None:
    found = the_one(judged(content, store), "encoding")
    assert found.where.line == line
    assert expected in found.expected


def test_byte_order_mark_is_no_error(store: ox.Store) -> None:
    assert judged("\ufeff".encode() + b"<a:b> <a:c> 'd' .", store).report.triples == 1


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("Mu\u0308nchen", "not-normalised"),
        ("Bia\u00c5\u201aoru\u00c5\u203a", "wrong-decoding"),
        ("broken \ufffd", "wrong-decoding"),
        ("turned \u202e round", "invisible"),
        ("zero\u200bwidth", "invisible"),
        ("x" * (LONGEST + 1), "too-long"),
    ],
)
def test_texts_that_do_harm(store: ox.Store, value: str, rule: str) -> None:
    found = the_one(judged(f'<person/new> a cfm:Person ;\n  rdfs:label "{value}"@en .', store), rule)
    assert (found.severity, line_of(found)) == ("Violation", 2)
    assert found.remedy
    assert len(found.value or "") < 100


def test_ordinary_texts_do_no_harm(store: ox.Store) -> None:
    for value in ("Köln, Łódź, Душанбе", "naïve — “quoted”", "Ã", "x" * LONGEST):
        assert rules(judged(f'<person/new> a cfm:Person ; rdfs:label "{value}"@en .', store)) == []


def test_thing_that_no_shape_targets_is_a_warning(store: ox.Store) -> None:
    report = judged('<thing/x> rdfs:label "x"@en .', store).report
    assert [(f.rule, f.severity) for f in report.findings] == [("untargeted", "Warning")]
    assert report.conforms()
    assert not report.conforms(strict=True)


def test_shapes_without_focus_nodes_are_named(store: ox.Store) -> None:
    idle = {shape.rpartition("#")[2] for shape in judged(MEETING, store).report.idle_shapes}
    assert "Tenure" in idle
    assert not {"Meeting", "meeting-identity"} & idle


@pytest.mark.parametrize(
    "entry", ["[] a cfm:Meeting .", "_:a a cfm:Person .", more("cfm:tally [ a cfm:Tally ]")]
)
def test_nameless_things_are_refused(store: ox.Store, entry: str) -> None:
    found = the_one(judged(entry, store), "blank-node")
    assert found.severity == "Violation"


TABLE = """date,body,place,host_country,status,participants,person,role,country
2030-05-19,csto-cfm,Dushanbe,tj,planned,Sergey Lavrov; person/stored-one,Sergey Lavrov,member,RU
2030-06,body/csto-cfm,,,Planned,,,,
"""


def test_table_becomes_meetings_and_participations(store: ox.Store) -> None:
    checked = judged(TABLE.replace("RU", "Russia"), store, "entry.csv")
    assert rules(checked) == []
    triples = {str(triple) for triple in checked.new}
    meeting, part = (
        f"<{ID}meeting/csto-cfm/2030-05-19>",
        f"<{ID}participation/csto-cfm/2030-05-19/sergey-lavrov>",
    )
    assert f"{meeting} <{CFM}participation> {part}" in triples
    assert f"{part} <{CFM}country> <{ID}country/ru>" in triples
    assert f"{part} <{CFM}participationRole> <{CFM}Member>" in triples
    assert (
        f'<{ID}meeting/csto-cfm/2030-06> <{CFM}date> "2030-06"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
        in triples
    )


@pytest.mark.parametrize(
    ("old", "new", "rule", "line"),
    [
        ("date,body", "date,bdy", "csv-header", 1),
        ("2030-06,", "2030-13,", "csv-value", 3),
        ("2030-06,", ",", "csv-row", 3),
        ("csto-cfm,,,Planned,,,,", "csto-cfm,,Planned", "csv-row", 3),
        ("Planned", "Plannd", "csv-value", 3),
        ("Dushanbe", "Dushanbeh Town", "csv-value", 2),
        ("Dushanbe", "dushanbeh", "meeting-place", 2),
        ("Sergey Lavrov,member", 'Sergey "x,member', "csv-value", 2),
    ],
)
def test_faults_of_a_table_name_their_row(store: ox.Store, old: str, new: str, rule: str, line: int) -> None:
    table = TABLE.replace("RU", "Russia").replace(old, new, 1)
    found = next(
        f for f in judged(table, store, "e.csv").report.findings if f.rule.rpartition("#")[2] == rule
    )
    assert found.where.line == line
    assert found.remedy


def test_json_ld_with_the_shipped_context(store: ox.Store) -> None:
    document = {"id": f"{ID}meeting/x", "type": "Meeting", "body": f"{ID}body/csto-cfm", "chiar": "x"}
    document |= {"date": "2030-05-19", "meetingStatus": "Plannd"}
    text = json.dumps(document, indent=1)
    found = the_one(judged(text, store, "e.jsonld"), "meeting-meetingStatus")
    assert (found.value_where or found.where).line == 1 + text[: text.index("Plannd")].count("\n")
    broken = the_one(judged(text[:-1], store, "e.jsonld"), "syntax")
    assert broken.where.line
    remote = text.replace("{", '{"@context": "https://example.org/c",', 1)
    assert "context" in the_one(judged(remote, store, "e.jsonld"), "syntax").message


@pytest.mark.parametrize("name", ["e.nq", "e.trig", "e.nt"])
def test_other_formats_have_places(store: ox.Store, name: str) -> None:
    lines = [
        f"<{ID}meeting/x> <{CFM}{p}> <{ID}{v}> ."
        for p, v in (("body", "body/csto-cfm"), ("place", "place/no"))
    ]
    lines.insert(0, f"<{ID}meeting/x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{CFM}Meeting> .")
    found = the_one(judged("\n".join(lines) + "\n", store, name), "meeting-place")
    assert (found.value_where or found.where).line == 3


def test_finding_shows_the_sentence_of_its_article(tmp_path: Path) -> None:
    folder = make_build(tmp_path)
    entry = tmp_path / "entry.ttl"
    entry.write_text(
        f"<{ID}chairmanship/csto/2021/ru> a <{CFM}Chairmanship> ;"
        f" <{CFM}organization> <{ID}organization/csto> ;"
        f' <{CFM}country> <{ID}country/ru> ; <{CFM}year> "2021"^^<http://www.w3.org/2001/XMLSchema#gYear> .'
    )
    quotes = [finding.quote for finding in check(entry, folder).findings if finding.quote]
    assert [(q.file, q.exact, q.sentence) for q in quotes] == [
        ("a.txt", "chairs in 2021", "Hosts chairs in 2021 again.")
    ]


def test_same_check_as_a_function(tmp_path: Path) -> None:
    entry = tmp_path / "entry.ttl"
    entry.write_text("<a:b> a <https://w3id.org/cfm-kg/ontology#Meting> .")
    report = cfm_kg.check(entry)
    assert [finding.rule for finding in report.findings] == ["unknown-class"]
    with pytest.raises(CfmError, match="there is no store"):
        cfm_kg.check(entry, tmp_path / "nowhere")
    with pytest.raises(CfmError, match="no format"):
        cfm_kg.check(entry.rename(tmp_path / "entry.txt"))


def test_checking_leaves_the_store_as_it_is(tmp_path: Path) -> None:
    folder = make_build(tmp_path)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    entry = tmp_path / "entry.ttl"
    entry.write_text("<a:b> a <https://w3id.org/cfm-kg/ontology#Meting> .")
    code = "from cfm_kg.cli import main; main()"
    command = [sys.executable, "-c", code, "check", str(entry), "--store", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "did you mean cfm:Meeting?" in done.stdout
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_standard_input_is_checked_and_touches_no_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(text: str, *options: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        monkeypatch.setattr(sys, "argv", ["cfm-kg", "check", "-", *options])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out + told.err

    code, told = said("<a:b> a <https://w3id.org/cfm-kg/ontology#Meting> .")
    assert code == 1
    assert "standard input:1:9" in told
    assert said("", "--kind", "word")[0] == 2
    assert said("", "other.ttl")[0] == 2
    assert said("", "--fix", "--write")[0] == 2
