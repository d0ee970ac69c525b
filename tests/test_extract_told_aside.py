"""Meetings told in passing, by their place, their eve, or who joined; innocent sentences beside."""

from __future__ import annotations

import pytest
from saying import summary, told_on, with_meetings

from cfm_kg.vocab import local

LEAD = "The Council of Foreign Ministers of the CSTO met in Dushanbe on 19 May 2021."
MAIN = ("csto-cfm", "2021-05-19", "dushanbe", "Held")
Told = tuple[str, str | None, str | None, str]


def told(*paragraphs: str, published: str | None = "2021-05-20") -> list[Told]:
    """Body, date, place and status of the meetings."""
    return [summary(frame) for frame in with_meetings(*paragraphs, published=published)[1]]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "They looked at the agenda of the summit that Minsk is to host on 3 and 4 July.",
            ("csto-csc", "2021-07-03/2021-07-04", "minsk", "Planned"),
        ),
        (
            "Papers were prepared for the CSTO summit which Yerevan will host in 2022.",
            ("csto-csc", "2022", "yerevan", "Planned"),
        ),
        (
            "The summit for the thirtieth anniversary is planned for 2022 in Moscow.",
            ("csto-csc", "2022", "moscow", "Planned"),
        ),
        (
            "The CSTO summit, the third in as many years, is due in Minsk in 2022.",
            ("csto-csc", "2022", "minsk", "Planned"),
        ),
        (
            "The Council of Defence Ministers should take that up in December in Minsk.",
            ("csto-cmd", "2021-12", "minsk", "Planned"),
        ),
        (
            "The last session of the Council at ministerial level had been in Minsk on 27 September 2019.",
            ("csto-cfm", "2019-09-27", "minsk", "Held"),
        ),
        (
            "The fortieth meeting at the same level was held in Minsk on 27 September 2019.",
            ("csto-cfm", "2019-09-27", "minsk", "Held"),
        ),
        (
            "The Council of Defence Ministers met in Minsk on the 23rd day of April.",
            ("csto-cmd", "2021-04-23", "minsk", "Held"),
        ),
        (
            "The Council of Defence Ministers met in Minsk in the month of April, on the 23rd day.",
            ("csto-cmd", "2021-04-23", "minsk", "Held"),
        ),
        (
            "Nobody forgot 2019, when a day of the presidents' session of 28 November was lost to a quarrel.",
            ("csto-csc", "2019-11-28", None, "Held"),
        ),
    ],
)
def test_a_meeting_told_in_passing(sentence: str, expected: Told) -> None:
    assert told(LEAD, sentence) == [MAIN, expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "The summit of all hopes was the plan for 2022, it was said in Minsk.",
        "The budget of the council, the third of its kind, is planned for 2022.",
        "They spoke of the festival that Minsk is to host on 3 July.",
        "The Council of Defence Ministers should have its report.",
        "In 2019, when Minsk flooded, the ministers sent tents on 3 July.",
    ],
)
def test_innocent_plans(sentence: str) -> None:
    assert told(LEAD, sentence) == [MAIN]


@pytest.mark.parametrize(
    "lead",
    [
        "Foreign Minister Sergey Lavrov came home on Thursday after attending the meeting of CSTO foreign"
        " ministers.",
        "Sergey Lavrov flew to Minsk on Thursday after chairing the meeting of CSTO foreign ministers.",
        "Sergey Lavrov rested on Thursday after taking part in the session of the CSTO foreign ministers.",
    ],
)
def test_the_day_of_what_followed_a_meeting_is_not_its_own(lead: str) -> None:
    council = "The CSTO Council of Foreign Ministers met in Dushanbe on Wednesday."
    assert told(lead, council) == [MAIN]


def test_the_day_behind_an_eve_is_that_of_what_happens_then() -> None:
    eve = "On the eve of the summit, on 19 May 2021, the CSTO Council of Foreign Ministers met in Dushanbe."
    summit = "They left the papers to the Collective Security Council, which met a day later."
    assert told(eve, summit)[:2] == [MAIN, ("csto-csc", "2021-05-20", None, "Held")]


def test_what_is_prepared_does_not_meet_on_that_day() -> None:
    lead = (
        "Within the scope of the preparations of the summit of the CSTO, the Council of Foreign Ministers of"
        " the CSTO met on 19 May 2021 in Dushanbe."
    )
    assert told(lead) == [MAIN]


def test_a_relative_clause_has_the_day_of_those_of_whom_it_is_told() -> None:
    lead = (
        "Foreign ministers of the CSTO spent five hours on Wednesday clearing the table for their presidents,"
        " who meet on Friday in the same city."
    )
    assert told(lead, LEAD) == [MAIN, ("csto-csc", "2021-05-21", None, "Planned")]


@pytest.mark.parametrize(
    ("sentence", "body"),
    [
        ("{} met jointly in Minsk on 2 April 2021.", "csto-joint"),
        ("{} sat together in Minsk on 2 April 2021.", "csto-joint"),
        ("{} met in Minsk on 2 April 2021 with the press.", "csto-cfm"),
    ],
)
def test_three_councils_that_sit_together(sentence: str, body: str) -> None:
    three = "CSTO foreign ministers, defence ministers and secretaries of the security councils"
    assert told(sentence.format(three))[0][:3] == (body, "2021-04-02", "minsk")


@pytest.mark.parametrize(
    ("sentence", "form"),
    [
        (
            "The Secretary General of the UN, Antonio Guterres, spoke to the meeting on a video link.",
            "InPerson",
        ),
        ("President Emomali Rahmon addressed the session by video.", "InPerson"),
        (
            "President Emomali Rahmon greeted the ministers via videoconference before the start.",
            "InPerson",
        ),
        ("Sirojiddin Muhriddin opened the meeting, which was held via videoconference.", "Videoconference"),
        ("Emomali Rahmon addressed the meeting held via videoconference.", "Videoconference"),
    ],
)
def test_a_guest_who_speaks_by_video_does_not_make_a_videoconference(sentence: str, form: str) -> None:
    _, frames = with_meetings("The Council of Foreign Ministers of the CSTO met on 19 May 2021. " + sentence)
    found = local(frames[0].format) if frames[0].format else None
    assert found == (form if form == "Videoconference" else None)


@pytest.mark.parametrize(
    ("second", "place"),
    [
        ("The foreign ministers of the CSTO wrapped up a meeting here on Wednesday.", "dushanbe"),
        (
            "The CSTO Council of Foreign Ministers closed its session on Wednesday in this capital.",
            "dushanbe",
        ),
        ("The CSTO Council of Foreign Ministers met in Minsk on Wednesday; here nobody cared.", "minsk"),
    ],
)
def test_here_is_the_place_of_the_dateline(second: str, place: str) -> None:
    lead = f"DUSHANBE, May 19, 2021 (Havenpress) -- {second} Two statements were adopted."
    page = f"Ministers close ranks\n\n{lead}\n"
    assert told_on(page)[1][0][:3] == ("csto-cfm", "2021-05-19", place)


@pytest.mark.parametrize(
    ("sentence", "body"),
    [
        ("CSTO foreign ministers last met in Astana on 27 November 2020, together with {}.", "csto-joint"),
        ("CSTO foreign ministers, along with {}, met in Astana on 27 November 2020.", "csto-joint"),
        ("On 27 November 2020 CSTO foreign ministers sat side by side with {} in Astana.", "csto-joint"),
        ("CSTO foreign ministers met in Astana on 27 November 2020 and wrote to {}.", "csto-cfm"),
    ],
)
def test_a_council_that_meets_with_two_others(sentence: str, body: str) -> None:
    others = "the defence ministers and the secretaries of security councils"
    spoke = "Foreign Ministers Vladimir Makei of Belarus and Sergey Lavrov of Russia spoke."
    assert told(LEAD, spoke, sentence.format(others)) == [MAIN, (body, "2020-11-27", "astana", "Held")]


def test_what_is_prepared_has_the_day_told_of_it() -> None:
    lead = "Foreign ministers Sergey Lavrov of Russia and Ararat Mirzoyan of Armenia spoke by telephone."
    joint = (
        "They spoke of preparations for the joint meeting of the Council of Foreign Ministers, the Council of"
        " Defence Ministers and the Committee of Secretaries of Security Councils of the CSTO, to be held in"
        " Minsk on 5 July."
    )
    assert told(lead, joint) == [("csto-joint", "2021-07-05", "minsk", "Planned")]


def test_who_speaks_after_a_meeting_that_he_led_tells_of_it() -> None:
    lead = '"All is ready for the summit," Ararat Mirzoyan said after chairing the CSTO Council of Foreign'
    assert told(lead + " Ministers in Dushanbe on 19 May 2021.")[0] == MAIN


def test_the_place_of_a_publication_line_is_not_that_of_an_undated_council() -> None:
    lead = (
        "The Collective Security Council of the CSTO usually assembles once a year and decides by consensus."
    )
    assert told_on(f"What the Charter says\n\nBishkek, 7 October 2014. Digest.\n\n{lead}\n")[1] == []
