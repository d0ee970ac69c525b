"""What happens in stages: meetings that are put off, and documents that go from meeting to meeting."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from making import about_meeting, date, meeting, reading

from cfm_kg.fuse import Fusion, fuse
from cfm_kg.model import Literal, Node, Reading
from cfm_kg.quads import Triple
from cfm_kg.vocab import CFM, DCTERMS_TITLE, RDF_TYPE, thing

CFM_BODY, CSC, CIS = (thing("body", name) for name in ("csto-cfm", "csto-csc", "cis-chs"))
CSTO = thing("organization", "csto")
BELONGS = {CFM_BODY: CSTO, CSC: CSTO, CIS: thing("organization", "cis")}
DUSHANBE, MOSCOW = thing("place", "dushanbe"), thing("place", "moscow")
TITLE = "On the collective security strategy of the Organization"


def meetings(fusion: Fusion) -> set[str]:
    return {s for s, p, o in fusion.facts if p == RDF_TYPE and o == CFM("Meeting")}


def values(fusion: Fusion, subject: str, name: str) -> set[Node]:
    return {o for s, p, o in fusion.facts if s == subject and p == CFM(name)}


def stage(name: str, day: str, status: str, published: str, **more: Node) -> Reading:
    return reading(name, about_meeting(day, meetingStatus=CFM(status), **more), published=published)


ANNOUNCED = stage("a", "2021-05-12", "Planned", "2021-05-01", place=MOSCOW)
PUT_OFF = stage("b", "2021-05-12", "Postponed", "2021-05-10")
HELD = stage("c", "2021-06-02", "Held", "2021-06-03", place=DUSHANBE)


def test_announcement_postponement_and_report_are_one_meeting() -> None:
    fusion = fuse([ANNOUNCED, PUT_OFF, HELD])
    assert meetings(fusion) == {meeting("2021-06-02")}
    assert values(fusion, meeting("2021-06-02"), "date") == {date("2021-06-02")}
    assert values(fusion, meeting("2021-06-02"), "meetingStatus") == {CFM("Held")}
    assert values(fusion, meeting("2021-06-02"), "place") == {DUSHANBE}
    assert fusion.conflicts == ()
    assert (meeting("2021-05-12"), meeting("2021-06-02")) in fusion.renamed
    assert any(claim.object == date("2021-05-12") for claim in ANNOUNCED.claims), "the claim stays"


def test_the_last_published_status_holds() -> None:
    again = stage("c", "2021-06-02", "Planned", "2021-05-10")
    assert values(fuse([ANNOUNCED, PUT_OFF, again]), meeting("2021-06-02"), "meetingStatus") == {
        CFM("Planned")
    }
    assert values(fuse([ANNOUNCED, PUT_OFF]), meeting("2021-05-12"), "meetingStatus") == {CFM("Postponed")}
    called_off = stage("d", "2021-05-12", "Cancelled", "2021-05-08")
    revived = stage("e", "2021-05-12", "Planned", "2021-05-09")
    fusion = fuse([ANNOUNCED, called_off, revived])
    assert values(fusion, meeting("2021-05-12"), "meetingStatus") == {CFM("Planned")}


def test_postponed_after_it_was_held_is_a_conflict() -> None:
    held = stage("a", "2021-05-12", "Held", "2021-05-12")
    fusion = fuse([held, stage("b", "2021-05-12", "Postponed", "2021-05-14")])
    assert values(fusion, meeting("2021-05-12"), "meetingStatus") == {CFM("Held")}
    assert [conflict.predicate for conflict in fusion.conflicts] == [CFM("meetingStatus")]


@pytest.mark.parametrize(
    "later",
    [
        stage("c", "2021-12-02", "Held", "2021-12-03"),
        stage("c", "2021-05-02", "Held", "2021-05-12"),
        stage("c", "2021-06-02", "Planned", "2021-05-02"),
        stage("c", "2021-06-02", "Postponed", "2021-05-20"),
    ],
    ids=["too late", "before it", "known before it was put off", "put off itself"],
)
def test_other_meetings_do_not_take_its_place(later: Reading) -> None:
    assert len(meetings(fuse([ANNOUNCED, PUT_OFF, later]))) == 2


def test_two_that_may_take_its_place_are_reported() -> None:
    fusion = fuse([PUT_OFF, HELD, stage("d", "2021-07-02", "Held", "2021-07-03")])
    assert len(meetings(fusion)) == 3
    assert ["several later ones" in one.reason for one in fusion.unsettled] == [True]


def test_of_many_that_may_take_its_place_the_nearest_are_named() -> None:
    days = [f"2021-06-{day:02}" for day in (27, 3, 21, 9, 6, 24, 12, 15, 18, 30)]
    fusion = fuse([PUT_OFF, *(stage(f"c{day}", day, "Held", day) for day in days)])
    assert [(one.things, one.more) for one in fusion.unsettled] == [
        ((meeting("2021-05-12"), *map(meeting, sorted(days)[:8])), 2)
    ]


def test_announced_for_one_day_and_held_on_others_the_nearest_is_named_first() -> None:
    later = [stage(f"c{day}", day, "Held", day) for day in ("2021-05-25", "2021-05-04", "2021-05-17")]
    fusion = fuse([ANNOUNCED, *later])
    names = map(meeting, ("2021-05-12", "2021-05-17", "2021-05-04", "2021-05-25"))
    assert [(one.things, one.more) for one in fusion.unsettled] == [(tuple(names), 0)]


def test_announced_for_one_day_and_held_on_another_is_reported_only() -> None:
    fusion = fuse([ANNOUNCED, stage("c", "2021-05-19", "Held", "2021-05-20")])
    assert len(meetings(fusion)) == 2
    assert [one.reason for one in fusion.unsettled] == ["announced for one day, and one held on another"]


def handled(
    name: str, body: str, day: str, action: str, title: str = TITLE, kind: str = "Strategy"
) -> Reading:
    iri = thing("meeting", body.rsplit("/", 1)[1], day)
    paper = thing("document", name)
    facts: list[Triple] = [
        (iri, RDF_TYPE, CFM("Meeting")),
        (iri, CFM("body"), body),
        (iri, CFM("date"), date(day)),
        (iri, CFM(action), paper),
        (paper, RDF_TYPE, CFM("Document")),
        (paper, CFM("documentType"), CFM(kind)),
        (paper, DCTERMS_TITLE, Literal(title, language="en")),
    ]
    return reading(name, facts, published=day)


def documents(readings: Sequence[Reading]) -> tuple[set[str], Fusion]:
    fusion = fuse(readings, organizations=BELONGS)
    return {s for s, p, o in fusion.facts if p == RDF_TYPE and o == CFM("Document")}, fusion


DRAFT = handled("a", CFM_BODY, "2021-05-19", "approvedDraft")


def test_draft_endorsed_here_and_adopted_there_is_one_document() -> None:
    adopted = handled("b", CSC, "2021-11-20", "adopted", TITLE.lower())
    found, fusion = documents([adopted, DRAFT])
    kept = thing("document", "a")
    assert found == {kept}
    assert (meeting("2021-05-19"), CFM("approvedDraft"), kept) in fusion.facts
    assert (thing("meeting", "csto-csc", "2021-11-20"), CFM("adopted"), kept) in fusion.facts


def test_a_way_of_three_steps_on_one_day_too() -> None:
    steps = [
        handled("a", CFM_BODY, "2020-11-20", "proposed"),
        handled("b", CFM_BODY, "2021-05-19", "approvedDraft"),
        handled("c", CSC, "2021-05-19", "signed"),
    ]
    assert documents(steps)[0] == {thing("document", "a")}


@pytest.mark.parametrize(
    "other",
    [
        handled("b", CSC, "2021-01-20", "adopted"),
        handled("b", CSC, "2023-11-20", "adopted"),
        handled("b", CFM_BODY, "2021-11-20", "adopted"),
        handled("b", CSC, "2021-11-20", "approvedDraft"),
        handled("b", CIS, "2021-11-20", "adopted"),
        handled("b", CSC, "2021-11-20", "adopted", kind="Plan"),
        handled("b", CSC, "2021-11-20", "adopted", f"{TITLE} 2025"),
    ],
    ids=["before", "too late", "same body", "same action", "other organisation", "other type", "number"],
)
def test_what_is_no_way_stays_apart(other: Reading) -> None:
    assert len(documents([DRAFT, other])[0]) == 2


def test_two_statements_adopted_on_one_subject_are_two() -> None:
    days = ("2021-05-19", "2021-11-20")
    assert len(documents([handled(day, CFM_BODY, day, "adopted") for day in days])[0]) == 2


def test_titles_that_tell_nothing_stay_apart() -> None:
    pair = [
        handled("a", CFM_BODY, "2021-05-19", "approvedDraft", "Joint declaration", "Declaration"),
        handled("b", CSC, "2021-11-20", "adopted", "Joint declaration", "Declaration"),
    ]
    assert len(documents(pair)[0]) == 2


def test_what_fits_two_or_is_considered_after_adoption_is_reported() -> None:
    second = handled("b", CFM_BODY, "2021-06-19", "approvedDraft")
    found, fusion = documents([DRAFT, second, handled("c", CSC, "2021-11-20", "adopted")])
    assert len(found) == 3
    assert ["several documents of other meetings" in one.reason for one in fusion.unsettled] == [True]
    cited = [handled("a", CSC, "2021-05-19", "adopted"), handled("b", CFM_BODY, "2021-11-20", "considered")]
    found, fusion = documents(cited)
    assert len(found) == 2
    assert [one.reason for one in fusion.unsettled] == ["adopted, and considered later"]
