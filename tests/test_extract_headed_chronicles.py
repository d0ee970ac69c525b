"""Chronicles whose days stand on lines of their own, their year at the head; innocent pages beside."""

from __future__ import annotations

import pytest
from saying import told_on, with_meetings

from cfm_kg.extract.participation import find_participations

PAGE = """CHRONICLE OF THE COMMONWEALTH
{head}

2 October
Minsk. A seminar of archivists of the CIS was opened by the deputy head of the Executive Committee.

{first}
{opening}
It was directed by Rashid Meredov. The ministers approved a draft Concept of cooperation in customs.
A Plan of consultations was adopted; it goes to the presidents before the Council of Heads of State.

{second}
Astana. Council of Heads of Government of the CIS. The prime ministers considered railway tariffs at length.

Compiled by the secretariat of the Executive Committee.
"""
PLACED = "Yerevan. Council of Ministers of Foreign Affairs of the CIS."
EXPECTED = [
    ("cis-cfm", "2014-10-09", "yerevan", "Held"),
    ("cis-chg", "2014-10-21", "astana", "Held"),
]


@pytest.mark.parametrize(
    ("head", "first", "second", "opening"),
    [
        ("October 2014", "9 October", "21 October", PLACED),
        ("Events of the month: October 2014", "October 9", "October 21", PLACED),
        ("October, 2014", "9 October", "21 October", PLACED),
        ("For October 2014", "9 October:", "21 October:", PLACED),
        (
            "October 2014",
            "9 October",
            "21 October",
            "Yerevan - Council of Ministers of Foreign Affairs of the CIS.",
        ),
    ],
)
def test_a_day_on_a_line_of_its_own_heads_what_is_below(
    head: str, first: str, second: str, opening: str
) -> None:
    page = PAGE.format(head=head, first=first, second=second, opening=opening)
    assert told_on(page) == (None, EXPECTED)


def test_what_follows_under_a_day_is_told_of_its_meeting() -> None:
    page = PAGE.format(head="October 2014", first="9 October", second="21 October", opening=PLACED)
    made, meetings = with_meetings(*page.split("\n"), published=None)
    parts = find_participations(made, meetings)
    chairs = {
        (part.meeting, made.document.quote(part.person.name))
        for part in parts
        if part.person is not None and part.person.name is not None
    }
    assert (0, "Rashid Meredov") in chairs


def test_a_month_of_another_year_at_the_head_does_not_date_the_days() -> None:
    page = PAGE.format(head="Since May 2011", first="9 October", second="21 October", opening=PLACED)
    published, found = told_on(page)
    assert published is None
    assert not any(date and date.startswith("2011-10") for _, date, _, _ in found)


def test_one_day_on_a_line_of_its_own_is_that_of_publication() -> None:
    page = """Foreign ministers of the CSTO met in Minsk

12 May

The Council of Foreign Ministers of the CSTO met in Minsk on 11 May 2021 and adopted a statement.

In the evening the ministers were received by the president of the republic at his residence outside the city.
"""
    assert told_on(page)[0] == "2021-05-12"


NUMBERED = """THE LEDGER OF NORTHERN AND EASTERN COUNTRIES AND COUNCILS
{head}

{first}
Minsk: a seminar of archivists of the CIS is opened.

9 October
Yerevan: the Council of Ministers of Foreign Affairs of the CIS meets and adopts a statement on archives.

21 October
Astana: the Council of Heads of Government of the CIS meets. The prime ministers discuss tariffs{told}.
"""


@pytest.mark.parametrize(
    "head",
    [
        "What happened week by week. No. 41 (2014)",
        "A weekly overview, No. 41 (2014)",
        "No. 41 (2014)",
        "No. 41, 2014",
        "Overview of the week - No. 41, 2014",
    ],
)
def test_the_year_of_an_issue_is_that_of_its_days(head: str) -> None:
    published, found = told_on(NUMBERED.format(head=head, first="2 October", told=""))
    assert published is None
    assert sorted(date or "" for _, date, _, _ in found) == ["2014-10-09", "2014-10-21"]


@pytest.mark.parametrize(
    ("head", "first", "told"),
    [
        ("On the way to Decision No. 41 (2014)", "2 October", ""),
        ("Law No. 41 (2014) and what became of it", "2 October", ""),
        ("Overview of the week. No. 41 (2014)", "2 October", " of 2016"),
        ("Overview of the week. No. 41 (2014). No. 42 (2015)", "2 October", ""),
        ("Overview of the week. No. 41 (2014)", "In short", ""),
    ],
)
def test_a_number_with_a_year_may_be_of_something_else(head: str, first: str, told: str) -> None:
    _, found = told_on(NUMBERED.format(head=head, first=first, told=told))
    assert not any(date and date.startswith("2014-10") for _, date, _, _ in found)
