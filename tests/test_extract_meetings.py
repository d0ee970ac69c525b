"""Which meetings an article tells of, and when they were or will be; innocent sentences beside them."""

from __future__ import annotations

import pytest
from saying import annotated, with_meetings

from cfm_kg.dates import PartialDate
from cfm_kg.model import DateMention

LEAD = "The Council of Foreign Ministers of the CSTO met in Dushanbe on 19 May 2021."
MAIN = ("csto-cfm", "2021-05-19", "Held")


def dates(sentence: str, published: str | None = "2021-05-20") -> list[str]:
    """The dates of a sentence in an article of that day, ranges with a slash."""
    found = (
        unit.mention for s in annotated(sentence, published=published).sentences for _, unit in s.mentions
    )
    return [span(date.date, date.end) for date in found if isinstance(date, DateMention)]


def span(start: PartialDate | None, end: PartialDate | None) -> str:
    return f"{start}/{end}" if end else str(start)


def told(*paragraphs: str, published: str | None = "2021-05-20") -> list[tuple[str, str | None, str]]:
    """Body, date and status of the meetings."""
    _, frames = with_meetings(*paragraphs, published=published)
    return [
        (
            frame.body.rsplit("/", 1)[-1],
            span(frame.date.date, frame.date.end) if frame.date else None,
            frame.status or "",
        )
        for frame in frames
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The session will be held on 3 February.", ["2022-02-03"]),
        ("The session was held on 3 February.", ["2021-02-03"]),
        ("The session was held on 3 December.", ["2020-12-03"]),
        ("The leaders are due to gather in Minsk on 2 December.", ["2021-12-02"]),
        ("The session (Moscow, 3 July) stays in the calendar.", ["2021-07-03"]),
        ("Preparations for the December session were discussed.", ["2021-12"]),
        ("Kyrgyzstan has been in the chair since November.", ["2020-11"]),
        ("A meeting which was to have taken place on 10 June has been put off.", ["2021-06-10"]),
        ("The ministers met on the first of March.", ["2021-03-01"]),
        ("The ministers met two days ago.", ["2021-05-18"]),
        ("The talks lasted from Monday to Tuesday.", ["2021-05-17/2021-05-18"]),
        ("They met on 28-29 July last year.", ["2020-07-28/2020-07-29"]),
        ("They gather in the second half of 2022.", ["2022"]),
    ],
)
def test_a_date_takes_its_year_from_the_tense(sentence: str, expected: list[str]) -> None:
    assert dates(sentence) == expected


def test_an_undated_article_lends_its_first_full_date() -> None:
    assert dates("They met on 30 September 2024. The next sitting is due on 12 December.", None) == [
        "2024-09-30",
        "2024-12-12",
    ]


def test_no_year_is_guessed_where_nothing_tells_it() -> None:
    assert dates("They met on 30 September.", None) == ["None"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The next meeting of the Council is planned in Yerevan on 15 November.", "2021-11-15"),
        ("The next is scheduled for 15 November in Yerevan.", "2021-11-15"),
        ("The ministers agreed to see one another again on 15 November in Yerevan.", "2021-11-15"),
        ("The previous session of the Council was held in Moscow on 1 December 2020.", "2020-12-01"),
        ("When the Council last met, on 1 December 2020, nobody was absent.", "2020-12-01"),
    ],
)
def test_the_council_is_named_again_by_its_noun(sentence: str, expected: str) -> None:
    assert (LEAD, told(LEAD, sentence)[1:]) == (
        LEAD,
        [("csto-cfm", expected, "Planned" if expected > "2021-05-20" else "Held")],
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministers also met with the President of Tajikistan.",
        "The next consultations of political directors will take place in Brest.",
        "The Council thanked the hosts.",
        "Lawyers will meet again in Yerevan on 15 November.",
        "The participants recalled the agreement of 15 November 2018.",
    ],
)
def test_what_is_no_other_meeting(sentence: str) -> None:
    assert told(LEAD, sentence) == [MAIN]


def test_one_still_to_come_is_not_the_one_that_was() -> None:
    coming = "The Council of Foreign Ministers of the CSTO will sit again in 2021 in Yerevan."
    assert told(LEAD, coming) == [MAIN, ("csto-cfm", "2021", "Planned")]


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        (
            "A two-day meeting of the CSTO foreign ministers ended in Minsk on Wednesday.",
            "2021-05-18/2021-05-19",
        ),
        (
            "A two-day meeting of the CSTO foreign ministers opened in Minsk on Tuesday.",
            "2021-05-18/2021-05-19",
        ),
        ("The CSTO foreign ministers met in Minsk on Wednesday after a two-day drive.", "2021-05-19"),
    ],
)
def test_a_meeting_of_several_days(lead: str, expected: str) -> None:
    assert told(lead) == [("csto-cfm", expected, "Held")]


def test_the_day_stands_beside_the_sentence_that_names_the_council() -> None:
    lead = "On Wednesday Minsk saw many guests. It was a meeting of the CSTO Council of Foreign Ministers."
    assert told(lead) == [("csto-cfm", "2021-05-19", "Held")]


@pytest.mark.parametrize(
    "lead",
    [
        "Since 1 January Russia has led the CSTO; the CSTO foreign ministers met in Minsk on 19 May.",
        "The attack of 3 May was on the minds of the CSTO foreign ministers who met in Minsk on 19 May.",
    ],
)
def test_a_date_of_something_else_is_not_the_meetings(lead: str) -> None:
    assert told(lead) == [MAIN]


def test_ministers_of_very_many_countries_are_no_council() -> None:
    forum = "Foreign ministers of more than seventy countries came to the forum on Wednesday."
    named = "Sergey Lavrov, Murat Nurtleu and Vladimir Makei, foreign ministers, spoke of the CSTO."
    assert told(forum, named) == []


def test_an_opinion_holds_no_meeting() -> None:
    assert (
        told("The council of foreign ministers of the CSTO signs much. Let it adopt nothing for a year.")
        == []
    )
