"""Several articles, one set of facts: what joins, what is decided, and what is kept apart."""

from __future__ import annotations

from itertools import permutations

from making import about_document, about_meeting, date, meeting, person, reading

from cfm_kg.fuse import Fusion, fuse, provenance_triples
from cfm_kg.model import Literal, Node, Reading
from cfm_kg.quads import Triple
from cfm_kg.vocab import CFM, DCTERMS_TITLE, RDF_TYPE, RDFS_LABEL, SKOS_ALT_LABEL, XSD, thing

DUSHANBE, MOSCOW = thing("place", "dushanbe"), thing("place", "moscow")
TJ, AM = thing("country", "tj"), thing("country", "am")
DAY = "2021-05-19"


def values(fusion: Fusion, subject: str, predicate: str) -> set[Node]:
    return {o for s, p, o in fusion.facts if s == subject and p == predicate}


def meetings(fusion: Fusion) -> set[str]:
    return {s for s, p, o in fusion.facts if p == RDF_TYPE and o == CFM("Meeting")}


def test_two_articles_about_one_meeting_are_one() -> None:
    a = reading("a", about_meeting(DAY, place=DUSHANBE, participantCountry=TJ))
    b = reading("b", about_meeting(DAY, place=DUSHANBE, participantCountry=AM))
    fusion = fuse([a, b])
    assert meetings(fusion) == {meeting(DAY)}
    assert values(fusion, meeting(DAY), CFM("participantCountry")) == {TJ, AM}
    assert fusion.conflicts == ()


def test_order_and_repetition_of_sources_do_not_matter() -> None:
    readings = [
        reading("a", about_meeting(DAY, place=DUSHANBE), published="2021-05-20", publisher="A"),
        reading("b", about_meeting(DAY, place=MOSCOW), published="2021-05-19", publisher="B"),
        reading("c", about_meeting("2021-05"), published="2021-05-10"),
        reading("d", about_meeting("2021-05-20") + about_document(DAY, "x", "On A")),
    ]
    results = {repr(fuse(order)) for order in permutations(readings)} | {repr(fuse(readings * 2))}
    assert len(results) == 1


def test_inexact_date_joins_the_only_meeting_that_fits() -> None:
    taking_part = thing("participation", "csto-cfm", "2021-05", "x")
    inexact = about_meeting("2021-05", participation=taking_part, participantCountry=AM)
    fusion = fuse([reading("a", about_meeting(DAY, place=DUSHANBE)), reading("b", inexact)])
    assert meetings(fusion) == {meeting(DAY)}
    assert values(fusion, meeting(DAY), CFM("date")) == {date(DAY)}
    assert values(fusion, meeting(DAY), CFM("participantCountry")) == {AM}
    moved = thing("participation", "csto-cfm", DAY, "x")
    assert values(fusion, meeting(DAY), CFM("participation")) == {moved}
    assert fusion.conflicts == ()
    assert dict(fusion.renamed) == {meeting("2021-05"): meeting(DAY), taking_part: moved}


def test_inexact_date_stays_apart_where_two_meetings_fit() -> None:
    fusion = fuse(
        [
            reading("a", about_meeting("2021-05-05") + about_meeting("2021-05-19")),
            reading("b", about_meeting("2021-05")),
        ]
    )
    assert len(meetings(fusion)) == 3
    assert [meeting("2021-05") in one.things for one in fusion.unsettled] == [True]


def test_inexact_date_stays_apart_where_the_place_contradicts() -> None:
    fusion = fuse(
        [
            reading("a", about_meeting(DAY, place=DUSHANBE)),
            reading("b", about_meeting("2021-05", place=MOSCOW)),
        ]
    )
    assert len(meetings(fusion)) == 2


def test_bare_year_joins_only_with_a_place_in_common() -> None:
    exact = reading("a", about_meeting(DAY, place=DUSHANBE))
    assert len(meetings(fuse([exact, reading("b", about_meeting("2021"))]))) == 2
    assert len(meetings(fuse([exact, reading("b", about_meeting("2021", place=DUSHANBE))]))) == 1


def test_undated_meetings_stay_apart() -> None:
    fusion = fuse([reading("a", about_meeting(DAY)), reading("b", about_meeting("undated-0123"))])
    assert len(meetings(fusion)) == 2


def test_a_day_of_a_longer_meeting_joins_it() -> None:
    longer = reading("a", about_meeting("2021-05-18", endDate=date("2021-05-20"), place=DUSHANBE))
    fusion = fuse([longer, reading("b", about_meeting(DAY, place=DUSHANBE))])
    assert meetings(fusion) == {meeting("2021-05-18")}


def test_neighbouring_days_are_reported_not_joined() -> None:
    fusion = fuse([reading("a", about_meeting(DAY)), reading("b", about_meeting("2021-05-20"))])
    assert len(meetings(fusion)) == 2
    assert [one.things for one in fusion.unsettled] == [(meeting("2021-05-20"), meeting(DAY))]


def test_more_independent_sources_win_and_the_conflict_is_kept() -> None:
    fusion = fuse(
        [
            reading("a", about_meeting(DAY, place=MOSCOW), published="2021-05-19", publisher="Wire"),
            reading("b", about_meeting(DAY, place=MOSCOW), published="2021-05-19", publisher=" wire"),
            reading("c", about_meeting(DAY, place=DUSHANBE), published="2021-05-20", publisher="C"),
            reading("d", about_meeting(DAY, place=DUSHANBE), published="2021-05-21", publisher="D"),
        ]
    )
    assert values(fusion, meeting(DAY), CFM("place")) == {DUSHANBE}
    (conflict,) = fusion.conflicts
    assert (conflict.subject, conflict.predicate) == (meeting(DAY), CFM("place"))
    assert conflict.chosen == DUSHANBE
    assert [len(candidate.articles) for candidate in conflict.candidates] == [2, 2]
    assert conflict.criterion == "more independent sources"
    triples = list(provenance_triples(fusion))
    assert sum(p == CFM("claim") for _, p, _ in triples) == 4
    assert sum(p == CFM("preferredClaim") for _, p, _ in triples) == 1


def test_earlier_publication_wins_between_equals() -> None:
    fusion = fuse(
        [
            reading("a", about_meeting(DAY, place=MOSCOW), published="2021-05-20", publisher="A"),
            reading("b", about_meeting(DAY, place=DUSHANBE), published="2021-05-19", publisher="B"),
            reading("c", about_meeting(DAY, place=thing("place", "minsk")), publisher="C"),
        ]
    )
    assert values(fusion, meeting(DAY), CFM("place")) == {DUSHANBE}
    assert fusion.conflicts[0].criterion == "published earlier"


def test_more_exact_end_date_wins_without_conflict() -> None:
    fusion = fuse(
        [
            reading("a", about_meeting(DAY, endDate=date("2021-05")), published="2021-05-01"),
            reading("b", about_meeting(DAY, endDate=date("2021-05-20")), published="2021-05-19"),
        ]
    )
    assert values(fusion, meeting(DAY), CFM("endDate")) == {date("2021-05-20")}
    assert fusion.conflicts == ()


def test_planned_then_held_is_held() -> None:
    planned = reading(
        "a", about_meeting(DAY, meetingStatus=CFM("Planned"), place=MOSCOW), published="2021-05-01"
    )
    held = reading("b", about_meeting(DAY, meetingStatus=CFM("Held"), place=DUSHANBE), published="2021-05-19")
    fusion = fuse([planned, held])
    assert values(fusion, meeting(DAY), CFM("meetingStatus")) == {CFM("Held")}
    assert values(fusion, meeting(DAY), CFM("place")) == {DUSHANBE}
    assert [conflict.criterion for conflict in fusion.conflicts] == ["reported, not announced"]


def test_held_against_cancelled_is_a_conflict_that_the_later_article_settles() -> None:
    held = reading("a", about_meeting(DAY, meetingStatus=CFM("Held")), published="2021-05-19")
    cancelled = reading("b", about_meeting(DAY, meetingStatus=CFM("Cancelled")), published="2021-05-21")
    fusion = fuse([held, cancelled])
    assert values(fusion, meeting(DAY), CFM("meetingStatus")) == {CFM("Cancelled")}
    assert [conflict.criterion for conflict in fusion.conflicts] == ["published later"]


def test_present_against_absent_is_settled() -> None:
    readings = [
        reading("a", about_meeting(DAY, participantCountry=[TJ, AM]), publisher="A"),
        reading("b", about_meeting(DAY, participantCountry=TJ, absentCountry=AM), publisher="B"),
        reading("c", about_meeting(DAY, absentCountry=AM), publisher="C"),
    ]
    fusion = fuse(readings)
    assert values(fusion, meeting(DAY), CFM("participantCountry")) == {TJ}
    assert values(fusion, meeting(DAY), CFM("absentCountry")) == {AM}
    (conflict,) = fusion.conflicts
    assert (conflict.about, conflict.chosen) == (AM, CFM("absentCountry"))
    triples = list(provenance_triples(fusion))
    assert sum(p == CFM("claim") for _, p, _ in triples) == 3
    assert (CFM("onProperty"), CFM("absentCountry")) in {(p, o) for _, p, o in triples}


def documents(*readings: Reading) -> tuple[set[Node], Fusion]:
    fusion = fuse(readings)
    return {o for _, p, o in fusion.facts if p == CFM("adopted")}, fusion


def test_documents_with_nearly_the_same_title_are_one() -> None:
    a = reading("a", about_document(DAY, "one", "On the situation in Afghanistan"), published="2021-05-20")
    b = reading("b", about_document(DAY, "two", "on situation in Afghanistan"), published="2021-05-19")
    found, fusion = documents(a, b)
    kept = thing("document", "csto-cfm", DAY, "two")
    assert found == {kept}
    title = Literal("On the situation in Afghanistan", language="en")
    assert values(fusion, kept, DCTERMS_TITLE) == {title}
    assert values(fusion, kept, SKOS_ALT_LABEL) == {Literal("on situation in Afghanistan", language="en")}
    assert fusion.renamed == ((thing("document", "csto-cfm", DAY, "one"), kept),)


def test_documents_that_differ_in_a_number_a_type_or_are_of_one_article_stay_apart() -> None:
    victory = "On the {}th anniversary of the Victory in the war"
    numbers = [reading(str(n), about_document(DAY, str(n), victory.format(n))) for n in (75, 80)]
    assert len(documents(*numbers)[0]) == 2
    types = [reading(k, about_document(DAY, k, "On peace in Asia", k)) for k in ("Statement", "Decision")]
    found, fusion = documents(*types)
    assert len(found) == 2
    assert [one.reason for one in fusion.unsettled] == ["nearly the same title, but another type"]
    both = about_document(DAY, "x", "On peace in Asia") + about_document(DAY, "y", "On the peace in Asia")
    assert len(documents(reading("a", both))[0]) == 2


def test_document_that_fits_two_is_left_apart_and_reported() -> None:
    both = about_document(DAY, "x", "On peace in Asia") + about_document(DAY, "y", "On the peace in Asia")
    found, fusion = documents(
        reading("a", both, published="2021-05-19"),
        reading("b", about_document(DAY, "z", "On peace in the Asia"), published="2021-05-20"),
    )
    assert len(found) == 3
    assert "fits several documents" in fusion.unsettled[-1].reason


def test_unknown_person_gets_one_label_and_known_ones_keep_the_registrys() -> None:
    readings = [
        reading("a", [], entities=person("ivan-ivanov", "Ivan Ivanov")),
        reading("b", [], entities=person("ivan-ivanov", "Ivan I. Ivanov")),
    ]
    iri = thing("person", "ivan-ivanov")
    fusion = fuse(readings)
    assert values(fusion, iri, RDFS_LABEL) == {Literal("Ivan I. Ivanov", language="en")}
    assert values(fusion, iri, SKOS_ALT_LABEL) == {Literal("Ivan Ivanov", language="en")}
    assert values(fuse(readings, known={iri}), iri, RDFS_LABEL) == set()


def test_days_of_a_longer_meeting_are_no_conflict() -> None:
    longer = about_meeting("2021-05-18", endDate=date("2021-05-20"), place=DUSHANBE)
    fusion = fuse(
        [
            reading("a", longer, published="2021-05-22"),
            reading("b", about_meeting(DAY, place=DUSHANBE), published="2021-05-19"),
        ]
    )
    assert values(fusion, meeting("2021-05-18"), CFM("date")) == {date("2021-05-18")}
    assert fusion.conflicts == ()


def turn(country: str, year: str) -> list[Triple]:
    iri = thing("chairmanship", "csto", year, country)
    return [
        (iri, RDF_TYPE, CFM("Chairmanship")),
        (iri, CFM("organization"), thing("organization", "csto")),
        (iri, CFM("country"), thing("country", country)),
        (iri, CFM("year"), Literal(year, XSD("gYear"))),
    ]


def test_one_country_heads_an_organisation_in_one_year() -> None:
    fusion = fuse(
        [
            reading("a", turn("am", "2021"), published="2021-05-18"),
            reading("b", turn("tj", "2021"), published="2021-05-19", publisher="B"),
            reading("c", turn("tj", "2021") + turn("am", "2022"), published="2021-05-20", publisher="C"),
        ]
    )
    turns = {s for s, p, o in fusion.facts if o == CFM("Chairmanship")}
    kept = thing("chairmanship", "csto", "2021", "tj")
    assert turns == {kept, thing("chairmanship", "csto", "2022", "am")}
    (conflict,) = fusion.conflicts
    assert (conflict.subject, conflict.chosen) == (kept, TJ)
    assert conflict.criterion == "more independent sources"


def part(person: str, role: str, *, chair: bool = False) -> list[Triple]:
    iri, name = thing("participation", "csto-cfm", DAY, person), thing("person", person)
    facts: list[Triple] = [
        (meeting(DAY), CFM("participation"), iri),
        (iri, CFM("person"), name),
        (iri, CFM("participationRole"), CFM(role)),
    ]
    return [*facts, (meeting(DAY), CFM("chair"), name)] if chair else facts


def test_roles_agree_with_who_chaired() -> None:
    fusion = fuse(
        [
            reading("a", part("x", "Chair", chair=True), publisher="A"),
            reading("b", part("x", "Chair", chair=True) + part("y", "Member"), publisher="B"),
            reading("c", part("y", "Chair", chair=True) + part("x", "Member"), publisher="C"),
            reading("d", part("x", "Member"), publisher="D"),
        ]
    )
    roles = {s: o for s, p, o in fusion.facts if p == CFM("participationRole")}
    assert roles[thing("participation", "csto-cfm", DAY, "x")] == CFM("Chair")
    assert roles[thing("participation", "csto-cfm", DAY, "y")] == CFM("Member")
    assert [conflict.predicate for conflict in fusion.conflicts] == [CFM("chair")]
