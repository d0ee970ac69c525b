"""Meetings of chronicles and lists, and those told by whose council it is; innocent sentences beside."""

from __future__ import annotations

import pytest
from saying import annotated, summary, told_on, with_meetings

from cfm_kg.extract.participation import find_participations
from cfm_kg.extract.posts import find_posts
from cfm_kg.model import DateMention, Stance
from cfm_kg.vocab import local

LEAD = "The Collective Security Council of the CSTO met in Moscow on 2 December 2020."
MAIN = ("csto-csc", "2020-12-02", "moscow", "Held")
Told = tuple[str, str | None, str | None, str]


def told(*paragraphs: str, published: str | None = "2020-12-03") -> list[Told]:
    """Body, date, place and status of the meetings."""
    return [summary(frame) for frame in with_meetings(*paragraphs, published=published)[1]]


def dates(*paragraphs: str, published: str) -> list[str]:
    """All dates in text order."""
    found = (u.mention for s in annotated(*paragraphs, published=published).sentences for _, u in s.mentions)
    return [str(date.date) for date in found if isinstance(date, DateMention)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The foreign ministers had gone through it all: their council met on 1 December, by video.",
            ("csto-cfm", "2020-12-01", None, "Held"),
        ),
        (
            "Security council secretaries had conferred already: their committee met in Bishkek on 5 June.",
            ("csto-cssc", "2020-06-05", "bishkek", "Held"),
        ),
        (
            "The defence ministers saw little of it, as their council sat in Yerevan on 12 October.",
            ("csto-cmd", "2020-10-12", "yerevan", "Held"),
        ),
        (
            "On 10 June the foreign ministers' council of the CSTO had met in Yerevan.",
            ("csto-cfm", "2020-06-10", "yerevan", "Held"),
        ),
        (
            "The CSTO defence ministers' council gathered in Minsk on 8 June.",
            ("csto-cmd", "2020-06-08", "minsk", "Held"),
        ),
        (
            "Nobody could wait for the Council of Foreign Ministers, which will meet in Minsk on 5 March.",
            ("csto-cfm", "2021-03-05", "minsk", "Planned"),
        ),
        (
            "That lies before the Council of Foreign Ministers, whose session is set for 5 March in Minsk.",
            ("csto-cfm", "2021-03-05", "minsk", "Planned"),
        ),
    ],
)
def test_whose_council_met(sentence: str, expected: Told) -> None:
    assert told(LEAD, sentence) == [MAIN, expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "The foreign ministers' council chamber was painted in May.",
        "The leaders thanked the foreign ministers and left.",
        "The foreign ministers told the defence ministers that their council was a good one.",
    ],
)
def test_innocent_councils(sentence: str) -> None:
    assert told(LEAD, sentence) == [MAIN]


@pytest.mark.parametrize(
    "sentence",
    [
        "The CSTO's Collective Security Council held in Moscow on 2 December 2020 its first session since "
        "fighting broke out in Karabakh in September.",
        "On 2 December 2020 in Moscow the CSTO's Collective Security Council sat for the first time since "
        "the pact was amended in Bishkek in November 2019.",
        "The session of the CSTO's Collective Security Council, the first since it was held in Bishkek on "
        "November 28, 2019, took place on 2 December 2020 in Moscow.",
    ],
)
def test_what_has_gone_on_since_a_day_does_not_date_the_meeting(sentence: str) -> None:
    (first, *_) = told(sentence)
    assert first[:2] == MAIN[:2]


CHRONICLE = (
    "January 10: the Council meets in emergency because of the riots.",
    "June 10: in Yerevan, the Council of Foreign Ministers of the CSTO approves two statements.",
    "September 13: the leaders hold an extraordinary session, online.",
)


def test_a_chronicle_up_to_the_publication_tells_of_that_year_whatever_its_tense() -> None:
    assert dates(*CHRONICLE, published="2022-11-24") == ["2022-01-10", "2022-06-10", "2022-09-13"]
    lead = "The Collective Security Council of the CSTO signed 17 decisions in Yerevan."
    main, *others = told(lead, *CHRONICLE, published="2022-11-24")
    assert main[1] is None
    assert ("csto-cfm", "2022-06-10", "yerevan", "Held") in others
    assert {other[1] for other in others if other[0] == "csto-csc"} == {"2022-01-10", "2022-09-13"}


def test_a_calendar_tells_of_what_is_to_come() -> None:
    calendar = [line.replace("meets", "will meet") for line in CHRONICLE]
    assert dates(*calendar, published="2022-11-24")[0] == "2023-01-10"
    assert dates(*CHRONICLE[:2], published="2022-11-24")[0] == "2023-01-10"


SESSIONS = ("May 29, 2014, Moscow", "June 14, 2016, Yerevan - statutes adopted")


@pytest.mark.parametrize(
    "heading", ["PAST SESSIONS", "Previous meetings of the Council:", "Earlier sessions"]
)
def test_a_list_of_sessions(heading: str) -> None:
    assert told(LEAD, heading, *SESSIONS, "All of them were closed.") == [
        MAIN,
        ("csto-csc", "2014-05-29", "moscow", "Held"),
        ("csto-csc", "2016-06-14", "yerevan", "Held"),
    ]


@pytest.mark.parametrize(
    "heading", ["BILATERAL MEETINGS", "Concerts and meetings with readers", "Earlier exhibitions", "Meetings"]
)
def test_a_list_of_something_else(heading: str) -> None:
    assert told(LEAD, heading, *SESSIONS, "All of them were closed.") == [MAIN]


@pytest.mark.parametrize(
    ("sentence", "country"),
    [
        ("Foreign Minister of Kyrgyzstan Erlan Abdyldaev received his counterpart Hamrokhon Zarifi.", "tj"),
        ("Belarusian Foreign Minister Sergei Aleinik called his colleague Sergey Lavrov.", "ru"),
        ("Minister of Foreign Affairs of Armenia Ararat Mirzoyan met her colleague Ivan Dalny.", None),
    ],
)
def test_a_known_counterpart_needs_no_country(sentence: str, country: str | None) -> None:
    made, _ = with_meetings(sentence)
    lands = [local(held.office.country or "") for held in find_posts(made)]
    assert lands[1:] == ([country] if country else [])


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Kyrgyzstan was represented not by President Sadyr Japarov but by his deputy.", "Sadyr Japarov"),
        ("Its minister, Vladimir Norov, was prevented from travelling.", "Vladimir Norov"),
        ("An official sat in the stead of the minister, Vladimir Norov.", "Vladimir Norov"),
        ("Vladimir Norov wrote to them that he would not be coming.", "Vladimir Norov"),
    ],
)
def test_who_is_told_not_to_have_come(sentence: str, name: str) -> None:
    made, meetings = with_meetings(LEAD + " " + sentence)
    parts = [p for p in find_participations(made, meetings) if p.person and p.person.name]
    here = {made.document.quote(p.person.name) for p in parts if p.person and p.person.name
            and p.stance in (Stance.PRESENT, Stance.CHAIR)}  # fmt: skip
    assert name not in here


LABELLED = """Committee of Secretaries of Security Councils of the CSTO: results

Published: 21 May 2021

{}

The Committee of Secretaries of Security Councils of the CSTO met behind closed doors and heard a report.
"""


@pytest.mark.parametrize(
    "lines",
    [
        "WHEN: 19 May 2021\nWHERE: Astana, Akorda residence",
        "Where and when:\n- Astana, 19 May 2021, in a narrow composition.",
        "Date: 19 May 2021, 10:00\nVenue: Hotel Rixos, Astana",
    ],
)
def test_labels_tell_day_and_place(lines: str) -> None:
    _, (main, *_) = told_on(LABELLED.format(lines))
    assert main == ("csto-cssc", "2021-05-19", "astana", "Held")


@pytest.mark.parametrize(
    "line", ["When asked: nobody knew, 9 March 2021 perhaps.", "The date of the wedding: 9 March 2021"]
)
def test_other_labels_tell_nothing_of_the_meeting(line: str) -> None:
    _, meetings = told_on(LABELLED.format(line))
    assert all(meeting[1] != "2021-03-09" for meeting in meetings)


def test_what_happens_on_anothers_eve_is_not_itself_to_come() -> None:
    lead = "The foreign ministers' council of the CSTO gathered in Minsk today on the eve of the summit."
    assert told(lead, published="2023-11-22")[0] == ("csto-cfm", "2023-11-22", "minsk", "Held")


def test_an_office_behind_a_name_with_its_rank_is_not_the_next_ones() -> None:
    sentence = (
        "Present were Lieutenant General Andrei Ravkov, the Belarusian defence minister, Army General Sergei "
        "Shoigu, who heads the military department of Russia, and Sherali Mirzo, Tajik Minister of Defence."
    )
    made, _ = with_meetings(sentence)
    andrei, sergei, sherali = [local(held.office.country or "") for held in find_posts(made)]
    assert (andrei, sherali) == ("by", "tj")
    assert sergei != "by"
