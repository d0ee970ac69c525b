"""The day of publication: from what it is taken, and from what it never is. All examples are made up."""

from __future__ import annotations

import pytest
from test_clean import FIRST, SECOND, document


def published(text: str, **metadata: str) -> str | None:
    found = document(text, **metadata).publication
    return str(found.date) if found else None


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Release time: 2023-06-21 20:06", "2023-06-21"),
        ("22 July 2021 16:25 (UTC+04:00)", "2021-07-22"),
        ("26-05-2020", "2020-05-26"),
        ("01 December, 2020", "2020-12-01"),
        ("19 Nov 04", "2004-11-19"),
        ("19 Nov 94", "1994-11-19"),
        ("17.04.2009", "2009-04-17"),
        ("14 SEP 2021, 13:20", "2021-09-14"),
        ("1391-23-09-2011", "2011-09-23"),
        ("12 Nov 04 | 10:42", "2004-11-12"),
        ("Published: May 5, 2023 9:47 pm", "2023-05-05"),
        ("20.06.2023 - Update : 21.06.2023", "2023-06-20"),
        ("Updated: May 05, 2023 9:47 pm IST", "2023-05-05"),
        ("30 Jun 2025 • 18:55 • Politics • 3 min read", "2025-06-30"),
        ("Haven Review, 03.10.2022", "2022-10-03"),
        ("Port Haven Evening Herald, 3 October 2022, page 4", "2022-10-03"),
        ("Haven Courier and Shipping List, 3 October 2022, p. 11", "2022-10-03"),
        ("News from the Havens - Issue 27/2022, 3 October", "2022-10-03"),
        ("Bulletin No. 27 (2022), 3 October", "2022-10-03"),
        ("Hall 27/2022, 3 October", None),
        ("06/13/2022", "2022-06-13"),
        ("2021/05/19", "2021-05-19"),
        ("the 21st of June, 2024", "2024-06-21"),
        (
            "2020-05-27 05:14:22 Source: Haven News  Editor-in-charge: Lee  [Font size: large small] [Print]",
            "2020-05-27",
        ),
        ("Published: 23.11", None),
        ("Monday September 9 2024", None),
        ("[page saved 14.06.2022 02:15]", None),
        ("Last update of the page: 11.10.2019 09:14", None),
        ("© 2019 Haven News", None),
        ("31.02.2021", None),
        ("19.05.3021", None),
    ],
)
@pytest.mark.parametrize("place", ["above", "under", "foot"])
def test_lines(line: str, date: str | None, place: str) -> None:
    head = "Ministers of harbour states meet"
    weekday = line.startswith("Monday")
    pages = {
        "above": f"{line}\n\n{head}\n\n{SECOND}\n",
        "under": f"{head}\n{line}\n\n{SECOND}\n" if not weekday else f"{line}\n{head}\n{SECOND}\n",
        "foot": f"{head}\n\n{SECOND}\n\n{line}\n" if not weekday else f"{line}\n\n{head}\n\n{SECOND}\n\n",
    }
    assert published(pages[place]) == date


def test_the_order_of_trust() -> None:
    page = f"Ministers meet in the harbour\n22 June 2024, 10:00\n\n{FIRST.replace('June', 'June 2024')}"
    assert published(page, published="2024-06-23T08:00:00+05:00") == "2024-06-23"
    assert published(page) == "2024-06-22"
    assert published(page.replace("22 June 2024, 10:00", "")) == "2024-06-21"
    assert published(page, published="soon") == "2024-06-22"


def test_a_saved_page_does_not_outweigh_its_publication_line() -> None:
    page = f"Monday September 9 2024\n\nMinisters meet in the harbour\n\n22 July 2021 16:25\n\n{SECOND}"
    assert published(page) == "2021-07-22"


def test_a_dated_masthead_counts_where_the_text_bears_it_out() -> None:
    page = "HAVEN WIRE\nFriday, September 5, 2008\n\nMinisters meet in the harbour\n\n"
    assert (
        published(
            page
            + "On Friday the ministers of the harbour states met there, and on 4 September their deputies."
        )
        == "2008-09-05"
    )
    assert (
        published(
            page + "On Monday the ministers of the harbour states met there, and on 4 May their deputies."
        )
        is None
    )


def test_a_dateline_takes_its_year_from_what_else_is_told() -> None:
    page = (
        "Ministers meet in the harbour\n\n"
        "NORTHPORT, 21 June (Haven) - The ministers of the harbour states met{} and adopted a text.\n"
    )
    assert published(page.format(" on 20 June 2024")) == "2024-06-21"
    assert published(page.format(" on Friday, as planned in 2024")) == "2024-06-21"
    assert published(page.format(" on Friday, as planned in 2022")) is None
    assert published(page.format("")) is None


def test_a_day_that_the_text_reckons_from() -> None:
    assert (
        published(
            "Tomorrow (September 15, 2021) the ministers of the harbour states meet to adopt two texts."
        )
        == "2021-09-14"
    )


def test_month_first_where_the_page_shows_it() -> None:
    body = "Ministers meet in the harbour\n\nOn June 9 the ministers of the harbour states met there.\n"
    assert published(f"06/10/2022\n\n{body}") == "2022-10-06"
    assert published(f"06/09/2022\n\n{body}") == "2022-06-09"


def test_no_date_is_ever_taken_from_the_clock() -> None:
    assert (
        published(
            "Ministers meet in the harbour\n\nToday the ministers of the harbour states met there, they said."
        )
        is None
    )


def test_the_reason_and_the_span_are_kept() -> None:
    doc = document(f"Ministers of harbour states meet\n22 July 2021 16:25\n\n{SECOND}")
    assert doc.publication is not None
    assert doc.publication.reason == "publication line"
    assert doc.publication.span is not None
    assert doc.quote(doc.publication.span) == "22 July 2021"


STANDFIRST = "Foreign Minister Anders Holm took part in a meeting of the council of ministers in Port Verran."


@pytest.mark.parametrize(
    ("below", "date"),
    [
        ("October 14, 2022     14:20     Port Verran", "2022-10-14"),
        ("14 October 2022, 14:20", "2022-10-14"),
        ("14.10.2022 | 14:20 | Politics", "2022-10-14"),
        ("Next sitting: 14 October 2022", None),
        ("October 14, 2022     Port Verran", None),
    ],
)
def test_a_line_with_day_and_hour_below_the_first_paragraph(below: str, date: str | None) -> None:
    assert published(f"Meeting of the council\n{STANDFIRST}\n{below}\n\n{FIRST}\n\n{SECOND}\n") == date


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("7 September 2021, 24.hv news agency, by Anna B.", "2021-09-07"),
        ("7 September 2021, by Anna Berg", "2021-09-07"),
    ],
)
def test_a_line_with_its_author(line: str, date: str | None) -> None:
    assert published(f"Allied troops leave the lake\n\n{line}\n\n{FIRST}\n\n{SECOND}\n") == date


@pytest.mark.parametrize(
    ("told", "date"),
    [
        ("Belarus, which takes over from January 1, 2019, sent its minister.", "2018-12-14"),
        ("The next session will take place in Astana on February 8, 2020.", "2019-12-14"),
        ("The summit is due on December 20, 2017.", "2017-12-14"),
        ("The last session took place in Astana on February 8, 2020.", None),
        ("The treaty of January 1, 2019 will be discussed.", None),
        (
            "The next session will take place on June 8, 2020, the one after that is due on March 3, 2022.",
            None,
        ),
    ],
)
def test_a_coming_day_tells_the_year_of_a_dateline(told: str, date: str | None) -> None:
    lead = "PORT VERRAN, DECEMBER 14, HAVENPRESS. The ministers met today."
    assert published(f"Ministers meet\n\n{lead}\n\n{told} {SECOND}\n") == date


@pytest.mark.parametrize(
    ("told", "date"),
    [
        ("Belarus is to play host to the council in 2017.", "2016-12-14"),
        ("The next session will be held in 2017.", "2016-12-14"),
        ("It was founded in 2017.", None),
        ("The next session will be held in 2021.", None),
    ],
)
def test_a_year_to_come_and_the_weekday_of_a_dateline(told: str, date: str | None) -> None:
    lead = "PORT VERRAN, Dec. 14 (Havenpress) -- The ministers of the harbour states met here on Wednesday."
    assert published(f"Ministers meet\n\n{lead}\n\n{told} {SECOND}\n") == date


@pytest.mark.parametrize(
    ("end", "date"),
    [
        ("The lake was quiet. (December 13, 2018)", "2018-12-13"),
        ("The lake was quiet. (14 December 2018)", "2018-12-13"),
        ("The lake was quiet. (May 2, 2018)", None),
        ("The harbour was opened by their fathers (December 13, 1961)", None),
        ("The lake was quiet. (They last met on December 13, 1961)", None),
        ("The lake was quiet (December 13, 1961).", None),
    ],
)
def test_a_date_that_ends_a_text_tells_the_year_of_its_dateline(end: str, date: str | None) -> None:
    lead = "PORT VERRAN, Dec. 13 (Havenpress) -- The ministers of the harbour states met here."
    names = ("herring", "salmon", "pike", "perch", "trout", "eel", "carp")
    paragraphs = "\n\n".join(f"Of {name} there was much talk. {SECOND}" for name in names)
    assert published(f"Ministers meet\n\n{lead}\n\n{paragraphs}\n\n{SECOND} {end}\n") == date
