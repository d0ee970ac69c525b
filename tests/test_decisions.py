"""Human decisions: they come before the rules, say who and why, and are undone by removing them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from making import about_document, about_meeting, date, meeting, person, reading

from cfm_kg.building import report_json
from cfm_kg.errors import CfmError
from cfm_kg.fuse import Decision, Fusion, fuse, load_decisions, provenance_triples
from cfm_kg.model import Literal, Node, Reading
from cfm_kg.pipeline import assemble
from cfm_kg.resources import decisions_dir
from cfm_kg.validate import validate
from cfm_kg.vocab import CFM, RDF_TYPE, RDFS_LABEL, SKOS_ALT_LABEL, thing

DUSHANBE, MOSCOW, MINSK = (thing("place", name) for name in ("dushanbe", "moscow", "minsk"))
AM, TJ = thing("country", "am"), thing("country", "tj")
DAY, NEXT = "2021-05-19", "2021-05-20"
HEAD = """@base <https://w3id.org/cfm-kg/id/> .
@prefix cfm: <https://w3id.org/cfm-kg/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SIGNED = 'cfm:decidedBy "A. Editor" ; cfm:decidedOn "{}"^^xsd:date ; cfm:reason "Seen by the editor." .\n'


def entry(name: str, verdict: str, rest: str, on: str = "2026-02-01") -> str:
    head = f'<decision/{name}> a cfm:EditorialDecision ; cfm:verdict "{verdict}" ; {rest} ; '
    return head + SIGNED.format(on)


def decisions(folder: Path, *entries: str) -> tuple[Decision, ...]:
    (folder / "some.ttl").write_text(HEAD + "".join(entries), encoding="utf-8")
    return load_decisions([folder])


def values(fusion: Fusion, subject: str, predicate: str) -> set[Node]:
    return {o for s, p, o in fusion.facts if s == subject and p == predicate}


def meetings(fusion: Fusion) -> set[str]:
    return {s for s, p, o in fusion.facts if p == RDF_TYPE and o == CFM("Meeting")}


def places() -> list[Reading]:
    return [
        reading("a", about_meeting(DAY, place=MOSCOW), published="2021-05-19", publisher="A"),
        reading("b", about_meeting(DAY, place=DUSHANBE), published="2021-05-20", publisher="B"),
    ]


PLACE = f"rdf:subject <meeting/csto-cfm/{DAY}> ; rdf:predicate cfm:place ; rdf:object <place/{{}}>"
PAIR = f"cfm:concerns <meeting/csto-cfm/{DAY}>, <meeting/csto-cfm/{NEXT}>"


def test_shipped_decisions_can_be_read() -> None:
    assert (decisions_dir() / "README.md").is_file()
    assert isinstance(load_decisions([decisions_dir()]), tuple)


def test_the_readmes_example_is_valid(tmp_path: Path) -> None:
    text = (decisions_dir() / "README.md").read_text(encoding="utf-8")
    (tmp_path / "example.ttl").write_text(text.split("```turtle\n")[1].split("```")[0], encoding="utf-8")
    assert len(load_decisions([tmp_path])) == 3
    assert validate(tmp_path / "example.ttl").conforms


def test_same_joins_what_the_rules_leave_apart_and_removing_it_undoes_it(tmp_path: Path) -> None:
    readings = [
        reading("a", about_meeting(DAY, place=DUSHANBE)),
        reading("b", about_meeting(NEXT, participantCountry=TJ)),
    ]
    assert len(meetings(fuse(readings))) == 2
    for keeps, kept in (("", DAY), (f" ; cfm:keeps <meeting/csto-cfm/{NEXT}>", NEXT)):
        fusion = fuse(readings, decisions=decisions(tmp_path, entry("x", "same", PAIR + keeps)))
        assert meetings(fusion) == {meeting(kept)}
        assert values(fusion, meeting(kept), CFM("date")) == {date(kept)}
        assert values(fusion, meeting(kept), CFM("participantCountry")) == {TJ}
        assert fusion.unsettled == ()
        assert [(o.applied, o.problems) for o in fusion.decisions] == [(True, ())]
    (tmp_path / "some.ttl").unlink()
    assert fuse(readings, decisions=load_decisions([tmp_path])) == fuse(readings)


def test_same_person_under_two_names_keeps_the_registrys(tmp_path: Path) -> None:
    known, minted = thing("person", "zoe-known"), thing("person", "aoe-minted")
    part = thing("participation", "csto-cfm", DAY, "aoe-minted")
    facts = [*about_meeting(DAY, participant=minted, participation=part), (part, CFM("person"), minted)]
    ruling = decisions(tmp_path, entry("x", "same", "cfm:concerns <person/zoe-known>, <person/aoe-minted>"))
    fusion = fuse([reading("a", facts, entities=person("aoe-minted", "A. Minted"))], {known}, ruling)
    assert values(fusion, meeting(DAY), CFM("participant")) == {known}
    moved = thing("participation", "csto-cfm", DAY, "zoe-known")
    assert values(fusion, moved, CFM("person")) == {known}
    assert values(fusion, known, SKOS_ALT_LABEL) == {Literal("A. Minted", language="en")}
    assert values(fusion, known, RDFS_LABEL) == set()


def test_different_keeps_meetings_and_documents_apart(tmp_path: Path) -> None:
    readings = [reading("a", about_meeting(DAY)), reading("b", about_meeting("2021-05"))]
    assert len(meetings(fuse(readings))) == 1
    rest = f"cfm:concerns <meeting/csto-cfm/{DAY}>, <meeting/csto-cfm/2021-05>"
    fusion = fuse(readings, decisions=decisions(tmp_path, entry("x", "different", rest)))
    assert len(meetings(fusion)) == 2
    papers = [
        reading(name, about_document(DAY, name, title), published=f"2021-05-2{n}")
        for n, (name, title) in enumerate((("x", "On peace in Asia"), ("y", "On the peace in Asia")))
    ]
    path = f"document/csto-cfm/{DAY}"
    ruling = decisions(tmp_path, entry("x", "different", f"cfm:concerns <{path}/x>, <{path}/y>"))
    for ruled, number in (((), 1), (ruling, 2)):
        facts = fuse(papers, decisions=ruled).facts
        assert len({o for _, p, o in facts if p == CFM("adopted")}) == number


def test_correct_replaces_every_value_and_settles_the_conflict(tmp_path: Path) -> None:
    ruling = decisions(tmp_path, entry("x", "correct", PLACE.format("dushanbe")))
    assert values(fuse(places()), meeting(DAY), CFM("place")) == {MOSCOW}
    fusion = fuse(places(), decisions=ruling)
    assert values(fusion, meeting(DAY), CFM("place")) == {DUSHANBE}
    (conflict,) = fusion.conflicts
    assert (conflict.chosen, conflict.criterion) == (DUSHANBE, "decided by A. Editor")
    assert conflict.decision == ruling[0].iri
    assert set(ruling[0].triples) <= set(provenance_triples(fusion))
    new = fuse(places(), decisions=decisions(tmp_path, entry("x", "correct", PLACE.format("minsk"))))
    assert values(new, meeting(DAY), CFM("place")) == {MINSK}


def test_correct_may_be_about_one_claim(tmp_path: Path) -> None:
    (first, _), number = places(), 3
    claim = first.claims[number]
    assert claim.object == MOSCOW
    rest = f"{PLACE.format('dushanbe')} ; cfm:claim <{claim.iri}>"
    fusion = fuse(places(), decisions=decisions(tmp_path, entry("x", "correct", rest)))
    assert values(fusion, meeting(DAY), CFM("place")) == {DUSHANBE}


@pytest.mark.parametrize("by_claim", [True, False])
def test_wrong_removes_a_claim_or_a_fact(tmp_path: Path, by_claim: bool) -> None:
    claim = places()[0].claims[3]
    rest = f"cfm:claim <{claim.iri}>" if by_claim else PLACE.format("moscow")
    fusion = fuse(places(), decisions=decisions(tmp_path, entry("x", "wrong", rest)))
    assert values(fusion, meeting(DAY), CFM("place")) == {DUSHANBE}
    assert [conflict.decision for conflict in fusion.conflicts] == [thing("decision", "x")]


def test_wrong_works_on_the_merged_name_too(tmp_path: Path) -> None:
    readings = [reading("a", about_meeting(DAY)), reading("b", about_meeting("2021-05", absentCountry=AM))]
    rest = f"rdf:subject <meeting/csto-cfm/{DAY}> ; rdf:predicate cfm:absentCountry ; rdf:object <country/am>"
    fusion = fuse(readings, decisions=decisions(tmp_path, entry("x", "wrong", rest)))
    assert values(fusion, meeting(DAY), CFM("absentCountry")) == set()


def test_the_later_decision_holds_and_the_earlier_says_so(tmp_path: Path) -> None:
    ruling = decisions(
        tmp_path,
        entry("later", "different", PAIR, "2026-03-01"),
        entry("earlier", "same", PAIR, "2026-02-01"),
    )
    fusion = fuse([reading("a", about_meeting(DAY)), reading("b", about_meeting(NEXT))], decisions=ruling)
    assert len(meetings(fusion)) == 2
    assert [o.problems for o in fusion.decisions] == [(f"overruled by <{thing('decision', 'later')}>",), ()]


def test_what_a_build_does_not_have_is_a_warning_in_the_report(tmp_path: Path) -> None:
    absent = "cfm:concerns <meeting/csto-cfm/1999-01-01>, <meeting/csto-cfm/2021-05-19>"
    lost = PLACE.format("minsk").replace(DAY, "1999-01-01")
    ruling = decisions(
        tmp_path,
        entry("a", "same", absent),
        entry("b", "wrong", "cfm:claim <claim/none>"),
        entry("c", "correct", lost),
        entry("d", "wrong", PLACE.format("minsk")),
    )
    build = assemble(places(), decisions=ruling)
    report = json.loads(report_json(build))["decisions"]
    assert [row["applied"] for row in report] == [False] * 4
    assert [len(row["warnings"]) for row in report] == [1] * 4
    assert "1999-01-01" in report[0]["warnings"][0]
    assert "claim/none" in report[1]["warnings"][0]
    assert build.validation.conforms


def test_decisions_stand_in_the_graph_and_conform(tmp_path: Path) -> None:
    build = assemble(places(), decisions=decisions(tmp_path, entry("x", "correct", PLACE.format("minsk"))))
    assert build.validation.conforms
    found = {quad.predicate.value for quad in build.quads if thing("decision", "x") in str(quad.subject)}
    assert {CFM("verdict"), CFM("decidedBy"), CFM("decidedOn"), CFM("reason")} <= found


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (entry("x", "perhaps", PAIR), "is one of same, different, correct, wrong"),
        (entry("x", "same", "cfm:concerns <meeting/a>"), "fewer than two things"),
        (entry("x", "correct", "rdf:object <a>"), "incomplete"),
        (entry("x", "wrong", "rdf:object <a>"), "what is wrong"),
        (entry("x", "same", f"{PAIR} ; cfm:keeps <meeting/z>"), "must be one of the things"),
        (entry("x", "same", PAIR, "2026-02").replace("xsd:date", "xsd:gYearMonth"), "must be a day"),
        (entry("x", "same", PAIR).replace("Seen by the editor.", " "), "lacks cfm:reason"),
        (entry("x", "same", PAIR).replace('"A. Editor"', '"A", "B"'), "more than one value of decidedBy"),
        (entry("x", "same", 'cfm:concerns "a", "b"'), "must be an IRI"),
        ("<meeting/x> a cfm:Meeting .", "is not a cfm:EditorialDecision"),
        ("[] a cfm:EditorialDecision .", "blank node"),
        ("<decision/x> a nonsense .", "not valid Turtle"),
    ],
)
def test_faulty_entries_are_refused_with_file_and_reason(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(CfmError, match=what) as error:
        decisions(tmp_path, text)
    assert str(tmp_path / "some.ttl") in str(error.value)
    with pytest.raises(CfmError, match="no such folder"):
        load_decisions([tmp_path / "absent"])
