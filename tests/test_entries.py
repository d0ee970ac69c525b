"""Entries that are bad in one way each, and good ones with odd sides: all are judged rightly.

`tests/entries/bad/expectations.yaml` tells what must be found in each bad entry, and on which line. All are
checked against a store that holds `tests/entries/stored.ttl` and the shipped registry.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from rdflib.namespace import RDF, SH
from typer.testing import CliRunner

from cfm_kg.cli.app import app
from cfm_kg.cli.commands import HELP
from cfm_kg.entries import Finding, Report, check
from cfm_kg.entries.columns import COLUMNS
from cfm_kg.pipeline import shipped_reference
from cfm_kg.store import parse_file, write_store
from cfm_kg.validate import short
from cfm_kg.validate.core import full_shapes
from cfm_kg.validate.shapes import shapes

ENTRIES = Path(__file__).parent / "entries"
BAD, GOOD = ENTRIES / "bad", ENTRIES / "good"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((BAD / "expectations.yaml").read_text(encoding="utf-8"))
FORMATS = {".ttl", ".trig", ".jsonld", ".nq", ".nt", ".csv"}


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """What counts of a finding."""

    line: int
    rule: str
    severity: str


def found(finding: Finding) -> Found:
    where = finding.value_where or finding.where
    return Found(where.line, short(finding.rule), finding.severity)


def expected(name: str) -> Iterator[tuple[Found, str]]:
    for row in EXPECTED[name]["findings"]:
        yield Found(row["line"], row["rule"], row.get("severity", "Violation")), row.get("words", "")


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("entries") / "store"
    write_store([*parse_file(ENTRIES / "stored.ttl"), *shipped_reference()], folder)
    return folder


@cache
def judged(path: Path, store: Path) -> Report:
    return check(path, store)


def counted(name: str, store: Path) -> list[Finding]:
    """The findings of a bad entry that count: infos only where one is expected."""
    besides = set(EXPECTED[name].get("also", ()))
    asked = {one.severity for one, _ in expected(name)} | {"Violation", "Warning"}
    report = judged(BAD / name, store)
    return [one for one in report.findings if one.severity in asked and short(one.rule) not in besides]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_bad_entry_is_refused_for_its_fault_alone(name: str, store: Path) -> None:
    rules = sorted({(short(one.rule), one.severity) for one in counted(name, store)})
    assert rules == sorted({(one.rule, one.severity) for one, _ in expected(name)})
    graver = {one.severity for one, _ in expected(name)} & {"Violation", "Warning"}
    assert judged(BAD / name, store).conforms(strict=True) is (not graver)
    assert judged(BAD / name, store).conforms() is ("Violation" not in graver)


@pytest.mark.parametrize("name", EXPECTED)
def test_each_finding_names_its_line(name: str, store: Path) -> None:
    assert sorted({found(one) for one in counted(name, store)}) == sorted({one for one, _ in expected(name)})


@pytest.mark.parametrize("name", EXPECTED)
def test_each_finding_tells_what_to_do(name: str, store: Path) -> None:
    findings = counted(name, store)
    for one in findings:
        assert one.where.file == str(BAD / name)
        assert one.where.line > 0
        assert one.message
        # Infos are no faults, and there is nothing to mend.
        assert one.remedy or one.example or one.expected or one.severity == "Info", one
    for wanted, words in expected(name):
        told = [
            " ".join((one.message, one.remedy, one.example, one.expected))
            for one in findings
            if short(one.rule) == wanted.rule
        ]
        assert any(words in text for text in told), (words, told)


@pytest.mark.parametrize("path", sorted(GOOD.iterdir()), ids=lambda path: path.name)
def test_a_good_entry_passes(path: Path, store: Path) -> None:
    report = judged(path, store)
    assert report.conforms(strict=True), [(str(one.where), one.rule, one.message) for one in report.findings]
    assert report.triples > 0


def test_there_are_enough_and_all_are_seen() -> None:
    bad = {path.name for path in BAD.iterdir()} - {"expectations.yaml"}
    assert bad == set(EXPECTED)
    assert len(bad) >= 160
    assert len(list(GOOD.iterdir())) >= 28
    for entries in (bad, {path.name for path in GOOD.iterdir()}):
        assert {Path(name).suffix for name in entries} == FORMATS


def test_every_shape_has_a_bad_entry() -> None:
    graph = full_shapes()
    wanted = {str(shape) for shape in graph.subjects(RDF.type, SH.PropertyShape)}
    wanted |= {target.shape for target in shapes().targets}
    assert len(wanted) > 180
    covered = {one.rule for name in EXPECTED for one, _ in expected(name)}
    assert sorted({short(shape) for shape in wanted} - covered) == []


DOCS = (Path(__file__).parent.parent / "docs" / "entries.md").read_text(encoding="utf-8")
SUFFIX = {"turtle": "ttl", "jsonld": "jsonld", "csv": "csv"}


@pytest.mark.parametrize("language", SUFFIX)
def test_documented_entries_conform(language: str, tmp_path: Path, store: Path) -> None:
    # The first in each format; others show what is wrong.
    example, *_ = re.findall(rf"^```{language}\n(.*?)^```$", DOCS, re.MULTILINE | re.DOTALL)
    path = tmp_path / f"example.{SUFFIX[language]}"
    path.write_text(example, encoding="utf-8")
    report = check(path, store)
    assert report.conforms(strict=True), [(str(one.where), one.message) for one in report.findings]


def test_documented_columns_and_commands_are_those_there_are() -> None:
    section = DOCS.partition("| column | says |")[2].partition("## The check")[0]
    rows = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == set(COLUMNS)
    commands = set(HELP)
    named = set(re.findall(r"^\$ cfm-kg (\w+)", DOCS, re.MULTILINE))
    assert len(named) >= 5
    assert named <= commands


@pytest.mark.parametrize("line", re.findall(r"^\$ cfm-kg (new \w+ -.*)$", DOCS, re.MULTILINE))
def test_documented_drafts_can_be_made(line: str, store: Path) -> None:
    done = CliRunner().invoke(app, [*shlex.split(line), "--out", "-", "--store", str(store)])
    assert done.exit_code in (0, 1), done.output
