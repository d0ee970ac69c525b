"""Countries told as those of counterparts, delegates and nationals; guests; those who came for somebody."""

from __future__ import annotations

import pytest
from saying import with_meetings
from test_extract_participation import OPENING, lands, names, told

from cfm_kg.extract.posts import find_posts
from cfm_kg.model import Stance
from cfm_kg.vocab import local

AHEAD = "The Council of Foreign Ministers of the CSTO will meet in Minsk on 29 May 2031."
LEADERS = "The Collective Security Council of the CSTO met in Minsk on 19 May 2021."


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Alongside opposite numbers from Armenia and Tajikistan, Sergey Lavrov attended.", {"AM", "TJ"}),
        ("Vladimir Makei gave the floor to his colleagues from Armenia and Tajikistan.", {"AM", "TJ"}),
        ("They were the representatives of Armenia and Tajikistan.", {"AM", "TJ"}),
        ("Those were the foreign ministers of Armenia, Russia and the host country.", {"AM", "RU"}),
        (
            "With delegates of the other three states – Armenia, Russia and Tajikistan – present, it sat.",
            {"AM", "RU", "TJ"},
        ),
        (
            "The guests – from Armenia, Kyrgyzstan, Russia and Tajikistan – dined together.",
            {"AM", "KG", "RU", "TJ"},
        ),
        ("The Armenian and Tajik delegates also took part.", {"AM", "TJ"}),
        ("It was attended by the Armenian, Russian and Tajik ministers.", {"AM", "RU", "TJ"}),
        ("Armenia, likewise, contented itself with a deputy minister.", {"AM"}),
        ("From Armenia came only a deputy minister.", {"AM"}),
        ("A delegate from Armenia was also in the room.", {"AM"}),
        ("It was attended by the First Deputy Minister of Foreign Affairs of Armenia.", {"AM"}),
        (
            "Armenia came at ministerial level, Russia and Tajikistan at the level of deputies.",
            {"AM", "RU", "TJ"},
        ),
        ("Sergey Lavrov spoke, and so did the Armenian and Tajik ministers.", {"AM", "TJ"}),
        ("Vladimir Makei was early, whereas those of Armenia and Russia arrived by train.", {"AM", "RU"}),
        ("Uzbekistan took part with observer status.", {"UZ"}),
        ("Afghanistan followed the work as a guest.", {"AF"}),
        ("Among the guests present was a deputy foreign minister of Serbia.", {"RS"}),
    ],
)
def test_countries_whose_people_came(sentence: str, expected: set[str]) -> None:
    assert lands(Stance.PRESENT, sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "There were no delegates of Armenia in the room.",
        "Armenia and Tajikistan will join the programme in June.",
        "The western part of Armenia was also represented on the map.",
        "The deputy foreign minister of Armenia told those who attended a briefing that it was ready.",
        "They were the pride of Armenia and Tajikistan.",
        "The guests met with the foreign minister of Serbia.",
        "The deputy foreign minister of Serbia said that observers would be present.",
        "Uzbekistan left the organisation, as an observer had feared.",
        "Vladimir Makei was early, but that of Armenia did not come.",
    ],
)
def test_countries_of_which_nobody_came(sentence: str) -> None:
    assert not lands(Stance.PRESENT, sentence)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Attendance has been confirmed by the ministers of Armenia and Russia.", {"AM", "RU"}),
        ("Sergey Lavrov is expected, and so are the Armenian and Tajik ministers.", {"AM", "TJ"}),
        ("Delegations from Armenia and Russia will attend.", {"AM", "RU"}),
        ("Armenia and Russia have confirmed their delegations.", {"AM", "RU"}),
        ("As for Armenia, it will send a deputy minister.", {"AM"}),
        ("Armenia will send a note to the secretariat.", set()),
        ("It is unclear whether the ministers of Armenia and Russia will attend.", set()),
        ("The CSTO unites Armenia, Belarus, Kazakhstan, Kyrgyzstan, Russia and Tajikistan.", set()),
    ],
)
def test_countries_announced(sentence: str, expected: set[str]) -> None:
    found = told(sentence, opening=AHEAD)
    assert {who for who, part in found if part.person is None} == expected


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Vladimir Makei was joined by Foreign Minister Ivica Dacic of Serbia.", "Ivica Dacic"),
        ("Serbia, an observer, was represented by Petar Vukic.", "Petar Vukic"),
        ("Armenia was represented by Vagram Petoyan.", "Vagram Petoyan"),
        ("The Tajik delegation included Hasan Sultonov and Vohid Hamidzoda, Ambassador to Belarus.", "Vohid"),
        ("Stanislav Zas, the Secretary General, and his deputy Taalatbek Masadykov reported.", "Taalatbek"),
    ],
)
def test_those_beside_the_members_came(sentence: str, who: str) -> None:
    assert any(name.startswith(who) for name in names(Stance.PRESENT, sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "They were joined by Foreign Minister Ivica Dacic of Serbia for the BRICS summit with Sergey Lavrov.",
        "Foreign Minister Ivica Dacic of Serbia arrived in Moscow.",
    ],
)
def test_guests_of_others_did_not(sentence: str) -> None:
    assert "Ivica Dacic" not in names(Stance.PRESENT, sentence)


@pytest.mark.parametrize(
    ("sentence", "came"),
    [
        ("President Tokayev was absent; Foreign Minister Mukhtar Tileuberdi spoke on his behalf.", True),
        ("Kazakhstan was represented by Foreign Minister Mukhtar Tileuberdi.", True),
        ("President Tokayev arrived with Foreign Minister Mukhtar Tileuberdi.", False),
    ],
)
def test_a_minister_may_speak_for_his_president(sentence: str, came: bool) -> None:
    present = {who for who, p in told(sentence, opening=LEADERS) if p.stance is Stance.PRESENT and p.person}
    assert ("Mukhtar Tileuberdi" in present) == came


def test_who_stayed_at_home_was_absent() -> None:
    assert names(Stance.ABSENT, "Ararat Mirzoyan remained in Yerevan and no deputy came.") == {
        "Ararat Mirzoyan"
    }
    assert not names(Stance.ABSENT, "Ararat Mirzoyan remained in Minsk after the session.")


@pytest.mark.parametrize(
    ("sentence", "role", "land"),
    [
        ("Talant Mamytov, Speaker of Kyrgyzstan's Jogorku Kenesh, came.", "speaker-of-parliament", "kg"),
        ("The Turkmen Mejlis speaker Dunyagozel Gulmanova came.", "speaker-of-parliament", "tm"),
        ("The EU Special Representative for Central Asia, Pierre Morel, came.", "special-representative", ""),
        (
            "Sergei Lebedev, Chairman of the Executive Committee and Executive Secretary of the CIS, came.",
            "executive-secretary",
            "",
        ),
        (
            "The Minister of Foreign Affairs of Republic Tajikistan Umed Karimov came.",
            "minister-of-foreign-affairs",
            "tj",
        ),
        ("Senate Speaker Maulen Ashimbayev came.", "speaker-of-the-upper-house", ""),
        (
            "Vartan Oskanian, the former foreign minister of Armenia, wrote it.",
            "minister-of-foreign-affairs",
            "am",
        ),
        ("Ministry spokesman Anatoly Glaz said so.", "spokesperson-of-the-ministry-of-foreign-affairs", ""),
        (
            "Secretary General Stanislav Zas and his deputy Piotr Tikhonovsky came.",
            "deputy-secretary-general",
            "",
        ),
        (
            "Minister Vladimir Makei and his deputy Yuri Ambrazevich came.",
            "deputy-minister-of-foreign-affairs",
            "by",
        ),
    ],
)
def test_posts_in_other_words(sentence: str, role: str, land: str) -> None:
    made, _ = with_meetings("The CSTO foreign ministers met. " + sentence)
    held = {(local(p.office.role), local(p.office.country or "")) for p in find_posts(made)}
    assert (role, land) in held


def test_one_who_joins_from_afar_makes_the_meeting_hybrid() -> None:
    opening = "The Council of Foreign Ministers of the CSTO met in Minsk on 19 May 2021. "
    for sentence in ("Sergey Lavrov joined via video.", "On the screen, Sergey Lavrov took part too."):
        assert [frame.format for frame in with_meetings(opening + sentence)[1]] == ["Hybrid"]
    assert "Hybrid" not in [f.format for f in with_meetings(opening + "A video of it was shown.")[1]]


@pytest.mark.parametrize(
    ("sentence", "came", "stayed"),
    [
        (
            "For Armenia the seat was taken by Vahan Kostanyan, deputy foreign minister; Ararat Mirzoyan"
            " had gone to Paris.",
            "Vahan Kostanyan",
            "Ararat Mirzoyan",
        ),
        (
            "Armenia was represented by Deputy Foreign Minister Vahan Kostanyan: Ararat Mirzoyan"
            " had been called away.",
            "Vahan Kostanyan",
            "Ararat Mirzoyan",
        ),
        (
            "From Armenia there was just Deputy Foreign Minister Vahan Kostanyan, Ararat Mirzoyan"
            " being on holiday.",
            "Vahan Kostanyan",
            "Ararat Mirzoyan",
        ),
    ],
)
def test_why_a_minister_was_away(sentence: str, came: str, stayed: str) -> None:
    assert came in names(Stance.PRESENT, sentence)
    assert stayed not in names(Stance.PRESENT, sentence)


def test_what_did_not_take_place_keeps_nobody_away() -> None:
    sentence = "Talks of Sergey Lavrov and Ararat Mirzoyan did not take place."
    assert not names(Stance.ABSENT, sentence)
    assert names(Stance.ABSENT, "Ararat Mirzoyan did not take part.") == {"Ararat Mirzoyan"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Sergey Lavrov is expected too.", {"Sergey Lavrov"}),
        (
            "Vladimir Makei and Sergey Lavrov have confirmed, and so has Ararat Mirzoyan.",
            {"Ararat Mirzoyan"},
        ),
        ("Awaited in Minsk are Sergey Lavrov and Ararat Mirzoyan.", {"Sergey Lavrov"}),
        ("Deputy Foreign Minister Vahan Kostanyan will represent Yerevan.", {"Vahan Kostanyan"}),
        ("Sergey Lavrov is expected to raise it with journalists.", set()),
        ("Sergey Lavrov is not expected.", set()),
    ],
)
def test_who_is_expected(sentence: str, expected: set[str]) -> None:
    present = {who for who, p in told(sentence, opening=AHEAD) if p.stance is Stance.PRESENT and p.person}
    assert present >= expected
    assert bool(present) == bool(expected)


def test_guests_of_leaders_are_those_next_to_them() -> None:
    opening = "The Eurasian Intergovernmental Council met in Minsk on 19 May 2021."
    sentence = "Roman Golovchenko and Cuba's Deputy Prime Minister Ricardo Cabrisas took part."
    assert "Ricardo Cabrisas" in {who for who, p in told(sentence, opening=opening) if p.person}


@pytest.mark.parametrize(
    ("sentence", "land"),
    [
        ("In Yerevan, Foreign Ministry spokeswoman Anna Naghdalyan confirmed it.", "am"),
        ("It was Foreign Ministry spokeswoman Anna Naghdalyan who named Tashkent.", ""),
    ],
)
def test_a_spokesman_speaks_where_he_is(sentence: str, land: str) -> None:
    made, _ = with_meetings("The CSTO foreign ministers met. " + sentence)
    assert {local(p.office.country or "") for p in find_posts(made)} == {land}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The session attracted the foreign ministers of Armenia and Tajikistan.", {"AM", "TJ"}),
        ("The guests had travelled from Armenia, Russia and the host country.", {"AM", "RU"}),
        ("Armenia and Tajikistan assigned their seats to their deputy ministers.", {"AM", "TJ"}),
        ("The programme attracted the criticism of Armenia and Tajikistan.", set()),
        ("The goods came from Armenia and Tajikistan.", set()),
    ],
)
def test_countries_that_a_meeting_drew(sentence: str, expected: set[str]) -> None:
    assert lands(Stance.PRESENT, sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Ararat Mirzoyan of Armenia did not connect.",
        "A newcomer, Ararat Mirzoyan, was represented by his deputy, Vahan Kostanyan.",
    ],
)
def test_who_was_not_there_in_other_words(sentence: str) -> None:
    assert "Ararat Mirzoyan" in names(Stance.ABSENT, sentence)


@pytest.mark.parametrize(
    ("sentence", "who", "land"),
    [
        (
            "Russia was represented by Sergey Lavrov, Armenia by Deputy Foreign Minister Vahe Avanian.",
            "Vahe Avanian",
            "am",
        ),
        ("Russia was represented by Sergey Lavrov and Armenia by Petros Avanian.", "Petros Avanian", "am"),
        ("Deputy Minister Petros Avanian headed the Armenian delegation.", "Petros Avanian", "am"),
    ],
)
def test_for_whom_somebody_came(sentence: str, who: str, land: str) -> None:
    found = [p.person for name, p in told(sentence) if name == who]
    assert [local(person.country or "") for person in found if person is not None] == [land]


def test_the_source_of_a_report_did_not_come() -> None:
    sentence = "According to {}Deputy Foreign Minister Andrei Rudenko, the ministers of Armenia took part."
    assert "Andrei Rudenko" not in names(Stance.PRESENT, sentence.format(""))
    assert "Andrei Rudenko" in names(Stance.PRESENT, "Deputy Foreign Minister Andrei Rudenko took part.")


def test_who_attended_a_council_was_at_a_meeting_of_it() -> None:
    text = "Minsk, 19 May 2021. Today Sergey Lavrov attended the {} of Foreign Ministers of the CSTO."
    assert with_meetings(text.format("Council"))[1]


@pytest.mark.parametrize(
    ("sentence", "who", "land"),
    [
        ("On behalf of Armenia, Deputy Minister Petros Avanian attended.", "Petros Avanian", "am"),
        ("Sergey Lavrov spoke on behalf of Armenia, Vladimir Makei listened.", "Vladimir Makei", ""),
        ("Minister Petros Avanian chaired the sitting on behalf of Armenia.", "Petros Avanian", "am"),
        ("Sergey Lavrov chaired it and spoke of sanctions on behalf of Syria.", "Sergey Lavrov", ""),
        ("Armenia, as an observer, sent Deputy Minister Petros Avanian.", "Petros Avanian", "am"),
    ],
)
def test_on_whose_behalf(sentence: str, who: str, land: str) -> None:
    found = [p.person for name, p in told(sentence) if name == who]
    assert [local(person.country or "") for person in found if person is not None] == [land]


def test_a_list_of_countries_goes_on_behind_as_well_as() -> None:
    sentence = "Heads of the delegations of Armenia, Russia as well as of Tajikistan joined the host."
    assert lands(Stance.PRESENT, sentence) == {"AM", "RU", "TJ"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Present were the Minister of Foreign Affairs of Belarus V. Makei, of Russia S. Lavrov and of "
            "Tajikistan S. Muhriddin.",
            {"Makei": "BY", "Lavrov": "RU", "Muhriddin": "TJ"},
        ),
        (
            "It was attended by the Foreign Minister of Belarus, Vladimir Makei; of Russia, Sergey Lavrov; "
            "and of Tajikistan, Sirojiddin Muhriddin.",
            {"Makei": "BY", "Lavrov": "RU", "Muhriddin": "TJ"},
        ),
        (
            "The Foreign Minister of Belarus Vladimir Makei, as well as of Russia Sergey Lavrov, attended.",
            {"Makei": "BY", "Lavrov": "RU"},
        ),
        # innocent
        (
            "The Foreign Minister of Belarus Vladimir Makei spoke, of Russia Sergey Lavrov did.",
            {"Makei": "BY"},
        ),
        (
            "The Foreign Minister of Belarus Vladimir Makei, friend of Russia, Sergey Lavrov came.",
            {"Makei": "BY"},
        ),
        (
            "The Foreign Minister of Belarus Vladimir Makei and of Russia Deputy Prime Minister Alexander "
            "Novak came.",
            {"Makei": "BY"},
        ),
    ],
)
def test_an_office_said_once_for_several_countries(sentence: str, expected: dict[str, str]) -> None:
    made, _ = with_meetings(f"{OPENING} {sentence}")
    text = made.document.text
    found = {
        text[person.name.start : person.name.end].split()[-1]: local(office.country).upper()
        for told in made.told
        for _, _, person in told.people
        for office in person.roles
        if person.name is not None and office.country and local(office.role) == "minister-of-foreign-affairs"
    }
    assert found == expected


@pytest.mark.parametrize(
    ("sentence", "who", "land"),
    [
        ("Tajikistan was there in the person of Minister Umed Karimov.", "Umed Karimov", "TJ"),
        ("Armenia came in the person of its Deputy Foreign Minister Vahe Gevorgyan.", "Vahe Gevorgyan", "AM"),
    ],
)
def test_in_whose_person_a_country_came(sentence: str, who: str, land: str) -> None:
    assert land in {
        local(part.person.country or "").upper()
        for name, part in told(sentence)
        if part.person is not None and name == who
    }


def test_a_deputy_who_opens_the_meeting_was_there() -> None:
    sentence = "The proceedings were opened by Aibek Moldogaziev, Deputy Foreign Minister of Kyrgyzstan."
    assert "Aibek Moldogaziev" in names(Stance.CHAIR, sentence) | names(Stance.PRESENT, sentence)


def test_who_presides_for_a_country_holds_the_post_of_those_who_sit_there() -> None:
    told_of = dict(told("The meeting was led by Tajikistan's Umed Karimov."))
    person = told_of["Umed Karimov"].person
    assert person is not None
    assert [local(office.role) for office in person.roles] == ["minister-of-foreign-affairs"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Secretary General Stanislav Zas is going to report on the plan.", {"Stanislav Zas"}),
        ("Secretary General Stanislav Zas is set to brief the ministers.", {"Stanislav Zas"}),
        ("Secretary General Stanislav Zas is going to Minsk in June.", set()),
    ],
)
def test_a_secretary_who_is_to_report_comes(sentence: str, expected: set[str]) -> None:
    assert {who for who, p in told(sentence, opening=AHEAD) if p.person} == expected


def test_who_came_is_not_absent_where_another_country_sent_a_deputy() -> None:
    sentence = "Sergey Lavrov of Russia flew in, and Armenia sent Deputy Foreign Minister Vahe Avanian."
    assert not names(Stance.ABSENT, sentence)
    assert names(Stance.ABSENT, "Sergey Lavrov, busy in Moscow, sent his deputy.") == {"Sergey Lavrov"}


@pytest.mark.parametrize(
    ("sentence", "country"),
    [
        ("First Deputy Foreign Minister Rapil Zhoshybayev spoke for Kazakhstan.", "kz"),
        ("Ambassador Anna Brenn represented Armenia.", "am"),
        ("First Deputy Foreign Minister Rapil Zhoshybayev spoke for Kazakhstan's proposal.", ""),
    ],
)
def test_for_whom_somebody_spoke(sentence: str, country: str) -> None:
    found = [part for _, part in told(sentence) if part.person is not None]
    assert {local(part.person.country or "") for part in found if part.person} <= {country}
    assert bool(found) is bool(country)


def test_another_minister_sent_alone_has_the_seat() -> None:
    sent = "Armenia was represented by Minister of Economy Vahan Kerobyan."
    assert names(Stance.PRESENT, sent) == {"Vahan Kerobyan"}
    beside = (
        "Russia was represented by Foreign Minister Sergey Lavrov and Minister of Industry Denis Manturov."
    )
    assert names(Stance.PRESENT, beside) == {"Sergey Lavrov"}


def test_a_deputy_of_the_host_presides_where_heads_of_government_sit() -> None:
    heads = "The CIS Council of Heads of Government met in Ashgabat on 19 May 2021."
    led = "It was opened and conducted by the Deputy Prime Minister of Turkmenistan Rashid Meredov."
    beside = "The Chairman of the Government of Russia Mikhail Mishustin attended."
    stances = {who: part.stance for who, part in told(led, beside, opening=heads)}
    assert stances == {"Rashid Meredov": Stance.CHAIR, "Mikhail Mishustin": Stance.PRESENT}
    visit = "The CSTO Council of Foreign Ministers met in Dushanbe on 19 May 2021."
    assert told("The meeting was opened by President Emomali Rahmon.", opening=visit) == []
