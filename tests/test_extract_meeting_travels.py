"""Where a meeting is when a minister travels to it, and which of a year's meetings is told of."""

from __future__ import annotations

import pytest
from saying import told_on

AT_HOME = "Astana, 3 April 2014\n\n"


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        (
            "The Minister flew to Dushanbe on Thursday to take part in a meeting of the CSTO {council}.",
            "dushanbe",
        ),
        ("The Minister left for Minsk on 3 April for the regular session of the CSTO {council}.", "minsk"),
        ("The Minister is on his way to Minsk today for the session of the CSTO {council}.", "minsk"),
        ("The Minister departed for Yerevan today to attend the CSTO {council}.", "yerevan"),
        ("The Minister travelled to Moscow today, for a session of the CSTO {council}.", "moscow"),
        # To go to talks is not to go to the council.
        ("The Minister travelled to Paris on Monday for talks; the CSTO {council} met today.", "astana"),
        (
            "The Minister travelled to Paris on 2 April for talks, and the CSTO {council} met today.",
            "astana",
        ),
        (
            "The CSTO {council} met today. He then left for Geneva on 3 April for a conference.",
            "astana",
        ),
    ],
)
def test_a_meeting_is_where_a_minister_went_for_it(sentence: str, place: str) -> None:
    _, found = told_on(AT_HOME + sentence.format(council="Council of Foreign Ministers") + "\n")
    assert [(body, where) for body, _, where, _ in found] == [("csto-cfm", place)]


YEAR = (
    "MINSK, 20 December 2005\n\nThe CIS Council of Foreign Ministers held two regular meetings in 2005.\n\n"
)
SPRING = "The spring meeting took place in Astana on 1 June 2005.\n\n"


@pytest.mark.parametrize(
    "sentence",
    [
        "The principal meeting of the year was convened on 25 August 2005 in Kazan.",
        "The main session of the year met in Kazan on 25 August 2005.",
        "The concluding meeting of 2005 was held in Kazan on 25 August 2005.",
        "The closing session of the year took place on 25 August 2005 in Kazan.",
    ],
)
def test_the_main_meeting_of_a_year(sentence: str) -> None:
    found = [(body, date, where) for body, date, where, _ in told_on(YEAR + SPRING + sentence)[1]]
    assert found == [("cis-cfm", "2005-06-01", "astana"), ("cis-cfm", "2005-08-25", "kazan")]


@pytest.mark.parametrize(
    "sentence",
    [
        "The principal event of the year was held on 25 August 2005 in Kazan.",
        "The principal meeting of the archivists was convened on 25 August 2005 in Kazan.",
        "The main topic of the year was chosen on 25 August 2005 in Kazan.",
        "The main meeting of the year for archivists was held on 25 August 2005 in Kazan.",
    ],
)
def test_the_main_thing_of_a_year_may_be_no_meeting(sentence: str) -> None:
    assert [date for _, date, _, _ in told_on(YEAR + SPRING + sentence)[1]] == ["2005-06-01"]
