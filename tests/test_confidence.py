"""Confidence: what gold bears out, rule by rule."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from making import about_document, about_meeting, meeting, person, reading

from cfm_kg.evaluate.confidence import OVERALL, PRIOR, RuleCounts, rule_counts, write_confidence
from cfm_kg.evaluate.facts import article_views
from cfm_kg.evaluate.gold import read_gold
from cfm_kg.evaluate.judge import Verdicts, verdicts
from cfm_kg.pipeline import assemble
from cfm_kg.quads import Triple
from cfm_kg.resolve.confidence import confidence
from cfm_kg.resources import data_dir
from cfm_kg.store import write_nquads
from cfm_kg.vocab import CFM, DCTERMS_TITLE, thing

DAY = "2021-05-19"
DUSHANBE, TJ, AM = thing("place", "dushanbe"), thing("country", "tj"), thing("country", "am")
GOLD = {
    "id": "a",
    "meetings": [
        {
            "body": "csto-cfm",
            "main": True,
            "date": DAY,
            "place": "Dushanbe",
            "country": "TJ",
            "format": "in-person",
            "status": "held",
            "countries": ["TJ"],
            "participants": [{"name": "Sirojiddin Muhriddin", "country": "TJ"}],
            "documents": [{"title": "On the situation in Asia", "type": "statement", "status": "adopted"}],
        }
    ],
}


def graph(folder: Path, facts: Iterable[Triple], entities: Iterable[Triple] = ()) -> Path:
    path = folder / "graph.nq"
    made = assemble([reading("a", list(facts), entities=list(entities))], decisions=())
    path.write_bytes(write_nquads(made.quads))
    return path


def judged(folder: Path, facts: Iterable[Triple], entities: Iterable[Triple] = ()) -> Verdicts:
    (folder / "a.json").write_text(json.dumps(GOLD))
    _, view = article_views(graph(folder, facts, entities))["a"]
    return verdicts(view, read_gold(folder / "a.json"))


def test_values_of_the_meeting_are_judged(tmp_path: Path) -> None:
    found = judged(
        tmp_path,
        about_meeting(
            DAY,
            place=DUSHANBE,
            hostCountry=AM,
            meetingFormat=CFM("Hybrid"),
            meetingStatus=CFM("Planned"),
            participantCountry=[TJ, AM],
            absentCountry=AM,
        ),
    )
    named = {
        (predicate.partition("#")[2], value.rsplit("/", 1)[-1]): right
        for (_, predicate, value), right in found.items()
    }
    assert named == {
        ("body", "csto-cfm"): True,
        ("date", DAY): True,
        ("place", "dushanbe"): True,
        ("hostCountry", "am"): False,
        ("meetingFormat", "ontology#Hybrid"): True,
        ("meetingStatus", "ontology#Planned"): False,
        ("participantCountry", "tj"): True,
        ("participantCountry", "am"): False,
    }


def test_people_and_documents_are_judged(tmp_path: Path) -> None:
    right, wrong = thing("person", "sirojiddin-muhriddin"), thing("person", "li-wei")
    part = thing("participation", "csto-cfm", DAY, "li-wei")
    facts = [
        *about_meeting(DAY, participant=[right, wrong], chair=right, participation=part),
        (part, CFM("person"), wrong),
        *about_document(DAY, "x", "on the situation in Asia", "Decision"),
        *about_document(DAY, "y", "Staff list of the secretariat"),
    ]
    found = judged(tmp_path, facts, person("li-wei", "Li Wei"))
    one, other = (thing("document", "csto-cfm", DAY, name) for name in "xy")
    assert found[meeting(DAY), CFM("participant"), right]
    assert not found[meeting(DAY), CFM("participant"), wrong]
    assert not found[meeting(DAY), CFM("chair"), right], "gold has no chair"
    assert not found[part, CFM("person"), wrong]
    assert found[meeting(DAY), CFM("adopted"), one]
    assert found[one, DCTERMS_TITLE, "on the situation in Asia"]
    assert not found[one, CFM("documentType"), CFM("Decision")]
    assert not found[meeting(DAY), CFM("adopted"), other]


def test_all_of_a_meeting_that_gold_lacks_is_wrong(tmp_path: Path) -> None:
    found = judged(tmp_path, about_meeting("1999-01-01", place=DUSHANBE))
    assert set(found.values()) == {False}
    assert len(found) == 3


def test_precision_is_drawn_towards_that_of_all_rules() -> None:
    measured = RuleCounts({"often": 95, "once": 1, "never-right": 4}, {"often": 79, "once": 1}).precision
    assert measured[OVERALL] == 0.8
    assert measured["once"] == round((1 + PRIOR * 0.8) / (1 + PRIOR), 4)
    assert measured["never-right"] == round(PRIOR * 0.8 / (4 + PRIOR), 4)
    assert RuleCounts({}, {}).precision == {}


def test_file_holds_precision_and_counts_whatever_the_order(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(GOLD))
    path = graph(tmp_path, about_meeting(DAY, place=DUSHANBE))
    measured = rule_counts(path, [read_gold(tmp_path / "a.json")])
    assert (dict(measured.seen), dict(measured.right)) == ({"by-hand": 3}, {"by-hand": 3})
    twice = measured + measured
    write_confidence(tmp_path / "1.json", measured + twice)
    write_confidence(tmp_path / "2.json", twice + measured)
    assert (tmp_path / "1.json").read_bytes() == (tmp_path / "2.json").read_bytes()
    assert json.loads((tmp_path / "1.json").read_text())["counts"] == {"by-hand": 9}


def test_shipped_confidence_is_what_claims_get() -> None:
    content = json.loads((data_dir("seeds") / "confidence.json").read_text(encoding="utf-8"))
    figures = content["precision"]
    assert len(figures) > 50
    assert set(figures) == {OVERALL, *content["counts"]}
    assert all(0 < value <= 1 for value in figures.values())
    rule = next(iter(content["counts"]))
    assert confidence(rule) == figures[rule]
    assert confidence("no such rule") == figures[OVERALL]
    assert confidence(rule) != pytest.approx(0.5)
