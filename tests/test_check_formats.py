"""Reports for people and machines, and fixes that need no thought."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import yaml
from entering import HEAD, HEAD_LINES, make_build
from typer.testing import CliRunner, Result

import cfm_kg
from cfm_kg.cli.app import app
from cfm_kg.cli.commands import HELP
from cfm_kg.entries import Report, check
from cfm_kg.entries.formats import FORMATS
from cfm_kg.entries.model import Finding, Place
from cfm_kg.entries.read import KINDS, LARGEST
from cfm_kg.errors import CfmError
from cfm_kg.vocab import prefixes

ROOT = Path(__file__).resolve().parent.parent
SH = prefixes()["sh"]
BAD = """<meeting/csto-cfm/2030-05-19> a cfm:Meeting ; cfm:body <body/csto-cfm> ;
    cfm:date "2030-05-19" ;
    cfm:meetingStatus cfm:Planned ;
    cfm:hostCountry "Tajikistan" ;
    cfm:adopted <document/d> .
<document/d> a cfm:Document ; cfm:documentType cfm:Plan ;
    dcterms:title "A \\"plan\\"" .
<thing/x> rdfs:comment "x"@en .
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_build(tmp_path_factory.mktemp("build"))


@pytest.fixture
def entry(tmp_path: Path) -> Path:
    path = tmp_path / "my entry.ttl"
    path.write_text(HEAD + BAD, encoding="utf-8")
    return path


@pytest.fixture
def report(entry: Path, store: Path) -> Report:
    return check(entry, store)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)], prog_name="cfm-kg")


def test_report_has_errors_and_a_warning(report: Report) -> None:
    assert report.counts() == {"Violation": 3, "Warning": 1, "Info": 0}


def test_text_says_what_where_why_and_how(report: Report, entry: Path) -> None:
    text = FORMATS["text"](report)
    assert f"{entry}:{HEAD_LINES + 2}:14: error: <meeting/csto-cfm/2030-05-19>: A meeting has at most" in text
    assert "  expected  at most 1; xsd:date or xsd:gYearMonth or xsd:gYear\n" in text
    assert "  by        shape:meeting-date (sh:node)\n" in text
    assert '  example   cfm:date "2021-05-19"^^xsd:date ;\n' in text
    assert "  example   cfm:hostCountry <country/tj> ;\n" in text
    assert "Not as it should be: 3 errors, 1 warning, 0 notes in 1 file" in text


def test_json_holds_the_report(report: Report, entry: Path) -> None:
    content = json.loads(FORMATS["json"](report))
    assert content["counts"] == report.counts()
    assert content["conforms"] is False
    first = content["findings"][0]
    assert first["value_where"] == {"file": str(entry), "line": HEAD_LINES + 2, "column": 14}
    assert {"severity", "rule", "message", "focus", "path", "value", "expected", "example"} <= set(first)


def test_sarif_has_what_the_standard_asks(report: Report, entry: Path) -> None:
    log = json.loads(FORMATS["sarif"](report))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run_,) = log["runs"]
    driver = run_["tool"]["driver"]
    assert driver["name"] == "cfm-kg"
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(ids) == len(set(ids))
    assert len(run_["results"]) == len(report.findings)
    for result, finding in zip(run_["results"], report.findings, strict=True):
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"].startswith(finding.message)
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        assert physical["artifactLocation"]["uri"] == entry.as_uri()
        assert " " not in physical["artifactLocation"]["uri"]
        assert physical["region"]["startLine"] >= 1
        assert physical["region"]["startColumn"] >= 1
    assert run_["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}


def test_junit_parses_and_counts(report: Report, entry: Path) -> None:
    root = ElementTree.fromstring(FORMATS["junit"](report).encode())
    (suite,) = root.findall("testsuite")
    assert suite.attrib == {"name": str(entry), "tests": "4", "failures": "3", "errors": "0"}
    assert len(suite.findall("testcase/failure")) == 3
    assert len(suite.findall("testcase/system-out")) == 1


def test_junit_of_hostile_values_and_of_nothing() -> None:
    hostile = Finding("Violation", "invisible", "a \x00 <b> & \ud800", Place("a.ttl", 1, 1), value="\x1b")
    assert ElementTree.fromstring(FORMATS["junit"](Report(("a.ttl",), (hostile,))))
    root = ElementTree.fromstring(FORMATS["junit"](Report(("a.ttl",), ())))
    assert [case.get("name") for case in root.iter("testcase")] == ["conforms"]


def test_turtle_is_a_shacl_report(report: Report) -> None:
    store = ox.Store()
    store.load(FORMATS["ttl"](report).encode(), format=ox.RdfFormat.TURTLE)
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    results = store.quads_for_pattern(None, kind, ox.NamedNode(SH + "ValidationResult"))
    assert len(list(results)) == 4
    assert not any(isinstance(quad.subject, ox.BlankNode) for quad in store)


def test_github_commands_are_one_line_each(report: Report, entry: Path) -> None:
    lines = FORMATS["github"](report).splitlines()
    assert len(lines) == len(report.findings)
    assert lines[0].startswith(
        f"::error file={entry},line={HEAD_LINES + 2},col=14,title=shape%3Ameeting-date::"
    )
    assert any(line.startswith("::warning ") for line in lines)
    tricky = Finding("Info", "x", "50%\nmore", Place("a:b,c.ttl", 1))
    assert (
        FORMATS["github"](Report((), (tricky,)))
        == "::notice file=a%3Ab%2Cc.ttl,line=1,title=x::50%25%0Amore\n"
    )


@pytest.mark.parametrize("name", list(FORMATS))
def test_command_writes_each_format(entry: Path, store: Path, name: str) -> None:
    done = run("check", entry, "--store", store, "--format", name)
    assert done.exit_code == 1
    assert done.stdout == FORMATS[name](check(entry, store))


def test_exit_codes(tmp_path: Path, store: Path) -> None:
    doubtful, good = tmp_path / "doubtful.ttl", tmp_path / "good.ttl"
    doubtful.write_text(HEAD + '<thing/x> rdfs:comment "x"@en .')
    good.write_text(HEAD + '<person/new> a cfm:Person ; rdfs:label "New"@en .')
    assert run("check", good, "--store", store, "--strict").exit_code == 0
    assert run("check", doubtful, "--store", store).exit_code == 0
    assert run("check", doubtful, "--store", store, "--strict").exit_code == 1
    assert run("check", tmp_path / "none.ttl", "--store", store).exit_code == 2
    assert run("check", good, "--store", tmp_path / "none").exit_code == 2
    assert run("check", good, "--store", store, "--write").exit_code == 2


def test_fixes_are_shown_and_nothing_is_written(entry: Path, store: Path) -> None:
    before = entry.read_bytes()
    done = run("check", entry, "--store", store, "--fix")
    assert done.exit_code == 1
    changed = [
        line for line in done.stdout.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]
    assert changed == [
        '-    cfm:date "2030-05-19" ;',
        '+    cfm:date "2030-05-19"^^xsd:date ;',
        '-    cfm:hostCountry "Tajikistan" ;',
        "+    cfm:hostCountry country:tj ;",
        '-    dcterms:title "A \\"plan\\"" .',
        '+    dcterms:title "A \\"plan\\""@en .',
    ]
    assert entry.read_bytes() == before


def test_fixes_are_written_when_asked(entry: Path, store: Path) -> None:
    done = run("check", entry, "--store", store, "--fix", "--write")
    assert done.exit_code == 0
    assert check(entry, store).counts()["Violation"] == 0
    again = run("check", entry, "--store", store, "--fix", "--apply")
    assert "there is nothing to fix" in again.stderr


@pytest.mark.parametrize(
    ("value", "fixed"),
    [
        ('cfm:date "2030-05"', 'cfm:date "2030-05"^^xsd:gYearMonth'),
        ('cfm:date "2030"^^xsd:date', 'cfm:date "2030"^^xsd:gYear'),
        ('cfm:date "next May"', None),
        ('cfm:place "Nowhere"', None),
        ('cfm:place "Душанбе"', "cfm:place place:dushanbe"),
        ('cfm:meetingStatus "held"', "cfm:meetingStatus cfm:Held"),
        ('cfm:meetingFormat "in person"@en', "cfm:meetingFormat cfm:InPerson"),
        ('cfm:meetingStatus "done"', None),
        ('cfm:date "2030-05-19Z"^^xsd:date', 'cfm:date "2030-05-19"^^xsd:date'),
        ('cfm:acting "true"', 'cfm:acting "true"^^xsd:boolean'),
        ("cfm:confidence 9.5E-1", 'cfm:confidence "0.95"^^xsd:decimal'),
        ('cfm:place "Dushanbe"@en', "cfm:place place:dushanbe"),
        ('rdfs:label "Mu\u0308nchen"@de', 'rdfs:label "M\u00fcnchen"@de'),
        ('cfm:councilName "\u0421\u043e\u0432\u0435\u0442"', None),
        ('cfm:councilName "Council"', 'cfm:councilName "Council"@en'),
    ],
)
def test_only_what_needs_no_thought_is_fixed(
    tmp_path: Path, store: Path, value: str, fixed: str | None
) -> None:
    path = tmp_path / "e.ttl"
    path.write_text(HEAD + f"<x/y> {value} . # {value}\n", encoding="utf-8")
    run("check", path, "--store", store, "--fix", "--write")
    assert path.read_text(encoding="utf-8") == HEAD + f"<x/y> {fixed or value} . # {value}\n"


PLACE = "https://w3id.org/cfm-kg/id/place/dushanbe"


@pytest.mark.parametrize(
    ("value", "fixed"),
    [
        (
            '"date": "2030-05"',
            '"date": {"@type": "xsd:gYearMonth", "@value": "2030-05"}',
        ),
        ('"date": 2030', '"date": {"@type": "xsd:gYear", "@value": "2030"}'),
        ('"date": "2030-05-19"', None),
        ('"date": "next May"', None),
        ('"place": "Dushanbe"', f'"place": "{PLACE}"'),
        ('"cfm:place": "Dushanbe"', f'"cfm:place": {{"@id": "{PLACE}"}}'),
        (
            '"absentCountry": ["Tajikistan", "country/ru"]',
            '"absentCountry": ["https://w3id.org/cfm-kg/id/country/tj", "country/ru"]',
        ),
        (
            '"body": "Council of Foreign Ministers of the CSTO"',
            '"body": "https://w3id.org/cfm-kg/id/body/csto-cfm"',
        ),
        ('"place": "Nowhere at all"', None),
        ('"place": "place/dushanbe"', None),
        ('"meetingStatus": "held"', '"meetingStatus": "cfm:Held"'),
        ('"meetingStatus": "Held"', None),
        ('"place": "New York"', '"place": "https://w3id.org/cfm-kg/id/place/new-york"'),
        ('"label": "Mu\u0308nchen"', '"label": "M\u00fcnchen"'),
        ('"councilName": ["Council"]', '"councilName": [{"@language": "en", "@value": "Council"}]'),
        (
            '"confidence": 0.25',
            '"confidence": {"@type": "xsd:decimal", "@value": "0.25"}',
        ),
        (
            '"acting": {"@value": "true"}',
            '"acting": {"@type": "xsd:boolean", "@value": "true"}',
        ),
    ],
)
def test_json_ld_is_fixed(store: Path, value: str, fixed: str | None) -> None:
    text = '{{"id": "x/y",\n {}, "type": "Meeting"}}\n'
    done = cfm_kg.fix_bytes(text.format(value).encode(), "jsonld", store)
    assert done.content.decode() == text.format(fixed or value)


TABLE = """body,date,place,host_country,status,absent_countries\r
csto-cfm,2030-05-19,Dushanbe,Tajikistan,planned,ru; am\r
"""


@pytest.mark.parametrize(
    ("good", "written"),
    [
        ("2030-05-19", "2030/5/19"),
        ("2030-05-19", "2030.05.19."),
        ("Dushanbe", "DUSHANBE"),
        ("Dushanbe", "Душанбе"),
        ("Tajikistan", "TJ"),
        ("Tajikistan", "tj"),
        ("Tajikistan", '" tajikistan "'),
        ("host_country", "Host Country"),
        ("absent_countries", "absentCountries"),
        ("ru; am", '"Russia; am"'),
        ("planned", "Planned "),
    ],
)
def test_csv_is_understood_or_fixed(store: Path, good: str, written: str) -> None:
    done = cfm_kg.fix_bytes(TABLE.replace(good, written).encode(), "csv", store)
    assert cfm_kg.check_bytes(done.content, "csv", store).conforms(strict=True)
    assert [f.new for f in done.fixes] in ([], [good])
    assert done.content.count(b"\r\n") == 2
    assert cfm_kg.fix_bytes(done.content, "csv", store).fixes == ()


@pytest.mark.parametrize(
    ("good", "written"),
    [
        ("2030-05-19", "19.05.2030"),
        ("2030-05-19", "05/06/2030"),
        ("2030-05-19", "2030-02-30"),
        ("Tajikistan", "Tajikiztan"),
        ("planned", "Plannd"),
        ("host_country", "hosts"),
        ("ru; am", "ru; Armania"),
    ],
)
def test_csv_that_needs_thought_is_left(store: Path, good: str, written: str) -> None:
    content = TABLE.replace(good, written).encode()
    done = cfm_kg.fix_bytes(content, "csv", store)
    assert (done.content, done.diff, done.fixes) == (content, "", ())
    (found,) = cfm_kg.check_bytes(content, "csv", store).findings
    assert found.remedy


def test_hooks_call_a_command_that_is_there() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert all(re.search(hook["files"], f"entries/e.{kind}") for kind in KINDS)
    assert not re.search(hook["files"], "e.txt")
    assert hook["id"] == "cfm-kg-check"
    program, command = hook["entry"].split()
    assert program == "cfm-kg"
    assert command in HELP
    assert hook["language"] == "python"


def test_bytes_are_checked_and_fixed_as_files_are(entry: Path, store: Path, tmp_path: Path) -> None:
    content, opened = entry.read_bytes(), ox.Store.read_only(str(store))
    for where in (store, str(store), opened):
        assert cfm_kg.check_bytes(content, "ttl", where, name=str(entry)) == check(entry, store)
        fixed = cfm_kg.fix_bytes(content, "ttl", where, name="e.ttl")
        assert fixed.diff.startswith("--- e.ttl\n+++ e.ttl\n@@ ")
        assert cfm_kg.check_bytes(fixed.content, "ttl", where).conforms()
    assert cfm_kg.check_bytes(b"", "csv").findings[0].where == Place("entry.csv", 1, 1)
    marked = b"\xef\xbb\xbf" + content
    assert cfm_kg.fix_bytes(marked, "TTL", opened).content == b"\xef\xbb\xbf" + fixed.content
    with pytest.raises(CfmError, match="no format 'docx'"):
        cfm_kg.check_bytes(content, "docx")
    with pytest.raises(CfmError, match="no language tag"):
        cfm_kg.fix_bytes(content, "ttl", opened, language="e n")
    with pytest.raises(CfmError, match="no entry"):
        cfm_kg.check_bytes(b"#" * (LARGEST + 1), "ttl")
    with pytest.raises(CfmError, match="no store"):
        cfm_kg.check_bytes(content, "ttl", tmp_path)


def test_of_two_entries_the_later_one_contradicts(store: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a.ttl", tmp_path / "b.ttl"
    text = HEAD + '<person/new> a cfm:Person ; rdfs:label "New"@en ;\n cfm:gender "{}" .'
    first.write_text(text.format("male"))
    second.write_text(text.format("female"))
    (found,) = check([first, second], store).findings
    assert found.value_where == Place(str(second), HEAD_LINES + 2, 13)
