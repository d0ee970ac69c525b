"""Wordings of dates and the partial dates that they mean under a given publication date."""

from __future__ import annotations

from datetime import date

import pytest
from saying import annotated

from cfm_kg.dates import Interval, PartialDate
from cfm_kg.model import DateMention

WEDNESDAY = "2021-05-19"


def dates(text: str, published: str | None) -> list[tuple[str | None, str | None]]:
    """Start and end of each date found, as ISO."""
    return [
        (str(m.date) if m.date else None, str(m.end) if m.end else None)
        for sentence in annotated(text, published=published).sentences
        for unit in sentence.units
        if isinstance(m := unit.mention, DateMention)
    ]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        # whole dates
        ("They met on May 19, 2021 in Minsk.", None, "2021-05-19"),
        ("They met on 19 May 2021.", None, "2021-05-19"),
        ("They met on the 19th of May, 2021.", None, "2021-05-19"),
        ("They met on May 19th 2021.", None, "2021-05-19"),
        ("They met on Wednesday, May 19, 2021.", None, "2021-05-19"),
        ("They met on Wednesday 19 May 2021.", None, "2021-05-19"),
        ("They met on 2021-05-19.", None, "2021-05-19"),
        ("They met on 19.05.2021.", None, "2021-05-19"),
        ("They met on 19/05/2021.", None, "2021-05-19"),
        ("They met on Nov. 8, 2018.", None, "2018-11-08"),
        ("They met on 8 Sept. 2018.", None, "2018-09-08"),
        ("They met on 19.05.21.", None, "2021-05-19"),
        ("They met on 19 May 98.", None, "1998-05-19"),
        ("They met on Feb 29, 2020.", None, "2020-02-29"),
        ("They met on May, 19th, 2021.", None, "2021-05-19"),
        ("They met on May, 19.", "2021-05-20", "2021-05-19"),
        ("In May, 19 states signed it.", "2021-05-20", "2021-05"),
        # less exact
        ("They met in May 2021.", None, "2021-05"),
        ("They met in May of 2021.", None, "2021-05"),
        ("They met in 2021.", None, "2021"),
        ("They met in autumn 2020.", None, "2020"),
        ("They met in the fall of 2020.", None, "2020"),
        ("It runs for 2023-2024.", None, "2023"),
        ("It runs for 2023–2024.", None, "2023"),
        # the year follows from the publication
        ("They met on May 19.", "2021-05-20", "2021-05-19"),
        ("They met on 19 May.", "2021-05-20", "2021-05-19"),
        ("They met on December 28.", "2021-01-03", "2020-12-28"),
        ("They will meet on January 10.", "2020-12-28", "2021-01-10"),
        ("They will meet on September 15.", "2021-05-20", "2021-09-15"),
        ("They met in December.", "2021-02-01", "2020-12"),
        ("They met on May 19.", "2021", "2021-05-19"),
        ("They met last October.", "2024-06-21", "2023-10"),
        ("They met last October.", "2024-11-21", "2024-10"),
        ("They met this April.", "2021-05-20", "2021-04"),
        ("They will meet this autumn.", "2021-05-20", "2021"),
        ("They will meet next October.", "2021-05-20", "2021-10"),
        ("They met in December last year.", "2021-05-20", "2020-12"),
        ("They met in December of last year.", "2021-05-20", "2020-12"),
        ("They met on December 2 of last year.", "2021-05-20", "2020-12-02"),
        ("They met on December 2 last year.", "2021-05-20", "2020-12-02"),
        ("They met on 2 December of the past year.", "2021-05-20", "2020-12-02"),
        ("They met in October last year.", "2021-12-20", "2020-10"),
        ("They met last October.", "2021-12-20", "2021-10"),
        ("They met in May this year.", "2021-05-20", "2021-05"),
        ("They met on April 2 this year.", "2021-05-20", "2021-04-02"),
        ("They will meet in October next year.", "2021-05-20", "2022-10"),
        ("They met last year.", "2021-05-20", "2020"),
        ("They meet this year.", "2021-05-20", "2021"),
        ("They meet in the current year.", "2021-05-20", "2021"),
        ("They will meet next year.", "2021-05-20", "2022"),
        ("They met last autumn.", "2021-05-20", "2020"),
        ("They met in the autumn of last year.", "2021-05-20", "2020"),
        # days of the week
        ("They met on Wednesday.", "2021-05-20", "2021-05-19"),
        ("They met on Thursday.", "2021-05-20", "2021-05-20"),
        ("They met on Friday.", "2021-05-20", "2021-05-14"),
        ("They will meet on Friday.", "2021-05-20", "2021-05-21"),
        ("They met last Friday.", "2024-06-24", "2024-06-21"),
        ("They met last Thursday.", "2021-05-20", "2021-05-13"),
        ("They will meet next Monday.", "2021-05-20", "2021-05-24"),
        # words for days
        ("They met today.", "2021-05-20", "2021-05-20"),
        ("They met yesterday.", "2021-05-20", "2021-05-19"),
        ("They met the day before yesterday.", "2021-05-20", "2021-05-18"),
        ("They meet tomorrow.", "2020-12-31", "2021-01-01"),
        ("They met this morning.", "2021-05-20", "2021-05-20"),
        # the day of a month
        ("They met on the 20th local time.", "2023-06-21", "2023-06-20"),
        ("On the 26th local time they met.", "2020-05-27", "2020-05-26"),
        ("They met on the 30th.", "2021-06-02", "2021-05-30"),
    ],
)
def test_a_wording_means_a_date(text: str, published: str | None, expected: str) -> None:
    assert [start for start, _ in dates(text, published)] == [expected]


@pytest.mark.parametrize(
    ("text", "published", "start", "end"),
    [
        ("They met on May 18-19, 2021.", None, "2021-05-18", "2021-05-19"),
        ("They met on 18–19 May 2021.", None, "2021-05-18", "2021-05-19"),
        ("They met from 18 to 19 May 2021.", None, "2021-05-18", "2021-05-19"),
        ("They met on May 18 and 19.", "2021-05-20", "2021-05-18", "2021-05-19"),
        ("They met on May, 18-19th.", "2021-05-20", "2021-05-18", "2021-05-19"),
        ("They met from May 31 to June 2, 2021.", None, "2021-05-31", "2021-06-02"),
        ("They met on 31 May – 2 June 2021.", None, "2021-05-31", "2021-06-02"),
        ("They meet in Minsk today and tomorrow.", "2021-05-20", "2021-05-20", "2021-05-21"),
        ("They were in session yesterday and today.", "2021-05-20", "2021-05-19", "2021-05-20"),
    ],
)
def test_a_range_has_both_ends(text: str, published: str | None, start: str, end: str) -> None:
    assert dates(text, published) == [(start, end)]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("They met on May 19, 2021. A day later the presidents came.", None, ["2021-05-19", "2021-05-20"]),
        ("They met on May 19, 2021. The next day the presidents came.", None, ["2021-05-19", "2021-05-20"]),
        ("They met on May 19, 2021. A day earlier the experts had met.", None, ["2021-05-19", "2021-05-18"]),
        ("They met on May 19, 2021. Four days later they spoke.", None, ["2021-05-19", "2021-05-23"]),
        ("They met on May 19, 2021. Two days later they spoke.", None, ["2021-05-19", "2021-05-21"]),
        ("They met on May 19, 2021. Three days earlier it rained.", None, ["2021-05-19", "2021-05-16"]),
        ("In June 2021 it rained. They met on the 20th.", None, ["2021-06", "2021-06-20"]),
    ],
)
def test_a_date_follows_from_the_one_before(text: str, published: str | None, expected: list[str]) -> None:
    assert [start for start, _ in dates(text, published)] == expected


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("Two days later they spoke.", "2021-05-20", [None]),
        ("They met on May 19, 2021, three days later than planned.", None, ["2021-05-19"]),
        ("In May 2021 it rained. Two days later they spoke.", None, ["2021-05", None]),
        ("They came yesterday and today they met.", "2021-05-20", ["2021-05-19", "2021-05-20"]),
    ],
)
def test_days_are_counted_from_a_day_only(text: str, published: str | None, expected: list[str]) -> None:
    assert [start for start, _ in dates(text, published)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "They met on November 22.",
        "They met on 3 December.",
        "They met on Friday.",
        "They met yesterday.",
        "They met on the 20th.",
    ],
)
def test_no_year_is_guessed(text: str) -> None:
    assert [start for start, _ in dates(text, None)] in ([None], [])


@pytest.mark.parametrize(
    "text", ["They met on February 30, 2021.", "They met on 31.02.2021.", "They met on 2021-13-05."]
)
def test_a_day_that_does_not_exist_is_none(text: str) -> None:
    assert not [start for start, _ in dates(text, None) if start and len(start) == 10]


@pytest.mark.parametrize(
    "text",
    [
        "The minister may come.",
        "They will march on.",
        "Resolution 1970 was adopted.",
        "The article 2021 of the code was read.",
        "They fall silent.",
    ],
)
def test_no_date_is_seen_where_there_is_none(text: str) -> None:
    assert dates(text, "2021-05-20") == []


def test_every_step_of_a_reckoned_date_is_told() -> None:
    mention = next(
        u.mention
        for s in annotated("They met last Friday.", published="2024-06-24").sentences
        for u in s.units
        if isinstance(u.mention, DateMention)
    )
    assert mention.chain
    assert mention.relative


@pytest.mark.parametrize("iso", ["2021", "2021-05", "2021-05-19"])
def test_a_partial_date_reads_what_it_writes(iso: str) -> None:
    assert str(PartialDate.parse(iso)) == iso


@pytest.mark.parametrize("iso", ["2021-02-30", "2021-13", "21-05-19", "2021-5-9", "0000", "May 2021"])
def test_a_broken_date_is_refused(iso: str) -> None:
    with pytest.raises(ValueError, match=r"not a date|out of range|month|day"):
        PartialDate.parse(iso)


def test_a_partial_date_knows_its_bounds() -> None:
    february = PartialDate.parse("2020-02")
    assert (february.first, february.last) == (date(2020, 2, 1), date(2020, 2, 29))
    assert PartialDate.parse("2020").covers(february)
    assert february.compatible(PartialDate.parse("2020-02-29"))
    assert not february.compatible(PartialDate.parse("2020-03-01"))
    assert PartialDate.parse("2020-12-31").shift(1) == PartialDate.parse("2021-01-01")
    with pytest.raises(ValueError, match="not known to the day"):
        february.shift(1)


def test_an_interval_is_half_open() -> None:
    interval = Interval(PartialDate.parse("2020-01-01"), PartialDate.parse("2021-01-01"))
    assert interval.certainly_holds(PartialDate.parse("2020-12-31"))
    assert not interval.certainly_holds(PartialDate.parse("2021-01-01"))


@pytest.mark.parametrize(
    ("sentence", "published", "expected"),
    [
        # What should have been, or was called off, lies near, on either side.
        (
            "The spring meeting should have been there on 6 April, but it fell through.",
            "2020-05-26",
            "2020-04-06",
        ),
        ("They were to have met on 3 March.", "2020-05-26", "2020-03-03"),
        ("Their session scheduled for 15 March in Chisinau was cancelled.", "2018-08-27", "2018-03-15"),
        ("The meeting set for 20 March has been postponed.", "2018-03-02", "2018-03-20"),
        ("The sitting planned for 6 April fell through.", "2018-09-27", "2018-04-06"),
        ("The sitting planned for 6 April will open at noon.", "2018-03-27", "2018-04-06"),
        ("They could not agree on 6 December.", "2019-05-22", "2018-12-06"),
        # What is appointed for a day lies ahead.
        ("They examined the papers of the session appointed for 28 August.", "2008-07-28", "2008-08-28"),
        ("They prepared the session called for 9 and 10 September.", "2008-07-28", "2008-09-09"),
        (
            "It was endorsed for the leaders, who have their summit on 6 September.",
            "2016-07-26",
            "2016-09-06",
        ),
        # A verb alone does not move a day into another year, months away.
        ("They cleared it for the summit of 2 November.", "2019-07-31", "2019-11-02"),
        ("She recalled the conference that opens on 11 November.", "2024-11-05", "2024-11-11"),
        ("They last met on 7 November.", "2019-05-22", "2018-11-07"),
        ("They will meet on 28 November.", "2019-05-22", "2019-11-28"),
        # The year is told by whose session it was.
        ("I mean last year's session, on April 7, in Tashkent.", "2018-03-29", "2017-04-07"),
        ("Last year's was held in Moscow on 26 October.", "2006-09-15", "2005-10-26"),
        ("Last year's report was read on 3 May 2006.", "2006-09-15", "2006-05-03"),
    ],
)
def test_the_year_that_a_sentence_tells_of(sentence: str, published: str, expected: str) -> None:
    assert expected in [iso for iso, _ in dates(sentence, published)]
