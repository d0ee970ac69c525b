"""Assembling readings: what a build holds, what it refuses, and what it sets aside."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
from making import BODY, about_document, about_meeting, meeting, reading

from cfm_kg.building import report_json, write_build
from cfm_kg.explanation import sentence
from cfm_kg.model import Block, BlockKind, Document, Span
from cfm_kg.pipeline import Build, Unread, assemble
from cfm_kg.summary import summarize
from cfm_kg.vocab import CFM, PROVENANCE_GRAPH, REGISTRY_GRAPH, thing

DAY = "2021-05-19"
DUSHANBE, MINSK, TJ = thing("place", "dushanbe"), thing("place", "minsk"), thing("country", "tj")


def good(name: str = "a") -> Build:
    facts = about_meeting(DAY, meetingStatus=CFM("Held"), place=DUSHANBE, hostCountry=TJ)
    return assemble([reading(name, facts, published=DAY)])


def test_build_has_merged_facts_provenance_registry_and_a_graph_for_the_article() -> None:
    build = good()
    names = {str(quad.graph_name) for quad in build.quads}
    article = build.readings[0].article
    assert names == {"DEFAULT", f"<{PROVENANCE_GRAPH}>", f"<{REGISTRY_GRAPH}>", f"<{article}>"}
    assert build.validation.conforms
    assert build.set_aside == ()
    described = {quad.subject for quad in build.merged}
    assert {ox.NamedNode(iri) for iri in (meeting(DAY), BODY, DUSHANBE, TJ)} <= described


def test_same_bytes_under_two_names_are_one_article_with_both_names() -> None:
    facts = about_meeting(DAY, meetingStatus=CFM("Held"))
    one, two = reading("a", facts), reading("b", facts)
    twin = type(two)(two.document, one.article, one.claims, two.entities)
    builds = [assemble(order) for order in ([one, twin], [twin, one])]
    assert set(builds[0].quads) == set(builds[1].quads)
    assert report_json(builds[0]) == report_json(builds[1])
    files = [q.object for q in builds[0].quads if q.predicate.value == CFM("sourceFile")]
    assert {getattr(name, "value", "") for name in files} == {"a.txt", "b.txt"}


def test_what_does_not_conform_is_set_aside_with_its_reason() -> None:
    facts = about_meeting(DAY, meetingStatus=CFM("Held"), place=BODY, hostCountry=TJ)
    build = assemble([reading("a", facts, published=DAY)])
    assert build.validation.conforms
    (aside,) = build.set_aside
    assert (aside.finding.focus, aside.finding.value) == (meeting(DAY), BODY)
    assert [predicate for _, predicate, _, _ in aside.quads] == [CFM("place")]
    kept = {quad.predicate.value for quad in build.merged if quad.subject == ox.NamedNode(meeting(DAY))}
    assert CFM("hostCountry") in kept
    assert CFM("place") not in kept
    report = json.loads(report_json(build))["validation"]
    assert report["set_aside"][0]["facts"]
    assert report["set_aside"][0]["finding"]["message"]


def test_a_thing_that_lacks_what_it_must_have_goes_as_a_whole() -> None:
    untitled = [fact for fact in about_document(DAY, "x", "t") if not fact[1].endswith("title")]
    facts = about_meeting(DAY, meetingStatus=CFM("Held")) + untitled
    build = assemble([reading("a", facts, published=DAY)])
    document = ox.NamedNode(thing("document", "csto-cfm", DAY, "x"))
    assert not any(document in (quad.subject, quad.object) for quad in build.merged)
    assert any(document == quad.subject for quad in build.quads), "the article's graph still says so"
    assert ox.NamedNode(meeting(DAY)) in {quad.subject for quad in build.merged}
    claims = [q for q in build.quads if q.object == ox.NamedNode(CFM("Claim"))]
    assert len(claims) == len(facts), "claims about it stay"


def test_conflicts_reach_report_and_provenance() -> None:
    facts = {place: about_meeting(DAY, meetingStatus=CFM("Held"), place=place) for place in (DUSHANBE, MINSK)}
    build = assemble(
        [
            reading(str(n), f, published=f"2021-05-2{n}", publisher=str(n))
            for n, f in enumerate(facts.values())
        ]
    )
    (conflict,) = json.loads(report_json(build))["conflicts"]
    assert conflict["chosen"] == DUSHANBE
    assert conflict["criterion"] == "published earlier"
    assert any(getattr(quad.object, "value", "") == CFM("Conflict") for quad in build.quads)


def test_files_are_rewritten_without_remains(tmp_path: Path) -> None:
    first = good("a")
    write_build(first, tmp_path / "out")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    write_build(good("b"), tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == names
    (text,) = (tmp_path / "out" / "texts").iterdir()
    assert text.stem == good("b").readings[0].document.sha256


def test_unread_sources_are_reported() -> None:
    build = assemble([Unread("x.pdf", "no text"), reading("a", [])])
    assert json.loads(report_json(build))["unread"] == [{"name": "x.pdf", "reason": "no text"}]


def test_summary_tells_a_meeting_in_words() -> None:
    facts = about_meeting(DAY, meetingStatus=CFM("Held"), place=DUSHANBE, participantCountry=TJ)
    build = assemble([reading("a", facts + about_document(DAY, "x", "On A"), published=DAY)])
    (row,) = summarize(build.merged)
    assert (row.date, row.body, row.place, row.status) == (DAY, "csto-cfm", "Dushanbe", "Held")
    assert (row.countries, row.documents) == (("TJ",), (("adopted", 1),))


def test_sentence_around_a_span() -> None:
    text = "First one. They met in Minsk! Last."
    document = Document("a", "0", text, (Block(Span(0, len(text)), BlockKind.PARAGRAPH),), "en")
    assert sentence(document, Span(23, 28), {}) == "They met in Minsk!"
