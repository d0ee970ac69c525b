"""Meetings told by sections, by mastheads and by datelines; innocent pages beside."""

from __future__ import annotations

import pytest
from saying import told_on

CFM = "Council of Foreign Ministers of the Collective Security Treaty Organization"
Told = tuple[str, str | None, str | None]


def first(page: str) -> Told | None:
    """Body, date and place of the first meeting."""
    found = told_on(page)[1]
    return found[0][:3] if found else None


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            "ANNUAL REPORT 2015\n\nPolitical work\n\n"
            f"3.1. Session of the {CFM}. The ordinary session took place on 2 April 2015 "
            "in the city of Dushanbe.\n\n"
            "3.2. On 25 September 2015 the ministers assembled in New York for a working session.\n",
            ("csto-cfm", "2015-04-02", "dushanbe"),
        ),
        (
            f"Long hours\n\nMINSK, 23 May 2019. The {CFM} worked for six hours on 22 May in Minsk.\n",
            ("csto-cfm", "2019-05-22", "minsk"),
        ),
        (
            "Bridges closed\n\n23 May 2019\n\nWhoever stood in line yesterday knows why. The CSTO had "
            "brought its Council of Foreign Ministers to Bishkek.\n\n"
            "Foreign Minister Sergey Lavrov of Russia and Foreign Minister Vladimir Makei of Belarus came.\n",
            ("csto-cfm", "2019-05-22", "bishkek"),
        ),
        (
            "A sitting in Ashgabat\n\nThe paper Archive\n05.12.2019\n\nMinsk, 4 December (own corr.). "
            f"Today the {CFM} met here in Minsk.\n",
            ("csto-cfm", "2019-12-04", "minsk"),
        ),
    ],
)
def test_a_meeting_is_found_in_its_section(page: str, expected: Told) -> None:
    assert first(page) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        f"The {CFM} worked for peace in all those years.",
        f"The {CFM} worked out a plan for the region.",
        "Lavrov met Makei. The talks of the two were held in Minsk on 2 April 2015.",
    ],
)
def test_no_meeting_is_made_of_other_work(sentence: str) -> None:
    assert first(f"Work of the year\n\n4 May 2015\n\n{sentence} Nobody said more.\n") is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Saturday, May 6, 2023 | Harbour edition | Rs 6", "2023-05-06"),
        ("Saturday, 6 May 2023 | Price: 20 soms", "2023-05-06"),
        ("The haven's paper since 1994 · Saturday, May 6, 2023", "2023-05-06"),
    ],
)
def test_a_price_tells_an_issue_from_a_visit(line: str, day: str) -> None:
    page = f"THE HAVEN MAIL\n{line}\n\nAt the sea\n\nAs in 2022, the {CFM} met in Minsk on Friday.\n"
    assert told_on(page)[0] == day


def test_the_year_above_a_chronicle_is_that_of_its_days() -> None:
    entries = "\n\n".join(
        (
            "3 March. Minsk. Session of the CIS Council of Foreign Ministers.",
            "9 October. Bishkek. Session of the CIS Council of Foreign Ministers.",
            "14 November. Moscow. Experts look back.",
        )
    )
    page = f"A YEAR IN THE CHAIR, 2008\nChronicle compiled by a library\n\n{entries}\n"
    dates = [date for body, date, _, _ in told_on(page)[1] if body == "cis-cfm"]
    assert dates == ["2008-03-03", "2008-10-09"]
