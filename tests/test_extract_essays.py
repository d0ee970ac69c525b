"""Meetings as essays, notices and memos tell of them, a sentence off; innocent sentences beside."""

from __future__ import annotations

import pytest
from saying import annotated, summary, told_on, with_meetings

from cfm_kg.extract.chairmanships import find_turns
from cfm_kg.extract.participation import find_participations
from cfm_kg.model import DateMention, Stance
from cfm_kg.vocab import local

Told = tuple[str, str | None, str | None, str]
LEAD = "The Council of Foreign Ministers of the CSTO met in Dushanbe on 19 May 2021."
MAIN = ("csto-cfm", "2021-05-19", "dushanbe", "Held")


def told(*paragraphs: str, published: str | None = "2021-05-20") -> list[Told]:
    """Body, date, place and status of the meetings."""
    return [summary(frame) for frame in with_meetings(*paragraphs, published=published)[1]]


def dates(*paragraphs: str, published: str | None = "2021-05-20") -> list[str]:
    """All dates in text order."""
    found = (u.mention for s in annotated(*paragraphs, published=published).sentences for _, u in s.mentions)
    return [str(date.date) for date in found if isinstance(date, DateMention)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "On 18 May the leaders dined. The day before, the ministers had conferred.",
            ["2021-05-18", "2021-05-17"],
        ),
        ("They parted on Tuesday; the day before, a dinner was given.", ["2021-05-18", "2021-05-17"]),
        (
            "The leaders met yesterday. The work was done the night before that, when the ministers came.",
            ["2021-05-19", "2021-05-18"],
        ),
        ("On 18 May the elections, held the day before, were called fair.", ["2021-05-18"]),
        ("On 18 May it was ready, and the day before the summit it was sent.", ["2021-05-18"]),
    ],
)
def test_the_day_before_is_that_of_the_day_told_last(sentence: str, expected: list[str]) -> None:
    assert dates(sentence) == expected


def test_the_day_before_skips_what_was_long_ago() -> None:
    recalled = "The summit of 23 November 2019 had failed. This time it was shorter."
    assert dates("The leaders met yesterday.", recalled, "The day before, they dined.")[-1] == "2021-05-18"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("On June 5-6 he will be in Minsk. The session is on the 6th.", "2021-06-06"),
        ("They gather on 28 July. The closing dinner is on the 30th.", "2021-07-30"),
        ("They gather on 28 July. He was received on the 12th.", "2021-05-12"),
    ],
)
def test_a_day_alone_is_of_the_month_told_just_before(sentence: str, expected: str) -> None:
    assert dates(sentence)[-1] == expected


def test_a_coming_season_of_an_undated_article_follows_the_first_day_told() -> None:
    lead = "The CSTO Collective Security Council met in Minsk on 10 January 2022."
    coming = "The next regular session is scheduled for the autumn in Yerevan."
    assert told(lead, coming, published=None)[1] == ("csto-csc", "2022", "yerevan", "Planned")
    assert dates("It was warm in the autumn.", published=None) == []


@pytest.mark.parametrize(
    "line",
    [
        "24.kg, Bishkek, 7 November 2024 –",
        "24.kg, BISHKEK, November 7, 2024. –",
        "Kabar, Bishkek, 7 November 2024 –",
    ],
)
def test_an_outlet_named_by_its_address_opens_a_dateline(line: str) -> None:
    page = (
        f"The leaders agree on a fund\n\n{line} The OTS summit was held in Bishkek yesterday. It was brief.\n"
    )
    assert told_on(page) == ("2024-11-07", [("ots-chs", "2024-11-06", "bishkek", "Held")])


@pytest.mark.parametrize("byline", ["By Nadia Perova, for The Eastern Notebook", "By Nadia Perova in Minsk"])
def test_a_byline_with_an_outlet_or_place_is_no_headline(byline: str) -> None:
    page = (
        f"Five chairs in Minsk\n\n{byline}\n27 November 2023\n\n"
        "It rained last Thursday, and nobody in the town had an umbrella. The river rose.\n\n"
        "Nobody left the Collective Security Council session early. A year before, in Yerevan, the CSTO "
        "summit of 23 November 2022 had ended at midnight. Alexander Lukashenko and Emomali Rahmon spoke.\n"
    )
    assert told_on(page)[1][:2] == [
        ("csto-csc", "2023-11-23", "minsk", "Held"),
        ("csto-csc", "2022-11-23", "yerevan", "Held"),
    ]


def test_a_day_alone_dates_the_sentence_behind() -> None:
    meets = "The Council of Foreign Ministers of the CSTO is in session in Bishkek."
    assert told(f"It is Wednesday, 22 May 2019. {meets}", published=None)[0][1] == "2019-05-22"
    other = "He was born in a village near Osh on 22 May 1959."
    assert told(f"{other} {meets}", published=None)[0][1] is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("On the eve of the session of the Collective Security Council", "2021-05-19"),
        ("On the threshold of the meeting of the Collective Security Council", "2021-05-19"),
        ("After the parade", None),
    ],
)
def test_the_eve_of_a_dated_meeting_is_the_day_before(words: str, expected: str | None) -> None:
    lead = f"{words}, Minsk became the venue for a meeting of the CSTO Council of Foreign Ministers."
    found = told(lead, "The Collective Security Council sits in Minsk on 20 May.", published="2021-05-19")
    assert ("csto-cfm", expected, "minsk") in [meeting[:3] for meeting in found]


NOTICE = """{headline}

Permanent International Secretariat of the {organization}
Istanbul, 19 April 2010

The Secretariat informs the Member States that the Twenty-second {event}, which was to have been held \
in Sofia on 22 April 2010, {fate}. A new date will be told later.

Nikolay Mladenov, Minister of Foreign Affairs of Bulgaria, has sent a note and commented on it.
"""
BSEC = "Organization of the Black Sea Economic Cooperation"


@pytest.mark.parametrize(
    ("headline", "fate", "status"),
    [
        ("Sofia meeting of BSEC ministers put off", "will not take place on that day", "Postponed"),
        ("Ministers of BSEC stay at home", "has been deferred", "Postponed"),
        ("Notice to the members of the Organization", "is cancelled", "Cancelled"),
    ],
)
def test_a_notice_leaves_out_the_organisation_that_heads_it(headline: str, fate: str, status: str) -> None:
    event = "Meeting of the Council of Ministers of Foreign Affairs"
    page = NOTICE.format(headline=headline, organization=BSEC, event=event, fate=fate)
    assert told_on(page)[1] == [("bsec-cfm", "2010-04-22", "sofia", status)]


def test_a_council_that_the_registry_does_not_know_is_not_the_heads_own() -> None:
    page = NOTICE.format(
        headline="A notice", organization=BSEC, event="Meeting of the Sports Council", fate="is off"
    )
    assert told_on(page)[1] == []


def test_nobody_was_at_a_meeting_put_off() -> None:
    lead = "The meeting of the CSTO Council of Foreign Ministers, set for 19 May in Minsk, has been put off."
    sent = "Sergey Aleinik, Minister of Foreign Affairs of Belarus, sent a note and commented on it."
    context, meetings = with_meetings(lead, sent)
    assert find_participations(context, meetings) == ()


def test_a_question_tells_of_nobody() -> None:
    lead = "The meeting of the CIS Council of Foreign Ministers will be held in Minsk on 6 June."
    context, meetings = with_meetings(lead, "Will the Moldovan minister be there?")
    assert find_participations(context, meetings) == ()
    context, meetings = with_meetings(lead, "The Moldovan minister will be there.")
    assert len(find_participations(context, meetings)) == 1


MEMO = """COMMONWEALTH OF INDEPENDENT STATES
COUNCIL OF MINISTERS OF FOREIGN AFFAIRS

INFORMATION MESSAGE
on the {word} of the meeting of the Council
16 September 2016                                  city of Bishkek

1. The meeting was opened and conducted by the Chairman of the Council, \
Minister of Foreign Affairs of the Kyrgyz Republic E.B. Abdyldaev.

2. The Council signed the Protocol on the insignia. Sergey Lavrov, Minister of Foreign Affairs, spoke.

3. The {earlier} was noted as useful.
"""


@pytest.mark.parametrize("word", ["results", "outcome", "outcomes"])
@pytest.mark.parametrize(
    "earlier",
    ["meeting in the narrow format, held in Moscow on 8 April of this year,", "work of the experts"],
)
def test_a_memo_is_dated_and_placed_by_its_head(word: str, earlier: str) -> None:
    found = told_on(MEMO.format(word=word, earlier=earlier))[1]
    before = [("cis-cfm", "2016-04-08", "moscow", "Held")] if "Moscow" in earlier else []
    assert found == [("cis-cfm", "2016-09-16", "bishkek", "Held"), *before]


@pytest.mark.parametrize(
    ("sentence", "meeting"),
    [
        (
            "The heads of state, whose session is due in Minsk in October, will get it.",
            ("csto-csc", "2021-10", "minsk", "Planned"),
        ),
        (
            "The presidents, whose next session will be in Moscow on 2 July, asked for it.",
            ("csto-csc", "2021-07-02", "moscow", "Planned"),
        ),
        (
            "The leaders will be asked to sign it in Moscow on July 3.",
            ("csto-csc", "2021-07-03", "moscow", "Planned"),
        ),
        (
            "The heads of state will mark the anniversary in Minsk on June 15.",
            ("csto-csc", "2021-06-15", "minsk", "Planned"),
        ),
        (
            "For the next, they will fly to Minsk, in all likelihood on 12 December.",
            ("csto-cfm", "2021-12-12", None, "Planned"),
        ),
        ("The Fifth Meeting was convened in Minsk in 2016.", ("csto-cfm", "2016", "minsk", "Held")),
        (
            "The meeting in the restricted format, held in Moscow on 8 January of this year, was useful.",
            ("csto-cfm", "2021-01-08", "moscow", "Held"),
        ),
        (
            "The ministers had seen each other in Minsk on 12 October of last year.",
            ("csto-cfm", "2020-10-12", "minsk", "Held"),
        ),
        (
            "The defence ministers. Their council last gathered in Minsk on 5 March.",
            ("csto-cmd", "2021-03-05", "minsk", "Held"),
        ),
        (
            "Foreign ministers, defence ministers and secretaries of security councils will hold a joint "
            "session in Minsk on 2 July.",
            ("csto-joint", "2021-07-02", "minsk", "Planned"),
        ),
        (
            "The talks were prepared on Monday. The Committee of Secretaries of Security Councils then went "
            "through the papers.",
            ("csto-cssc", "2021-05-17", None, "Held"),
        ),
        ("The next regular summit is going to be in Armenia in 2022.", ("csto-csc", "2022", None, "Planned")),
    ],
)
def test_another_meeting_told_in_passing(sentence: str, meeting: Told) -> None:
    assert told(LEAD, sentence) == [MAIN, meeting]


@pytest.mark.parametrize(
    "sentence",
    [
        "The presidents of Belarus and Russia will open a monument in Minsk on 5 June.",
        "The president, whose visit is due in October, will get it.",
        "For the next three weeks, nothing is planned.",
        "Lavrov and a guest had seen each other in Minsk on 12 October of last year.",
        "The meeting with the mayor, held in Moscow on 8 January, was useful.",
        "Foreign ministers, defence ministers and secretaries of security councils work in a joint building.",
        "Sergey Lavrov was in Minsk on Monday. The Council of Defence Ministers went through the papers.",
        "The hall was booked on Monday. The Council of Defence Ministers will go through the papers.",
        "The papers their presidents will be asked to sign next summer are ready.",
    ],
)
def test_what_tells_of_no_other_meeting(sentence: str) -> None:
    assert told(LEAD, sentence) == [MAIN]


@pytest.mark.parametrize("word", ["proper", "itself"])
def test_the_meeting_itself_has_the_day(word: str) -> None:
    lead = "On June 5-6 Sergey Lavrov will be in Minsk for a meeting of the CIS Council of Foreign Ministers."
    assert told(f"{lead} The meeting {word} is on the 6th.") == [
        ("cis-cfm", "2021-06-06", "minsk", "Planned")
    ]
    assert told(f"{lead} The dinner {word} is on the 6th.") == [
        ("cis-cfm", "2021-06-05/2021-06-06", "minsk", "Planned")
    ]


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("On June 6 he will fly to Minsk for a meeting of the CSTO Council of Foreign Ministers.", "minsk"),
        ("On June 6 he goes to Minsk to attend a session of the CSTO Council of Foreign Ministers.", "minsk"),
        (
            "On June 6 he goes to Minsk to take part in a meeting of the CSTO Council of Foreign Ministers.",
            "minsk",
        ),
        ("On June 6 he sends to Minsk the papers of the CSTO Council of Foreign Ministers meeting.", None),
    ],
)
def test_the_place_that_one_travels_to(sentence: str, place: str | None) -> None:
    assert told(sentence)[0][2] == place


def test_a_place_told_with_another_day_is_not_the_meetings() -> None:
    lead = "The Council of Foreign Ministers of the CSTO met on 19 May."
    assert told(lead, "The experts met in Osh on 3 February.")[0][2] is None
    assert told(lead, "The experts and the ministers met in Osh.")[0][2] == "osh"


def test_a_line_of_place_and_time_opens_a_scene() -> None:
    meets = "The CSTO Council of Foreign Ministers met on 19 May."
    assert told(f"Bishkek, late May. {meets}")[0][2] == "bishkek"
    assert told(f"Bishkek, late for once, waited. {meets}")[0][2] is None


def test_who_hosts_the_next_gathering_is_not_the_place_of_this_one() -> None:
    lead = "The CSTO Collective Security Council met on 19 May."
    hosts = "Minsk will be the venue of an informal gathering of the leaders."
    assert told(lead, hosts)[0][2] is None


@pytest.mark.parametrize("how", ["in person and online", "and, in part, online", "both in person and online"])
def test_partly_online_is_hybrid(how: str) -> None:
    text = f"The Council of Foreign Ministers of the CSTO met in Dushanbe {how} on 19 May."
    assert [frame.format for frame in with_meetings(text)[1]] == ["Hybrid"]
    assert local(with_meetings(LEAD)[1][0].body) == "csto-cfm"


@pytest.mark.parametrize(
    ("sentence", "chairs"),
    [
        (
            "Erlan Abdyldaev, an aide to the President and head of the delegation, steered the discussion.",
            True,
        ),
        ("Erlan Abdyldaev, an adviser to the Prime Minister of Kyrgyzstan, chaired the session.", True),
        ("Erlan Abdyldaev, a friend to the President of Kazakhstan, conducted the meeting.", True),
        ("Erlan Abdyldaev spoke to the President of Kazakhstan, whose aide chaired a panel.", False),
    ],
)
def test_whose_aide_somebody_is_does_not_hide_that_he_presided(sentence: str, chairs: bool) -> None:
    context, meetings = with_meetings(
        "The CSTO Council of Foreign Ministers met in Minsk on 19 May 2016.", sentence
    )
    told = [p for p in find_participations(context, meetings) if p.stance is Stance.CHAIR and p.person]
    assert [context.document.quote(p.person.name) for p in told if p.person and p.person.name] == (
        ["Erlan Abdyldaev"] if chairs else []
    )


@pytest.mark.parametrize(
    ("sentence", "land"),
    [
        ("Kazakhstan, currently in the CSTO chair, will pass it to Russia in June.", "kz"),
        ("Kazakhstan, now in the CSTO chair, was thanked.", "kz"),
        ("Belarus (currently in the CSTO chair) is the host.", "by"),
        (
            "As the representative of the country presiding in the CSTO in 2021, the talks were led by "
            "Emomali Rahmon.",
            "tj",
        ),
        ("Kazakhstan, currently in the CSTO area, was thanked.", None),
        ("As the representative of the country next to Belarus, he was led by Emomali Rahmon.", None),
    ],
)
def test_who_has_the_turn(sentence: str, land: str | None) -> None:
    context, meetings = with_meetings(LEAD, sentence)
    lands = [local(turn.country) for turn in find_turns(context, meetings) if turn.country]
    assert next(iter(lands), None) == land


@pytest.mark.parametrize("words", ["UN Headquarters", "United Nations headquarters", "New York"])
def test_a_seat_of_the_united_nations_is_a_place(words: str) -> None:
    assert told(f"The Council of Foreign Ministers of the CSTO met at {words} on 19 May.")[0][2] == "new-york"


def test_where_somebody_was_is_not_where_the_council_sat() -> None:
    empty = "His chair stood empty, while the man who should have sat in it was in Yerevan."
    assert told("The Council of Foreign Ministers of the CSTO met on 19 May 2021.", empty) == [
        ("csto-cfm", "2021-05-19", None, "Held")
    ]


THERE = (
    "Foreign ministers Sergey Lavrov of Russia, Vladimir Makei of Belarus and Ara Aivazian of Armenia spoke."
)
NAMED = "The pandemic moved the Council of Foreign Ministers of the CSTO to the screens."


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (f"{NAMED[:-1]}: on 19 May it worked by videoconference.", ("csto-cfm", "2021-05-19")),
        (f"{NAMED} Yesterday they deliberated online for two hours.", ("csto-cfm", "2021-05-19")),
        (f"{NAMED} The videoconference went on yesterday, and ended late.", ("csto-cfm", "2021-05-19")),
        ("The Council of Foreign Ministers of the CSTO was summoned on 19 May.", ("csto-cfm", "2021-05-19")),
    ],
)
def test_a_council_is_told_to_have_sat(sentences: str, expected: tuple[str, str]) -> None:
    assert [(body, day) for body, day, _, _ in told(sentences, THERE)] == [expected]


def test_a_day_of_something_else_is_not_that_of_a_sitting() -> None:
    assert all(day != "2021-05-18" for _, day, _, _ in told(LEAD, "On 18 May it met resistance in Moscow."))


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (
            "The CSTO summit is to be in Yerevan in 2022. The previous one was in Moscow on 2 December 2020.",
            ("csto-csc", "2020-12-02", "moscow", "Held"),
        ),
        (
            "The foregoing meeting of the Council took place in Minsk on 2 December 2020.",
            ("csto-cfm", "2020-12-02", "minsk", "Held"),
        ),
        (
            "The 45th meeting of the Council was held in Minsk on 2 December 2020.",
            ("csto-cfm", "2020-12-02", "minsk", "Held"),
        ),
        (
            "Their session scheduled for 15 March in Minsk was cancelled.",
            ("csto-cfm", "2021-03-15", "minsk", "Cancelled"),
        ),
    ],
)
def test_other_meetings_by_number_and_kind(sentences: str, expected: Told) -> None:
    found = told(LEAD, sentences)
    assert found[0] == MAIN
    assert expected in found


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("It has been put off until the autumn.", "Postponed"),
        ("It is the second time this year.", "Cancelled"),
        ("The report on the border was put off.", "Cancelled"),
    ],
)
def test_what_will_not_take_place_is_put_off_or_called_off(after: str, expected: str) -> None:
    lead = (
        "The meeting of the Council of Foreign Ministers of the CSTO in Minsk on 10 June will not take place."
    )
    assert told(f"{lead} {after}") == [("csto-cfm", "2021-06-10", "minsk", expected)]


def test_a_format_is_not_that_of_another_day() -> None:
    other = "Experts held a working meeting by videoconference on 17 March."
    (frame,) = with_meetings(LEAD, other)[1]
    assert local(frame.format or "") == "InPerson"


TRIP = (
    "The minister has returned from a trip to three capitals.",
    "Tuesday, May 18. Tashkent",
    "He went over the water season with his counterpart.",
    "Wednesday, May 19. Dushanbe",
    "The second day was devoted to the Council of Foreign Ministers of the CSTO.",
    "The ministers adopted a statement on Afghanistan.",
    "Thursday, May 20. Bishkek",
    "He visited a checkpoint.",
)


def test_a_day_and_place_head_what_is_told_below() -> None:
    assert told(*TRIP, published="2021-05-22") == [MAIN]


def test_a_day_alone_heads_what_is_told_below() -> None:
    days = [line.partition(". ")[0] + "." if line[:4] in ("Tues", "Wedn", "Thur") else line for line in TRIP]
    assert told(*days, published="2021-05-22") == [("csto-cfm", "2021-05-19", None, "Held")]


def test_a_day_that_opens_a_paragraph_heads_no_other() -> None:
    first = "May 18. Tashkent. The water season was gone over."
    second = "May 20. Bishkek. A checkpoint was visited."
    after = "The Council of Foreign Ministers of the CSTO is a body of the organization."
    assert told(first, second, after, published="2021-05-22") == []
