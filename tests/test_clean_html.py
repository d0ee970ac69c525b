"""Web pages: nothing of the article is lost, and nothing beside it is taken for it. Examples are made up."""

from __future__ import annotations

import pytest
from test_clean import FIRST, HEAD, SECOND, document, noise, texts, told

from cfm_kg.clean import clean
from cfm_kg.errors import CfmError
from cfm_kg.ingest.source import make_source
from cfm_kg.model import BlockKind, Document

PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Ministers meet | Haven Courier</title>
<link rel="canonical" href="https://haven.example/2024/06/21/meet">
<meta property="og:site_name" content="Haven Courier">
<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Ministers of harbour states meet",
"datePublished":"2024-06-21T19:12:00+05:00","dateModified":"2024-06-28T08:01:00+05:00"}}</script>
<style>p{{color:red}}</style></head><body>
<div id="cookie-banner"><p>We and our partners store cookies on your device.</p>
<button>Accept all</button></div>
<nav><ul><li><a href="/">Home</a></li><li><a href="/s">Sport</a></li></ul></nav>
<main><article class="post tag-harbour"><h1>Ministers of harbour states meet</h1>
<p class="meta">21 June 2024</p>
<p>{FIRST}</p><h2>What was agreed</h2>
<ul><li>Statement on <b>lighthouses</b>;</li><li>plan of works.</li></ul>
<ol><li>First question<li>Second question</ol>
<table><tr><td>Northport</td><td>Anna Berg</td></tr><tr><td>Haven</td><td>Ole Lund</td></tr></table>
<dl><dt>Chair</dt><dd>Anna Berg</dd></dl>
<aside class="related"><h4>Read also</h4><a href="#">Herring is dear</a></aside>
<p style="display:none">hidden words</p><p>{SECOND}<br>A line after a break, told in a whole sentence.</p>
<p class="tags">Tags: harbour</p></article>
<section id="comments"><h3>2 comments</h3>
<p>Traffic jams again, thank you, ministers of all the states.</p></section></main>
<footer>&copy; 2011-2026 Haven Courier</footer></body></html>"""


@pytest.fixture
def page() -> Document:
    return document(PAGE, "text/html")


def test_metadata(page: Document) -> None:
    assert page.headline is not None
    assert page.quote(page.headline) == "Ministers of harbour states meet"
    assert page.publisher == "Haven Courier"
    assert page.url == "https://haven.example/2024/06/21/meet"
    assert page.publication is not None
    assert (str(page.publication.date), page.publication.reason) == ("2024-06-21", "metadata")


def test_nothing_of_the_article_is_lost(page: Document) -> None:
    assert told(page) == [
        FIRST,
        "What was agreed",
        "• Statement on lighthouses;",
        "• plan of works.",
        "1. First question",
        "2. Second question",
        "Northport\tAnna Berg",
        "Haven\tOle Lund",
        "Chair",
        "Anna Berg",
        SECOND,
        "A line after a break, told in a whole sentence.",
    ]
    assert texts(page, BlockKind.LIST_ITEM) == told(page)[2:6]


def test_what_is_beside_it_is_noise(page: Document) -> None:
    found = noise(page)
    for part in ("Accept all", "• Sport", "Read also", "Herring is dear", "Tags: harbour", "2 comments"):
        assert part in found
    assert any("Traffic jams" in line for line in found)
    assert "hidden words" not in page.text
    assert "color:red" not in page.text


def test_a_modified_date_is_not_the_publication() -> None:
    doc = document(
        '<html><head><script type="application/ld+json">{"dateModified":"2023-11-09"}</script>'
        f"</head><body><h1>{HEAD}</h1><p>19 May 2021 20:47</p><p>{SECOND}</p></body></html>",
        "text/html",
    )
    assert str(doc.publication and doc.publication.date) == "2021-05-19"


@pytest.mark.parametrize("declared", ["windows-1251", "utf-8", "iso-8859-1", "nonsense"])
@pytest.mark.parametrize("real", ["windows-1251", "utf-8", "koi8-r"])
def test_character_sets(declared: str, real: str) -> None:
    sentence = (
        "Министры иностранных дел пяти стран провели заседание и приняли заявление о безопасности маяков."
    )
    markup = f"<html><head><meta charset={declared}></head><body><p>{sentence}</p></body></html>"
    assert sentence in document(markup.encode(real), "text/html").text


def test_broken_markup() -> None:
    doc = document(
        f"<HTML><BODY><TABLE><TR><TD><B>HAVEN WIRE<TD>Friday<TR><TD COLSPAN=2><H2>{HEAD}</H3>"
        f"<P>{FIRST}<P><UL><LI>Approved: a plan<LI>Considered: <b>a programme</OL><P>{SECOND}</b><!-- end",
        "text/html",
    )
    for part in (FIRST, "• Approved: a plan", "• Considered: a programme", SECOND):
        assert part in told(doc)


def test_depth_without_end() -> None:
    deep = "<div>" * 20_000 + f"<p>{FIRST}</p>" + "</div>" * 20_000
    assert told(document(f"<html><body><p>{SECOND}</p>{deep}</body></html>", "text/html")) == [SECOND, FIRST]
    with pytest.raises(CfmError, match="nested"):
        document("<ul><li>" * 20_000 + FIRST, "text/html")


def test_a_share_box_does_not_take_the_paragraph_around_it() -> None:
    markup = f"<body><h1>{HEAD}</h1><p>{FIRST} <span class=share>Share</span></p><p>{SECOND}</p></body>"
    assert any(line.startswith(FIRST) for line in told(document(markup, "text/html")))


def test_an_article_in_a_part_with_a_misleading_name_is_kept() -> None:
    markup = f"<body><div class='more'><h1>{HEAD}</h1><p>{FIRST}</p><p>{SECOND}</p></div></body>"
    assert told(document(markup, "text/html")) == [FIRST, SECOND]


def test_markdown() -> None:
    doc = document(
        f"---\ntitle: {HEAD}\ndate: 2024-06-21\n---\n# {HEAD}\n\n{FIRST}\n\n"
        "* **Statement** on lighthouses\n* plan of works\n",
        "text/markdown",
    )
    assert doc.headline is not None
    assert doc.quote(doc.headline) == "Ministers of harbour states meet"
    assert str(doc.publication and doc.publication.date) == "2024-06-21"
    assert texts(doc, BlockKind.LIST_ITEM) == ["• Statement on lighthouses", "• plan of works"]


def test_what_a_browser_does_not_show_is_not_in_the_text() -> None:
    head = "Foreign ministers of five states meet in Minsk"
    prose = (
        "The Council of Foreign Ministers met in Minsk and went through a long agenda, the secretary said."
    )
    hidden = [each.replace("ni", "&shy;ni").replace(" in", "&#8206; in") for each in (head, *[prose] * 4)]
    page = f"<html><body><h1>{hidden[0]}</h1><p>&#8203;</p>" + "<p>&#8203;</p>".join(
        f"<p>{paragraph}</p>" for paragraph in hidden[1:]
    )
    found = clean(make_source("page.html", page.encode(), "text/html"))
    assert [found.quote(block.span) for block in found.blocks] == [head, *[prose] * 4]
    assert found.text.split() == [*head.split(), *prose.split() * 4]
    assert found.blocks[0].kind is BlockKind.HEADLINE
