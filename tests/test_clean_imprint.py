"""Days of an issue, days of a visit, digests and mastheads. All examples are made up."""

from __future__ import annotations

import pytest
from test_clean import FIRST, HEAD, SECOND, document, noise, texts, told
from test_clean_publication import published

from cfm_kg.model import BlockKind, Document

PLAIN = "The foreign ministers of the harbour states met there and agreed on lights, buoys and their keepers."


def headline(doc: Document) -> str | None:
    return doc.quote(doc.headline) if doc.headline else None


@pytest.mark.parametrize(
    ("above", "date"),
    [
        ("Ministry of Fisheries\nTuesday 14.03.2017 08:40", "2017-03-14"),
        ("Haven Gazette\nTuesday, March 14, 2017. No. 318 (902)", "2017-03-14"),
        ("Consulate of Northport\nEvents of the Consulate\nTuesday, March 14, 2017", "2017-03-14"),
        ("HAVEN ECHO / Foreign desk / text of the morning review / 14.3.2017", "2017-03-14"),
        ("14.03.2017   Views 1204   Deutsch  English", "2017-03-14"),
        ("14 MARCH, 2017 | NORTHERN WATERS | 6 MIN READ", "2017-03-14"),
        ("Tue, 14 Mar 2017 — by newsdesk — 4 min read — A+", "2017-03-14"),
        ("Haven Ledger — 14/3/2017 — ports desk", "2017-03-14"),
        ("Tuesday 14 March 2017 • Evening edition", "2017-03-14"),
        ("Tuesday 14 March 2017", None),
        ("Tuesday 14 March 2017 09:12", None),
        ("Login Tuesday, 14 March 2017", None),
        ("Home | News | Sport | 14 March 2017", None),
        ("Ministry of Fisheries\nHome | News | Sport\nTuesday 14.03.2017 08:40", None),
        ("Ministry of Fisheries\nTuesday 14.03.2017 08:40\nHome | News | Sport", None),
        ("[page saved 14.03.2017 08:40]", None),
        ("Today is Tuesday, March 14, 2017          Visitors on site: 12", None),
    ],
)
def test_the_day_of_an_issue_is_told_from_that_of_a_visit(above: str, date: str | None) -> None:
    assert published(f"{above}\n\n{HEAD}\n\n{PLAIN}\n\n{SECOND}\n") == date


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ('Interview | 14 March 2017 | by Tom Okafor, for the "Northern Observer"', "2017-03-14"),
        ("Analysis / 14 March 2017 / by Tom Okafor, special to the Harbour Review", "2017-03-14"),
        ("14.03.2017 (automatic translation from Dutch)", "2017-03-14"),
        ("14 March 2017 (unofficial translation from the French original)", "2017-03-14"),
        ("(Northport, 14 March 2017)", "2017-03-14"),
        ("(the sitting of 14 March 2017 in Northport, with all that was said on both of its days)", None),
        ("Translated from the Dutch on 14 March 2017", None),
        ("Next issue: 14 March 2017", None),
        ("The next meeting will be on 14 March 2017", None),
    ],
)
@pytest.mark.parametrize("under", [True, False])
def test_what_else_a_dated_line_says(line: str, date: str | None, under: bool) -> None:
    page = f"{HEAD}\n{line}\n\n{PLAIN}\n" if under else f"{HEAD}\n\n{PLAIN}\n\n{line}\n"
    divided = " | " in line or " / " in line or " (" in line
    assert published(page) == (date if under or not divided else None)


def test_a_signature_is_dated_where_the_title_names_a_day() -> None:
    title = f"{HEAD}\n(Northport, 13 March 2017)\n\n{PLAIN}\n"
    assert published(f"{title}\nHead of Department\nHarbour Office\n14 March 2017\n") == "2017-03-14"
    assert published(f"{title}\nHead of Department\nHarbour Office\n") == "2017-03-13"


@pytest.mark.parametrize(
    "line",
    ["Ministry of Fisheries\nTuesday 14.03.2017 08:40", "Haven Gazette\nTuesday, March 14, 2017. No. 318"],
)
def test_a_text_of_other_years_belies_a_masthead(line: str) -> None:
    assert published(f"{line}\n\n{HEAD}\n\n{PLAIN} They had last met in 2013, with plans for 2014.\n") is None
    dateline = "NORTHPORT, 2 May (Haven News) - "
    assert published(f"{line}\n\n{HEAD}\n\n{dateline}{PLAIN}\n") is None


def test_a_publication_line_outweighs_a_masthead_with_a_time() -> None:
    page = f"Haven News Agency\nTuesday 14.03.2017 08:40\n\n{HEAD}\n3 October 2012\n\n{PLAIN}\n"
    assert published(page) == "2012-10-03"


def test_dates_of_other_stories_below_are_not_the_publication() -> None:
    assert published(f"{HEAD}\n\n{PLAIN}\n\n{SECOND}\n\nHaven Echo — 14.03.2017 — herring is dear\n") is None


@pytest.mark.parametrize(
    "name",
    [
        "HAVEN POST | Weekend digest | 14 March 2017",
        "PHSC – Permanent Harbour Safety Commission of the Northern Seas",
        "Official Internet Portal of the Harbour Master of the Free Town of Northport",
        "HAVEN SHORE, electronic version (turned by a machine from the language of the islands)",
        "Contents: Visits of the minister — The lights of the northern coast — Answers to what was asked",
        "For the attention of the media",
    ],
)
def test_names_of_outlets_are_no_headlines(name: str) -> None:
    doc = document(f"{name}\n\nLights on the pier\n\n{PLAIN}\n\n{SECOND}\n")
    assert headline(doc) == "Lights on the pier"
    assert told(doc) == [PLAIN, SECOND]


@pytest.mark.parametrize(
    ("start", "dateline"),
    [
        ("PORT HAVEN/NORTHPORT, 5 Oct – Haven Wire. ", "PORT HAVEN/NORTHPORT, 5 Oct – Haven Wire."),
        ("NORTHPORT, Echo. ", "NORTHPORT, Echo."),
        ("Northport-Haven. ", "Northport-Haven."),
        ("NORTHPORT, 5 October 2012, 14:20. ", "NORTHPORT, 5 October 2012, 14:20."),
        ("NORTHPORT. 5 October. ", "NORTHPORT. 5 October."),
        ("Thursday. ", None),
        ("Gen. ", None),
    ],
)
def test_datelines_of_few_signs(start: str, dateline: str | None) -> None:
    doc = document(f"{HEAD}\n\n{start}{PLAIN}\n\n{SECOND}")
    assert [doc.quote(b.dateline) for b in doc.blocks if b.dateline] == ([dateline] if dateline else [])


def test_a_digest_is_the_story_that_is_told_at_length() -> None:
    items = [
        "1. High water. The lower pier is closed till Tuesday.",
        f"2. Guests in the harbour. {PLAIN}",
        "3. Rowing. Haven lost to Northport by a length.",
        "4. Herring: prices go up again in all ports of the coast.",
    ]
    doc = document("\n\n".join([HEAD, items[0], items[1], SECOND, FIRST, *items[2:]]))
    assert told(doc) == [items[1], SECOND, FIRST]
    assert noise(doc) == [items[0], *items[2:]]


def test_numbered_headings_are_no_digest() -> None:
    heads = ["1. Haven: the lamps at sea", "2. Northport: from pier to pier", "3. Coast: what is next"]
    last = "The ministers of the coast are to gather in Haven on 2 May."
    long = " ".join(f"Lamp {n} of the long pier was lit by a keeper of its own." for n in range(40))
    doc = document("\n\n".join([HEAD, heads[0], f"{PLAIN} {long}", heads[1], SECOND, heads[2], last]))
    assert not {*heads, SECOND, last} & {*noise(doc)}


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Haven information bulletin, issue of 14 March 2017", "2017-03-14"),
        ("Signed to print 14.03.2017. Circulation 350 copies.", "2017-03-14"),
        ("The next issue of 14 March 2017 is in print", None),
    ],
)
def test_an_issue_is_of_its_day(line: str, date: str | None) -> None:
    assert published(f"{line}\n\n{HEAD}\n\n{PLAIN}\n\n{SECOND}") == date


def test_a_dateline_may_have_no_blank_behind_its_month() -> None:
    assert published(f"{HEAD}\n\nHaven, Mar.14, 2017. /Echo/. {PLAIN}\n\n{SECOND}") == "2017-03-14"


def test_numbered_decisions_are_no_digest() -> None:
    items = [f"{n}. Statement on light {n}. It was put forward by Haven." for n in (1, 2)]
    items.append(f"3. Plan of works. {FIRST} {SECOND}")
    assert texts(document("\n\n".join([HEAD, PLAIN, *items])), BlockKind.LIST_ITEM) == items


@pytest.mark.parametrize(
    "line",
    [
        "More photos: Seals on the pier | Storm over Haven",
        "More on the subject: Ministers in Haven: what they ate — 14.03.2017",
        "> comment #2 (gull): and who pays for the lamps?",
        "Print run 1,200. Signed to the press at 21:10.",
        "Haven Echo by SMS: send 2 to 1212",
        "Was this page useful to you?  ○ Yes  ○ No",
        "THE BEST OF THE COAST, DAILY IN YOUR INBOX!",
        "Related from our archive: What is the council? Five states founded it, and Haven joined later on.",
    ],
)
def test_what_stands_at_the_foot(line: str) -> None:
    doc = document(f"{HEAD}\n\n{PLAIN}\n\n{SECOND}\n\n{line}\n")
    assert noise(doc) == [line]
    assert told(doc) == [PLAIN, SECOND]


def test_an_advertisement_between_paragraphs() -> None:
    doc = document(f"{HEAD}\n\n{PLAIN}\n\nAdvertisement\n== Nets at half price! ==\n\n{SECOND}\n")
    assert noise(doc) == ["Advertisement", "== Nets at half price! =="]
    assert told(doc) == [PLAIN, SECOND]


@pytest.mark.parametrize(
    ("above", "name"),
    [
        ("Haven Observer / Coast / 14.03.2017", "Haven Observer"),
        ("HAVEN GAZETTE ★ paper of the coast ★ No. 4 (61)", "HAVEN GAZETTE"),
        ("Republic of Haven – Ministry of Fisheries", "Ministry of Fisheries, Republic of Haven"),
    ],
)
def test_publishers_on_divided_lines(above: str, name: str) -> None:
    assert document(f"{above}\n\n{HEAD}\n\n{PLAIN}\n\n{SECOND}\n").publisher == name


@pytest.mark.parametrize(
    ("above", "date"),
    [
        ("HARBOUR OFFICE\nBulletin, issue 4 (March 2017)", "2017-03"),
        ("Herald, Vol. 12, No. 3, March 2017", "2017-03"),
        ("Ministry of Fisheries\nBulletin No. 9 - March 2017", "2017-03"),
        ("Decision No. 9 (March 2017)", None),
        ("Next issue 5 (April 2017)", None),
        ("Bulletin, issue 4", None),
        ("Bulletin, issue 4 (February 2017)\nBulletin, issue 5 (March 2017)", None),
        ("WORKING PAPER 9/2017\nNorthport Lyceum\nMarch 2017", "2017-03"),
        ("Ministry of Fisheries\nMarch 2017", "2017-03"),
        ("WORKING PAPER 9/2016\nNorthport Lyceum\nMarch 2017", None),
        ("Council of the Coast, sixth sitting\nMarch 2017", None),
        ("March 2017", None),
        ("Ministry of Fisheries\nHome | News | Sport\nMarch 2017", None),
    ],
)
def test_the_month_of_an_issue(above: str, date: str | None) -> None:
    assert published(f"{above}\n\n{HEAD}\n\n{PLAIN}\n\n{SECOND}\n") == date


def test_a_text_of_other_years_belies_the_month_of_an_issue() -> None:
    above = f"Bulletin, issue 4 (March 2017)\n\n{HEAD}\n\n"
    assert published(f"{above}{PLAIN} They had last met in 2013.\n\n{SECOND}\n") is None
    assert published(f"{above}NORTHPORT, 2 May (Haven News) - {PLAIN}\n\n{SECOND}\n") is None


@pytest.mark.parametrize(
    ("name", "line", "date"),
    [
        ("THE HAVEN LANTERN", "Trade & Shipping                    Tuesday 14 March 2017", "2017-03-14"),
        ("HAVEN LANTERN", "From the Islands                   Tuesday, March 14, 2017", "2017-03-14"),
        ("Haven Lantern", "Trade & Shipping                    Tuesday 14 March 2017", None),
        ("HAVEN LANTERN", "Welcome to our site                 Tuesday 14 March 2017", None),
        ("HAVEN LANTERN", "Latest News                         Tuesday 14 March 2017", None),
        ("HAVEN LANTERN", "Home                                Tuesday 14 March 2017", None),
        ("HAVEN LANTERN", "Tuesday 14 March 2017               Trade & Shipping", None),
        ("HAVEN LANTERN", "Home      News      Sport      Tuesday 14 March 2017", None),
    ],
)
def test_a_day_far_to_the_right_of_a_rubric(name: str, line: str, date: str | None) -> None:
    assert published(f"{name}\n{line}\n\n{HEAD}\n\n{PLAIN}\n\n{SECOND}\n") == date
