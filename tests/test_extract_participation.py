"""Who was there, who presided, who was missing, told in many wordings; and sentences that tell of none."""

from __future__ import annotations

import pytest
from saying import with_meetings

from cfm_kg.extract.participation import find_participations
from cfm_kg.extract.posts import find_posts
from cfm_kg.model import Participation, PersonMention, Stance
from cfm_kg.vocab import local, thing

OPENING = "The Council of Foreign Ministers of the CSTO met in Minsk on 19 May 2021."


def told(*sentences: str, opening: str = OPENING) -> list[tuple[str, Participation]]:
    """What is told of the main meeting: the name, post or country, and the participation."""
    made, meetings = with_meetings(opening + " " + " ".join(sentences))
    main = next(m.key for m in meetings if m.main)
    return [
        (_who(made.document.text, p), p) for p in find_participations(made, meetings) if p.meeting == main
    ]


def _who(text: str, part: Participation) -> str:
    if part.person is None:
        return local(part.country or "").upper()
    span = part.person.name or part.person.span
    return text[span.start : span.end]


def names(stance: Stance, *sentences: str) -> set[str]:
    return {who for who, part in told(*sentences) if part.stance is stance and part.person is not None}


def lands(stance: Stance, *sentences: str) -> set[str]:
    return {who for who, part in told(*sentences) if part.stance is stance and part.person is None}


CHAIRS = [
    (
        "The word was given by Vladimir Makei, head of our diplomacy, as Chairman of the Council.",
        "Vladimir Makei",
    ),
    ("Kazakhstan confided the meeting to Mukhtar Tileuberdi.", "Mukhtar Tileuberdi"),
    ("Belarus, whose year it is, entrusted the session to Vladimir Makei.", "Vladimir Makei"),
    ("Behind the microphone of the chairman sat Vladimir Makei.", "Vladimir Makei"),
    ("In the armchair of the presiding: Vladimir Makei.", "Vladimir Makei"),
    ("Our Vladimir Makei ran the show.", "Vladimir Makei"),
    ("The session was led by Belarus, by Vladimir Makei.", "Vladimir Makei"),
    ("The debate was steered by Belarus, in the person of Vladimir Makei.", "Vladimir Makei"),
    ("It was led by Vladimir Makei, as Belarus presides this year.", "Vladimir Makei"),
    ("By the session managed the Minister of Foreign Affairs of Belarus Vladimir Makei.", "Vladimir Makei"),
    (
        "Vladimir Makei, foreign minister of the state that has the chair in 2021, ran the meeting.",
        "Vladimir Makei",
    ),
    ("The sitting was opened and conducted by H.E. Mr. Vladimir Makei.", "Vladimir Makei"),
    ("It was chaired by H.E. Vladimir Makei, Minister of Foreign Affairs of Belarus.", "Vladimir Makei"),
    ("Presiding, Vladimir Makei reminded his guests of the clock.", "Vladimir Makei"),
    ("Chairing the meeting, the Belarusian minister Vladimir Makei spoke of Kabul.", "Vladimir Makei"),
    ("The debate, the conduct of which was entrusted to Vladimir Makei, was long.", "Vladimir Makei"),
    ("The sitting, the presidency of which fell to our minister Vladimir Makei, was long.", "Vladimir Makei"),
    ("The talks were led by the outgoing chair, Russia's Sergey Lavrov.", "Sergey Lavrov"),
    ("The second part was moderated by the current Chair, Russia's Sergey Lavrov.", "Sergey Lavrov"),
    ("Vladimir Makei, as minister of the presiding state, sat in the middle.", "Vladimir Makei"),
    ("Vladimir Makei held the gavel.", "Vladimir Makei"),
    (
        "The gavel was in the hands of nobody else but time, and the talks were moderated by Vladimir Makei.",
        "Vladimir Makei",
    ),
    ("Guiding the debate was Vladimir Makei.", "Vladimir Makei"),
    ("The chair was occupied by Vladimir Makei.", "Vladimir Makei"),
    ("Vladimir Makei hosted and chaired the meeting.", "Vladimir Makei"),
    ("Sergey Lavrov, and Vladimir Makei, who was in the chair, wanted more.", "Vladimir Makei"),
    ("In the chair was Vladimir Makei.", "Vladimir Makei"),
    ("In the armchair of the presiding: Vladimir Makei.", "Vladimir Makei"),
    ("Belarus entrusted the session to Vladimir Makei.", "Vladimir Makei"),
    ("The floor was given to the guests by Vladimir Makei.", "Vladimir Makei"),
    ("The session was led by Belarus, by Vladimir Makei.", "Vladimir Makei"),
    ("Vladimir Makei, foreign minister of the state presiding this year, ran the meeting.", "Vladimir Makei"),
    ("By the session directed Vladimir Makei.", "Vladimir Makei"),
    ("Vladimir Makei ran the show.", "Vladimir Makei"),
    ("At the head of the table sat Vladimir Makei.", "Vladimir Makei"),
    ("It fell to Vladimir Makei to chair the session.", "Vladimir Makei"),
    ("The conduct of the meeting was entrusted to Vladimir Makei.", "Vladimir Makei"),
    ("The hosts entrusted the conduct of business to Vladimir Makei.", "Vladimir Makei"),
    ("The ministers, with Vladimir Makei presiding, went through nine items.", "Vladimir Makei"),
    ("Vladimir Makei, who opened the sitting, summed up its results as well.", "Vladimir Makei"),
    ("Vladimir Makei called the participants to order at ten.", "Vladimir Makei"),
    ("The moderator's seat was taken by Vladimir Makei.", "Vladimir Makei"),
    ("The proceedings were steered by the Belarusian foreign minister Vladimir Makei.", "Vladimir Makei"),
    ("The work went on under the moderation of Vladimir Makei.", "Vladimir Makei"),
    ("Vladimir Makei (Belarus) did the presiding.", "Vladimir Makei"),
    ("Vladimir Makei was elected to preside over the session.", "Vladimir Makei"),
    ("The host, Vladimir Makei, greeted his guests.", "Vladimir Makei"),
    ("The discussion was led by the head of Belarusian diplomacy Vladimir Makei.", "Vladimir Makei"),
    ("Presiding over the talks was Sergey Lavrov.", "Sergey Lavrov"),
    ("The session, chaired for the second time by Ruslan Kazakbaev, lasted four hours.", "Ruslan Kazakbaev"),
    ("Vladimir Makei opened the meeting and gave the floor to his guests.", "Vladimir Makei"),
    ("As is the custom, the host country's minister, Vladimir Makei, chaired.", "Vladimir Makei"),
    ("Belarusian minister Vladimir Makei acted as moderator.", "Vladimir Makei"),
    ("The meeting was led by lieutenant general Vladimir Makei.", "Vladimir Makei"),
    ("The bell was rung by Vladimir Makei.", "Vladimir Makei"),
    ("Vladimir Makei directed the discussion with a firm hand.", "Vladimir Makei"),
    ("The session was opened and conducted by Vladimir Makei.", "Vladimir Makei"),
    ("Vladimir Makei sat at the head of the table.", "Vladimir Makei"),
    ("The presidency of the meeting was assumed by Vladimir Makei.", "Vladimir Makei"),
    ("Vladimir Makei took the chair at ten sharp.", "Vladimir Makei"),
    (
        "The meeting was held under the chairmanship of the Belarusian foreign minister, Vladimir Makei.",
        "Vladimir Makei",
    ),
    ("Vladimir Makei served as chairman of the meeting.", "Vladimir Makei"),
    ("The role of chair went to Vladimir Makei.", "Vladimir Makei"),
    ("The honour of leading the discussion fell to Vladimir Makei.", "Vladimir Makei"),
    ("Vladimir Makei, whose country holds the chairmanship, ran the meeting.", "Vladimir Makei"),
    ("The proceedings were in the hands of Vladimir Makei.", "Vladimir Makei"),
    ("The chairman of the meeting, Vladimir Makei, thanked everyone.", "Vladimir Makei"),
    ("It was Vladimir Makei who led the negotiations.", "Vladimir Makei"),
    ("Behind the chairman's microphone was Vladimir Makei.", "Vladimir Makei"),
    ("Vladimir Makei wielded the chairman's gavel.", "Vladimir Makei"),
    ("Vladimir Makei was in charge of the proceedings.", "Vladimir Makei"),
    ("The meeting's chairman was Vladimir Makei.", "Vladimir Makei"),
    ("The meeting was opened by Vladimir Makei.", "Vladimir Makei"),
    ("Vladimir Makei, this year's chair of the Council, opened the session.", "Vladimir Makei"),
    ("The session was hosted and chaired by Belarus' Vladimir Makei.", "Vladimir Makei"),
    ("The chairing minister, Vladimir Makei, thanked his colleagues.", "Vladimir Makei"),
    ("Vladimir Makei, who was in the chair, thanked his colleagues.", "Vladimir Makei"),
    ("The ministers met under Vladimir Makei's chairmanship.", "Vladimir Makei"),
    ("The ministers, under the chairmanship of Vladimir Makei, discussed Syria.", "Vladimir Makei"),
    ("Vladimir Makei guided his colleagues through the agenda.", "Vladimir Makei"),
    ("Vladimir Makei took the lead of the session.", "Vladimir Makei"),
    ("The presiding officer was Vladimir Makei.", "Vladimir Makei"),
    ("Vladimir Makei, acting as the host and chair, closed the meeting.", "Vladimir Makei"),
    ("The chairman, Vladimir Makei, closed the meeting.", "Vladimir Makei"),
    ("The talks took place with Vladimir Makei in the chair.", "Vladimir Makei"),
    ("Vladimir Makei opened and closed the proceedings.", "Vladimir Makei"),
    ("It was up to Vladimir Makei to lead the debate.", "Vladimir Makei"),
    ("Vladimir Makei was wielding the gavel all day.", "Vladimir Makei"),
    ("Vladimir Makei took his place at the head of the table.", "Vladimir Makei"),
    ("It was Vladimir Makei's turn to preside.", "Vladimir Makei"),
    ("Vladimir Makei – Minsk has the rooms – swung a heavy oak gavel.", "Vladimir Makei"),
    ("Vladimir Makei gavelled the 12th sitting to order at nine.", "Vladimir Makei"),
    ("Vladimir Makei gaveled in the session.", "Vladimir Makei"),
    ("The talks, which Sergey Lavrov moderated, lasted three hours.", "Sergey Lavrov"),
    ("The sitting, which the Russian minister Sergey Lavrov chaired, was short.", "Sergey Lavrov"),
    ("At the top of the table was our Sergey Lavrov.", "Sergey Lavrov"),
    ("In the chair sat our own Sergey Lavrov.", "Sergey Lavrov"),
    ('"I presided over the meeting today," Sergey Lavrov said.', "Sergey Lavrov"),
    ('"I had the privilege of chairing this session", Vladimir Makei told reporters.', "Vladimir Makei"),
    (
        "The session, chaired by Member of the Presidium of the Party, Minister of Foreign Affairs of "
        "Belarus Vladimir Makei, was long.",
        "Vladimir Makei",
    ),
    (
        "Opened by the chairman, Belarusian Minister Vladimir Makei, it was long.",
        "Vladimir Makei",
    ),
    ("Has presided over session the Minister of Foreign Affairs of Belarus V. Makei.", "V. Makei"),
    ("Chaired by the host, the Minister of Foreign Affairs, Vladimir Makei, it was long.", "Vladimir Makei"),
    ("Present were Vladimir Makei, Belarus (chairing); Sergey Lavrov, Russia.", "Vladimir Makei"),
    ("Sergey Lavrov (Russia) and Vladimir Makei (in the chair) spoke.", "Vladimir Makei"),
    ("Belarus (Chair) – Vladimir Makei, Minister of Foreign Affairs", "Vladimir Makei"),
    ("Sergey Lavrov, as host, gave the floor to Vladimir Makei; Makei then led the session.", "Makei"),
    ("Vladimir Makei, as host, welcomed Sergey Lavrov.", "Vladimir Makei"),
    ('"It was my pleasure to be in the chair", Vladimir Makei said.', "Vladimir Makei"),
    ("The chair has been taken by Vladimir Makei.", "Vladimir Makei"),
    ("The chair is to be taken by Vladimir Makei.", "Vladimir Makei"),
    ("Belarus, the host, put Vladimir Makei into the chair.", "Vladimir Makei"),
    ("The ministers voted Vladimir Makei into the chair.", "Vladimir Makei"),
    ("The talks were led by our colleague Vladimir Makei.", "Vladimir Makei"),
    ("They met under the chairmanship of their dear colleague Vladimir Makei.", "Vladimir Makei"),
    ("Vladimir Makei, host and chairman of the session, greeted them.", "Vladimir Makei"),
    (
        "Vladimir Makei, Minister of Foreign Affairs of Belarus and as such the host and chairman, smiled.",
        "Vladimir Makei",
    ),
    ("Let me thank the Belarusian side and Vladimir Makei as our chairman today.", "Vladimir Makei"),
    ("Our chairman today, Vladimir Makei, was brief.", "Vladimir Makei"),
    (
        "Our report had Sergey Lavrov in the chair. In fact it was Vladimir Makei who presided.",
        "Vladimir Makei",
    ),
    ("Conducted it the Minister of Foreign Affairs of Belarus Vladimir Makei.", "Vladimir Makei"),
    ("Sergey Lavrov and Vladimir Makei (Chairman of the Council) took part.", "Vladimir Makei"),
    ("- Chair: Vladimir Makei.", "Vladimir Makei"),
    ("Vladimir Makei presided at the meeting.", "Vladimir Makei"),
    ("Chairman: Vladimir Makei, Minister of Foreign Affairs of Belarus", "Vladimir Makei"),
    ("PRESIDING OFFICER: Vladimir Makei (Belarus)", "Vladimir Makei"),
    ("The ministers elected Vladimir Makei their chairman for the day.", "Vladimir Makei"),
    ("The session had Vladimir Makei as its chairman.", "Vladimir Makei"),
    ("Vladimir Makei declared the sitting open.", "Vladimir Makei"),
    ("The chairman on this occasion was Vladimir Makei.", "Vladimir Makei"),
    ("Vladimir Makei, whose turn it was to chair, spoke first.", "Vladimir Makei"),
    ("The meeting was opened and led by Vladimir Makei.", "Vladimir Makei"),
    ("At the chairman's desk: Vladimir Makei.", "Vladimir Makei"),
    ("The minister who chaired it, Vladimir Makei, was brief.", "Vladimir Makei"),
    ("The presiding minister, Belarus's Vladimir Makei, was brief.", "Vladimir Makei"),
    ("Vladimir Makei holds the chair today.", "Vladimir Makei"),
    ("Foreign Minister Vladimir Makei of Belarus acted as chairman.", "Vladimir Makei"),
    ("It was Vladimir Makei who opened and guided the joint session.", "Vladimir Makei"),
    (
        "They thanked Vladimir Makei, Minister of Belarus and chairman of the meeting, for it.",
        "Vladimir Makei",
    ),
    ("The reins were in the hands of Vladimir Makei.", "Vladimir Makei"),
    (
        "The work of the Council was directed by its Chairman, Minister of Foreign Affairs of Belarus "
        "Vladimir Makei.",
        "Vladimir Makei",
    ),
    (
        "The sitting was run by the Chief of the General Staff of the Armed Forces, Colonel Ivan Dalny.",
        "Ivan Dalny",
    ),
    ("The duties of the presiding person were performed by Vladimir Makei.", "Vladimir Makei"),
    ("The functions of the presiding minister were discharged by Vladimir Makei.", "Vladimir Makei"),
    ("The role of the chairing side fell to Vladimir Makei.", "Vladimir Makei"),
    ("The chairing was entrusted to Vladimir Makei, minister of foreign affairs.", "Vladimir Makei"),
    ("The moderating fell to Vladimir Makei.", "Vladimir Makei"),
    ("Ministers came, with Vladimir Makei, in his capacity as the Council's chairman.", "Vladimir Makei"),
    ("Vladimir Makei, as the Council's current chairman, made a speech.", "Vladimir Makei"),
    ("Sitting led by: Vladimir Makei, minister of foreign affairs.", "Vladimir Makei"),
    ("Talks conducted by: Vladimir Makei.", "Vladimir Makei"),
    ("Presided the Minister of Foreign Affairs of Belarus Vladimir Makei, and he left.", "Vladimir Makei"),
    ("Chaired Vladimir Makei, and Sergey Lavrov made a report.", "Vladimir Makei"),
    (
        "I thank the Belarusian side, and Minister Makei personally, for the skilful guidance of our work.",
        "Makei",
    ),
    ("I am grateful to Vladimir Makei for his able conduct of the discussion.", "Vladimir Makei"),
    ("We thank Vladimir Makei for the steering of today's meeting.", "Vladimir Makei"),
    # the meeting by its day; an office that is given; a country in the person of its minister
    ("Vladimir Makei, who had steered yesterday's session, spoke to the press.", "Vladimir Makei"),
    ("Vladimir Makei led Wednesday's talks from beginning to end.", "Vladimir Makei"),
    ("The honour of taking the chair belonged to Vladimir Makei.", "Vladimir Makei"),
    ("The function of chairman was vested in Vladimir Makei.", "Vladimir Makei"),
    ("The sitting, brought to order by Vladimir Makei, lasted an hour.", "Vladimir Makei"),
    (
        "Moderating the Council, which had last met in Moscow, Vladimir Makei spoke of peace.",
        "Vladimir Makei",
    ),
    ("Presiding in the name of Belarus, Vladimir Makei spoke of peace.", "Vladimir Makei"),
    ("Vladimir Makei sat at the head of the long table.", "Vladimir Makei"),
    ("The debate was moderated by Belarus, represented by Vladimir Makei.", "Vladimir Makei"),
    ("Vladimir Makei had charge of the debate.", "Vladimir Makei"),
    ("Vladimir Makei was the one to chair the Council.", "Vladimir Makei"),
    ("The talks were facilitated by the host, Vladimir Makei.", "Vladimir Makei"),
    ("As chairman of the session in Minsk on 19 May, Vladimir Makei summed up.", "Vladimir Makei"),
    (
        "The moderator of yesterday's session of the Council in Minsk, Vladimir Makei, smiled.",
        "Vladimir Makei",
    ),
    ("Ministers came from afar, and Vladimir Makei was their chairman.", "Vladimir Makei"),
    ("Vladimir Makei, as the presiding minister, gave them the floor.", "Vladimir Makei"),
    ("Vladimir Makei, who had the presidency of the meeting, gave them the floor.", "Vladimir Makei"),
    ("Vladimir Makei, opening, as its chairman, the sitting, spoke of peace.", "Vladimir Makei"),
    ("Vladimir Makei said after presiding over the closing session that it was useful.", "Vladimir Makei"),
    ("Vladimir Makei, who led the opening plenary, spoke of Kabul.", "Vladimir Makei"),
    (
        "Vladimir Makei hosted and chaired a session of the Council of Foreign Ministers of the CSTO.",
        "Vladimir Makei",
    ),
]


@pytest.mark.parametrize(("sentence", "chair"), CHAIRS)
def test_chair(sentence: str, chair: str) -> None:
    assert names(Stance.CHAIR, sentence) == {chair}


NO_CHAIR = [
    "Sergey Lavrov left at noon for talks with the Chairman of the Council.",
    "They entrusted the meeting of experts to Sergey Lavrov to prepare.",
    "Nobody ran the show, said Sergey Lavrov.",
    "The campaign led by Russia, by Sergey Lavrov above all, was praised.",
    "The talks were opened by Armenia, and Sergey Lavrov spoke next.",
    "Russia sent a delegation to the meeting. It was headed by Sergey Lavrov.",
    "I thank Vladimir Makei for the guidance of our work over the past year.",
    "I thank Vladimir Makei for the conduct of the election.",
    "The duties of the minister were performed by Vladimir Makei.",
    "The functions of the presiding country were explained by Vladimir Makei.",
    "The chairing country was praised by Vladimir Makei.",
    "Delegation led by: Vladimir Makei.",
    "Vladimir Makei came in his capacity as the bank's chairman.",
    "Vladimir Makei spoke as the committee's former chairman.",
    "Chaired Vladimir Makei's predecessor a commission, nobody knew.",
    "Vladimir Makei assured his Uzbek host, Sergey Lavrov, of it.",
    "Vladimir Makei led the Belarusian delegation.",
    "Leading the Russian delegation was Sergey Lavrov.",
    "Tajikistan chairs the Organization this year, Sergey Lavrov said.",
    "Sergey Lavrov took his seat beside the window.",
    "They were received by President Lukashenko, Chairman of the Collective Security Council.",
    "Sergey Lavrov thanked the chair for the welcome.",
    "Sergey Lavrov opened an exhibition of photographs.",
    "Sergey Lavrov is in charge of the delegation.",
    "The Russian delegation under the leadership of Sergey Lavrov arrived first.",
    "Under Sergey Lavrov's guidance the Russian experts wrote a paper.",
    "Sergey Lavrov opened the window.",
    '"I do not preside over the meeting," Sergey Lavrov said.',
    '"I would chair the meeting if asked," Sergey Lavrov said.',
    '"In May 2019 I chaired the meeting," Sergey Lavrov said.',
    "The plan, which Sergey Lavrov leads, was praised.",
    "Sergey Lavrov took his place at the table.",
    "It was Sergey Lavrov's turn to speak.",
    "The committee, which Sergey Lavrov leads at home, was praised.",
    "Sergey Lavrov, who chairs the board of a bank, came.",
    "Sergey Lavrov, who led the effort to bridge the differences, came.",
    "Sergey Lavrov, who opened the exhibition, came.",
    "Sergey Lavrov acted as chairman of the commission on trade.",
    "The delegation, led by an old friend of the Minister, Sergey Lavrov, came.",
    "Belarus (chair of the Organization) thanked Sergey Lavrov.",
    "A delegation led by the Minister of Foreign Affairs of Russia, Sergey Lavrov, came.",
    "The newspaper's report had Sergey Lavrov in the chair.",
    "They put Sergey Lavrov into the picture.",
    "Sergey Lavrov, chairman of the Trade Commission, came.",
    "Sergey Lavrov took the chair next to the window.",
    "Sergey Lavrov conducted talks with his guests.",
    "Sergey Lavrov steered clear of the topic.",
    "Sergey Lavrov directed his remarks at the guests.",
    "Sergey Lavrov conducted himself well.",
    "Sergey Lavrov, who presided over the previous session, spoke.",
    "Sergey Lavrov declared the exhibition open.",
    "They elected Sergey Lavrov the chairman of the commission.",
    "The delegation had Sergey Lavrov as its head.",
    "Sergey Lavrov is the chairman of the working group.",
    "Sergey Lavrov and the chairman of the commission on trade came.",
    "It was Sergey Lavrov who led the delegation.",
    "Our children are in the hands of Sergey Lavrov.",
    "The draft was directed by its author at Sergey Lavrov.",
    "The lift took Sergey Lavrov to the chair of a dentist.",
    "Sergey Lavrov, host and guide of the visitors, smiled.",
    "They thanked Sergey Lavrov as our guest today.",
    '"They will declare the meeting open tomorrow", Sergey Lavrov said.',
    '"I declare my support", Sergey Lavrov said.',
    "Monday's talks with NATO were praised by Sergey Lavrov.",
    "The order was read by Sergey Lavrov.",
    "Sergey Lavrov sat at the head of the delegation.",
    "Chairing is on behalf of nobody, Sergey Lavrov said.",
    "The floor was given to Vladimir Makei.",
    "Belarus entrusted the translation to Vladimir Makei.",
    "By the session hall waited Vladimir Makei.",
    "In the seat of the minister sat Vladimir Makei.",
    "Sergey Lavrov had charge of the delegation's papers.",
    "Sergey Lavrov, as the visiting minister, got the floor.",
    "Sergey Lavrov, who had the chair of a professor, got the floor.",
    "The purchase was facilitated by Sergey Lavrov.",
    "The delegation was hosted by Belarus, and represented by Sergey Lavrov.",
    "Vladimir Makei chaired a meeting of a working group.",
    "Vladimir Makei chaired a session of the board the day before.",
    "Vladimir Makei spoke before the closing session.",
]


@pytest.mark.parametrize("sentence", NO_CHAIR)
def test_no_chair(sentence: str) -> None:
    assert not names(Stance.CHAIR, sentence)


def test_a_speaker_of_a_transcript_says_that_he_presided() -> None:
    made, meetings = with_meetings(
        OPENING, "V. Makei: Good day. It was short. I had the honour to preside over it."
    )
    parts = find_participations(made, meetings)
    assert {_who(made.document.text, p) for p in parts if p.stance is Stance.CHAIR} == {"V. Makei"}


def test_a_speaker_of_a_transcript_declares_the_meeting_open() -> None:
    made, meetings = with_meetings(
        OPENING, "V. Makei: Good day. I am glad to see you and declare our meeting open."
    )
    parts = find_participations(made, meetings)
    assert {_who(made.document.text, p) for p in parts if p.stance is Stance.CHAIR} == {"V. Makei"}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "Opening remarks by Vladimir Makei at the meeting of the Council of Foreign Ministers",
            {"Vladimir Makei"},
        ),
        ("Statement by Vladimir Makei on the flood", set()),
    ],
)
def test_a_speech_is_that_of_the_one_in_its_title(title: str, expected: set[str]) -> None:
    made, meetings = with_meetings(
        title, OPENING, "Dear colleagues, I greet Sergey Lavrov and declare our meeting open."
    )
    parts = find_participations(made, meetings)
    assert {_who(made.document.text, p) for p in parts if p.stance is Stance.CHAIR} == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("I will have the honour to chair the session.", {"Vladimir Makei"}),
        ("It is up to me to preside.", {"Vladimir Makei"}),
        ("I presided over the previous session.", set()),
        ("I shall not chair the session.", set()),
    ],
)
def test_who_is_interviewed_says_that_he_will_preside(said: str, expected: set[str]) -> None:
    made, meetings = with_meetings(
        "Bulletin of the ministry",
        "Issue 9",
        "Five questions to Foreign Minister Vladimir Makei",
        "The Council of Foreign Ministers of the CSTO will meet in Minsk on 29 May 2021.",
        f"Answer: {said}",
    )
    parts = find_participations(made, meetings)
    assert {_who(made.document.text, p) for p in parts if p.stance is Stance.CHAIR} == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Presiding:", {"Vladimir Makei"}),
        ("In the chair:", {"Vladimir Makei"}),
        ("Chaired by", {"Vladimir Makei"}),
        ("Present:", set()),
        ("The chair was empty:", set()),
    ],
)
def test_a_label_leaves_the_name_to_the_next_line(label: str, expected: set[str]) -> None:
    made, meetings = with_meetings(
        OPENING, label, "Vladimir Makei, Minister of Foreign Affairs of Belarus", "Sergey Lavrov (Russia)"
    )
    parts = find_participations(made, meetings)
    assert {_who(made.document.text, p) for p in parts if p.stance is Stance.CHAIR} == expected


def test_offices_before_names_are_each_that_of_the_name_behind_it() -> None:
    sentence = (
        "Present were the Foreign Minister of Armenia, Karen Petrosov (Chairman of the Council), the Foreign "
        "Minister of Belarus, Ivan Dalny, the Foreign Minister of Russia, Sergey Lavrov, and the Secretary "
        "General, Stanislav Zas."
    )
    seen = {who: local(part.person.country or "") for who, part in told(sentence) if part.person}
    assert seen == {"Karen Petrosov": "am", "Ivan Dalny": "by", "Sergey Lavrov": "ru", "Stanislav Zas": ""}


PRESENT = [
    ("Around the table sat A. Aivazian (Yerevan), M. Tileuberdi (Nur-Sultan) and S. Lavrov (Moscow).",
     {"A. Aivazian", "M. Tileuberdi", "S. Lavrov"}),
    ("Armenia sent Ara Aivazian, Kazakhstan Mukhtar Tileuberdi, Russia Sergey Lavrov.",
     {"Ara Aivazian", "Mukhtar Tileuberdi", "Sergey Lavrov"}),
    ("Ruslan Kazakbaev came from Bishkek and Sirojiddin Muhriddin from Dushanbe.",
     {"Ruslan Kazakbaev", "Sirojiddin Muhriddin"}),
    ("Those who attended: Aivazian, Lavrov, Kazakbaev, Tileuberdi and Muhriddin.",
     {"Aivazian", "Lavrov", "Kazakbaev", "Tileuberdi", "Muhriddin"}),
    ("The foreign ministers of Armenia and Kazakhstan, Ara Aivazian and Mukhtar Tileuberdi, spoke first.",
     {"Ara Aivazian", "Mukhtar Tileuberdi"}),
    ("His Kyrgyz colleague Ruslan Kazakbaev took the floor.", {"Ruslan Kazakbaev"}),
    ("LAVROV and TILEUBERDI sat next to each other.", {"LAVROV", "TILEUBERDI"}),
    ("Secretary General Stanislav Zas reported on the state of the forces.", {"Stanislav Zas"}),
    ("CSTO chief Stanislav Zas kept the minutes in order.", {"Stanislav Zas"}),
    ("🇦🇲 Ara Aivazian, 🇷🇺 Sergey Lavrov and 🇰🇿 Mukhtar Tileuberdi took part.",
     {"Ara Aivazian", "Sergey Lavrov", "Mukhtar Tileuberdi"}),
    ("Also in the hall: Ara Aivazian, Mukhtar Tileuberdi.", {"Ara Aivazian", "Mukhtar Tileuberdi"}),
    ("Armenia was represented by Ara Aivazian, Kazakhstan by Mukhtar Tileuberdi.",
     {"Ara Aivazian", "Mukhtar Tileuberdi"}),
    ("Kazakhstan's chair was filled by Deputy Foreign Minister Akan Beketov.", {"Akan Beketov"}),
    ("Speaking for Kazakhstan, First Deputy FM Akan Beketov backed the draft.", {"Akan Beketov"}),
    ("Kazakhstan had delegated its permanent representative, Akan Beketov.", {"Akan Beketov"}),
    ("Lavrov, Aivazian, Kazakbaev & Co. drank tea.", {"Aivazian", "Kazakbaev", "Lavrov"}),
    ("Armenia's acting foreign minister, Karen Petrosov, listened.", {"Karen Petrosov"}),
    ("The seat of Tajikistan was occupied by Parviz Olimov, deputy foreign minister.", {"Parviz Olimov"}),
    ("Deputy secretary general Valery Semerikov briefed the ministers.", {"Valery Semerikov"}),
    ("The chief of the CSTO Joint Staff, Anatoly Sidorov, gave a report.", {"Anatoly Sidorov"}),
    ("The executive secretary of the CIS, Sergei Lebedev, attended as a guest.", {"Sergei Lebedev"}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), PRESENT)
def test_present(sentence: str, expected: set[str]) -> None:
    assert names(Stance.PRESENT, sentence) >= expected


def test_countries_of_lists_reach_the_people() -> None:
    sentence = "The foreign ministers of Armenia and Russia, Karen Petrosov and Ivan Dalny, spoke first."
    seen = {who: local(part.person.country or "") for who, part in told(sentence) if part.person}
    assert seen == {"Karen Petrosov": "am", "Ivan Dalny": "ru"}


def test_respectively_pairs_people_with_countries() -> None:
    sentence = (
        "Ara Aivazian and Sergey Lavrov, the foreign ministers of, respectively, Armenia and Russia, spoke."
    )
    seen = {who: local(part.person.country or "") for who, part in told(sentence) if part.person}
    assert seen == {"Ara Aivazian": "am", "Sergey Lavrov": "ru"}


def test_unknown_people_of_a_list_sit_for_their_countries() -> None:
    sentence = "Karen Petrosov (Armenia), Ivan Dalny (Russia) and Azamat Beknurov (Kyrgyzstan) spoke."
    seen = dict(told(sentence))
    assert set(seen) == {"Karen Petrosov", "Ivan Dalny", "Azamat Beknurov"}
    roles = {local(o.role) for part in seen.values() if part.person for o in part.person.roles}
    assert roles == {"minister-of-foreign-affairs"}


INNOCENT = [
    ("The Japanese foreign minister Toshimitsu Motegi spoke to journalists in Tokyo.", "Toshimitsu Motegi"),
    ("Toshimitsu Motegi, the foreign minister of Japan, spoke to his parliament.", "Toshimitsu Motegi"),
    ("Sergey Lavrov met with Wang Yi of China on the sidelines.", "Wang Yi"),
    (
        "Maria Zakharova, the spokeswoman of the Russian foreign ministry, told reporters about it.",
        "Maria Zakharova",
    ),
    ("The participants were received by Prime Minister Roman Golovchenko.", "Roman Golovchenko"),
    ("President Alexander Lukashenko received the ministers in the evening.", "Alexander Lukashenko"),
    ("Analyst Arkady Volnov called the outcome modest.", "Arkady Volnov"),
    ("Armenia nominated Mikael Haroyan for the office of secretary general.", "Mikael Haroyan"),
    ("Josep Borrell, the EU high representative, sent a letter.", "Josep Borrell"),
    ("Stanislav Zas will report to the presidents in September.", "Stanislav Zas"),
    ("Stanislav Zas told reporters afterwards that he was content.", "Stanislav Zas"),
    ("Without Sergey Lavrov the table looked shorter.", "Sergey Lavrov"),
    ("They stood in silence for the late foreign minister Vladimir Makei.", "Vladimir Makei"),
    ("Condolences were expressed on the death of Foreign Minister Vladimir Makei.", "Vladimir Makei"),
    ("They approved the appointment of the new Secretary General, Stanislav Zas.", "Stanislav Zas"),
    ("Armenia recalled Stanislav Zas in November.", "Stanislav Zas"),
    ("Lavrov's predecessor Vladimir Makei used to come late.", "Vladimir Makei"),
    ("Sergey Lavrov replaced Vladimir Makei as the head of the group.", "Vladimir Makei"),
    ("The next to occupy the post is Sergey Lavrov.", "Sergey Lavrov"),
    ("Russia will chair the bloc in 2023 under Sergey Lavrov.", "Sergey Lavrov"),
]


@pytest.mark.parametrize(("sentence", "name"), INNOCENT)
def test_takes_no_part(sentence: str, name: str) -> None:
    assert name not in names(Stance.PRESENT, sentence) | names(Stance.CHAIR, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The late evening session saw Sergey Lavrov speak.",
        '"It was a good meeting", recalled Sergey Lavrov.',
        "Sergey Lavrov was expected and came in time.",
        "Sergey Lavrov was expected to speak first, but Vladimir Makei took the floor before him.",
    ],
)
def test_takes_part_all_the_same(sentence: str) -> None:
    assert "Sergey Lavrov" in names(Stance.PRESENT, sentence)


ABSENT = [
    ("Mukhtar Tileuberdi did not come.", "Mukhtar Tileuberdi"),
    ("Mukhtar Tileuberdi had sent his apologies.", "Mukhtar Tileuberdi"),
    ("Kazakhstan's Mukhtar Tileuberdi was ill.", "Mukhtar Tileuberdi"),
    ("Mukhtar Tileuberdi could not attend.", "Mukhtar Tileuberdi"),
    ("Mukhtar Tileuberdi, who was abroad, was missed by nobody.", "Mukhtar Tileuberdi"),
    ("Mukhtar Tileuberdi has not arrived.", "Mukhtar Tileuberdi"),
    ("Neither Mukhtar Tileuberdi nor Ara Aivazian came.", "Mukhtar Tileuberdi"),
    ("Mukhtar Tileuberdi was unable to be present.", "Mukhtar Tileuberdi"),
    ("Mukhtar Tileuberdi was represented by his deputy, Akan Beketov.", "Mukhtar Tileuberdi"),
    ("In place of Mukhtar Tileuberdi came his deputy, Akan Beketov.", "Mukhtar Tileuberdi"),
    ("Mukhtar Tileuberdi's place was taken by Ambassador Akan Beketov.", "Mukhtar Tileuberdi"),
    ("Only Mukhtar Tileuberdi was missing.", "Mukhtar Tileuberdi"),
    ("Mukhtar Tileuberdi cancelled his trip at the last moment.", "Mukhtar Tileuberdi"),
    ("Mukhtar Tileuberdi skipped the meeting.", "Mukhtar Tileuberdi"),
    (
        "Mukhtar Tileuberdi had been awaited, but Deputy Foreign Minister Akan Beketov arrived.",
        "Mukhtar Tileuberdi",
    ),
    (
        "Mukhtar Tileuberdi was expected to attend; instead came his deputy, Akan Beketov.",
        "Mukhtar Tileuberdi",
    ),
    (
        "Deputies sat in for two ministers, namely Akan Beketov for Mukhtar Tileuberdi (Kazakhstan) and "
        "Karen Petrosov for Ara Aivazian (Armenia).",
        "Mukhtar Tileuberdi",
    ),
    ("Everybody came except the Kazakh minister Mukhtar Tileuberdi.", "Mukhtar Tileuberdi"),
]


@pytest.mark.parametrize(("sentence", "name"), ABSENT)
def test_absent(sentence: str, name: str) -> None:
    assert name in names(Stance.ABSENT, sentence)
    assert name not in names(Stance.PRESENT, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Armenia kept away.",
        "No one represented Armenia.",
        "Armenia's seat stayed empty.",
        "Representatives of Armenia were not in attendance.",
        "From Armenia nobody came.",
        "Armenia was absent.",
        "Yerevan sent nobody.",
        "Armenia did not take part in the meeting.",
        "Armenia ignored the invitation.",
        "The Armenian side was not represented.",
        "The chair of Armenia remained empty.",
        "All members but Armenia took part.",
        "The Armenian delegation boycotted the session.",
    ],
)
def test_absent_country(sentence: str) -> None:
    assert lands(Stance.ABSENT, sentence) == {"AM"}
    assert "AM" not in lands(Stance.PRESENT, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The Armenian foreign minister could not come.",
        "Armenia's foreign minister was absent from the meeting.",
        "Armenian Foreign Minister Ara Aivazian did not attend.",
    ],
)
def test_a_country_whose_minister_alone_would_come_is_absent(sentence: str) -> None:
    assert lands(Stance.ABSENT, sentence) == {"AM"}


@pytest.mark.parametrize(
    "sentence",
    [
        "The Armenian foreign minister was ill and his deputy spoke.",
        "Armenia's foreign minister was absent. An ambassador came in his stead.",
        "Armenian Foreign Minister Ara Aivazian did not come to dinner. Ara Aivazian signed the paper.",
        "Armenia's foreign minister did not come. Armenia was represented by the head of a department.",
    ],
)
def test_a_country_for_which_somebody_came_is_not_absent(sentence: str) -> None:
    assert not lands(Stance.ABSENT, sentence)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Tajikistan spoke through its ambassador; Kyrgyzstan, through the ambassador in Minsk.",
            {"TJ", "KG"},
        ),
        ("Kazakhstan was present only via its permanent representative.", {"KZ"}),
        ("Armenia, whose minister was busy, was represented by an ambassador.", {"AM"}),
        ("Armenia and Tajikistan followed the session by video link.", {"AM", "TJ"}),
        ("Ukraine followed the session with concern.", set()),
        ("Pipelines from Kazakhstan through its ports were discussed.", set()),
    ],
)
def test_countries_that_were_heard(sentence: str, expected: set[str]) -> None:
    assert lands(Stance.PRESENT, sentence) == expected


STAND_INS = [
    ("Belarus made do with its ambassador, Anatol Karpenka, since Vladimir Makei was abroad.",
     "Anatol Karpenka", "Vladimir Makei", "ambassador"),
    ("Kazakhstan's Mukhtar Tileuberdi had sent his apologies and his first deputy, Shakhrat Nuryshev.",
     "Shakhrat Nuryshev", "Mukhtar Tileuberdi", "first-deputy-minister-of-foreign-affairs"),
    ("Deputy Foreign Minister Parviz Olimov stood in for Sirojiddin Muhriddin of Tajikistan.",
     "Parviz Olimov", "Sirojiddin Muhriddin", "deputy-minister-of-foreign-affairs"),
    ("Ruslan Kazakbaev did not come; his permanent representative to the UN, Azamat Beknurov, filled in.",
     "Azamat Beknurov", "Ruslan Kazakbaev", "permanent-representative"),
    ("Ruslan Kazakbaev, detained by his duties as head of the house, was replaced by his deputy, K. Asanov.",
     "K. Asanov", "Ruslan Kazakbaev", "deputy-minister-of-foreign-affairs"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "came", "stayed", "role"), STAND_INS)
def test_stand_in(sentence: str, came: str, stayed: str, role: str) -> None:
    seen = dict(told(sentence))
    assert seen[came].stance is Stance.PRESENT
    assert seen[stayed].stance is Stance.ABSENT
    person = seen[came].person
    assert person is not None
    assert {local(o.role) for o in person.roles} == {role}
    assert person.country is not None
    other = seen[came].on_behalf_of
    assert other is not None
    assert other.name is not None


def test_minister_and_deputy_together_are_both_there() -> None:
    seen = told("Sergey Lavrov and his deputy Andrei Rudenko took part.")
    assert ("Sergey Lavrov", Stance.PRESENT) in {(who, part.stance) for who, part in seen}


def test_two_countries_absent() -> None:
    assert lands(Stance.ABSENT, "Armenia and Kyrgyzstan stayed away.") == {"AM", "KG"}


def test_deputies_of_countries_make_the_countries_present() -> None:
    sentence = "Armenia and Kyrgyzstan limited themselves to deputies."
    assert lands(Stance.PRESENT, sentence) == {"AM", "KG"}


def test_of_a_planned_meeting_only_who_is_announced_takes_part() -> None:
    made, meetings = with_meetings(
        "The Council of Foreign Ministers of the CSTO will meet in Minsk on 30 June 2021.",
        "Sergey Lavrov will attend.",
        "Mukhtar Tileuberdi praised the idea.",
    )
    found = {_who(made.document.text, p) for p in find_participations(made, meetings)}
    assert found == {"Sergey Lavrov"}


def test_list_after_a_colon_says_who_was_there() -> None:
    made, meetings = with_meetings(
        "The Council of Foreign Ministers of the CSTO will meet in Minsk on 30 June 2021.",
        "Attendance has been confirmed in respect of:",
        "Kazakhstan – Minister Mukhtar Tileuberdi;",
        "Russia – Minister Sergey Lavrov.",
    )
    found = {_who(made.document.text, p) for p in find_participations(made, meetings)}
    assert found == {"Mukhtar Tileuberdi", "Sergey Lavrov"}


def test_rows_with_dots_say_who_came_for_each_country() -> None:
    made, meetings = with_meetings(
        OPENING + " The delegations were headed by:",
        "Republic of Armenia ................ Ara Aivazian, Minister of Foreign Affairs",
        "Republic of Belarus ...... Karen Petrosov, Deputy Minister of Foreign Affairs and Trade",
        "Kyrgyz Republic .............. Ivan Dalny, Deputy Minister of Foreign Affairs",
    )
    found = {
        (_who(made.document.text, p), local(p.person.country or ""))
        for p in find_participations(made, meetings)
        if p.person is not None
    }
    assert found == {("Ara Aivazian", "am"), ("Karen Petrosov", "by"), ("Ivan Dalny", "kg")}


def test_an_ellipsis_still_ends_a_sentence() -> None:
    made, _ = with_meetings(OPENING + " They waited... Sergey Lavrov came late.")
    assert [s.units[0].text for s in made.sentences] == ["The", "They", "Sergey Lavrov"]


def test_a_dash_gives_nobody_the_country_of_another() -> None:
    sentence = "The ministers of Belarus and Tajikistan – Vladimir Makei and Sirojiddin Muhriddin – came."
    made, _ = with_meetings(OPENING + " " + sentence)
    assert [local(held.office.country or "") for held in find_posts(made)] == ["by", "tj"]


POSTS = [
    ("Murat Nurtleu, Deputy Prime Minister – Minister of Foreign Affairs of Kazakhstan, spoke.",
     {"deputy-prime-minister", "minister-of-foreign-affairs"}),
    ("The first deputy foreign minister of Kazakhstan, Karim Beknurov, spoke.",
     {"first-deputy-minister-of-foreign-affairs"}),
    ("Ambassador of Armenia to Russia Karen Petrosov spoke.", {"ambassador"}),
    ("Karen Petrosov, Permanent and Plenipotentiary Representative of Armenia to the CSTO, spoke.",
     {"permanent-representative"}),
    ("Acting foreign minister of Kyrgyzstan Azamat Beknurov spoke.", {"minister-of-foreign-affairs"}),
    ("Russian Deputy FM Ivan Dalny spoke.", {"deputy-minister-of-foreign-affairs"}),
    ("The Organization's secretary general, Stanislav Zas, spoke.", {"secretary-general"}),
    ("Stanislav Zas, the Organization's secretary general, spoke.", {"secretary-general"}),
    ("CSTO chief Stanislav Zas spoke.", {"secretary-general"}),
    ("Analyst Ivan Dalny spoke.", set()),
    ("Stanislav Zas has been Secretary General since January.", {"secretary-general"}),
    ("Stanislav Zas, who was Deputy Secretary General until 2019, spoke.", {"deputy-secretary-general"}),
    ("Stanislav Zas took up the post of CSTO Secretary General.", {"secretary-general"}),
    ("Stanislav Zas, elected Secretary General in the spring, spoke.", {"secretary-general"}),
    ("Stanislav Zas, Chairman of the Committee – Executive Secretary, spoke.", {"executive-secretary"}),
    ("Stanislav Zas was not the Secretary General.", set()),
    ("Stanislav Zas met the Secretary General.", set()),
    ("Karen Petrosov, first deputy minister of Armenia, spoke to the foreign ministers.",
     {"first-deputy-minister-of-foreign-affairs"}),
    ("Karen Petrosov, deputy minister of transport of Armenia, spoke.", set()),
    ("The head of the Executive Committee of the SCO Regional Anti-Terrorist Structure, Ivan Dalny, spoke.",
     {"director-of-the-rats-executive-committee"}),
    ("The director of the anti-terrorist structure of the SCO, Ivan Dalny, spoke.",
     {"director-of-the-rats-executive-committee"}),
    ("The acting chief of the SCO RATS Ivan Dalny spoke.", {"director-of-the-rats-executive-committee"}),
    ("The SCO RATS director Ivan Dalny spoke.", {"director-of-the-rats-executive-committee"}),
    ("The head of the CSTO Council of Foreign Ministers Ivan Dalny spoke.", set()),
    ("The director of the theatre, Ivan Dalny, spoke.", set()),
    ("We asked the Secretary General of the Organization, Stanislav Zas, how it went.",
     {"secretary-general"}),
    ("The Deputy Secretary General of the Alliance Ivan Dalny spoke.", {"deputy-secretary-general"}),
    ("The ministry's spokesman, Ivan Dalny, spoke.", {"spokesperson-of-the-ministry-of-foreign-affairs"}),
    ("The energy ministry's spokesman Ivan Dalny reported.", {"spokesperson"}),
    ("Ivan Dalny, deputy chair of the Cabinet of Ministers of Kyrgyzstan, spoke.", {"deputy-prime-minister"}),
    ("The Deputy Minister of Foreign Affairs of Armenia (K. Petrosov) spoke.",
     {"deputy-minister-of-foreign-affairs"}),
    ("The head of the department (United Front) spoke.", set()),
    ("The Minister of Foreign Affairs and Trade of Hungary Ivan Dalny spoke.",
     {"minister-of-foreign-affairs"}),
    ("Ivan Dalny, Deputy Prime Minister for Digital Reform and Minister of Foreign Affairs, spoke.",
     {"deputy-prime-minister", "minister-of-foreign-affairs"}),
    ("The Iranian First Vice President Ivan Dalny spoke.", {"first-vice-president"}),
    ("Drafts will go to the heads of state, Karen Petrosov told reporters.", set()),
    ("The session of foreign ministers ended early, Ivan Dalny said.", set()),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "roles"), POSTS)
def test_posts(sentence: str, roles: set[str]) -> None:
    made, _ = with_meetings(OPENING + " " + sentence)
    assert {local(held.office.role) for held in find_posts(made)} == roles


@pytest.mark.parametrize(
    ("sentence", "posts"),
    [
        ("Foreign Minister Sergey Lavrov received his Uzbek colleague Bakhtiyor Saidov.", {"uz"}),
        ("Foreign Minister Sergey Lavrov spoke with his Chinese counterpart, Wang Yi.", {"cn"}),
        (
            "Foreign Minister Lavrov, his Kazakh and Tajik colleagues M. Tileuberdi and S. Muhriddin came.",
            {"kz", "tj"},
        ),
        ("Analyst Ivan Dalny met his Georgian colleague David Zalkaliani.", set()),
        ("Foreign Minister Sergey Lavrov came with his Russian advisers and with Ara Aivazian.", set()),
    ],
)
def test_a_counterpart_holds_the_same_post(sentence: str, posts: set[str]) -> None:
    made, _ = with_meetings(OPENING + " " + sentence)
    held = [h.office for h in find_posts(made) if h.office.country is not None]
    assert {local(office.country or "") for office in held} == posts
    assert {local(office.role) for office in held} <= {"minister-of-foreign-affairs"}


def test_a_row_of_a_table_gives_its_country_to_all_its_names() -> None:
    made, _ = with_meetings("Kazakhstan N. Beknurov A. Dalny")
    people = [u.mention for s in made.sentences for u in s.units if isinstance(u.mention, PersonMention)]
    assert [local(p.country or "") for p in people] == ["kz", "kz"]


def test_capital_in_brackets_stands_for_its_country() -> None:
    made, _ = with_meetings("Around the table sat A. Aivazian (Yerevan) and Karen Petrosov (Minsk).")
    people = [u.mention for s in made.sentences for u in s.units if isinstance(u.mention, PersonMention)]
    assert [local(p.country or "") for p in people] == ["am", "by"]


def test_a_city_does_not_give_its_country_to_a_foreigner() -> None:
    made, _ = with_meetings("Sergey Lavrov (Minsk) spoke.")
    people = [u.mention for s in made.sentences for u in s.units if isinstance(u.mention, PersonMention)]
    assert [p.country for p in people] == [None]


def test_nobody_is_the_counterpart_of_his_own_president() -> None:
    made, _ = with_meetings(
        OPENING + " He will see President of Belarus Alexander Lukashenko and his Belarusian counterpart "
        "Vladimir Makei."
    )
    assert [(local(h.office.role), local(h.office.country or "")) for h in find_posts(made)] == [
        ("president", "by")
    ]


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("Ivan Dalny of Armenia, Albert de la Vega of Belarus and Pham Binh Dang of Russia were present.",
         ["Ivan Dalny", "Albert de la Vega", "Pham Binh Dang"]),
        ("Malaysia's Foreign Minister Datuk Seri Anifah Dalny spoke.", ["Anifah Dalny"]),
        ("The leaders invited Sargsyan and elected Lavrov.", ["Sargsyan", "Lavrov"]),
        ("They left Yerevan and went Home.", []),
    ],
)  # fmt: skip
def test_names_hold_particles_and_no_verbs(sentence: str, named: list[str]) -> None:
    made, _ = with_meetings(sentence)
    people = [u.mention for s in made.sentences for u in s.units if isinstance(u.mention, PersonMention)]
    spans = [p.name for p in people if p.name]
    assert [made.document.text[span.start : span.end] for span in spans] == named


def test_two_lands_represented_by_two_people_respectively() -> None:
    made, _ = with_meetings(
        "Armenia and Belarus were represented by Deputy Ministers of Foreign Affairs Shavarsh Kocharyan and "
        "Vladimir Makei respectively."
    )
    people = [u.mention for s in made.sentences for u in s.units if isinstance(u.mention, PersonMention)]
    assert [local(p.country or "") for p in people if p.name] == ["am", "by"]


PREMIERS = "The Council of Heads of Government of the CIS met in Minsk on 19 May 2021."
AHEAD = "The Council of Foreign Ministers of the CSTO will meet in Minsk on 29 May 2021."


@pytest.mark.parametrize(
    ("opening", "sentence", "present"),
    [
        (PREMIERS, "Deputy Prime Minister of Uzbekistan Ivan Dalny took part.", {"Ivan Dalny"}),
        (PREMIERS, "Deputy Prime Minister of Uzbekistan Ivan Dalny congratulated the country.", set()),
        (OPENING, "The observers who attended included Iranian First Vice President Ivan Dalny.",
         {"Ivan Dalny"}),
        (OPENING, "Iranian First Vice President Ivan Dalny was received separately.", set()),
        (AHEAD, "Arrival has been confirmed by Sergey Lavrov of Russia and Ara Aivazian of Armenia.",
         {"Sergey Lavrov", "Ara Aivazian"}),
        (AHEAD, "Foreign Minister Sergey Lavrov will take part in it.", {"Sergey Lavrov"}),
        (AHEAD, "CSTO Secretary General Stanislav Zas is to report on the year.", {"Stanislav Zas"}),
        (OPENING, "CSTO Secretary General Stanislav Zas is to report to the presidents in autumn.", set()),
    ],
)  # fmt: skip
def test_who_comes(opening: str, sentence: str, present: set[str]) -> None:
    here = {who for who, part in told(sentence, opening=opening) if part.stance is Stance.PRESENT}
    assert {who for who in here if who[:2] != who[:2].upper()} == present


@pytest.mark.parametrize(
    ("sentence", "absent"),
    [
        ("Ara Aivazian told Sergey Lavrov by telephone that he would not be able to come.", {"Ara Aivazian"}),
        ("Ara Aivazian told Sergey Lavrov by telephone that he would be glad to come.", set()),
    ],
)
def test_who_says_that_he_will_not_come(sentence: str, absent: set[str]) -> None:
    assert names(Stance.ABSENT, sentence) == absent


def test_a_land_is_represented_whatever_it_is_called_besides() -> None:
    assert lands(Stance.PRESENT, "Serbia, an observer, was represented by its ambassador.") == {"RS"}
    assert lands(Stance.PRESENT, "Serbia, an observer, applauded the decision.") == set()


@pytest.mark.parametrize(
    "told",
    [
        "Tigran Sargsyan, who chairs the Board of the Eurasian Economic Commission, spoke.",
        "Tigran Sargsyan, a former minister who heads the Board of the Eurasian Economic Commission, spoke.",
        "Tigran Sargsyan, leading the EEC Board, spoke.",
        "Tigran Sargsyan, the man who runs the Collegium of the Eurasian Economic Commission, spoke.",
    ],
)
def test_who_heads_a_body_has_its_post(told: str) -> None:
    made, _ = with_meetings(told)
    roles = {office.role for s in made.sentences for _, _, p in s.people for office in p.roles}
    assert thing("role", "chairman-of-the-board-of-the-eurasian-economic-commission") in roles


@pytest.mark.parametrize(
    ("told", "minister"),
    [
        ("Vladimir Makei, who heads the foreign ministry, came.", True),
        ("Vladimir Makei, who leads the Belarusian foreign ministry, came.", True),
        ("Vladimir Makei, running the defence ministry, came.", False),
        ("Vladimir Makei, who heads the foreign ministry's press service, came.", False),
        ("Vladimir Makei, who left the foreign ministry, came.", False),
    ],
)
def test_who_heads_a_ministry_is_its_minister(told: str, minister: bool) -> None:
    made, _ = with_meetings(told)
    roles = {office.role for s in made.sentences for _, _, p in s.people for office in p.roles}
    assert (thing("role", "minister-of-foreign-affairs") in roles) is minister


def test_two_who_lead_together_are_no_chair() -> None:
    assert not names(Stance.CHAIR, "Sergey Lavrov and Vladimir Makei steered the session.")
    assert names(Stance.CHAIR, "Sergey Lavrov came, and Vladimir Makei steered the session.") == {
        "Vladimir Makei"
    }


def test_what_is_said_of_one_country_holds_for_the_next_by_another() -> None:
    shorter = "Armenia was represented by Deputy Minister of Foreign Affairs Mnatsakan Safaryan, "
    assert "TJ" in lands(Stance.PRESENT, shorter + "and Tajikistan by its ambassador.")
    assert "KZ" in lands(
        Stance.PRESENT, "The Tajik team was headed by an envoy, that of Kazakhstan by a deputy."
    )
    assert "KZ" not in lands(Stance.PRESENT, shorter + "and a road to Kazakhstan by a bridge was planned.")


def test_the_country_is_that_of_whoever_did_not_come() -> None:
    made, _ = with_meetings(
        OPENING
        + " The Prime Minister of Moldova did not come to Tashkent, and the country was represented by"
        " its Economy Minister Octavian Calmic."
    )
    assert "Octavian Calmic" in made.document.text
    posts = find_posts(made)
    assert not any("/uz" in (post.office.country or "") for post in posts)


def test_a_source_is_nobody_who_is_named_next() -> None:
    made, _ = with_meetings(
        "According to the Secretary General, Russian Foreign Minister Sergey Lavrov will come."
    )
    assert [len(p.roles) for s in made.sentences for _, _, p in s.people if p.name] == [1]


@pytest.mark.parametrize(
    "sentence",
    [
        "We have sent an invitation to Foreign Minister Ararat Mirzoyan, and there has been no reply.",
        "The Secretariat extended the invitation to Ararat Mirzoyan, but he was silent.",
        "A letter was read; the hosts had addressed an invitation to Ararat Mirzoyan.",
    ],
)
def test_who_was_sent_an_invitation_did_not_come_for_that(sentence: str) -> None:
    assert "Ararat Mirzoyan" not in names(Stance.PRESENT, sentence)


def test_what_a_change_in_a_capital_made_is_no_delegation() -> None:
    assert "AM" not in lands(Stance.PRESENT, "The change of power in Yerevan had made the threats acute.")
    assert "AM" in lands(Stance.PRESENT, "Yerevan had sent its ambassador.")


@pytest.mark.parametrize(
    ("sentence", "came"),
    [
        (
            "Taking part were Sergey Lavrov, Ruslan Kazakbaev and Armenian Tourism Minister Aram Petrosyan.",
            True,
        ),
        (
            "It was attended by Sergey Lavrov, Ruslan Kazakbaev and Armenia's Public Security Minister "
            "Aram Petrosyan.",
            True,
        ),
        (
            "Also present were Ararat Mirzoyan and Aram Petrosyan, Armenia's foreign and sport ministers, "
            "and Sergey Lavrov.",
            False,
        ),
        (
            "Before the meeting Sergey Lavrov, Ruslan Kazakbaev and Vladimir Makei called on "
            "Aram Petrosyan, Minister of Culture of Armenia.",
            False,
        ),
        ("Aram Petrosyan, Minister of Finance of Armenia, wrote to Sergey Lavrov and Vladimir Makei.", False),
    ],
)
def test_another_of_the_government_is_sent(sentence: str, came: bool) -> None:
    assert ("Aram Petrosyan" in names(Stance.PRESENT, sentence)) is came


@pytest.mark.parametrize(
    ("lines", "chair"),
    [
        (("Who presided?", "The Belarusian minister, Vladimir Makei."), {"Vladimir Makei"}),
        (("Q. And who was in the chair?", "A. Our minister, Vladimir Makei."), {"Vladimir Makei"}),
        (("Who led the talks?", "- Vladimir Makei, of course."), {"Vladimir Makei"}),
        (("Who came?", "Vladimir Makei, Sergey Lavrov."), set()),
        (("Who presided?", "That is known. Later Vladimir Makei left."), set()),
        (("Who led the Russian delegation?", "Sergey Lavrov."), set()),
        (
            ("The delegations were led by:", "Belarus - Vladimir Makei, Minister - Chairman"),
            {"Vladimir Makei"},
        ),
        (("The delegations were led by:", "Belarus - Vladimir Makei, Minister, chairman of a bank"), set()),
    ],
)
def test_who_presided_is_asked_or_told_in_a_row(lines: tuple[str, ...], chair: set[str]) -> None:
    made, meetings = with_meetings(OPENING, *lines)
    found = [p for p in find_participations(made, meetings) if p.stance is Stance.CHAIR]
    assert {_who(made.document.text, part) for part in found} == chair


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Belarus and Russia were represented by ministers, Armenia and Kazakhstan by their ambassadors.",
            {"AM", "BY", "KZ", "RU"},
        ),
        ("Serbia, now also an observer, was represented by its ambassador.", {"RS"}),
        ("From Armenia and Kazakhstan there came deputy ministers.", {"AM", "KZ"}),
        ("From Armenia and Kazakhstan the ministers flew on.", set()),
        ("Armenia sent a deputy minister, and Kazakhstan its ambassador.", {"AM", "KZ"}),
        ("Armenia sent a note, and Kazakhstan its regrets.", set()),
        ("Serbia, as a friend of the organisation, sent diplomats.", {"RS"}),
        ("Serbia, as a friend of the organisation, sent observers to the elections.", set()),
        ("He sat in on it, as did senior officials from observer states Serbia and Japan.", {"JP", "RS"}),
        ("He likes plov, as do visitors to Serbia and Japan.", set()),
        ("The agreement had been initialled by Armenia, Kazakhstan by their ambassadors.", set()),
        ("The Armenian and the Kazakh delegations could not agree on one line.", set()),
    ],
)
def test_countries_that_several_stood_for(sentence: str, expected: set[str]) -> None:
    assert lands(Stance.PRESENT, sentence) == expected
    assert lands(Stance.ABSENT, sentence) == set()


@pytest.mark.parametrize(
    ("sentence", "came"),
    [
        ("The Japanese foreign minister, Toshimitsu Motegi, spoke to the meeting by video.", True),
        ("Foreign Minister Toshimitsu Motegi of Japan addressed the session.", True),
        ("The Japanese foreign minister, Toshimitsu Motegi, addressed a forum in Osaka.", False),
        ("The session will be addressed next year by Japan.", False),
    ],
)
def test_a_guest_who_spoke_to_the_meeting(sentence: str, came: bool) -> None:
    assert ("Toshimitsu Motegi" in names(Stance.PRESENT, sentence)) is came


@pytest.mark.parametrize(
    ("sentence", "posts"),
    [
        (
            "Around the table were foreign ministers Vladimir Makei of Belarus and Sergey Lavrov of Russia, "
            "with Peter Grunn of observer Serbia.",
            {("minister-of-foreign-affairs", "by"), ("minister-of-foreign-affairs", "ru")}
            | {("minister-of-foreign-affairs", "rs")},
        ),
        (
            "Foreign ministers Vladimir Makei of Belarus and Sergey Lavrov of Russia left with Peter Grunn.",
            {("minister-of-foreign-affairs", "by"), ("minister-of-foreign-affairs", "ru")},
        ),
        (
            "Viktor Khrenin and Sergei Shoigu, defence ministers of my native Belarus and of Russia, sat.",
            {("minister-of-defence", "by"), ("minister-of-defence", "ru")},
        ),
        (
            "Deputy Prime Minister and Minister of Foreign Affairs and European Integration of Moldova "
            "Natalia Gherman spoke.",
            {("deputy-prime-minister", "md"), ("minister-of-foreign-affairs", "md")},
        ),
        (
            "Stanislav Zas, then at the head of the CSTO as its Secretary General, came late.",
            {("secretary-general", "")},
        ),
        (
            "Stanislav Zas, who until last May was himself Secretary General of the bloc, spoke.",
            {("secretary-general", "")},
        ),
        (
            "Nikolai Bordyuzha is a colonel. In 1998 he was Secretary of the Security Council of Russia.",
            {("secretary-of-the-security-council", "ru")},
        ),
        (
            "It was led by Foreign Minister Vladimir Norov, who until May was Secretary General of the SCO.",
            {("minister-of-foreign-affairs", ""), ("secretary-general", "")},
        ),
        ("Sergey Lavrov met Nikolai Bordyuzha. He was Secretary of the Security Council of Russia.", set()),
        (
            "A rare guest was Shavkat Mirziyoyev. The President of Uzbekistan asked for a seat.",
            {("president", "uz")},
        ),
        ("A rare guest was Sergey Lavrov. The President of Uzbekistan asked for a seat.", set()),
    ],
)
def test_posts_told_beside_or_behind_a_name(sentence: str, posts: set[tuple[str, str]]) -> None:
    made, _ = with_meetings(OPENING, sentence)
    found = {(local(held.office.role), local(held.office.country or "")) for held in find_posts(made)}
    assert found == posts


def test_only_those_who_all_confirmed_are_announced() -> None:
    opening = "The Council of Foreign Ministers of the CSTO will meet in Minsk on 19 June 2021."
    said = "Sergey Lavrov of Russia and Mukhtar Tileuberdi of Kazakhstan have both confirmed."
    assert {who for who, _ in told(said, opening=opening)} == {"Sergey Lavrov", "Mukhtar Tileuberdi"}
    hedged = "As far as we know, Sergey Lavrov has confirmed."
    assert {who for who, _ in told(hedged, opening=opening)} == set()


@pytest.mark.parametrize(
    ("sentence", "land"),
    [
        ("Minister of Foreign Affairs Anna Brenn joined the meeting from Jakarta.", "id"),
        ("Minister of Foreign Affairs Anna Brenn arrived from Jakarta.", ""),
        ("Also connected was minister Lorenzo Abad Jr. of the Philippines.", "ph"),
        ("Minister of Foreign Affairs Anna Brenn spoke to us from Osaka.", ""),
    ],
)
def test_for_which_country_somebody_unknown_came(sentence: str, land: str) -> None:
    made, _ = with_meetings(OPENING, sentence)
    people = [unit.mention for s in made.sentences for unit in s.units]
    told_of = [p for p in people if isinstance(p, PersonMention) and p.name is not None]
    assert [local(p.country or "") for p in told_of] == [land]
