"""Meetings of calendars, reviews and digests, by year, weekday and section; innocent ones beside."""

from __future__ import annotations

import pytest
from saying import told_on, with_meetings

CFM = "Council of Foreign Ministers of the Collective Security Treaty Organization"
Told = list[tuple[str, str | None, str | None]]


def meetings(page: str) -> Told:
    """Body, date and place of the meetings."""
    return [found[:3] for found in told_on(page)[1]]


def said(*paragraphs: str, published: str = "2021-05-20") -> Told:
    """The same of sentences."""
    found = with_meetings(*paragraphs, published=published)[1]
    place = (None if m.place is None else m.place.rsplit("/", 1)[-1] for m in found)
    date = (None if m.date is None else str(m.date.date) for m in found)
    return list(zip((m.body.rsplit("/", 1)[-1] for m in found), date, place, strict=True))


def test_a_year_alone_on_a_line_is_that_of_the_days_below() -> None:
    page = (
        "The Secretariat's timeline\n\n2016\n\n"
        "4 April. Moscow. The CIS Council of Foreign Ministers held its session in the old house "
        "on the embankment.\n\n2018\n\n"
        "6 April. Minsk. The CIS Council of Foreign Ministers sat under Belarus's Vladimir Makei, joined by "
        "Sergey Lavrov of Russia and Kairat Abdrakhmanov of Kazakhstan.\n\n2019\n\n"
        "10 October. Ashgabat. Experts of the five states compared notes on the road ahead.\n"
    )
    assert meetings(page) == [("cis-cfm", "2018-04-06", "minsk"), ("cis-cfm", "2016-04-04", "moscow")]


def test_a_single_year_on_a_line_says_nothing_of_days() -> None:
    page = f"Report\n\n3 June 2019\n\n2025\n\nThat is the horizon. The {CFM} met in Minsk on 22 May 2019.\n"
    assert meetings(page) == [("csto-cfm", "2019-05-22", "minsk")]


def test_a_weekday_with_its_number_is_a_day() -> None:
    page = (
        "The week in the region\n(20 to 26 May 2019)\n\nTue 21. Rain over the lake, no sittings at all.\n\n"
        f"Wed 22. BISHKEK. The {CFM} met and adopted a statement on the situation in Syria.\n\n"
        "Sat 25. Everybody was at home with the family, as far as we could see.\n"
    )
    assert ("csto-cfm", "2019-05-22", "bishkek") in meetings(page)


def test_the_last_day_of_a_chronicle_is_nearer_to_its_publication_than_the_first() -> None:
    page = (
        "Chronicle of the region\nNo. 5 (88), May 2019\n\n"
        "2 May. MINSK. The border commission of Belarus and Latvia agreed upon six more kilometres.\n\n"
        "7 May. BISHKEK. Foreign Minister Chingiz Aidarbekov received the ambassador of Latvia.\n\n"
        f"22 May. BISHKEK. The {CFM} held its regular meeting. Chingiz Aidarbekov presided.\n\n"
        "28 May. ASTANA. The Government gave its consent to the opening of a consulate in Urumqi.\n"
    )
    published, found = told_on(page)
    assert (published, found[0]) == ("2019-05-28", ("csto-cfm", "2019-05-22", "bishkek", "Held"))


def test_a_section_under_an_organisations_name_is_about_its_councils() -> None:
    page = (
        "Foreign policy of the year\n\n4 February 2011\n\n1. Commonwealth of Independent States\n\n"
        "The Council of Heads of State met on 10 December 2010 in Moscow.\n\n"
        "2. Collective Security Treaty Organization\n\n"
        "The Council of Foreign Ministers met on 9 December 2010 in Moscow.\n\n3. Bilateral relations\n\n"
        "The minister paid nine visits in all, and received eleven guests.\n"
    )
    assert {told[:2] for told in meetings(page)} == {("cis-chs", "2010-12-10"), ("csto-cfm", "2010-12-09")}


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("When: 25-26 August 2022", "2022-08-19"),
        ("When: Friday, 26 August 2022", "2022-08-19"),
    ],
)
def test_when_it_will_be_is_no_day_of_publication(line: str, day: str) -> None:
    page = (
        f"MEDIA ADVISORY\n19 August 2022\n\nWhat: Meeting of the {CFM}\nWhere: Minsk, the library\n{line}\n\n"
        "The ministers will gather in the old library of the capital, and cameras are let in for a while.\n"
    )
    assert told_on(page)[0] == day


def test_a_dated_line_under_news_feed_is_the_publication_line() -> None:
    story = (
        f"On May 22, in Minsk, the {CFM} met under the chairmanship of Vladimir Makei of Belarus, who spoke."
    )
    page = f"MINISTRY OF FOREIGN AFFAIRS\nNews feed\n23 May 2019, 03:10\n\nMinisters met\n\n{story}\n"
    assert told_on(page)[0] == "2019-05-23"
    listed = f"Latest news\nBridge closed\n11 May 2020\n\nMinisters met\n\n23 May 2019\n\n{story}\n"
    assert told_on(listed)[0] == "2019-05-23"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("on 12 March in Minsk and on 9 November in Moscow", {"2020-03-12", "2020-11-09"}),
        ("in Minsk on 12 March and in Moscow on 9 November", {"2020-03-12", "2020-11-09"}),
        ("in Minsk on 12 March and in Moscow on 9 November the presidents signed it", {"2020-03-12"}),
    ],
)
def test_one_sentence_may_tell_two_sittings(sentence: str, expected: set[str]) -> None:
    found = said(f"The {CFM} met {sentence}.", published="2020-12-20")
    assert {date for body, date, _ in found if body == "csto-cfm"} == expected


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "Coming up: Collective Security Council, Dushanbe, 16 September.",
            ("csto-csc", "2021-09-16", "dushanbe"),
        ),
        ("Summit: Dushanbe, 16 September.", ("csto-csc", "2021-09-16", "dushanbe")),
        (
            "The Council of Defence Ministers was in Moscow only on 4 March, and it was no formality.",
            ("csto-cmd", "2021-03-04", "moscow"),
        ),
        (
            "It goes to the presidents, who are asked to sign it when they gather in Dushanbe in September.",
            ("csto-csc", "2021-09", "dushanbe"),
        ),
        (
            "The third meeting of the year, on 1 December, is due in Moscow.",
            ("csto-cfm", "2021-12-01", "moscow"),
        ),
    ],
)
def test_other_meetings_are_found_beside(sentence: str, told: tuple[str, str, str]) -> None:
    main = (
        f"The {CFM} met in Minsk on 19 May 2021. Sergey Lavrov of Russia and Vladimir Makei of Belarus spoke."
    )
    assert told in said(main, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The presidents said in a long talk that fine when they met reporters in Dushanbe in September.",
        "The Council of Defence Ministers was in doubt on 4 March.",
        "Last year they met with reporters in Moscow on 4 March.",
    ],
)
def test_no_meeting_is_made_of_other_encounters(sentence: str) -> None:
    main = (
        f"The {CFM} met in Minsk on 19 May 2021. Sergey Lavrov of Russia and Vladimir Makei of Belarus spoke."
    )
    assert said(main, sentence) == [("csto-cfm", "2021-05-19", "minsk")]


def test_the_one_day_of_the_sitting_outdoes_the_days_of_the_headline() -> None:
    page = (
        f"Outcome of the Meeting of the {CFM}, Minsk (May 04-05, 2021)\n5 May 2021\n\n"
        f"Belarus's Vladimir Makei chaired the meeting of the {CFM} in Minsk on %s. Guests came earlier.\n"
    )
    assert meetings(page % "5 May 2021") == [("csto-cfm", "2021-05-05", "minsk")]
    assert meetings(page % "4-5 May 2021") == [("csto-cfm", "2021-05-04/2021-05-05", "minsk")]
