"""Which meetings an article tells of, and when they were or will be; innocent sentences beside them."""

from __future__ import annotations

import pytest
from saying import annotated, told_on, with_meetings

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
        ("The session planned for 12 June has been put off to 5 July.", ["2021-06-12", "2021-07-05"]),
        ("The summit is to be held next month.", ["2021-06"]),
        ("The summit was held last month.", ["2021-04"]),
        ("The months next to it are free.", []),
        ("They gather in the first quarter of 2022.", ["2022"]),
        ("They confer in the middle of the summer.", ["2021"]),
        ("They met on 27 May 2013; on the 28th the presidents came.", ["2013-05-27", "2013-05-28"]),
        ("They met on 27 April 2021; on the 3rd the presidents came.", ["2021-04-27", "2021-05-03"]),
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


CHAIRED = "The sitting was chaired by Sirojiddin Muhriddin, the Tajik Foreign Minister. A plan was adopted."


@pytest.mark.parametrize(
    ("page", "published", "meeting"),
    [
        (
            "Session of the Council of Foreign Ministers of the CSTO\n(Dushanbe, 19 May 2021)\n\n"
            f"{CHAIRED}\n\n20 May 2021\n",
            "2021-05-20",
            ("csto-cfm", "2021-05-19", "dushanbe", "Held"),
        ),
        (
            "Papers of the meeting of the SCO Council of Foreign Ministers\n(14 July 2021, Dushanbe)\n\n"
            f"{CHAIRED}\n",
            "2021-07-14",
            ("sco-cfm", "2021-07-14", "dushanbe", "Held"),
        ),
        (
            "Decisions of the CSTO Council of Foreign Ministers (Minsk, 5 May 2021)\n\n"
            f"{CHAIRED}\n\n6 May 2021\n",
            "2021-05-06",
            ("csto-cfm", "2021-05-05", "minsk", "Held"),
        ),
        (
            f"CSTO foreign ministers to gather in Minsk on Friday\n19 May 2021\n\n{CHAIRED}\n",
            "2021-05-19",
            ("csto-cfm", "2021-05-21", "minsk", "Planned"),
        ),
        (
            f"CSTO foreign ministers to meet in Minsk on Friday\n19 May 2021\n\n{CHAIRED}\n",
            "2021-05-19",
            ("csto-cfm", "2021-05-21", "minsk", "Planned"),
        ),
        (
            f"CSTO foreign ministers to discuss Afghanistan in Minsk on Friday\n19 May 2021\n\n{CHAIRED}\n",
            "2021-05-19",
            ("csto-cfm", "2021-05-21", "minsk", "Planned"),
        ),
        (
            f"CSTO foreign ministers gather in Minsk on Friday\n23 May 2021\n\n{CHAIRED}\n",
            "2021-05-23",
            ("csto-cfm", "2021-05-21", "minsk", "Held"),
        ),
    ],
)
def test_what_a_headline_tells_of_its_meeting(
    page: str, published: str, meeting: tuple[str, str, str, str]
) -> None:
    assert told_on(page) == (published, [meeting])


def test_a_line_in_brackets_that_names_no_day_is_no_subtitle() -> None:
    assert told_on(f"Session of the CSTO Council of Foreign Ministers\n(Dushanbe)\n\n{CHAIRED}\n")[1] == []


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        (
            "The CSTO foreign ministers will meet in Minsk on 10 June, two days before the CSTO summit.",
            [("csto-cfm", "2021-06-10", "Planned"), ("csto-csc", "2021-06-12", "Planned")],
        ),
        (
            "The CSTO Council of Foreign Ministers met in Minsk on 10 May, a day after the session of the "
            "Committee of Secretaries of Security Councils.",
            [("csto-cfm", "2021-05-10", "Held"), ("csto-cssc", "2021-05-09", "Held")],
        ),
        (
            "The CIS Council of Foreign Ministers gathers in Minsk on 9-10 September, one day ahead of the "
            "session of the Council of Heads of State.",
            [("cis-cfm", "2021-09-09/2021-09-10", "Planned"), ("cis-chs", "2021-09-11", "Planned")],
        ),
        (
            "The CSTO foreign ministers met in Minsk on 10 May, a day after the earthquake in Tajikistan.",
            [("csto-cfm", "2021-05-10", "Held")],
        ),
        (
            "The CSTO summit is to be held in Minsk on 12 June, preceded a day earlier by a meeting of the "
            "Council of Foreign Ministers.",
            [("csto-csc", "2021-06-12", "Planned"), ("csto-cfm", "2021-06-11", "Planned")],
        ),
        (
            "The CSTO Council of Foreign Ministers met in Minsk on 9 May. The Collective Security Council "
            "sat there one day later, on 10 May 2021.",
            [("csto-cfm", "2021-05-09", "Held"), ("csto-csc", "2021-05-10", "Held")],
        ),
    ],
)
def test_a_meeting_so_many_days_from_another(lead: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(lead) == expected


def test_a_session_is_known_by_its_day() -> None:
    summit = "The CSTO Collective Security Council will convene in Yerevan on 14 October."
    known = [MAIN, ("csto-csc", "2021-10-14", "Planned")]
    assert told(LEAD, summit, "Armenia's term expires with the October 14 session.") == known


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The CSTO Council of Defence Ministers, which had been set for 12 June, has been postponed.",
            "2021-06-12",
        ),
        (
            "Also put off is a meeting of the CSTO Council of Defence Ministers, planned for 12 June.",
            "2021-06-12",
        ),
        (
            "The CSTO Council of Defence Ministers, planned for 12 June, is postponed for technical reasons.",
            "2021-06-12",
        ),
        ("The CSTO Council of Defence Ministers, planned for 12 June, is put off until the autumn.", None),
        ("The CSTO Council of Defence Ministers, due on 12 June, was moved to an unspecified date.", None),
    ],
)
def test_a_meeting_put_off_is_known_by_its_day(sentence: str, expected: str | None) -> None:
    assert told(LEAD, sentence) == [MAIN, ("csto-cmd", expected, "Postponed")]


def test_a_meeting_put_off_to_a_day_is_planned_for_that() -> None:
    moved = "The CSTO Council of Defence Ministers, planned for 12 June, has been postponed to 5 July."
    assert told(LEAD, moved) == [MAIN, ("csto-cmd", "2021-07-05", "Planned")]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            "The CSTO in 2014: events of a year\n\nPublished 20 January 2015\n\n"
            "10 January. The Council of Ministers of Defence met in Moscow and approved a plan.\n\n"
            "3 April. Dushanbe. The Council of Foreign Ministers adopted a statement on trade there.\n\n"
            "23 December. Moscow. The Collective Security Council. Nine documents were signed there.\n",
            [
                ("csto-cmd", "2014-01-10", "moscow", "Held"),
                ("csto-cfm", "2014-04-03", "dushanbe", "Held"),
                ("csto-csc", "2014-12-23", "moscow", "Held"),
            ],
        ),
        (
            "Chronicle of the CIS\n\n"
            "10 January 2014, Minsk: the Council of Foreign Ministers approved a plan for two years.\n\n"
            "3 April 2014, Dushanbe: the Council of Heads of Government met and adopted a statement.\n\n"
            "8 May 2014: parade in Moscow, attended by the Foreign Minister of Belarus and other guests.\n",
            [
                ("cis-cfm", "2014-01-10", "minsk", "Held"),
                ("cis-chg", "2014-04-03", "dushanbe", "Held"),
            ],
        ),
        (
            "Calendar of the CSTO for the autumn\n\n1 September 2023\n\n"
            "- 12 September – Minsk – session of the CSTO Council of Foreign Ministers\n"
            "- 3 October – Yerevan – the CSTO Council of Ministers of Defence will meet\n"
            "- 23 November – Minsk – session of the Collective Security Council\n",
            [
                ("csto-cfm", "2023-09-12", "minsk", "Planned"),
                ("csto-cmd", "2023-10-03", "yerevan", "Planned"),
                ("csto-csc", "2023-11-23", "minsk", "Planned"),
            ],
        ),
    ],
)
def test_entries_of_a_chronicle(page: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert told_on(page)[1] == expected


def test_a_dateline_is_no_entry() -> None:
    first = "19 May. Minsk. The foreign ministers of the CSTO met for talks on trade and adopted a statement."
    page = "Ministers meet\n\n{}\n\nThe Collective Security Council will convene in autumn.\n\n20 May 2021\n"
    assert all(date is None or date > "2021-05-20" for _, date, _, _ in told_on(page.format(first))[1])


def test_an_entry_names_other_days_too() -> None:
    said = "{} The Council of Foreign Ministers of the CSTO approved the agenda of the session of the CSTO {}"
    entries = [
        said.format("3 April. Dushanbe.", "Collective Security Council to be held on 8 May."),
        said.format("4 June. Minsk.", "Collective Security Council."),
    ]
    assert told(*entries, published="2021-12-30") == [
        ("csto-cfm", "2021-04-03", "Held"),
        ("csto-csc", "2021-05-08", "Held"),
        ("csto-cfm", "2021-06-04", "Held"),
    ]


def test_a_digest_says_whose_councils_its_stories_are_about() -> None:
    stories = [
        "1. CIS: the CIS Council of Foreign Ministers met in Minsk on 12 May and adopted a statement.",
        "2. SCO again: foreign ministers on 20-21 June in Astana, heads of state on 3-4 July in that city.",
        "3. CSTO. Foreign ministers in Yerevan on 10 June.",
    ]
    assert told(*stories)[1:] == [
        ("sco-cfm", "2021-06-20/2021-06-21", "Planned"),
        ("sco-chs", "2021-07-03/2021-07-04", "Planned"),
        ("csto-cfm", "2021-06-10", "Planned"),
    ]


def test_an_organisation_that_opens_a_paragraph_is_no_label() -> None:
    first = "CSTO ministers spoke of trade: the Council of Foreign Ministers will meet in Minsk on 10 June."
    second = "The CIS, too, plans a session: foreign ministers will meet in Astana on 3 July."
    assert ("csto-cfm", "2021-06-10", "Planned") in told(LEAD, first, second)


@pytest.mark.parametrize(
    "lead",
    [
        "On the eve of the CSTO summit, the CSTO Council of Foreign Ministers met in Dushanbe on 19 May.",
        "The CSTO Council of Foreign Ministers met in Dushanbe yesterday on the threshold of the summit.",
        "In the lead-up to the CSTO summit, the foreign ministers of the CSTO met on Wednesday in Dushanbe.",
        "The CSTO Council of Foreign Ministers met in Dushanbe on 19 May after the CSTO summit.",
    ],
)
def test_a_meeting_by_whose_time_another_is_told_does_not_take_its_day(lead: str) -> None:
    assert told(lead) == [MAIN]


@pytest.mark.parametrize(
    "sentence",
    [
        "This was on the eve of the session of the Collective Security Council in Yerevan on 4 June 2021.",
        "Papers remain to be finished before the presidents of the CSTO convene in Yerevan on 4 June 2021.",
        "The drafts will be ready ahead of the 4 June session of the CSTO Collective Security Council.",
        "Before that, the Collective Security Council will meet in Yerevan on 4 June 2021.",
    ],
)
def test_a_day_told_of_the_meeting_that_something_came_before(sentence: str) -> None:
    assert told(LEAD, sentence) == [MAIN, ("csto-csc", "2021-06-04", "Planned")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The talks took place on 29 May 2019 and, on 1 October of the same year, in Yerevan.", "2019-10-01"),
        ("They signed the treaty in 2002. In March of that year the ministers sat in Minsk.", "2002-03"),
        ("The protocol of 4 June 2010 was ratified in the autumn of the same year.", "2010"),
        ("The session will be held in the autumn.", "2021"),
        ("A draft was approved for the autumn session.", "2021"),
        ("The session was held in the spring.", "2021"),
    ],
)
def test_a_year_told_by_another_date_or_by_the_tense(sentence: str, expected: str) -> None:
    assert dates(sentence)[-1] == expected


def test_a_season_still_to_come_is_that_of_the_next_year() -> None:
    coming = "Its capital will host the next session in the spring."
    assert dates(coming, "2021-12-19") == ["2022"]


def test_talks_of_two_ministers_are_no_council() -> None:
    visit = "Foreign Minister of Belarus Vladimir Makei received his Kazakh colleague, Mukhtar Tileuberdi."
    talks = "Both spoke of the CSTO. The heads of the foreign ministries met in Minsk on 19 May."
    assert told(visit, talks) == []
    third = "Foreign Minister of Tajikistan Sirojiddin Muhriddin joined them."
    assert told(visit, talks, third) == [MAIN]


SUMMIT = (
    "The draft documents for the autumn session of the Collective Security Council of the CSTO were reviewed."
)


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (
            f"{SUMMIT} The session is scheduled for 8 November in Yerevan.",
            ("csto-csc", "2021-11-08", "Planned"),
        ),
        (
            "The ministers spoke of the CSTO Collective Security Council's meeting in the autumn. "
            "The session will take place on 16 September in Dushanbe.",
            ("csto-csc", "2021-09-16", "Planned"),
        ),
        (
            "The previous joint session was held in Minsk on 5 September 2019.",
            ("csto-cfm", "2019-09-05", "Held"),
        ),
        ("Last year's was held in Moscow on 26 October.", ("csto-cfm", "2020-10-26", "Held")),
        ("The spring meeting, on 19 May 2020, was held online.", ("csto-cfm", "2020-05-19", "Held")),
        ("Their autumn session took place in Moscow on 1 October 2020.", ("csto-cfm", "2020-10-01", "Held")),
        ("The 40th is due in Yerevan next June.", ("csto-cfm", "2021-06", "Planned")),
        ("The 38th was held in Minsk in November 2019.", ("csto-cfm", "2019-11", "Held")),
        ("The following one will be in Minsk in November.", ("csto-cfm", "2021-11", "Planned")),
        ("The Council will be back. It will sit next in Armenia in 2022.", ("csto-cfm", "2022", "Planned")),
        (
            "Tomorrow, 21 May, the Collective Security Council will pass the chairmanship to Armenia.",
            ("csto-csc", "2021-05-21", "Planned"),
        ),
        (
            "They finished the drafts on Wednesday for the CSTO summit that is to mark the anniversary in "
            "the same city on 16 September.",
            ("csto-csc", "2021-09-16", "Planned"),
        ),
    ],
)
def test_another_meeting_is_named_by_its_turn_or_time(sentences: str, expected: tuple[str, str, str]) -> None:
    assert told(LEAD, sentences)[1:] == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "The 40th is a holiday in Minsk.",
        "Last year's harvest was better than that of 2019.",
        "The autumn session of the parliament opens on 5 September in Minsk.",
        "The 38th parallel was held by nobody.",
        "The following meetings are planned: a seminar in Minsk in November.",
        "It will meet next week in Minsk.",
        "Soon the Council will pass under the chairmanship of Armenia.",
    ],
)
def test_a_turn_or_time_of_something_else(sentence: str) -> None:
    assert told(LEAD, sentence) == [MAIN]


def test_a_session_in_the_past_is_not_the_one_prepared() -> None:
    opened = "The session was opened by a minute of silence on 3 May."
    assert [date for _, date, _ in told(LEAD, f"{SUMMIT} {opened}")] == ["2021-05-19", "2021"]


def test_a_council_of_the_union_that_an_organ_belongs_to() -> None:
    lead = "On 19 May in Minsk the Council of the Eurasian Economic Commission held a regular meeting."
    papers = "The draft was sent to the Intergovernmental Council, which is to meet in Yerevan on 20 August."
    assert told(lead, papers)[1:] == [("eaeu-ic", "2021-08-20", "Planned")]


@pytest.mark.parametrize(
    "sentence",
    [
        "We spoke of it at the Caspian summit in Ashgabat on 29 June 2020.",
        "The ministers recalled the Oberstein summit of 11 November 2015.",
    ],
)
def test_a_summit_with_the_name_of_something_else_is_no_council(sentence: str) -> None:
    lead = "The CIS Council of Heads of State met in Minsk on 19 May 2021."
    assert told(lead, sentence) == [("cis-chs", "2021-05-19", "Held")]


def test_a_coming_session_of_no_exact_day_is_planned() -> None:
    coming = "The foreign ministers gather anew in the autumn, before the leaders hold a summit."
    assert told(LEAD, coming)[:2] == [MAIN, ("csto-cfm", "2021", "Planned")]


STAMPED = """Meeting of the CIS Council of Heads of State

Vladimir Putin took part in a meeting of the Council of Heads of State of the CIS.

{}

Also taking part in the meeting were President of Belarus Alexander Lukashenko and President of Tajikistan
Emomali Rahmon. Several statements were adopted. Three weeks from now the session of the Collective Security
Council of the CSTO in Yerevan awaits some of us.

{}
"""


@pytest.mark.parametrize(
    ("stamp", "more", "expected"),
    [
        ("October 14, 2022     14:20     Astana", "", ("2022-10-14", "astana")),
        ("14 October 2022 14:20 Astana", "The leaders met on 13 October in Minsk.", ("2022-10-13", "minsk")),
    ],
)
def test_a_line_for_day_hour_and_place_dates_what_no_sentence_does(
    stamp: str, more: str, expected: tuple[str, str]
) -> None:
    published, meetings = told_on(STAMPED.format(stamp, more))
    assert published == "2022-10-14"
    assert meetings[0] == ("cis-chs", *expected, "Held")


INTERVIEW = "The Secretary General of the Shanghai Cooperation Organisation receives us in his office."


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("– Was Tuesday's session a success?", "– The Council of Foreign Ministers had never sat so long."),
        ("What did yesterday's talks yield?", "The foreign ministers met for six hours."),
        (
            "The Council of Foreign Ministers sat until midnight.",
            "Wednesday's meeting was the longest so far.",
        ),
    ],
)
def test_an_organisation_named_by_its_office_and_a_day_by_its_session(paragraphs: tuple[str, str]) -> None:
    people = "Wang Yi, Sergey Lavrov, Mukhtar Tileuberdi and Sirojiddin Muhriddin spoke."
    (body, date, status), *_ = told(INTERVIEW, *paragraphs, people)
    assert (body, status) == ("sco-cfm", "Held")
    assert (date or "") >= "2021-05-18"


def test_a_day_of_talks_with_somebody_is_no_session_of_the_council() -> None:
    assert told(LEAD, "Tuesday's meeting with the President of Iran lasted an hour.") == [MAIN]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Minsk stayed away from the Moscow session of 14 June 2009.", ("csto-cfm", "2009-06-14", "Held")),
        ("At the last one, in Moscow in December 2020, he had been silent.", ("csto-cfm", "2020-12", "Held")),
        ("They last met in Moscow on 1 December 2020.", ("csto-cfm", "2020-12-01", "Held")),
        ("Before that, on 1 December 2020, they met in Moscow.", ("csto-cfm", "2020-12-01", "Held")),
        ("At last year's meeting, in Moscow on 3 June, nobody spoke.", ("csto-cfm", "2020-06-03", "Held")),
        (
            "He was elected by the Collective Security Council at its session in Minsk on 30 November 2017.",
            ("csto-csc", "2017-11-30", "Held"),
        ),
        (
            "The Collective Security Council sits in autumn. It has kept silent since the Moscow session of"
            " 2 December 2020.",
            ("csto-csc", "2020-12-02", "Held"),
        ),
    ],
)
def test_other_meetings_by_place_and_day(sentence: str, expected: tuple[str, str, str]) -> None:
    assert told(LEAD, sentence) == [MAIN, expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "The decisions of the Moscow session of 2 December 2020 were recalled.",
        "They last spoke of Moscow in December 2020.",
        "The last one to leave, in December 2020, was the ambassador.",
    ],
)
def test_innocent_places_and_days(sentence: str) -> None:
    assert told(LEAD, sentence) == [MAIN]


def test_a_day_told_of_somebody_is_not_that_of_what_it_goes_back_to() -> None:
    talks = "The two sat down on Monday."
    margins = "They were attending the session of the CSTO Council of Foreign Ministers."
    back = "It was a first for both ministers, each of whom was appointed last December."
    assert told(talks, margins + " " + back)[0] == ("csto-cfm", "2021-05-17", "Held")
    assert told(margins + " It began on 18 May.")[0] == ("csto-cfm", "2021-05-18", "Held")


def test_news_are_not_dated_by_what_was_long_ago() -> None:
    news = "The session of the Collective Security Council in Moscow was brief, after yesterday's parade."
    past = "On 14 May 2002 the Collective Security Council, sitting in Moscow, changed its name."
    assert told(news, past)[0][1] == "2021-05-19"
    headed = "The Collective Security Council of the CSTO"
    assert told(headed, past)[0][1] == "2002-05-14"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The Collective Security Council sits in autumn. It last sat a year ago, on 2 December 2020.",
            ("csto-csc", "2020-12-02", "Held"),
        ),
        (
            "They will look at this document on 2 June, when the Collective Security Council is to sit.",
            ("csto-csc", "2021-06-02", "Planned"),
        ),
        (
            "The Collective Security Council sat. The formal session will be held in Sochi in September.",
            ("csto-csc", "2021-09", "Planned"),
        ),
        (
            "The ministers parted until 9 October, when they are expected in Minsk.",
            ("csto-cfm", "2021-10-09", "Planned"),
        ),
        (
            "The ministers met on 27 May 2013. The foreign ministers met in Minsk again the next day.",
            ("csto-cfm", "2013-05-28", "Held"),
        ),
        (
            "The Collective Security Council is pencilled in for Moscow on 11 June 2022.",
            ("csto-csc", "2022-06-11", "Planned"),
        ),
    ],
)
def test_meetings_told_by_a_clause_or_a_pronoun(sentence: str, expected: tuple[str, str, str]) -> None:
    assert expected in told(LEAD, sentence)


@pytest.mark.parametrize(
    ("sentence", "form"),
    [
        ("The Council of Foreign Ministers of the CSTO met online on 19 May.", "Videoconference"),
        ("Nobody proposed that they meet by video link.", "InPerson"),
        (
            "Linked by video, the members of the CSTO Council of Foreign Ministers spoke on 19 May.",
            "Videoconference",
        ),
        ("Steppe Daily Online – CSTO foreign ministers meet in Minsk.", "InPerson"),
        (
            "The Council of Foreign Ministers of the CSTO met. It was a session by video link.",
            "Videoconference",
        ),
    ],
)
def test_the_format_is_not_what_was_denied_or_an_outlets_name(sentence: str, form: str) -> None:
    place = "" if form == "Videoconference" else "The Council of Foreign Ministers of the CSTO met in Minsk."
    _, frames = with_meetings(f"{place} {sentence}".strip())
    assert frames[0].format == form


@pytest.mark.parametrize(
    "lead",
    [
        "On 19 May the Council of Foreign Ministers of the CSTO settled in the Hall, and on the next day"
        " the same hall welcomed artists.",
        "The Council of Foreign Ministers of the CSTO sat on 19 May in a hall shut the next morning.",
    ],
)
def test_the_next_day_is_not_still_to_come(lead: str) -> None:
    assert told(lead, published="2021-06-15") == [MAIN]


@pytest.mark.parametrize(
    "led",
    [
        "The session of the ministers was guided by the host, Sirojiddin Muhriddin, for whom it was the first"
        " since he came into office on 2 May.",
        "The meeting of the council was led by Minister Sirojiddin Muhriddin, who took the oath on 2 May.",
        "The ministers sat together under the host, Sirojiddin Muhriddin, whose post is his since 2 May.",
    ],
)
def test_a_day_told_of_him_who_led_does_not_date_the_meeting(led: str) -> None:
    assert told(LEAD, led) == [MAIN]


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        (
            "Armenia may return on Friday, the top diplomat said after a meeting of CSTO foreign ministers.|"
            "He spoke on Wednesday evening.",
            ("csto-cfm", "2021-05-19", "Held"),
        ),
        (
            "The treaty could be signed on Friday, he told reporters following the meeting of CSTO foreign"
            " ministers.|"
            "That was on Wednesday.",
            ("csto-cfm", "2021-05-19", "Held"),
        ),
    ],
)
def test_a_day_to_come_does_not_date_what_is_over(lead: str, expected: tuple[str, str, str]) -> None:
    council = "The Council of Foreign Ministers discussed the treaty. It adopted two statements."
    assert told(*lead.split("|"), council)[:1] == [expected]


def test_several_days_are_those_of_one_that_another_sentence_tells() -> None:
    lead = "CSTO foreign ministers parted on Tuesday as a two-day meeting drew to a close in Dushanbe."
    council = "The Council of Foreign Ministers of the CSTO met on Monday and Tuesday."
    assert told(lead, council, published="2021-05-18") == [("csto-cfm", "2021-05-17/2021-05-18", "Held")]


def test_a_session_goes_back_to_what_the_sentence_before_it_is_about() -> None:
    lead = (
        "The Council of Foreign Ministers of the CSTO was busy between sessions of the Collective Security "
        "Council. The central event was the autumn session held in Minsk on 10 October 2020. Foreign "
        "Ministers Vladimir Makei of Belarus, Sergey Lavrov of Russia and Sirojiddin Muhriddin spoke."
    )
    summit = "On 11 October 2020 the Collective Security Council of the CSTO met in Minsk."
    assert [frame[:2] for frame in told(lead, summit)] == [
        ("csto-cfm", "2020-10-10"),
        ("csto-csc", "2020-10-11"),
    ]


@pytest.mark.parametrize(
    "headline",
    [
        "CSTO foreign ministers wrap up talks in Minsk, send nine papers to July summit",
        "CSTO foreign ministers discuss September summit",
        "CSTO foreign ministers prepare drafts for the September summit",
    ],
)
def test_a_month_before_a_summit_is_that_of_the_summit(headline: str) -> None:
    page = f"{headline}\n19 May 2021\n\nThe CSTO Council of Foreign Ministers met in Minsk on 19 May.\n"
    assert told_on(page)[1][0] == ("csto-cfm", "2021-05-19", "minsk", "Held")


def test_a_month_before_a_session_is_that_of_the_session() -> None:
    page = "CSTO foreign ministers go to Minsk for July session\n19 May 2021\n\nThey will speak of Kabul.\n"
    assert told_on(page)[1] == [("csto-cfm", "2021-07", "minsk", "Planned")]


def test_what_is_prepared_for_a_council_is_no_meeting_of_it() -> None:
    news = "Consultations of the two ministries were held in Bishkek on 18 May."
    said = "The experts prepare papers for the Council of Foreign Ministers of the CSTO, and agreed to go on."
    assert told(news, said) == []


def test_a_moot_of_two_days_ended_on_the_second() -> None:
    ended = "The CSTO Council of Foreign Ministers concluded in Minsk on Wednesday."
    moot = "Those who attended the two-day moot were eight."
    assert told(ended, moot) == [("csto-cfm", "2021-05-18/2021-05-19", "Held")]
