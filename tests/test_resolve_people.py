"""Who is meant: by the day of the meeting, by post, country, initials; and in which post somebody came."""

from __future__ import annotations

import pytest
from saying import annotated

from cfm_kg.dates import PartialDate
from cfm_kg.extract import extract
from cfm_kg.model import PersonMention, Reading
from cfm_kg.reading import language, shipped_registry
from cfm_kg.resolve import resolve
from cfm_kg.resolve.people import PeopleResolver, Resolved
from cfm_kg.vocab import CFM, local


def people(text: str, on: str | None, published: str = "2021-05-20") -> list[Resolved | None]:
    """Everybody whom a text names, as of a date."""
    told = annotated(text, published=published)
    resolver = PeopleResolver(told, shipped_registry())
    date = PartialDate.parse(on) if on else None
    return [
        resolver.resolve(unit.mention, date)
        for sentence in told.sentences
        for unit in sentence.units
        if isinstance(unit.mention, PersonMention)
    ]


def one(text: str, on: str | None) -> str | None:
    found = people(text, on)
    assert len(found) == 1, text
    return local(found[0].iri) if found[0] is not None else None


def reading(*paragraphs: str, published: str) -> Reading:
    told = annotated(*paragraphs, published=published)
    return resolve(told, extract(told, language("en"), shipped_registry()), shipped_registry())


def values(found: Reading, subject: str, predicate: str) -> set[str]:
    """The local names of what is claimed of subjects of a kind."""
    return {
        claim.object if predicate in ("capacity", "onBehalfOf") else local(str(claim.object))
        for claim in found.claims
        if f"/{subject}/" in claim.subject
        and claim.predicate == CFM(predicate)
        and isinstance(claim.object, str)
    }


@pytest.mark.parametrize(
    ("day", "holder"),
    [
        ("2005-06-22", "vartan-oskanian"),
        ("2015-04-02", "edward-nalbandian"),
        ("2017-07-17", "edward-nalbandian"),
        ("2018-06-11", "zohrab-mnatsakanyan"),
        ("2019-05-22", "zohrab-mnatsakanyan"),
        ("2020-05-26", "zohrab-mnatsakanyan"),
        ("2020-12-01", "ara-aivazian"),
        ("2021-05-19", "ara-aivazian"),
        ("2021-09-15", "ararat-mirzoyan"),
        ("2022-11-22", "ararat-mirzoyan"),
    ],
)
@pytest.mark.parametrize(
    "wording",
    ["the Armenian foreign minister", "Armenia's top diplomat", "the head of the Armenian foreign ministry"],
)
def test_one_phrase_is_another_person_on_another_day(wording: str, day: str, holder: str) -> None:
    assert one(f"So thought {wording}.", day) == holder


def test_reason_names_the_post_and_the_day() -> None:
    found = people("So thought the Armenian foreign minister.", "2015-04-02")[0]
    assert found is not None
    assert "2015-04-02" in found.resolution.reason
    assert "Armenia" in found.resolution.reason


def test_without_a_date_a_post_stands_for_nobody() -> None:
    assert one("So thought the Armenian foreign minister.", None) is None


def test_on_the_day_of_a_change_nobody_is_guessed() -> None:
    assert one("So thought the Armenian foreign minister.", "2021") is None


@pytest.mark.parametrize(
    ("wording", "day", "who"),
    [
        ("President Sargsyan", "2015-12-21", "serzh-sargsyan"),
        ("Defence Minister Sargsyan", "2017-06-01", "vigen-sargsyan"),
        ("Prime Minister Sargsyan", "2013-06-01", "tigran-sargsyan"),
        ("V. Sargsyan", "2017-06-01", "vigen-sargsyan"),
        ("T. Sargsyan", "2013-06-01", "tigran-sargsyan"),
        ("Serzh Sargsyan", "2017-06-01", "serzh-sargsyan"),
        ("President Karimov", "2012-05-15", "islam-karimov"),
    ],
)
def test_surname_of_several(wording: str, day: str, who: str) -> None:
    assert one(f"So thought {wording}.", day) == who


def test_surname_of_several_without_more_is_nobody() -> None:
    assert one("So thought Sargsyan.", "2017-06-01") is None


def test_surname_alone_is_who_was_named_in_full() -> None:
    found = people("Vigen Sargsyan spoke. Sargsyan thanked the hosts.", "2017-06-01")
    assert [local(p.iri) for p in found if p] == ["vigen-sargsyan", "vigen-sargsyan"]


@pytest.mark.parametrize(
    ("wording", "again", "slug"),
    [
        ("Premier Tang Haoran told the press", "Tang went on", "tang-haoran"),
        ("China's Prime Minister Yang Lihua on Friday told the press", "Yang went on", "yang-lihua"),
        ("Yang Xiuying, the Minister of Finance of China, told the press", "Yang went on", "yang-xiuying"),
    ],
)
def test_a_family_name_may_stand_first(wording: str, again: str, slug: str) -> None:
    found = people(f"{wording}. {again}.", "2023-10-26")
    assert [local(p.iri) for p in found if p] == [slug, slug]


def test_a_family_name_before_a_verb_is_that_of_somebody_known() -> None:
    assert one("Foreign Minister Wang Says Talks Went Well", "2021-05-19") == "wang-yi"


def test_surname_alone_is_who_was_named_in_full_and_not_one_who_left_office_long_ago() -> None:
    found = people("Nairi Oskanian spoke. Oskanian thanked the hosts.", "2021-05-19")
    assert [local(p.iri) for p in found if p] == ["nairi-oskanian"] * 2
    found = people("Minister Nairi Lavrov spoke. Lavrov thanked the hosts.", "2021-05-19")
    assert [local(p.iri) for p in found if p][-1] == "sergey-lavrov"


@pytest.mark.parametrize(
    ("wording", "who"),
    [
        ("V.Makei", "vladimir-makei"),
        ("V. V. Makei", "vladimir-makei"),
        ("Uladzimir Makei", "vladimir-makei"),
        ("MAKEI", "vladimir-makei"),
        ("Minister Aivazyan", "ara-aivazian"),
        ("Ara Ayvazyan", "ara-aivazian"),
        ("S.V. Lavrov", "sergey-lavrov"),
        ("the Russian foreign minister Sergei Lavrov", "sergey-lavrov"),
    ],
)
def test_initials_and_spellings(wording: str, who: str) -> None:
    assert one(f"So thought {wording}.", "2021-05-19") == who


def test_initials_that_contradict_make_another_person() -> None:
    assert one("So thought the Belarusian envoy K. Makei.", "2021-05-19") != "vladimir-makei"


def test_unknown_people_are_found_by_title_and_name() -> None:
    found = people(
        "Deputy Foreign Minister of Kazakhstan Akan Beketov spoke. Beketov left early.", "2021-05-19"
    )
    first = found[0]
    assert first is not None
    assert (first.label, first.known) == ("Akan Beketov", False)
    assert local(first.iri) == "akan-beketov"


def test_post_that_gives_the_seat_is_the_capacity() -> None:
    found = reading(
        "The Council of Foreign Ministers of the CSTO met in Minsk on 20 June 2023.",
        "Kazakhstan was represented by Deputy Prime Minister Murat Nurtleu.",
        published="2023-06-21",
    )
    posts = values(found, "participation", "capacity")
    assert {post.split("/post/")[1] for post in posts} == {"kz/minister-of-foreign-affairs"}
    assert {v.rsplit("#")[-1] for v in values(found, "participation", "participationRole")} == {"Member"}


def test_stand_in_is_a_substitute_on_behalf_of_the_minister() -> None:
    found = reading(
        "The Council of Foreign Ministers of the CSTO met in Minsk on 19 May 2021.",
        "Kazakhstan's Mukhtar Tileuberdi had sent his apologies and his first deputy, Akan Beketov.",
        published="2021-05-20",
    )
    assert values(found, "meeting", "participant") == {"akan-beketov"}
    assert values(found, "meeting", "participantCountry") == {"kz"}
    assert {p.split("/post/")[1] for p in values(found, "participation", "capacity")} == {
        "kz/first-deputy-minister-of-foreign-affairs"
    }
    assert {local(p) for p in values(found, "participation", "onBehalfOf")} == {"mukhtar-tileuberdi"}


def test_absent_minister_does_not_bring_his_country() -> None:
    found = reading(
        "The Council of Foreign Ministers of the CSTO met in Minsk on 19 May 2021.",
        "Sergey Lavrov and Sirojiddin Muhriddin took part. Mukhtar Tileuberdi did not come.",
        published="2021-05-20",
    )
    assert values(found, "meeting", "participant") == {"sergey-lavrov", "sirojiddin-muhriddin"}
    assert values(found, "meeting", "participantCountry") == {"ru", "tj"}


def test_one_article_reads_the_phrase_by_the_day_of_each_meeting() -> None:
    found = reading(
        "The Council of Foreign Ministers of the CSTO met in Dushanbe on 15 September 2021. "
        "The Armenian foreign minister took part.",
        published="2021-09-16",
    )
    assert values(found, "meeting", "participant") == {"ararat-mirzoyan"}


def test_a_bare_secretary_general_is_that_of_the_organization_that_meets() -> None:
    opening = "The BSEC Council of Ministers of Foreign Affairs met in Sofia on 12 December 2014."
    told = reading(opening, "Secretary General Oskar Brenn reported on the budget.", published="2014-12-13")
    posts = [str(c.object) for c in told.claims if c.predicate == CFM("heldPost")]
    assert [post.rpartition("/post/")[2] for post in posts] == ["bsec/secretary-general"]


def test_guests_are_guests() -> None:
    found = reading(
        "The Council of Foreign Ministers of the CSTO met in Minsk on 19 May 2021.",
        "Serbian Foreign Minister Nikola Petrov attended as an observer.",
        published="2021-05-20",
    )
    assert values(found, "meeting", "participant") == {"nikola-petrov"}
    assert {v.rsplit("#")[-1] for v in values(found, "participation", "participationRole")} == {"Guest"}


def test_the_chairman_in_office_of_an_organisation_has_no_such_post_of_his_country() -> None:
    met = "The Council of Foreign Ministers of the BSEC met in Kyiv on 8 December 2017."
    who = "Ukraine's Foreign Minister Pavlo Klimkin, Chairman-in-Office, spoke."
    told = reading(met, who, published="2017-12-09")
    posts = {str(c.object) for c in told.claims if c.predicate == CFM("heldPost")}
    assert {post.rsplit("/", 1)[-1] for post in posts} == {"minister-of-foreign-affairs"}
