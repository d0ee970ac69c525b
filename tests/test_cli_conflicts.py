"""`cfm-kg conflicts` and `cfm-kg build --decisions`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from making import about_meeting, meeting, reading
from test_cli import run

from cfm_kg.building import write_build
from cfm_kg.fuse import load_decisions
from cfm_kg.pipeline import assemble
from cfm_kg.vocab import CFM, thing

DAY = "2021-05-19"
DUSHANBE, MOSCOW, AM = thing("place", "dushanbe"), thing("place", "moscow"), thing("country", "am")
DECISION = f"""@base <https://w3id.org/cfm-kg/id/> .
@prefix cfm: <https://w3id.org/cfm-kg/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<decision/x> a cfm:EditorialDecision ; cfm:verdict "correct" ;
    rdf:subject <meeting/csto-cfm/{DAY}> ; rdf:predicate cfm:place ; rdf:object <place/dushanbe> ;
    cfm:decidedBy "A. Editor" ; cfm:decidedOn "2026-02-01"^^xsd:date ; cfm:reason "Seen." .
"""


def built(folder: Path, decision: str | None = None) -> Path:
    (folder / "decisions").mkdir(exist_ok=True)
    if decision:
        (folder / "decisions" / "x.ttl").write_text(decision)
    readings = [
        reading("a", about_meeting(DAY, place=MOSCOW, participantCountry=AM), published="2021-05-19"),
        reading("b", about_meeting(DAY, place=DUSHANBE, absentCountry=AM), published="2021-05-20"),
        reading("c", about_meeting(DAY, place=DUSHANBE), published="2021-05-21"),
    ]
    write_build(assemble(readings, decisions=load_decisions([folder / "decisions"])), folder / "out")
    return folder / "out" / "store"


def test_open_conflicts_show_values_quotes_and_what_was_chosen(tmp_path: Path) -> None:
    store = built(tmp_path)
    done = run("conflicts", "--store", store)
    assert done.code == 0, done.err
    assert f"meeting/csto-cfm/{DAY} cfm:place: place/dushanbe (more independent sources)" in done.out
    assert "  * place/dushanbe  “w3”  b.txt" in done.out
    assert "    place/moscow  “w3”  a.txt" in done.out
    assert "cfm:participantCountry country/am" in done.out
    assert "2 open conflicts, 0 settled" in done.err
    rows = list(csv.DictReader(io.StringIO(run("conflicts", "-s", store, "-f", "csv").out)))
    places = {row["value"]: row["chosen"] for row in rows if row["property"] == CFM("place")}
    assert places == {DUSHANBE: "true", MOSCOW: "false"}
    content = json.loads(run("conflicts", "-s", store, "-f", "json").out)
    assert [one["subject"] for one in content] == [meeting(DAY)] * 2
    assert all(side["quote"] and side["file"] for one in content for side in one["values"])


def test_check_exits_with_1_while_any_is_open(tmp_path: Path) -> None:
    assert run("conflicts", "--store", built(tmp_path), "--check").code == 1
    assert run("conflicts", "--store", tmp_path / "absent").code == 2


def test_a_decision_settles_a_conflict(tmp_path: Path) -> None:
    store = built(tmp_path, DECISION)
    assert "cfm:place" not in run("conflicts", "--store", store).out
    everything = run("conflicts", "--store", store, "--all").out
    assert "decided by A. Editor on 2026-02-01: Seen." in everything
    (row,) = [
        r for r in json.loads(run("conflicts", "-s", store, "-f", "json", "--all").out) if r["decision"]
    ]
    assert (row["chosen"], row["decision"]["by"]) == ([DUSHANBE], "A. Editor")


@pytest.mark.parametrize(("text", "code"), [(DECISION, 0), (DECISION.replace("Seen.", ""), 2)])
def test_build_takes_folders_of_decisions(tmp_path: Path, text: str, code: int) -> None:
    (tmp_path / "x.ttl").write_text(text.replace(DAY, "1999-01-01"))
    done = run("build", "--decisions", tmp_path, "--out", tmp_path / "out")
    assert done.code == code, done.err
    if code:
        assert "x.ttl:5" in done.err
        return
    assert "nothing in this build is named" in done.err
    (row,) = json.loads((tmp_path / "out" / "report.json").read_text())["decisions"]
    assert (row["applied"], len(row["warnings"])) == (False, 1)
