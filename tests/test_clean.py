"""A text's parts: headline, datelines, lists, furniture and noise. All examples are made up."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

import pytest
from judging import reading

from cfm_kg.clean import clean
from cfm_kg.model import BlockKind, Document, Source

HEAD = "Ministers of harbour states meet"
FIRST = (
    "PORT HAVEN, 21 June (Haven News) - The foreign ministers of the five harbour states met in Port Haven "
    "on Friday "
    "and adopted a statement on the safety of lighthouses, the press service of the ministry said."
)
SECOND = (
    "The next meeting will take place in Northport in autumn, the secretary of the council told journalists."
)


def document(text: str | bytes, media_type: str = "text/plain", **metadata: str) -> Document:
    data = text.encode() if isinstance(text, str) else text
    digest = hashlib.sha256(data).hexdigest()
    return clean(Source("article", data, digest, media_type, metadata=metadata))


def texts(doc: Document, *kinds: BlockKind) -> list[str]:
    return [doc.quote(block.span) for block in doc.blocks if block.kind in kinds]


def told(doc: Document) -> list[str]:
    return texts(doc, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


def noise(doc: Document) -> list[str]:
    return texts(doc, BlockKind.NOISE)


def test_the_parts_of_a_plain_article() -> None:
    doc = document(
        f"HAVEN NEWS AGENCY\n21 June 2024, 13:32\n\nMinisters of harbour states meet\n\n{FIRST}\n\n{SECOND}\n"
    )
    assert doc.headline is not None
    assert doc.quote(doc.headline) == "Ministers of harbour states meet"
    assert told(doc) == [FIRST, SECOND]
    assert texts(doc, BlockKind.FURNITURE) == ["HAVEN NEWS AGENCY", "21 June 2024, 13:32"]
    assert doc.language == "en"
    (dateline,) = [doc.quote(block.dateline) for block in doc.blocks if block.dateline]
    assert dateline == "PORT HAVEN, 21 June (Haven News) -"
    assert str(doc.publication and doc.publication.date) == "2024-06-21"


def test_the_text_keeps_everything_but_line_ends() -> None:
    raw = "\ufeffCafe\u0301  one\r\n\r\nSee also\r\n two \rthree"
    assert document(raw).text == "Café  one\n\nSee also\n two \nthree"


def test_blocks_lie_in_order_and_cover_every_letter() -> None:
    doc = document(
        f"Home | News | Sport\n\nMinisters of harbour states meet\n{FIRST}\n\nSee also:\n- Ships for sale\n"
    )
    ends = 0
    for block in doc.blocks:
        assert doc.text[ends : block.span.start].strip() == ""
        assert ends <= block.span.start < block.span.end
        ends = block.span.end
    assert doc.text[ends:].strip() == ""


@pytest.mark.parametrize(
    "line",
    [
        "Home | News | Politics | Sport",
        "Main page » News » Ministers",
        "Skip to content",
        "We use cookies to make this site better. By staying here you agree to our cookie policy. [Accept]",
        "[page saved 14.06.2022 02:15]",
        "Share: [f] [X] [TG]",
        "Print the page",
        "USD 461.55  EUR 493.9  CNY 63.5",
        "© 2006-2015 Haven News. All rights reserved.",
        "Like 14   Share   Tweet   Pin it",
        "If you notice an error in the text, select it and press Ctrl+Enter, and we look into it.",
        "Your opinion? ( ) I support ( ) I do not    [Vote]  [Results]",
        "Leave a Reply   Your email address will not be published.",
        "Tags: harbours, lighthouses",
        "https://haven.example/news/1",
        "See also  Ships on sale in Northport",
        "Related: Ships on sale | Herring is dear | Storm near",
        "-----",
        "Last update of the page: 11.10.2019 09:14",
    ],
)
@pytest.mark.parametrize("place", ["above", "below"])
def test_page_noise(line: str, place: str) -> None:
    head, foot = (f"{line}\n\n", "") if place == "above" else ("", f"\n\n{line}\n")
    doc = document(f"{head}Ministers of harbour states meet\n\n{FIRST}\n\n{SECOND}{foot}")
    assert noise(doc) == [line]
    assert told(doc) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "line",
    [
        "Related documents were adopted by the ministers of the five states.",
        "The ministers shared the view of the chair.",
        "Search for a compromise goes on in the council, its secretary said.",
        "Photo exhibitions and a concert were held for the guests.",
        "The chair: Anna Berg, minister of Northport; her deputy took the minutes of the session.",
    ],
)
def test_sentences_are_no_noise(line: str) -> None:
    assert line in told(document(f"{HEAD}\n\n{FIRST}\n\n{line}\n\n{SECOND}"))


def test_a_list_of_other_stories_ends_where_the_article_goes_on() -> None:
    doc = document(f"{HEAD}\n\n{FIRST}\n\nRead also:\nHerring is dear\nStorm near\n\n{SECOND}\n")
    assert noise(doc) == ["Read also:", "Herring is dear", "Storm near"]
    assert told(doc) == [FIRST, SECOND]


def test_comments_reach_to_the_end() -> None:
    long = "reader_1: " + "I was there and saw the ministers arrive in the rain. " * 4
    doc = document(f"{HEAD}\n\n{FIRST}\n\n{SECOND}\n\n💬 2 comments\n{long}\n\nme: so what\n")
    assert told(doc) == [FIRST, SECOND]


def test_a_count_of_comments_above_the_article_does_not_swallow_it() -> None:
    assert told(document(f"{HEAD}\n0 comments\n\n{FIRST}\n\n{SECOND}\n")) == [
        FIRST,
        SECOND,
    ]


def test_what_is_repeated_is_told_once() -> None:
    head = "Ministers of harbour states meet in Port Haven"
    doc = document(f"{head}\n{head}\n\n{FIRST}\n\n{SECOND}\n\n{FIRST} {SECOND}\n{head}\n")
    assert told(doc) == [FIRST, SECOND]
    assert noise(doc) == [head, f"{FIRST} {SECOND}", head]


def test_other_stories_of_a_feed() -> None:
    doc = document(
        f"15:48 Petrol is dear again in all ports\n15:31, 21 June, 2024 {HEAD}\n{FIRST}\n\n"
        f"{SECOND}\n\n{SECOND.replace('next', 'second')}\n\n15:02 Northport loses to Port Haven again\n"
        "14:12 Three salads for a hot weekend\n"
    )
    assert doc.headline is not None
    assert doc.quote(doc.headline) == "Ministers of harbour states meet"
    assert len(noise(doc)) == 3
    assert texts(doc, BlockKind.FURNITURE) == ["15:31, 21 June, 2024"]


@pytest.mark.parametrize("mark", ["- ", "– ", "• ", "1) ", "2. ", "(a) ", "🔹 ", "* ", "3."])
def test_list_items(mark: str) -> None:
    item = f"{mark}Statement on the safety of lighthouses"
    doc = document(f"{HEAD}\n\n{FIRST} They adopted:\n{item}\n\n{SECOND}")
    assert texts(doc, BlockKind.LIST_ITEM) == [item]


def test_a_headline_glued_to_its_stamp() -> None:
    doc = document(f"Harbour ministers talk safety in Port Haven08:3624/06/2024\n\n{FIRST}\n")
    assert doc.headline is not None
    assert doc.quote(doc.headline) == "Harbour ministers talk safety in Port Haven"
    assert str(doc.publication and doc.publication.date) == "2024-06-24"


@pytest.mark.parametrize(
    ("start", "dateline"),
    [
        ("NORTHPORT, 21 June (Haven) - ", "NORTHPORT, 21 June (Haven) -"),
        ("NORTHPORT, September 14. /HAVEN/. ", "NORTHPORT, September 14. /HAVEN/."),
        ("NORTHPORT. May 26 (Haven Wire) - ", "NORTHPORT. May 26 (Haven Wire) -"),
        ("Haven News Agency, Northport, June 21. ", "Haven News Agency, Northport, June 21."),
        ("NORTHPORT, JUNE 10, HAVEN. ", "NORTHPORT, JUNE 10, HAVEN."),
        ("Northport, April 2, 2015, Haven-Plus -- ", "Northport, April 2, 2015, Haven-Plus --"),
        ("(Northport, November 22) ", "(Northport, November 22)"),
        ("NORTHPORT – ", "NORTHPORT –"),
        ("NORTHPORT (Haven Wire) - ", "NORTHPORT (Haven Wire) -"),
        ("Portville (North): ", "Portville (North):"),
        ("", None),
        ("Northport, May 19, and Port Haven agreed: ", None),
        ("On May 26, 2020 ", None),
    ],
)
def test_datelines(start: str, dateline: str | None) -> None:
    doc = document(
        f"{HEAD}\n\n{start}The foreign ministers of the harbour states met there, they said.\n\n{SECOND}"
    )
    assert [doc.quote(b.dateline) for b in doc.blocks if b.dateline] == ([dateline] if dateline else [])


def test_a_russian_page() -> None:
    first = (
        "СЕВЕРНАЯ ГАВАНЬ, 10 июня. /ГАВАНЬ/. Министры иностранных дел пяти стран провели в пятницу "
        "заседание совета и приняли заявление о безопасности маяков, сообщили в пресс-службе."
    )
    doc = document(
        f"10 ИЮН 2022, 15:47\nМинистры пяти стран обсудили безопасность маяков\n\n{first}\n\nЧитайте также\n"
        "Сельдь подорожала\nШторм близко\n\nВерсия для печати | Поделиться\n"
    )
    assert doc.language == "ru"
    assert told(doc) == [first]
    assert str(doc.publication and doc.publication.date) == "2022-06-10"
    assert doc.publisher == "ГАВАНЬ"


def test_publishers() -> None:
    body = f"\n\nMinisters of harbour states meet\n\n{SECOND}\n"
    for page, name in [
        (
            "MINISTRY OF FOREIGN AFFAIRS OF THE REPUBLIC OF HAVEN" + body,
            "Ministry of Foreign Affairs of the Republic of Haven",
        ),
        ("Source: Northport Ministry of Fish" + body, "Northport Ministry of Fish"),
        ("HAVEN - daily - English page" + body, "HAVEN"),
        (f"{HEAD}\n\n{FIRST}\n", "Haven News"),
        (f"{HEAD}\n\n{SECOND}\n\n© 2006-2015 Haven Review\n", "Haven Review"),
        (f"{HEAD}\n\n{SECOND}\n\nSYND OSI\n", None),
    ]:
        assert document(page).publisher == name
    assert document(body, publisher="The Haven Courier").publisher == "The Haven Courier"


UNSEEN: dict[str, Callable[[str], str]] = {
    "soft hyphens": lambda text: re.sub(r"(?<=[a-z]{4})(?=[a-z]{4})", "\u00ad", text),
    "blanks of no width": lambda text: text.replace(" ", " \u200b"),
    "hyphens that do not break": lambda text: text.replace("-", "\u2011"),
    "two blanks": lambda text: text.replace(". ", ".  "),
}


@pytest.mark.parametrize("how", UNSEEN)
def test_what_nobody_sees_changes_no_fact(how: str) -> None:
    text = (
        "MINSK, 20 June 2023. The Secretary-General of the CSTO, Imangali Tasmagambetov, and S. Lavrov of "
        "Russia attended the meeting of the CSTO Council of Foreign Ministers in Minsk on 19-20 June 2023, "
        "chaired by S. Aleinik. The ministers adopted a statement on the situation in Afghanistan."
    )

    def facts(text: str) -> list[tuple[str, str]]:
        found = reading("article", text).claims
        return [(claim.predicate, " ".join(claim.exact.replace("\u2011", "-").split())) for claim in found]

    changed = UNSEEN[how](text)
    assert changed != text
    assert len(facts(text)) > 20
    assert facts(changed) == facts(text)
