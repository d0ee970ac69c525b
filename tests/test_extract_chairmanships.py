"""Turns of countries at the head of an organisation: sentences that tell of one, and innocent ones."""

from __future__ import annotations

import pytest
from saying import with_meetings

from cfm_kg.extract.chairmanships import find_turns

LEAD = "The CSTO Council of Foreign Ministers met in Moscow on May 19, 2021."

Said = list[tuple[str, str, int | None]]


def turns(*paragraphs: str, published: str | None = "2021-05-20", lead: str = LEAD) -> Said:
    """Organisation, country and year of each turn, in alphabetical order."""
    context, meetings = with_meetings(lead, *paragraphs, published=published)
    found = find_turns(context, meetings)
    return sorted(
        ((t.organization.rsplit("/", 1)[-1], t.country.rsplit("/", 1)[-1], t.year) for t in found),
        key=str,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # bare and possessive
        ("They praised Tajikistan's chairmanship.", [("csto", "tj", 2021)]),
        ("They reviewed the priorities of the Tajik chairmanship.", [("csto", "tj", 2021)]),
        (
            "The work plan of the chairmanship of the Tajik side in the CSTO was discussed.",
            [("csto", "tj", 2021)],
        ),
        ("The agenda was set under the chairmanship of Tajikistan in the CSTO.", [("csto", "tj", 2021)]),
        ("Tajikistan presented the results of its chairmanship.", [("csto", "tj", 2021)]),
        ("Tajikistan's CSTO presidency is busy.", [("csto", "tj", 2021)]),
        ("The Tajik presidency of the bloc is busy.", [("csto", "tj", 2021)]),
        ("Belarus’ chairmanship in the CSTO in 2017 was recalled.", [("csto", "by", 2017)]),
        (
            "The conference was held in Minsk in October 2023 as part of Belarus' chairmanship in the CSTO.",
            [("csto", "by", 2023)],
        ),
        ("Kazakhstan's chairmanship 2023-2024 was mentioned.", [("csto", "kz", 2023)]),
        ("The programme of Armenia's chairmanship for 2021-2022 is ready.", [("csto", "am", 2021)]),
        ("Armenia's previous chairmanship in 2015 was mentioned.", [("csto", "am", 2015)]),
        (
            "The ministers thanked Kyrgyzstan for its successful chairmanship of the organisation in 2019.",
            [("csto", "kg", 2019)],
        ),
        (
            "The minister congratulated his Tajik counterpart on the successful chairmanship in the CSTO.",
            [("csto", "tj", 2021)],
        ),
        # holds, heads, is chair
        ("Tajikistan holds the rotating presidency this year.", [("csto", "tj", 2021)]),
        ("Tajikistan, which currently holds the chairmanship, prepared the papers.", [("csto", "tj", 2021)]),
        ("Tajikistan chairs the CSTO in 2021.", [("csto", "tj", 2021)]),
        ("Tajikistan has been chairing the organization since December.", [("csto", "tj", 2021)]),
        ("In 2016-2017 the CSTO was chaired by Belarus.", [("csto", "by", 2016)]),
        ("Russia, which chaired the bloc in 2020, handed in a report.", [("csto", "ru", 2020)]),
        ("Tajikistan is the current chair of the CSTO.", [("csto", "tj", 2021)]),
        ("Tajikistan, the CSTO chair in 2021, drafted the text.", [("csto", "tj", 2021)]),
        ("Tajikistan, as the presiding country, drafted the text.", [("csto", "tj", 2021)]),
        (
            "Minister Sirojiddin Muhriddin of Tajikistan, the country that chairs the organization, spoke.",
            [("csto", "tj", 2021)],
        ),
        (
            "Tajik Foreign Minister Sirojiddin Muhriddin, whose country holds the chairmanship, presided.",
            [("csto", "tj", 2021)],
        ),
        (
            "Sirojiddin Muhriddin, Foreign Minister of the state presiding in the CSTO this year, spoke.",
            [("csto", "tj", 2021)],
        ),
        ("The presiding state, Tajikistan, drafted the text.", [("csto", "tj", 2021)]),
        ("Tajikistan (presiding), Armenia and Russia agreed.", [("csto", "tj", 2021)]),
        ("Tajikistan, this year's chair, drafted the text.", [("csto", "tj", 2021)]),
        ("The chair of the organization this year is Tajikistan.", [("csto", "tj", 2021)]),
        ("Chairing the organization this year, Tajikistan drafted the text.", [("csto", "tj", 2021)]),
        ("The chairmanship is held by the Tajik side.", [("csto", "tj", 2021)]),
        ("The CSTO, where Tajikistan presides this year, sent a note.", [("csto", "tj", 2021)]),
        ("Sirojiddin Muhriddin, whose country is presiding, spoke.", [("csto", "tj", 2021)]),
        (
            '"My country\'s chairmanship is about peace," said Tajik Foreign Minister Sirojiddin Muhriddin.',
            [("csto", "tj", 2021)],
        ),
        ("Kazakhstan's 2024 chairmanship was mentioned.", [("csto", "kz", 2024)]),
        ("Last year's Russian chairmanship was praised.", [("csto", "ru", 2020)]),
        ("Russia's chairmanship ended in December 2020.", [("csto", "ru", 2020)]),
        ("Under Tajikistan's presidency many papers were adopted.", [("csto", "tj", 2021)]),
        (
            "The presidency of the CSTO, which Russia held until December 2020, was praised.",
            [("csto", "ru", 2020)],
        ),
        # passes on
        (
            "The chairmanship passed from Russia to Tajikistan in December 2020.",
            [("csto", "ru", 2020), ("csto", "tj", 2021)],
        ),
        (
            "On January 1, 2022, the presidency will pass from Tajikistan to Armenia.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        (
            "Tajikistan took over the chairmanship from Russia on December 2 last year.",
            [("csto", "ru", 2020), ("csto", "tj", 2021)],
        ),
        (
            "Tajikistan accepted the presidency from Russia in December 2020.",
            [("csto", "ru", 2020), ("csto", "tj", 2021)],
        ),
        (
            "Tajikistan holds the chairmanship in 2021. It took over from Russia.",
            [("csto", "ru", 2020), ("csto", "tj", 2021)],
        ),
        (
            "Tajikistan will hand over the chairmanship to Armenia on September 16.",
            [("csto", "am", 2021), ("csto", "tj", 2021)],
        ),
        (
            "Tajikistan chairs the bloc in 2021; the baton then goes to Armenia.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        ("Armenia will assume the chairmanship of the CSTO in the autumn.", [("csto", "am", 2021)]),
        ("Armenia will take over the CSTO presidency next year.", [("csto", "am", 2022)]),
        ("Armenia takes the helm of the organization on September 16, 2021.", [("csto", "am", 2021)]),
        ("The transfer of the chairmanship to Armenia is due on September 16.", [("csto", "am", 2021)]),
        (
            "The year ends with the passing of the chairmanship to Dushanbe in December 2020.",
            [("csto", "tj", 2021)],
        ),
        (
            "Having taken over the chairmanship from Russia in December 2020, Tajikistan went to work.",
            [("csto", "ru", 2020), ("csto", "tj", 2021)],
        ),
        ("Tajikistan became the chair of the CSTO in December 2020.", [("csto", "tj", 2021)]),
        (
            "Tajikistan chairs the CSTO in 2021, to be followed by Armenia.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        ("Tajikistan, which took over the chairmanship last year, hosted a summit.", [("csto", "tj", 2021)]),
        # ahead
        ("Armenia is next in line to preside.", [("csto", "am", None)]),
        ("Armenia is next to chair the organization, in 2022.", [("csto", "am", 2022)]),
        ("Armenia's turn to lead the CSTO will come in 2022.", [("csto", "am", 2022)]),
        ("The next chair of the CSTO will be Armenia.", [("csto", "am", None)]),
        ("Kazakhstan will preside over the organization in 2024.", [("csto", "kz", 2024)]),
        (
            "He congratulated Tajikistan on its effective chairmanship and assured Armenia of support for its"
            " forthcoming chairmanship.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        ("Armenia's chairmanship begins on September 16.", [("csto", "am", 2021)]),
        # at the head, in charge, number one
        ("Tajikistan has been in command of the bloc since December.", [("csto", "tj", 2021)]),
        (
            "Russia, which has had the helm of the bloc since January, wrote the draft.",
            [("csto", "ru", 2021)],
        ),
        ("Tajikistan is at the tiller of the alliance in 2021.", [("csto", "tj", 2021)]),
        ("The bloc, of which Tajikistan is currently the chair, sent a note.", [("csto", "tj", 2021)]),
        ("Tajikistan, the country in charge of the CSTO, drafted the text.", [("csto", "tj", 2021)]),
        ("The country at the helm of the CSTO, Tajikistan, drafted the text.", [("csto", "tj", 2021)]),
        ("Since December Tajikistan has been leading the bloc.", [("csto", "tj", 2021)]),
        ("The organization is led by Tajikistan this year.", [("csto", "tj", 2021)]),
        ("This year the CSTO lives under the presidency of Tajikistan.", [("csto", "tj", 2021)]),
        ("Tajikistan performs the functions of the presiding state.", [("csto", "tj", 2021)]),
        ("Tajikistan is the presiding country of 2021.", [("csto", "tj", 2021)]),
        ("Tajikistan, holder of the rotating presidency, drafted the text.", [("csto", "tj", 2021)]),
        ("The seat at the head of the CSTO is occupied by Tajikistan.", [("csto", "tj", 2021)]),
        ("Tajikistan has occupied the presidency since December.", [("csto", "tj", 2021)]),
        # whose it is, in whose hands
        ("The helm of the CSTO is in Tajik hands.", [("csto", "tj", 2021)]),
        ("The reins of the organization are now in the hands of Tajikistan.", [("csto", "tj", 2021)]),
        ("The presidency is Tajikistan's until the end of the year.", [("csto", "tj", 2021)]),
        ("The gavel is with Tajikistan this year.", [("csto", "tj", 2021)]),
        # in a capacity
        ("Tajikistan invited the ministers in its capacity as presiding state.", [("csto", "tj", 2021)]),
        ("Tajikistan convened the meeting, as the bloc's chair.", [("csto", "tj", 2021)]),
        (
            "Sirojiddin Muhriddin, speaking on behalf of the presiding state, opened the debate.",
            [("csto", "tj", 2021)],
        ),
        # hands on, takes it, enters, leaves
        ("The presidents gave Armenia the chairmanship.", [("csto", "am", 2021)]),
        (
            "Armenia takes the baton from Tajikistan in September.",
            [("csto", "am", 2021), ("csto", "tj", 2021)],
        ),
        ("Armenia takes its place at the head of the bloc in September.", [("csto", "am", 2021)]),
        ("Tajikistan has taken on the duties of chair.", [("csto", "tj", 2021)]),
        (
            "Tajikistan relinquishes the chair in September in favour of Armenia.",
            [("csto", "am", 2021), ("csto", "tj", 2021)],
        ),
        ("Armenia steps into the chair on September 16.", [("csto", "am", 2021)]),
        (
            "Our country took the presidency, said Tajik Foreign Minister Sirojiddin Muhriddin.",
            [("csto", "tj", 2021)],
        ),
        ("Tajikistan vacates the chair of the CSTO in September.", [("csto", "tj", 2021)]),
        (
            "The session opens on 16 September; Armenia assumes the presidency on the spot.",
            [("csto", "am", 2021)],
        ),
        ("From 16 September the chair goes to the Republic of Armenia.", [("csto", "am", 2021)]),
        (
            "Tajikistan chairs the bloc this year. Armenia will follow.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        ("The Russian turn at the head of the bloc ended in December 2020.", [("csto", "ru", 2020)]),
        ("Tajikistan's turn in the chair ends in September.", [("csto", "tj", 2021)]),
        # handed on in other words
        (
            "Tajikistan would hand the chairmanship-in-office over to Armenia on January 1, 2022.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        (
            "They will meet in Armenia, owing to the transfer of the chairmanship in the organization to "
            "that country from 1 January 2022.",
            [("csto", "am", 2022)],
        ),
        (
            "The Tajik presidency lasts until the end of the year; Armenia takes over next, for 2022.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        (
            "Tajikistan holds the chairmanship this year. Then Armenia takes over.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        (
            "Sirojiddin Muhriddin of Tajikistan, the presiding country, shook the hand of Ara Aivazian "
            "of Armenia, the incoming one.",
            [("csto", "am", 2021), ("csto", "tj", 2021)],
        ),
        ("The next chair of the CSTO, in 2022, will be Armenia.", [("csto", "am", 2022)]),
        ("Armenia, which will preside for the year 2022, proposed a plan.", [("csto", "am", 2022)]),
        # held in other words
        ("Tajikistan, having held the chair since the Moscow summit, spoke first.", [("csto", "tj", 2021)]),
        ("It is Dushanbe's year in the Organization.", [("csto", "tj", 2021)]),
        ("Tajikistan has been leading the CSTO since the first of January.", [("csto", "tj", 2021)]),
        ("Tajikistan hosted the talks as the organization's rotating chair.", [("csto", "tj", 2021)]),
        (
            "They named the Eurasian Economic Union, in the bodies of which Kazakhstan presides in 2021.",
            [("eaeu", "kz", 2021)],
        ),
        ("Tajikistan is this year's chair of the Organization.", [("csto", "tj", 2021)]),
        ("The Organization is headed this year by Tajikistan.", [("csto", "tj", 2021)]),
        ("The current chair, Tajikistan, proposed a plan.", [("csto", "tj", 2021)]),
        ("Russia's chairmanship of 2020 was praised.", [("csto", "ru", 2020)]),
        # asked for
        ("Which country is in the chair? Tajikistan, since December 2, 2020.", [("csto", "tj", 2021)]),
        (
            "Whose turn is it? In 2021 it is Tajikistan; in 2022 it will be Armenia.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        # it passes, by election, for a year, there
        (
            "Tajikistan holds the chairmanship in the CSTO in 2021. On January 1, 2022 it will be handed over"
            " to Armenia.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        (
            "Tajikistan's chairmanship is drawing to a close. In December it passes to Armenia.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        ("The chairmanship would go to Armenia on January 1, 2022.", [("csto", "am", 2022)]),
        ("The presidents elected Armenia to the chair for 2022.", [("csto", "am", 2022)]),
        ("The Council elected Armenia chair of the CSTO for 2022.", [("csto", "am", 2022)]),
        ("They appointed Armenia the presiding country for 2022.", [("csto", "am", 2022)]),
        (
            "Tajikistan's term in the chair ends with the session of October 14, whereupon Armenia takes over"
            " for a year.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        (
            "With this meeting the chairmanship of the Council passed from Russia to Tajikistan.",
            [("csto", "ru", 2020), ("csto", "tj", 2021)],
        ),
        (
            "The ministers of the CIS will gather in Minsk. Belarus is in the chair there until December.",
            [("cis", "by", 2021)],
        ),
        (
            "The minister is from Tajikistan, the country that is presiding over the CSTO bodies this year.",
            [("csto", "tj", 2021)],
        ),
        ("Tajikistan's goal as Chair is the reform of the secretariat.", [("csto", "tj", 2021)]),
        (
            "Russia, which took over the chairmanship in September last year, hosted a summit.",
            [("csto", "ru", 2021)],
        ),
        (
            "Russia, which took over the chairmanship in June last year, hosted a summit.",
            [("csto", "ru", 2020)],
        ),
        ("Armenia is next in the chair, in 2022.", [("csto", "am", 2022)]),
        ("From 1 January 2022 Armenia is in the chair.", [("csto", "am", 2022)]),
        ("They agreed to entrust Armenia with the chairmanship in 2022.", [("csto", "am", 2022)]),
        ("In 2020 Russia presided.", [("csto", "ru", 2020)]),
        ("Ara Aivazian of Armenia, which takes over on 1 January 2022, spoke.", [("csto", "am", 2022)]),
        (
            "Tajikistan relieved Russia in the chair of the CSTO in December 2020.",
            [("csto", "ru", 2020), ("csto", "tj", 2021)],
        ),
        ("As chair of the CSTO in 2021, Tajikistan invited the ministers.", [("csto", "tj", 2021)]),
        ("The Tajik side, chairing the Organization this year, agreed.", [("csto", "tj", 2021)]),
        ("The ministers thanked the Tajik side for the chairmanship in 2021.", [("csto", "tj", 2021)]),
        # whose turn is over, and which
        ("Russia's chairmanship came to an end in December 2020.", [("csto", "ru", 2020)]),
        (
            "At the session of September 23, 2020 Russia handed over the chairmanship to Tajikistan.",
            [("csto", "ru", 2020), ("csto", "tj", 2021)],
        ),
        (
            "The session was held on September 23, 2020, Russia handing over the chairmanship to Tajikistan.",
            [("csto", "ru", 2020), ("csto", "tj", 2021)],
        ),
        (
            "It was the end of the Russian chairmanship. Tajikistan has chaired the CSTO since January.",
            [("csto", "ru", None), ("csto", "tj", 2021)],
        ),
        ("Russia was handed the chairmanship for 2020.", [("csto", "ru", 2020)]),
        ("Russia took over the chairmanship for the year 2020.", [("csto", "ru", 2020)]),
        (
            "Tajikistan, he recalled, obtained the chairmanship from Russia on December 2, 2020.",
            [("csto", "ru", 2020), ("csto", "tj", 2021)],
        ),
        # in still other words
        (
            "Tajikistan chairs the CSTO in 2021. Armenia follows in 2022.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        ("Yerevan takes over the CSTO chair on 1 January 2022.", [("csto", "am", 2022)]),
        ("Armenia takes over the bloc's helm on 1 January 2022.", [("csto", "am", 2022)]),
        (
            "Tajikistan holds the presidency of the CSTO and will then hand it over to Armenia for 2022.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        (
            "Tajikistan holds the chairmanship in 2021; in 2022 it belongs to Armenia.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        (
            "Tajikistan passed the chairmanship for 2022 to Armenia.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        (
            "Tajikistan hands the organisation's helm to Armenia on 1 January 2022.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        (
            "From 1 January 2022 the presidency in the Organization's bodies goes to Armenia.",
            [("csto", "am", 2022)],
        ),
        (
            "Tajikistan obtained the chairmanship from Russia in December 2020.",
            [("csto", "ru", 2020), ("csto", "tj", 2021)],
        ),
        (
            "President Emomali Rahmon, who chairs the Collective Security Council in 2021, spoke.",
            [("csto", "tj", 2021)],
        ),
        (
            "The floor was given to them by Sirojiddin Muhriddin as the representative of the chairing "
            "state.",
            [("csto", "tj", 2021)],
        ),
        ("Tajikistan, the chairman of the CSTO in 2021, drafted the text.", [("csto", "tj", 2021)]),
        ("Tajikistan is the chairman of the organization this year.", [("csto", "tj", 2021)]),
        ("The current chairman, Tajikistan, drafted the text.", [("csto", "tj", 2021)]),
        (
            "Sirojiddin Muhriddin, whose country at the present time is discharging the functions of Chair "
            "in the Organization, spoke.",
            [("csto", "tj", 2021)],
        ),
        ("Tajikistan, fulfilling the duties of Chair of the Organization, agreed.", [("csto", "tj", 2021)]),
        (
            "Sirojiddin Muhriddin, the state of which is chairman in the organization in 2021, spoke.",
            [("csto", "tj", 2021)],
        ),
        (
            "Who asked for it? Tajikistan did, the country that presides over the Organization's bodies.",
            [("csto", "tj", 2021)],
        ),
        (
            "Nobody came from Tajikistan, though it is this country that leads the CSTO in 2021.",
            [("csto", "tj", 2021)],
        ),
        (
            "Tajikistan holds the bloc's presidency. Armenia takes over on September 16.",
            [("csto", "am", 2021), ("csto", "tj", 2021)],
        ),
        (
            "Tajikistan has the chairmanship in 2021, after Russia had it in 2020.",
            [("csto", "ru", 2020), ("csto", "tj", 2021)],
        ),
        ("Armenia takes the chair for 2022.", [("csto", "am", 2022)]),
        ("Armenia was handed the chairmanship for 2022.", [("csto", "am", 2022)]),
        ("Armenia has been entrusted with the chairmanship for 2022.", [("csto", "am", 2022)]),
        (
            "Ara Aivazian, to whose country the chairmanship goes for 2022, proposed a plan.",
            [("csto", "am", 2022)],
        ),
        (
            "Who is the next to chair? Armenia. In 2022 it will be Yerevan's turn to set the priorities.",
            [("csto", "am", 2022)],
        ),
        ("Russia gave up the chair of the CSTO in December 2020.", [("csto", "ru", 2020)]),
        # another organisation
        ("Uzbekistan's chairmanship of the SCO in 2022 was mentioned.", [("sco", "uz", 2022)]),
        ("Belarus chairs the CIS this year.", [("cis", "by", 2021)]),
    ],
)
def test_a_turn_is_read_with_its_year(text: str, expected: Said) -> None:
    assert turns(text) == sorted(expected, key=str)


@pytest.mark.parametrize(
    "text",
    [
        "The meeting was held under the chairmanship of the Minister of Foreign Affairs of Tajikistan.",
        "The Tajik minister chaired the meeting.",
        "Tajikistan's Sirojiddin Muhriddin presided over the session.",
        "They were received by the Chairman of the Collective Security Council, President Emomali Rahmon.",
        "They backed the OSCE Minsk Group Co-Chairmanship.",
        "Russia, France and the United States hold the co-chairmanship of the OSCE Minsk Group.",
        "Armenia chairs the committee on budget matters.",
        "Tajikistan chaired the working group on Afghanistan.",
        "Armenia's chair stayed empty.",
        "The Armenian presidency said that nothing was decided.",
        "Almazbek Atambayev assumed the presidency in December 2011.",
        "Kassym-Jomart Tokayev took over the presidency from Nursultan Nazarbayev in 2019.",
        "Tajikistan's chairmanship of the Council of Defence Ministers was not mentioned.",
        "The chairman of the Kazakh delegation spoke about leadership.",
        "Russia leads the CSTO member states in the number of troops.",
        "The Russian presidency of the UN Security Council was mentioned.",
        "Belarus leads the negotiations on behalf of all.",
        "Armenia handed over a list of prisoners to Azerbaijan.",
        "The torch of peace passes from generation to generation.",
        "Kazakhstan took over 40 wounded from Kyrgyzstan.",
        "Russian Foreign Minister Sergey Lavrov led the delegation.",
        "The CSTO, led by Russia, is a military bloc.",
        "The Russia-led bloc held exercises.",
        "Russia leads the organization in arms exports.",
        "Lavrov, whose country is chairing the talks, spoke.",
        "Kazakhstan is chairing the meeting this year.",
        "The presiding officer from Tajikistan spoke.",
        "The Armenian co-chairmanship of the group is over.",
        "Secretary General Stanislav Zas, who heads the organization, spoke.",
        "Armenia follows the events in Kyrgyzstan closely.",
        "The talks went on under the chairmanship of an Armenian general.",
        "The gavel went to Armenia's minister.",
        "The gavel passed to Ararat Mirzoyan.",
        "Uzbekistan's chair was taken by Armenia's deputy minister.",
        "The Tajik minister was in charge of the talks.",
        "Russia is in charge of the organization of the exercises in 2021.",
        "Russia is in charge of the Organization's air defence this year.",
        "Russia is number one this year in arms exports.",
        "In 2020 Russia led the CSTO in arms exports.",
        "The talks were led by Russia this year.",
        "Russia in 2020 led the organization in arms exports.",
        "Armenia proposed Stanislav Zas as chairman of the CSTO working group.",
        "Armenia's term on the UN Security Council ended, the chair said.",
        "Kazakhstan's term in office ended, said the chair.",
        "The helm of the ship is in Russian hands.",
        "The duties of the chairman were performed by Armenian Foreign Minister Ara Aivazian.",
        "Stanislav Zas, in charge of the CSTO since January, reported.",
        "Kazakhstan supported the idea, as chairman of the CSTO Nikol Pashinyan said.",
        "The organization, where Armenia is a leader in chess, has members.",
        "Russia came to the chair with a request.",
        "Tajikistan left the helm to the Secretary General.",
        "It is Tajikistan's twentieth year in the CSTO.",
        "The ministers supported Armenia's bid for the chairmanship in 2022.",
        "The current chair of the committee, Tajikistan's delegate, proposed a plan.",
        "It was Kazakhstan's year in sport.",
        "Who won the war games? In 2021 it was Belarus.",
        "Who is in the picture? Tajikistan, in 2021.",
        "Sergey Lavrov met Vladimir Makei of Belarus, the new one.",
        "Sergey Lavrov of Russia praised his colleague as a chair.",
        "The ministers met in Russia. The parcel was sent and it passed to Armenia.",
        "They elected Armenia to the committee for 2022.",
        "Tajikistan's role as chair of the meeting was praised.",
        "The chairmanship of the committee passed from Russia to Tajikistan.",
        "The chairmanship of the Council passed from Ivan Petrov to Anna Orlova.",
        "Armenia takes over on September 16.",
        "Armenia is next in the queue.",
        "On 19 May Russia was in the chair.",
        "They agreed to entrust Armenia with the chair of the committee.",
        "As chair of the committee, Armenia's minister spoke.",
        "The Tajik side, chairing the session this year, agreed.",
        "They thanked the Tajik side for the chairs.",
        "Ivan Petrov, head of the Tajik government, had the chair.",
        "Tajikistan sent a letter. Armenia follows in 2022.",
        "Armenia obtained the chair of the committee.",
        "The chair of the group held a list and will hand it over to Armenia.",
        "President Emomali Rahmon, who chairs the Collective Security Council, spoke.",
        "Sirojiddin Muhriddin spoke as the representative of the chairing committee.",
        "Tajikistan is the homeland of the chairman of the CSTO working group.",
        "Tajikistan, the chairman of the CSTO committee said, is ready.",
        "Armenia, it is this country that leads the bloc in arms exports, was praised.",
        "Armenia was handed the draft of the chair.",
        "Armenia was given the chair of the committee.",
        "Who is in the chair? Tajikistan did it, the country that borders on China.",
        "Armenia gave up the chair of the working group.",
        "After Russia had it in 2020, the gavel was mended.",
        "In 2022 it will be Yerevan's turn to host the games.",
        "Ara Aivazian, to whose country the chair of the committee goes for 2022, spoke.",
        "The president is with Tajikistan in this.",
        "The chair of the committee is now with Tajikistan.",
        "Armenia will take the chair at the table.",
        "Armenia, which took the chair after the minister left, spoke.",
        "Tajikistan gave way to Armenia in the final.",
        "They will hand over to Armenia.",
        "In 2022 the bloc's exercises will be led by Armenia.",
        "In 2022 the Organization will be led by Armenian general Anton Petrosyan.",
        "Sirojiddin Muhriddin, minister of Tajikistan, leads the delegation this year.",
        "Stanislav Zas, Secretary General, leads the CSTO this year.",
        "Vice chair for 2022: Armenia.",
        "Chair of the session: Armenia.",
        "Armenia takes over for 2022.",
        "Armenia makes the place ready.",
    ],
)
def test_an_innocent_sentence_gives_no_turn(text: str) -> None:
    assert turns(text) == []


def test_the_organization_that_an_article_is_about_needs_no_known_members() -> None:
    lead = "The CICA Ministerial Council met in Astana on May 19, 2021."
    text = "Azerbaijan will take over the chairmanship for the term 2024-2026."
    assert turns(text, lead=lead) == [("cica", "az", 2024)]
    assert turns("The Swedish presidency of the OSCE ended.", lead=lead) == []


def test_we_of_a_transcript_is_the_country_of_its_speaker() -> None:
    text = "E. Abdyldaev: Good day. We took over the chairmanship from Kazakhstan on 19 December 2020."
    assert turns(text) == [("csto", "kg", 2021), ("csto", "kz", 2020)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We shall chair the Organization in 2022. I thank the minister of Belarus.", [("csto", "ru", 2022)]),
        ("I thank Vladimir Makei. Our chairmanship begins on 1 January 2022.", [("csto", "ru", 2022)]),
        ("Tajikistan has our Organization's chairmanship in 2021.", [("csto", "tj", 2021)]),
    ],
)
def test_we_of_a_speech_is_the_country_of_its_author(text: str, expected: Said) -> None:
    title = "Remarks by Sergey Lavrov, Minister of Foreign Affairs of Russia, at the meeting of the Council"
    assert turns(LEAD, text, lead=title) == expected


def test_who_is_asked_for_is_told_in_a_word() -> None:
    asked = turns("Which country chairs the CSTO now?", "Tajikistan does, as everybody knows.")
    assert asked == [("csto", "tj", 2021)]
    assert turns("Which country has a map?", "Tajikistan does, as everybody knows.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Armenia, which takes over from January 1, 2022, sent its minister.", [("csto", "am", 2022)]),
        ("Armenia, which will take over from 1 December 2021, was praised.", [("csto", "am", 2022)]),
        ("The minister of Armenia (which took over on 3 February 2021) spoke.", []),
        ("Armenia, which takes over on 3 June 2021 two airfields, was praised.", []),
        ("Armenia, which takes over a plant on 3 June 2021, was praised.", []),
    ],
)
def test_who_takes_over_on_a_day(text: str, expected: Said) -> None:
    assert turns(text) == expected


@pytest.mark.parametrize(
    ("text", "successors"),
    [
        ("In autumn it will hand its duties over to Armenia.", {"am"}),
        ("In September it hands over the post to Armenia.", {"am"}),
        ("It will hand over its functions to Armenia.", {"am"}),
        ("It hands over its functions of depositary to Armenia.", set()),
        ("It will give way to Armenia in 2022.", {"am"}),
        ("It makes way for Armenia in September.", {"am"}),
        ("It will give way to Armenian lorries.", set()),
        ("It is then to hand over to Armenia, whose motto is known.", {"am"}),
        ("On January 1, 2022 President Rahmon hands over to Armenia.", {"am"}),
        ("Russia will hand over to Armenia two tanks.", set()),
    ],
)
def test_who_follows_a_turn_told_of(text: str, successors: set[str]) -> None:
    told = turns("Tajikistan chairs the CSTO this year. " + text)
    assert {country for _, country, _ in told} == {"tj", *successors}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Since the presidency is currently with Tajikistan, its minister will preside.", ("tj", 2021)),
        ("The chairmanship is now with Tajikistan.", ("tj", 2021)),
        ("The chair of the CSTO is at present with Tajikistan.", ("tj", 2021)),
        ("In 2022 the Organization will be led by Armenia.", ("am", 2022)),
        ("In 2020 the CSTO was led by Russia.", ("ru", 2020)),
        ("Emomali Rahmon, president of Tajikistan, leads the Organization this year.", ("tj", 2021)),
        ("Emomali Rahmon chairs the Organization this year.", ("tj", 2021)),
    ],
)
def test_with_whom_the_turn_is(text: str, expected: tuple[str, int]) -> None:
    assert turns(text) == [("csto", *expected)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Armenia is going to assume the chair after the autumn summit.", ("am", 2022)),
        ("Armenia will take the helm after the winter session.", ("am", 2022)),
        ("Armenia will take the helm after the summer session.", ("am", 2021)),
        ("Armenia will take over the chairmanship after the second half session.", ("am", 2021)),
        ("Armenia will take over the chairmanship after the session.", ("am", 2021)),
        ("The chairmanship in Organization for the forthcoming year has passed to Armenia.", ("am", 2021)),
        ("The chairmanship for the next term was handed over to Armenia.", ("am", 2021)),
        ("The chairmanship for the next term will be handed over to Armenia.", ("am", 2022)),
    ],
)
def test_a_turn_that_begins_at_a_meeting(text: str, expected: tuple[str, int]) -> None:
    assert turns(text) == [("csto", *expected)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # who gave it, told first, or as a side
        (
            "From Russia the chairmanship of the CSTO went to Tajikistan in January 2021.",
            {"ru": 2020, "tj": 2021},
        ),
        (
            "The Tajik side will cede the chairmanship of the CSTO to Armenia in 2022.",
            {"tj": 2021, "am": 2022},
        ),
        ("Russia delegated to Tajikistan the presidency of the CSTO in 2021.", {"ru": 2020, "tj": 2021}),
        (
            "Armenia is to take on the chairmanship of the CSTO in 2022, relieving Tajikistan.",
            {"tj": 2021, "am": 2022},
        ),
        # whose it is
        ("In 2020 the chair of the CSTO was Russia's; in 2021 it is Tajikistan's.", {"ru": 2020, "tj": 2021}),
        ("The chairmanship of the CSTO in 2021 is Tajik.", {"tj": 2021}),
        ("Tajikistan's presidency of the CSTO will be succeeded by Armenia's.", {"tj": 2021, "am": 2022}),
        ("Tajikistan's chairmanship terminates in November, and Armenia's begins.", {"tj": 2021, "am": 2022}),
        ("Tajikistan's chairmanship ends in September, and Armenia will step in.", {"tj": 2021, "am": 2021}),
        # who held it, with what it is besides
        ("Russia had been the presiding country since January 2020.", {"ru": 2020}),
        ("The minister of Tajikistan, the state currently at the helm, thanked them.", {"tj": 2021}),
        ("Tajikistan, a founding member of the bloc, inherited the chairmanship in 2021.", {"tj": 2021}),
        ("Tajikistan is the country that heads the bodies of the CSTO in 2021.", {"tj": 2021}),
        ("Armenia, to which it will devolve in 2022, had no plan for the chairmanship.", {"am": 2022}),
        ("The chairmanship is going to be taken on by Armenia in 2022.", {"am": 2022}),
        ("Russia, as the country to which the CSTO chair belonged in 2020, made a report.", {"ru": 2020}),
        ("The relay of the presidency was taken on by Armenia in 2022.", {"am": 2022}),
        # a year that is that of a turn; who is appointed; what is passed to it by whom
        ("2022 will be the year of Armenia's chairmanship in the CSTO.", {"am": 2022}),
        ("Armenia has been named to the presidency of the CSTO for 2022.", {"am": 2022}),
        ("Outgoing chair Tajikistan has a plan for the CSTO.", {"tj": 2021}),
        (
            "Tajikistan has the duties of chairman of the CSTO, which were transferred to it by Russia.",
            {"tj": 2021, "ru": 2020},
        ),
        ("Russia, the chair of 2020, has left the CSTO a plan.", {"ru": 2020}),
        ("Since the session of December 2020 Tajikistan has chaired the CSTO.", {"tj": 2021}),
    ],
)
def test_whose_the_turn_is(text: str, expected: dict[str, int]) -> None:
    assert {country: year for _, country, year in turns(text)} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Armenia accepted the post for 2022.", {"am": 2022}),
        ("Armenia will enter upon these duties in September.", {"am": 2021}),
        ("In 2022 this role will be Armenia's.", {"am": 2022}),
        ("It will be Armenia's from 1 January 2022.", {"am": 2022}),
        ("From 2022 Armenia will be the chair.", {"am": 2022}),
        ("Armenia will be in this role in 2022.", {"am": 2022}),
        ("Armenia is expected to relieve Tajikistan in 2022.", {"am": 2022}),
        ("Armenia moves in after the summit of 2022.", {"am": 2022}),
        ("Russia accepted the task of guarding the border.", {}),
        ("The ministry's office is Russia's.", {}),
        ("Armenia's economy follows.", {}),
        ("Russia replaced Belarus as the largest buyer.", {}),
        ("Belarus follows Russia in exports.", {}),
        ("Kazakhstan will step in with aid.", {}),
        ("Armenia received the role of an observer.", {}),
        ("Armenia is slated for 2022.", {"am": 2022}),
        ("In 2022 Armenia will be the one to preside.", {"am": 2022}),
        ("Armenia has been chosen for this role in 2022.", {"am": 2022}),
        ("Armenia was chosen for the exercise.", {}),
        ("Armenia is the one to watch.", {}),
    ],
)
def test_the_same_turn_in_other_words(text: str, expected: dict[str, int]) -> None:
    told = turns("Tajikistan chairs the CSTO this year. " + text)
    assert {country: year for _, country, year in told} == {"tj": 2021, **expected}


def test_the_presidency_of_its_council_is_that_of_the_union() -> None:
    text = "Italy holds the presidency of the Council of the European Union in the second half of 2014."
    assert turns(text, lead="Ministers came.") == [("eu", "it", 2014)]


def test_a_new_year_is_that_of_its_first_weeks() -> None:
    text = "With the new year Tajikistan has taken over the chairmanship of the CSTO from Russia."
    expected = [("csto", "ru", 2020), ("csto", "tj", 2021)]
    assert turns(text, lead="Ministers came.", published="2021-01-12") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia is in the rotating CSTO chair this year.", [("csto", "ru", 2021)]),
        (
            "Russia holds the CSTO chair this year. Armenia will have it in 2022.",
            [("csto", "am", 2022), ("csto", "ru", 2021)],
        ),
        ("Tajikistan, our chair in 2020, has left its affairs in order.", [("csto", "tj", 2020)]),
        (
            "Having presided over the CSTO in 2021, Tajikistan will then hand the chairmanship to Armenia.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        (
            "In 2021 Tajikistan chairs the CSTO. Armenia prepares to take over from the Tajik side in 2022.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        (
            "In 2012 Kazakhstan held the chairmanship of the CSTO, having taken it over from Belarus "
            "at the session of 20 December 2011.",
            [("csto", "by", 2011), ("csto", "kz", 2012)],
        ),
        (
            "Tajikistan, which is at present the Chairman, will deliver the chairmanship to Armenia "
            "on 1 January 2022.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        ("President Emomali Rahmon has headed the CSTO since January this year.", [("csto", "tj", 2021)]),
        (
            "Tajikistan, the first country to hold this office, has been presiding over the CSTO in 2021.",
            [("csto", "tj", 2021)],
        ),
        # innocent
        ("Stanislav Zas has headed the CSTO since January 2020.", []),
        ("Russia is in the best CSTO chair in the hall.", []),
        ("Russia, our guest in 2020, will have it in 2022.", []),
        ("In Tajikistan, the host of the talks, presiding is a matter of honour.", []),
        ("Having visited Minsk in 2021, Armenia will deliver the papers to Belarus.", []),
    ],
)
def test_turns_in_passing(text: str, expected: Said) -> None:
    assert turns(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # in its organs, by another title, for which years
        ("The Kyrgyz Republic presides in all organs of the CSTO through 2021.", [("csto", "kg", 2021)]),
        ("In 2021 Tajikistan chairs all the bodies of the CSTO.", [("csto", "tj", 2021)]),
        ("Tajikistan is this year's rotating president of the CSTO.", [("csto", "tj", 2021)]),
        ("Tajikistan, whose turn at the helm spans the whole of 2021, proposed it.", [("csto", "tj", 2021)]),
        ("Armenia's mandate in the chair of the CSTO covered 2015.", [("csto", "am", 2015)]),
        ("Tajikistan held the rotating chair, from July to December 2020.", [("csto", "tj", 2020)]),
        # taken over
        (
            "Belarus is to receive the chair for 2022 from Tajikistan.",
            [("csto", "by", 2022), ("csto", "tj", 2021)],
        ),
        ("Tajikistan met its guests twice after assuming the chairmanship for 2021.", [("csto", "tj", 2021)]),
        (
            "On 12 November Armenia will assume the chairmanship from Tajikistan, the chair in 2020-2021.",
            [("csto", "am", 2022), ("csto", "tj", 2020)],
        ),
        (
            "The chairmanship was transferred: Kazakhstan, which had exercised it since 2019, "
            "handed it over to Tajikistan for 2021.",
            [("csto", "kz", 2019), ("csto", "tj", 2021)],
        ),
        # innocent
        ("Tajikistan presides in all commissions of the forum through 2021.", []),
        ("Tajikistan's period of growth covers 2021.", []),
        ("Tajikistan met the president of the CSTO Academy twice after assuming the costs.", []),
        ("Armenia received the chair for the museum from Tajikistan.", []),
        ("Tajikistan was visited by its president.", []),
        ("Kazakhstan, which had exercised it since 2019, handed the right over.", []),
    ],
)
def test_turns_by_their_years(text: str, expected: Said) -> None:
    assert turns(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kazakhstan handed the chairmanship of the CSTO over to us on 28 November 2020.",
            [("csto", "kz", 2020)],
        ),
        (
            "Tajikistan chairs the CSTO now. Later Armenia takes over for 2022.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        (
            "Tajikistan chairs the CSTO now. What comes after Tajikistan? A: Armenia. It takes over on"
            " 1 January 2022.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        (
            "President Sarkissian was to accept for Armenia the presidency of 2022 in the CSTO.",
            [("csto", "am", 2022)],
        ),
        ("He presided, as Armenia is the chairing country.", [("csto", "am", 2021)]),
        ("Chair of the CSTO for 2022: Armenia.", [("csto", "am", 2022)]),
        (
            "Tajikistan, in the chair in 2021, cedes the place to Armenia.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        (
            "The chairmanship of the CSTO, which Tajikistan had held since 1 January 2021, was handed"
            " over to Armenia for 2022.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        (
            "Armenia will assume the presidency there from Tajikistan, the current holder.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        (
            "Tajikistan hands the CSTO chairmanship it has held this year to Armenia in 2022.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        (
            "Tajikistan in the Organisation chairs for the fourth time. At the end of the year Armenia"
            " will replace it.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
        ("They recalled the CSTO, which Belarus chaired in 2017.", [("csto", "by", 2017)]),
        (
            "In 2021 the chairmanship is exercised by Tajikistan, which received it from Russia.",
            [("csto", "ru", 2020), ("csto", "tj", 2021)],
        ),
        (
            "The ministers talked of cooperation with the SCO. Uzbekistan chairs that organisation in 2022.",
            [("sco", "uz", 2022)],
        ),
        (
            "The ministers talked of cooperation with the SCO. They praised Tajikistan's chairmanship.",
            [("csto", "tj", 2021)],
        ),
        # what hangs on the word before, or comes at the end of a text without a full stop
        ("Kyrgyzstan will take the chair", [("csto", "kg", 2022)]),
        ("The minister recalled the CSTO, which Tajikistan chairs", [("csto", "tj", 2021)]),
        (
            "Armenia spoke first: it had received the baton from Russia on 23 December 2020.",
            [("csto", "am", 2021), ("csto", "ru", 2020)],
        ),
        (
            "It was part of the calendar of the chairmanship of friendly Belarus in the CSTO in 2019.",
            [("csto", "by", 2019)],
        ),
        ("Kyrgyzstan presides at present, so its minister led the talks.", [("csto", "kg", 2021)]),
        ("The minister who presides at present events was thanked.", []),
        (
            "They support each other in the UN, in the SCO and in the CIS, where Belarus holds the presidency"
            " in 2021.",
            [("cis", "by", 2021)],
        ),
        (
            "The hosts, who chair the CSTO this year, were represented by Foreign Minister Sergey Lavrov.",
            [("csto", "ru", 2021)],
        ),
        (
            "The host country, which prepares the texts, was represented by Foreign Minister Sergey Lavrov.",
            [],
        ),
        (
            "Tajikistan chairs the CSTO. The presidents meet in November, when Armenia becomes the chair.",
            [("csto", "am", 2022), ("csto", "tj", 2021)],
        ),
    ],
)
def test_a_turn_handed_on_labelled_or_held_until_now(text: str, expected: Said) -> None:
    assert turns(text) == expected
