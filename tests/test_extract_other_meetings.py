"""Meetings besides the main one, named in passing; innocent sentences beside them."""

from __future__ import annotations

import pytest
from saying import summary, told_on, with_meetings

LEAD = "The Council of Foreign Ministers of the CSTO met in Dushanbe on 19 May 2021."
CALLED_OFF = ["Postponed", "Cancelled"]


def others(sentence: str) -> list[tuple[str, str | None, str | None, str]]:
    """The meetings that an article of 20 May 2021 tells of besides that of its first sentence."""
    _, frames = with_meetings(LEAD, sentence)
    return [summary(frame) for frame in frames][1:]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The defence ministers had their say in Minsk on 28 April.",
            ("csto-cmd", "2021-04-28", "minsk", "Held"),
        ),
        (
            "The presidents, who will be asked to sign it, are due in Sochi on 16 September.",
            ("csto-csc", "2021-09-16", "sochi", "Planned"),
        ),
        (
            "Sochi is to receive the presidents of the alliance on 16 September.",
            ("csto-csc", "2021-09-16", "sochi", "Planned"),
        ),
        (
            "On 3 March the Armenian capital greeted the defence ministers.",
            ("csto-cmd", "2021-03-03", "yerevan", "Held"),
        ),
        (
            "Minsk had played host to the forum on 1 December 2020.",
            ("csto-cfm", "2020-12-01", "minsk", "Held"),
        ),
        (
            "Kazakhstan will bring the ministers to Almaty on 2 June 2022.",
            ("csto-cfm", "2022-06-02", "almaty", "Planned"),
        ),
        (
            "The defence ministers are to travel to Minsk on 5 July.",
            ("csto-cmd", "2021-07-05", "minsk", "Planned"),
        ),
        (
            "The presidents' turn is on 16 September, in Sochi.",
            ("csto-csc", "2021-09-16", "sochi", "Planned"),
        ),
        (
            "The Collective Security Council will do the same in Sochi on 16 September.",
            ("csto-csc", "2021-09-16", "sochi", "Planned"),
        ),
        (
            "The body had kept silent until 1 December 2020, when it sat in Moscow.",
            ("csto-cfm", "2020-12-01", "moscow", "Held"),
        ),
        (
            "Nobody had spoken of it at the session of 1 December 2020.",
            ("csto-cfm", "2020-12-01", None, "Held"),
        ),
        (
            "The thirty-fifth took place in Moscow on 1 December 2020.",
            ("csto-cfm", "2020-12-01", "moscow", "Held"),
        ),
        (
            "Their Minsk session, announced for 2 July, is in doubt.",
            ("csto-cfm", "2021-07-02", "minsk", "Planned"),
        ),
        (
            "The previous council session was in Minsk on 3 March 2021.",
            ("csto-cfm", "2021-03-03", "minsk", "Held"),
        ),
        (
            "The defence ministers had spoken by videoconference on 3 March.",
            ("csto-cmd", "2021-03-03", None, "Held"),
        ),
        (
            "On 3 March the defence ministers got down to work in Minsk.",
            ("csto-cmd", "2021-03-03", "minsk", "Held"),
        ),
        (
            "He put the final touches on Monday's session of the Collective Security Council in Sochi.",
            ("csto-csc", "2021-05-24", "sochi", "Planned"),
        ),
        (
            "Tomorrow the Collective Security Council begins at noon in Sochi.",
            ("csto-csc", "2021-05-21", "sochi", "Planned"),
        ),
        (
            "They sent the draft to the November session of the Collective Security Council in Sochi.",
            ("csto-csc", "2021-11", "sochi", "Planned"),
        ),
        (
            "Last year they came to the November session of the Collective Security Council in Sochi.",
            ("csto-csc", "2020-11", "sochi", "Held"),
        ),
        (
            "On 3 March the Russian minister received his colleagues from the CSTO in Moscow.",
            ("csto-cfm", "2021-03-03", "moscow", "Held"),
        ),
        (
            "The presidents met in Sochi, where the treaty was signed on 3 May 2002, on 3 March.",
            ("csto-csc", "2021-03-03", "sochi", "Held"),
        ),
    ],
)
def test_a_meeting_named_in_passing(sentence: str, expected: tuple[str, str | None, str | None, str]) -> None:
    assert others(sentence) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "The treaty was signed in Minsk on 2 March by the defence ministers.",
        "Minsk expects the ministers to answer its letter by 3 March.",
        "The minister was received in Minsk on 3 March.",
        "The chairman took the report to Minsk on 3 March.",
        "The thirty-fifth paragraph was rewritten in Moscow.",
        "The decisions of the session of 1 December 2020 were recalled.",
        "The turn of the year was quiet.",
        "The defence ministers spoke on 3 March by video to the graduates.",
        "On 3 March the defence ministers spoke of a videoconference.",
        "The next council session of the city is on 3 March in Minsk.",
    ],
)
def test_what_only_sounds_like_a_meeting(sentence: str) -> None:
    assert others(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("The CSTO Council of Defence Ministers, due in Minsk on 5 July, has been shelved.", "Postponed"),
        ("The CSTO Council of Defence Ministers, due in Minsk on 5 July, fell through.", "Cancelled"),
        ("The CSTO Council of Defence Ministers, due in Minsk on 5 July, will not be held.", "Cancelled"),
    ],
)
def test_a_meeting_that_comes_to_nothing(sentence: str, status: str) -> None:
    assert others(sentence) == [("csto-cmd", "2021-07-05", "minsk", status)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "All this prepares the way up to the 16 September session of the Collective Security Council.",
            [("csto-csc", "2021-09-16", None, "Planned")],
        ),
        (
            "The defence ministers, who had met on 2 February in Minsk, and the presidents will gather in"
            " Sochi on 16 September.",
            [
                ("csto-cmd", "2021-02-02", "minsk", "Held"),
                ("csto-csc", "2021-09-16", "sochi", "Planned"),
            ],
        ),
        (
            "In Sochi, 16 September: Collective Security Council of the CSTO.",
            [("csto-csc", "2021-09-16", "sochi", "Planned")],
        ),
        (
            "To come: 5 July, Minsk, Council of Defence Ministers; 16 September, Sochi, Collective Security"
            " Council.",
            [("csto-cmd", "2021-07-05", "minsk", "Planned"), ("csto-csc", "2021-09-16", "sochi", "Planned")],
        ),
        (
            "Dates: 5 July (Minsk) - Council of Defence Ministers; Sochi, 16 September: Collective Security"
            " Council.",
            [("csto-cmd", "2021-07-05", "minsk", "Planned"), ("csto-csc", "2021-09-16", "sochi", "Planned")],
        ),
        (
            "The autumn of 2022 will see them together in Minsk.",
            [("csto-cfm", "2022", "minsk", "Planned")],
        ),
        (
            "September 2022 will bring the ministers back to the table in Minsk.",
            [],
        ),
        (
            "The presidents convene in Sochi next Thursday, May 27.",
            [("csto-csc", "2021-05-27", "sochi", "Planned")],
        ),
        (
            "The foreign and defence ministers and the secretaries of the security councils had met jointly"
            " in Minsk on 2 February.",
            [("csto-joint", "2021-02-02", "minsk", "Held")],
        ),
    ],
)
def test_whose_day_it_is(sentence: str, expected: list[tuple[str, str | None, str | None, str]]) -> None:
    assert others(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The preparations for 16 September went on, and the Collective Security Council was told so.",
        "Minsk, 5 July: the defence ministers of Belarus and Russia exchanged letters.",
        "The spring of 2022 will see them in better health.",
        "It was opened by the host, Sergey Lavrov, who visited Minsk on 3 May.",
        "The deadline for Minsk: 16 September, said the minister, and the Council agreed.",
    ],
)
def test_a_day_of_something_else(sentence: str) -> None:
    assert others(sentence) == []


def test_those_of_the_organisation_meet() -> None:
    page = (
        "The Organization's foreign ministers are to meet in Minsk on 17 July.",
        "The CSTO has no comment.",
    )
    assert [summary(frame) for frame in with_meetings(*page)[1]] == [
        ("csto-cfm", "2021-07-17", "minsk", "Planned")
    ]
    page = ("The foreign ministers are to meet in Minsk on 17 July.", "The CSTO has no comment.")
    assert with_meetings(*page)[1] == ()


def test_the_council_is_named_behind_those_who_sit_in_it() -> None:
    page = (
        "CSTO foreign ministers, meeting as the Council of Foreign Ministers in Minsk on Wednesday, heard a"
        " report. They had last exchanged views on 10 May.",
    )
    assert summary(with_meetings(*page)[1][0])[:2] == ("csto-cfm", "2021-05-19")


def test_the_last_of_several_days() -> None:
    page = ("The Council of Foreign Ministers of the CSTO broke up in Minsk on 19 May after two days.",)
    assert summary(with_meetings(*page)[1][0])[:2] == ("csto-cfm", "2021-05-18/2021-05-19")


def test_a_session_that_is_only_played_is_none() -> None:
    played = "Students in Minsk held a mock session of the Council of Foreign Ministers of the CSTO on 5 May."
    assert with_meetings(played)[1] == ()
    assert len(with_meetings(played.replace("mock", "short"))[1]) == 1


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Sochi will welcome the presidents on 16 September.",
            ("csto-csc", "2021-09-16", "sochi", "Planned"),
        ),
        (
            "The defence ministers go to Minsk on 3 February.",
            ("csto-cmd", "2022-02-03", "minsk", "Planned"),
        ),
    ],
)
def test_the_present_tense_announces(
    sentence: str, expected: tuple[str, str | None, str | None, str]
) -> None:
    assert others(sentence) == [expected]


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("The session of the {}, which had been put off twice, was held in Sochi on 3 March.", "Held"),
        ("The postponed session of the {} took place in Sochi on 3 March.", "Held"),
        ("After having been put off, the {} met in Sochi on 3 March.", "Held"),
        (
            "The session of the {}, postponed from December because of snow, was held in Sochi on 3 March.",
            "Held",
        ),
        ("The session of the {} in Sochi on 3 March has been postponed.", "Postponed"),
        ("The session of the {}, which was to be held in Sochi on 3 March, had been put off.", "Postponed"),
    ],
)
def test_what_was_put_off_may_be_held_after_all(told: str, status: str) -> None:
    assert [frame[3] for frame in others(told.format("Collective Security Council"))] == [status]


@pytest.mark.parametrize(
    ("above", "place"),
    [("MINSK\n\n", "minsk"), ("Minsk. ", "minsk"), ("Minsk waits. ", None), ("PARIS\n\n", None)],
)
def test_a_city_alone_above_the_story_is_a_dateline(above: str, place: str | None) -> None:
    lead = "Yesterday, 19 May 2021, the members of the CSTO Council of Foreign Ministers met for two hours."
    page = f"Ministers confer\n\n20 May 2021\n\n{above}{lead} They spoke of borders.\n"
    assert [meeting[2] for meeting in told_on(page)[1]] == [place]
