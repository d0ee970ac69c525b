"""The explorer in a real browser: main journeys, no scripts, all widths, in the dark; hostile texts."""

from __future__ import annotations

import csv
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import pytest
from browsing import AXE, RULES, chromium, follow, need_axe, violations
from doubting import doubting
from pages import blocks
from serving import Served, client_of, serving

from cfm_kg import build
from cfm_kg.resources import articles_dir

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGE = (Path(__file__).parent.parent / "docs" / "explorer.md").read_text(encoding="utf-8")
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"
ARTICLE = f"""{HOSTILE} "><svg onload=alert(3)> &lt;b&gt; {"Donaudampfschiff" * 30}
MINSK, 20 June 2023 (Reporter {HOSTILE}) \u202eabc\u202c - A meeting of the CSTO Council of Foreign
Ministers was held in Minsk on 20 June 2023. The meeting was chaired by Belarusian
Minister of Foreign Affairs Sergei Aleinik.
The ministers adopted a statement "On {HOSTILE} and javascript:alert(4)".
"""
CONTRARY = (
    "Council met\nMINSK, 21 June 2023 (Agency) - A meeting of the CSTO Council of Foreign Ministers was "
    "held in Minsk on 20 June 2023. The Armenian foreign minister did not attend. The ministers adopted a "
    "statement on confirmation of adherence to the goals and principles of the UN Charter.\n"
)
RIVALS = {
    "rival.txt": "Ministers meet on the lake\n\n"
    "ASTANA, 23 June 2024 (Steppe Press) - A meeting of the CSTO Council of Foreign Ministers was held in "
    "Astana on 21 June 2024. Deputy Foreign Minister of Kyrgyzstan Azat Imanaliev attended. Ministers will "
    "also consider the draft decision about the legal status of observers under the CSTO.\n"
    "The ministers adopted a statement on the situation in the Middle East.\n",
    "third.txt": "Two days before the summit\n\n"
    "MINSK, 20 November 2023 (Steppe Press) - A meeting of the CSTO Council of Foreign Ministers was held in "
    "Minsk on 20 June 2023. Deputy Foreign Minister of Kyrgyzstan Azat Imanaliyev attended. Kazakhstan was "
    "represented not by its foreign minister but by Deputy Foreign Minister Roman Vassilenko.\n",
}
"""Articles that leave something to people: another place, two spellings of a name, a title within another."""
TOKEN = "a token of the tests"
MEETING = "id/meeting/csto-cfm/2021-05-19.html"
ARTICLE_PAGE = "id/article/77078e2a98228679.html"
PATHS = (
    "",
    "meetings",
    MEETING,
    ARTICLE_PAGE,
    "attendance",
    "people",
    "id/person/sirojiddin-muhriddin.html",
    "countries",
    "id/country/tj.html",
    "documents",
    "chairmanships",
    "topics",
    "id/document/csto-cfm/2020-05-26/statement-on-confirmation-of-adherence-to-the-goals-and-principles-of-the-un-chart-a45692.html",
    "id/chairmanship/csto/2021/tj.html",
    "id/body/csto-cfm.html",
    "id/topic/pandemic.html",
    "id/conflict/c244de553cc588be.html",
    "places",
    "search?q=lavrof",
    "ask",
    "ask?name=hosts&run=1&show-as=map",
    "ask?name=formats-by-year&run=1&show-as=chart",
    "ask?query=ASK+%7B%0A+%3F%3F",
    "check",
    "read",
    "review",
    "review?kind=decided",
)
LOST = "meetngs/lavrof"
SIGNED_IN, READ = "review, signed in", "read, an article"
"""What is reached by a form."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("explorer")
    (folder / "hostile.txt").write_text(ARTICLE)
    for name, text in {**RIVALS, "contrary.txt": CONTRARY}.items():
        (folder / name).write_text(text)
    with doubting("meeting-place", "future-active"):
        build([articles_dir(), *folder.glob("*.txt")], out=folder / "build")
    environment = {**os.environ, "CFM_KG_TOKEN": TOKEN}
    options = ("--writable", "--unsure", "60")
    with serving(folder / "build" / "store", *options, environment=environment) as server:
        yield server


@pytest.fixture(scope="module")
def client(served: Served) -> Iterator[httpx.Client]:
    with client_of(served.url) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from chromium()


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """A page that must say nothing on the console and ask no other host."""
    context = browser.new_context(base_url=served.url)
    found, wrong = context.new_page(), list[str]()
    found.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    found.on("pageerror", lambda error: wrong.append(str(error)))
    found.on("dialog", lambda dialog: wrong.append(dialog.message))
    here = urlsplit(served.url).netloc
    found.on("request", lambda asked: wrong.append(asked.url) if _foreign(asked.url, here) else None)
    yield found
    context.close()
    assert not wrong, wrong


def _foreign(url: str, here: str) -> bool:
    return urlsplit(url).scheme != "data" and urlsplit(url).netloc != here


# ---------------------------------------------------------------- journeys


def test_who_chaired_in_2021_and_the_sentence(page: Page) -> None:
    page.goto("chairmanships")
    row = page.get_by_role("row").filter(has_text="2021").filter(has_text="Tajikistan")
    follow(row.get_by_role("link", name="Council of Foreign Ministers"))
    fact = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="chair", exact=True))
    assert "Sirojiddin Muhriddin" in fact.inner_text()
    assert not fact.locator("blockquote").is_visible()
    fact.locator("summary").click()
    assert "Mukhriddin" in fact.locator("blockquote").inner_text()
    follow(fact.get_by_role("link", name="in the text"))
    assert page.title().startswith("The CSTO Council of Foreign Ministers in Dushanbe")
    assert page.locator(":target").evaluate("one => one.getBoundingClientRect().top < innerHeight")
    follow(page.locator(".text a.person", has_text="Mukhriddin").first)
    assert re.search(r"#claim-\d+$", page.url)
    assert page.locator(":target").is_visible()


def test_filter_and_download(page: Page) -> None:
    page.goto("meetings")
    page.get_by_label("From").fill("2021")
    page.get_by_label("Format").select_option(label="in person")
    page.get_by_label("Person").fill("muhridin")
    follow(page.get_by_role("button", name="Filter"))
    rows = page.locator("main tbody tr")
    assert rows.count() == 1
    with page.expect_download() as loaded:
        page.get_by_role("link", name="CSV").click()
    told = list(csv.DictReader(StringIO(Path(loaded.value.path()).read_text())))
    assert [row["iri"].rpartition("/")[2] for row in told] == ["2021-05-19"]
    follow(page.get_by_role("link", name="Show all"))
    assert rows.count() > 5


def test_a_named_query_as_table_chart_and_map(page: Page) -> None:
    page.goto("ask")
    follow(page.get_by_role("link", name="Chairmanships", exact=True).last)
    page.get_by_label("country", exact=True).fill("TJ")
    follow(page.get_by_role("button", name="Run").first)
    assert page.locator("main .scroll").first.locator("tbody tr").count() == 1
    page.goto("ask?name=hosts")
    assert page.locator("#l-body option[value=csto-cfm]").count() == 1
    follow(page.get_by_role("button", name="Run").first)
    follow(page.get_by_role("link", name="Map", exact=True))
    assert page.locator("#map-title").text_content() == "meetings by place"
    assert page.get_by_role("link", name=re.compile("^Dushanbe 3 meetings")).is_visible()
    follow(page.get_by_role("link", name="Chart", exact=True))
    bars = page.locator("svg .share")
    assert [bar.locator("..").text_content() for bar in bars.all()][:1] == ["Tajikistan, Dushanbe: 3"]
    page.get_by_label("Split by").select_option("countryName")
    follow(page.get_by_role("button", name="Draw"))
    assert "show-split=countryName" in page.url
    assert page.locator("svg .share.s3").count() == 1
    page.get_by_text("The same as a table").click()
    assert page.get_by_role("cell", name="Almaty").is_visible()


def test_a_query_of_my_own_with_completion_and_a_fault(page: Page) -> None:
    page.goto("ask")
    field, choices = page.get_by_label("Query"), page.get_by_role("listbox")
    field.fill("SELECT ?meeting {\n  ?meeting a ")
    page.keyboard.type("cfm:Mee")
    choices.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert choices.get_by_role("option", selected=True).inner_text().startswith("cfm:Meeting")
    assert field.get_attribute("aria-activedescendant") == "choice-0"
    page.keyboard.press("Enter")
    assert choices.is_hidden()
    page.keyboard.type(" ; cfm:place dush")
    for key in ("ArrowDown", "Enter"):
        page.keyboard.press(key)
    assert field.input_value().endswith("a cfm:Meeting ; cfm:place place:dushanbe")
    page.keyboard.type("\n  FILTER(?mee")
    assert "?meeting" in choices.get_by_role("option").first.inner_text()
    page.keyboard.press("Escape")
    page.keyboard.type("\n}")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/ask?query=*")
    assert page.get_by_role("alert").inner_text().startswith("this is not valid SPARQL (line 3, character 9)")
    assert page.locator(".lines").is_hidden()
    marked = page.locator(".painted .faulty")
    assert marked.inner_text().strip() == "FILTER(?mee"
    assert page.locator(".painted .here").inner_text() == "("
    field.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT ?m { ?m a cfm:Meeting } LIMIT 3")
    assert marked.count() == 0
    field.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Run"
    field.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "Run"
    page.keyboard.press("Enter")
    page.wait_for_url("**LIMIT*3")
    assert page.locator("main .scroll").first.locator("tbody tr").count() == 3
    kept = page.url
    page.goto(kept)
    assert field.input_value() == "SELECT ?m { ?m a cfm:Meeting } LIMIT 3"
    place = "[...document.querySelectorAll('.painted > span, #query')].map(e => getComputedStyle(e).font)"
    assert len(set(page.evaluate(place))) == 1


def test_places_lead_to_their_meetings(page: Page) -> None:
    page.goto("places")
    page.get_by_label("Body").select_option(label="Council of Foreign Ministers of the CSTO")
    follow(page.get_by_role("button", name="Filter"))
    row = page.get_by_role("row").filter(has_text="Dushanbe")
    assert row.locator("td").all_inner_texts()[1:] == ["1\nmeetings in Dushanbe", "2021-05-19", "2021-05-19"]
    follow(page.locator("svg").get_by_role("link", name="Dushanbe"))
    assert page.locator("main tbody tr").count() == 1


def test_check_a_bad_entry_and_mend_it(page: Page) -> None:
    page.goto("check")
    follow(page.get_by_role("button", name="Check", exact=True))
    assert "does not conform" in page.get_by_role("status").first.inner_text()
    assert "cfm:Hold" in page.locator(".faulty").last.inner_text()
    follow(page.get_by_role("button", name="Mend these and check again"))
    entry = page.locator("#entry").input_value()
    assert "cfm:Held" in entry or "cfm:Hold" in entry
    page.locator("#entry").fill(entry.replace("cfm:Hold ", "cfm:Held "))
    follow(page.get_by_role("button", name="Check", exact=True))
    assert "The entry conforms" in page.get_by_role("status").first.inner_text()


def test_search_from_every_page(page: Page) -> None:
    page.goto("topics")
    page.get_by_role("searchbox").fill("Мухриддин")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    follow(page.get_by_role("link", name="Sirojiddin Muhriddin"))
    assert page.get_by_role("heading", level=1).inner_text() == "Sirojiddin Muhriddin"


def sign_in(page: Page) -> None:
    page.goto("review")
    page.get_by_label("Your name").fill("A. Editor <b>")
    page.get_by_label("The server's token").fill(TOKEN)
    follow(page.get_by_role("button", name="Sign in"))
    assert "Signed in as A. Editor <b>" in page.locator(".signed").inner_text()


def test_review_with_keys_and_undo(page: Page) -> None:
    sign_in(page)
    follow(page.get_by_role("link", name="Conflicts"))
    first = page.locator(".card", has=page.locator("mark", has_text="Astana"))
    at = [one.evaluate("one => one.id") for one in page.locator(".card").all()].index(
        str(first.get_attribute("id"))
    )
    total = int(page.get_by_role("link", name="All").locator("small").inner_text())
    for _ in range(at + 1):
        page.keyboard.press("j")
    assert first.evaluate("one => one === document.activeElement")
    value = first.get_by_role("button", name="Astana").get_attribute("data-key")
    page.keyboard.press(str(value))
    page.locator(".flash").wait_for()
    assert "1 decided" in page.locator(".progress").inner_text()
    assert first.count() == 0
    page.keyboard.press("?")
    assert page.get_by_text("undo the last").is_visible()
    page.keyboard.press("u")
    first.wait_for()
    assert "0 decided" in page.locator(".progress").inner_text()
    assert int(page.get_by_role("link", name="All").locator("small").inner_text()) == total


def test_review_and_undo_without_scripts(browser: Browser, served: Served) -> None:
    context = browser.new_context(base_url=served.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page)
    follow(page.get_by_role("link", name="Names"))
    card = page.locator(".card").filter(has_text="Azat Imanaliyev")
    for more in page.get_by_text("Give a reason").all():
        more.click()  # nothing covers it
    card.get_by_label("Reason").fill("Two outlets <i>spell</i> one name.")
    follow(card.get_by_role("button", name="The same"))
    assert page.locator(".card").filter(has_text="The same person?").count() == 0
    follow(page.get_by_role("link", name="Unsure claims"))
    card = page.locator(".card").filter(has_text="observers").first
    card.get_by_role("checkbox").first.uncheck()
    follow(card.get_by_role("button", name="Wrong"))
    follow(page.get_by_role("link", name="Decided"))
    told = page.locator("main").inner_text()
    assert "Two outlets <i>spell</i> one name." in told
    assert "2 wait for it" in told
    for _ in range(2):
        follow(page.get_by_role("button", name="Undo").first)
    assert "Nothing is decided yet" in page.locator("main").inner_text()
    follow(page.get_by_role("button", name="Sign out"))
    assert page.get_by_role("button", name="Sign in").is_visible()
    context.close()


def test_drop_an_article(page: Page) -> None:
    page.goto("check")
    follow(page.get_by_role("link", name="An article"))
    page.locator("#file").set_input_files(next(articles_dir().glob("004*")))
    follow(page.get_by_role("button", name="Read"))
    assert re.match(r"\d\d claims, meetings: \d", page.get_by_role("status").inner_text())
    words = page.locator(".text a.person", has_text="Mukhriddin").first
    tip = words.locator("xpath=following-sibling::span[1]")
    assert not tip.is_visible()
    words.hover()
    assert "is Sirojiddin Muhriddin: named so" in tip.inner_text()
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    page.keyboard.press("Tab")
    words.focus()
    assert tip.is_visible()
    page.get_by_text("The article's own graph").click()
    assert "a cfm:Meeting" in page.locator("pre").inner_text()
    page.locator("#article").fill(ARTICLE)
    follow(page.get_by_role("button", name="Read"))
    assert "[U+202E]" in page.locator(".text").inner_text()
    assert "<script>alert(1)</script>" in page.locator(".text").inner_text()
    assert "Sergei Aleinik" in page.locator("main").inner_text()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_drop_an_article_without_scripts(browser: Browser, served: Served) -> None:
    context = browser.new_context(base_url=served.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("read")
    page.locator("#article").fill(f"<h1>{HOSTILE}</h1><p>{RIVALS['third.txt']}</p>")
    page.locator("#format").select_option("html")
    follow(page.get_by_role("button", name="Read"))
    assert page.locator(".text a.hl").count() > 5
    follow(page.get_by_role("button", name="Read"))
    assert page.locator(".text a.hl").count() > 5  # what was pasted stays in the form
    page.locator("#article").fill("")
    follow(page.get_by_role("button", name="Read"))
    assert "there is no article" in page.get_by_role("alert").inner_text()
    context.close()


def test_articles_show_what_could_not_be_told_and_why_a_name_is_whose(page: Page) -> None:
    page.goto("review?kind=name")
    follow(page.locator(".card").filter(has_text="Who is").get_by_role("link", name="Two days"))
    page.locator(".text a.unresolved").focus()
    page.keyboard.press("Enter")
    assert "nobody could be told" in page.locator(":target").inner_text()
    words = page.locator(".text a.person", has_text="Vassilenko").first
    words.hover()
    assert "is Roman Vassilenko" in words.locator("xpath=following-sibling::span[1]").inner_text()


# ---------------------------------------------------------------- looks


def test_every_page_fits_and_is_accessible(browser: Browser, served: Served) -> None:
    need_axe()
    # The policy holds in all other tests; here it would hold off the engine.
    context = browser.new_context(base_url=served.url, bypass_csp=True)
    page, wrong = context.new_page(), list[str]()
    for path in (*PATHS, LOST, SIGNED_IN, READ):
        if path == SIGNED_IN:
            sign_in(page)
        elif path == READ:
            page.goto("read")
            page.locator("#article").fill(ARTICLE + RIVALS["third.txt"])
            follow(page.get_by_role("button", name="Read"))
        else:
            page.goto(path)
        page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
        for width in (1440, 900, 390):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wrong.append(f"{path} is wider than {width}")
        page.evaluate(AXE.read_text())
        page.emulate_media(color_scheme="light")
        wrong += [f"{path}: {one}" for one in violations(page, RULES)]
        page.emulate_media(color_scheme="dark")
        wrong += [f"{path}: dark: {one}" for one in violations(page, ["color-contrast"])]
        if path == "ask":  # the list of completions, open
            page.get_by_label("Query").fill("SELECT * { ?m cfm:")
            page.keyboard.type("pl")
            page.get_by_role("option").first.wait_for()
            page.keyboard.press("ArrowDown")
            wrong += [f"{path}, completing: {one}" for one in violations(page, RULES)]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wrong.append("completions are wider than 390")
    page.set_content("<html><img src='data:,'><p style='color: #ddd; background: #fff'>no landmark</p>")
    page.evaluate(AXE.read_text())
    planted = " ".join(violations(page, RULES))
    context.close()
    assert not wrong, "\n".join(wrong)
    assert {"image-alt", "color-contrast", "landmark-one-main"} <= set(planted.split())


def test_reads_without_scripts(browser: Browser, served: Served) -> None:
    context = browser.new_context(base_url=served.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("meetings?body=csto-cfm")
    follow(page.get_by_role("link", name="2021-05-19"))
    page.locator("summary").first.click()
    assert page.locator("blockquote").first.is_visible()
    page.goto("ask?name=formats-by-year&run=1&show-as=chart")
    assert page.locator("svg .share").count() > 2
    page.get_by_label("Query").fill("SELECT ?m {\n  ?m a cfm:Meting }")
    follow(page.locator("form[aria-label=SPARQL] button"))
    assert "Line 2: the ontology has no cfm:Meting. Did you mean cfm:Meeting" in page.inner_text("main")
    page.get_by_label("Query").fill("SELECT ?m {\n  ?m a ( }")
    follow(page.locator("form[aria-label=SPARQL] button"))
    assert page.locator(".lines .faulty").inner_text().strip() == "?m a ( }"
    context.close()


# ---------------------------------------------------------------- without a browser


@pytest.mark.parametrize("path", PATHS)
def test_pages_are_whole(client: httpx.Client, path: str) -> None:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    own = r"<script(?! type=\"application/ld\+json\"| src=\"/static/\w+\.js\" defer></script>)"
    assert not re.search(rf"<style|\sstyle=|{own}|\son\w+=\"", answer.text)
    assert len(re.findall("<h1", answer.text)) == 1
    assert len(answer.content) < 150_000
    for table in re.findall(r"<table.*?</table>", answer.text, re.DOTALL):
        assert "<caption" in table
        assert 'scope="col"' in table


def test_a_document_and_its_like_lead_to_the_sentence(page: Page) -> None:
    page.goto("documents?title=adherence")
    follow(page.locator("main tbody th a").last)
    became = page.get_by_role("region", name="What became of it")
    became.locator("summary").click()
    assert "UN Charter" in became.locator("blockquote").inner_text()
    like = page.get_by_role("region", name="Its like at other meetings")
    follow(like.get_by_role("link", name="UN Charter"))
    assert "2023-06-20" in page.url
    follow(page.get_by_role("link", name="Council of Foreign Ministers").first)
    follow(page.get_by_role("rowheader", name="body").locator("xpath=..").get_by_role("link").first)
    assert page.get_by_role("region", name="Members").get_by_role("link", name="Sergey Lavrov").is_visible()


def test_a_conflict_shows_both_sides(client: httpx.Client) -> None:
    text = client.get("id/conflict/c244de553cc588be.html").text
    sides = re.findall(r'tag Held">taken as the fact|tag Planned">not taken', text)
    assert len(sides) == 2
    assert "Armenian foreign minister" in text
    assert "in the text" in text


def test_chairs_stand_next_to_whose_turn_it_was(client: httpx.Client) -> None:
    assert "whose turn it was</span>" in client.get("id/chairmanship/csto/2021/tj.html").text


def test_a_missing_page_leads_on(client: httpx.Client) -> None:
    html = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    for path, near in (
        (LOST, "id/person/sergey-lavrov"),
        ("meeting/csto-cfm/2021-05-19", "id/meeting/csto-cfm/2021-05-19"),
        ("id/person/sergei-lavrof", "id/person/sergey-lavrov"),
        ("static/none.css", "/search"),
        ("queries/meetngs", "/search"),
    ):
        told = client.get(path, headers=html)
        assert told.status_code == 404, path
        assert told.headers["content-type"].startswith("text/html"), path
        assert "default-src 'none'" in told.headers["content-security-policy"]
        assert near in told.text, path
        assert 'type="search"' in told.text
    assert 'href="/meetings"' in client.get(LOST, headers=html).text.partition("Did you mean")[2]
    assert HOSTILE not in client.get(HOSTILE, headers=html).text
    for headers in ({}, {"Accept": "application/json"}):
        assert "html" not in client.get(LOST, headers=headers).headers["content-type"]


def test_pages_of_things_do_not_wait_for_tables(seeds_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from starlette.testclient import TestClient

    from cfm_kg.serve.app import create_app
    from cfm_kg.serve.pages import view
    from cfm_kg.serve.settings import Settings

    held = Event()
    read = view.View._read_meetings
    monkeypatch.setattr(view.View, "_read_meetings", lambda self: held.wait(30) and read(self))
    monkeypatch.setattr(view, "PATIENCE", 0.05)
    html = {"Accept": "text/html"}
    with TestClient(create_app(Settings(seeds_folder / "store"))) as client:
        waiting = client.get("meetings", headers=html)
        assert waiting.status_code == 503
        assert waiting.headers["retry-after"]
        assert 'http-equiv="refresh"' in waiting.text
        thing = client.get(MEETING, headers=html)
        assert thing.status_code == 200
        assert 'rel="prev"' in thing.text
        held.set()
        while client.get("meetings", headers=html).status_code == 503:
            held.wait(0.05)
        assert client.get(MEETING, headers=html).text == thing.text


def test_hostile_texts_are_texts(client: httpx.Client) -> None:
    query = 'SELECT ?a { GRAPH ?g { ?a cfm:sourceFile "hostile.txt" } }'
    listed = client.get("ask.csv", params={"query": query})
    article = listed.text.split()[1].removeprefix("https://w3id.org/cfm-kg/")
    pages = [client.get(path).text for path in (article + ".html", "", "documents", "meetings")]
    pages.append(client.get("search", params={"q": HOSTILE}).text)
    pages.append(client.get("ask", params={"query": HOSTILE, "name": HOSTILE}).text)
    pages.append(client.get("meetings", params={"person": HOSTILE, "body": HOSTILE, "sort": HOSTILE}).text)
    pages.append(client.get("id/meeting/csto-cfm/2023-06-20.html").text)
    pages.append(client.post("read", files={"file": (HOSTILE + ".txt", ARTICLE.encode())}).text)
    assert "&lt;script&gt;alert(1)" in pages[-1]
    pages.append(client.get("review", params={"kind": HOSTILE, "done": HOSTILE}).text)
    pages.append(client.post("review/sign-in", data={"who": HOSTILE, "token": HOSTILE}).text)
    pages.append(client.post("check", files={"file": (HOSTILE, HOSTILE.encode())}).text)
    assert "&lt;script&gt;alert(1)" in pages[0]
    assert "[U+202E]" in pages[0]
    for text in pages:
        assert "<script>alert" not in text
        assert "<img" not in text
        assert "<svg onload" not in text
        assert "\u202e" not in text


def test_odd_answers_are_drawn_or_left_out(client: httpx.Client) -> None:
    def shown(query: str, kind: str, **more: str) -> str:
        asked = {"query": query, "show-as": kind, **{f"show-{name}": value for name, value in more.items()}}
        return client.get("ask", params=asked).text

    places = f'VALUES (?name ?lat ?long) {{ ("{HOSTILE}" 10.5 20) ("b" 91 0) ("c" -60 179.5) ("d" "x" 1) }}'
    told = shown(f"SELECT * {{ {places} }}", "map")
    assert "10.5, 20 1" in told
    assert "2 rows have no place" in told
    assert "<script>alert" not in told
    numbers = 'VALUES (?y ?n) { ("0004" -3) ("2021-05" 1e3) ("9999" 0.25) ("2021" "INF"^^xsd:double) }'
    told = shown(f"SELECT * {{ {numbers} }}", "chart", of="y", by="nothing", split="y")
    assert "aria-current" in told
    assert "rows by year and y" in told  # a number without end is none, and what is no column says nothing
    told = shown(f"SELECT * {{ {numbers} FILTER(?n < 9999) }}", "chart", of="nothing", by="y")
    assert re.findall(r"<title>(\d.*?)</title>", told) == ["0004: -3", "2021: 1,000", "9999: 0.25"]
    assert "rows by year" in shown('SELECT * { VALUES ?d { "2021"^^xsd:gYear } }', "chart")
    many = "SELECT ?a (COUNT(*) AS ?n) { GRAPH ?g { ?a ?p ?o } } GROUP BY ?a"
    assert re.search(r"\d+ more bars are in the table", shown(many, "chart"))
    assert len(shown(many, "chart")) < 150_000
    assert "show-as=chart" not in shown("SELECT * { VALUES ?x { <http://a/> } }", "chart")


def test_names_on_a_map_hide_nothing(client: httpx.Client) -> None:
    """Every name of a crowded map, measured generously, against each other and against the marks."""
    crowd = "SELECT ?p { GRAPH ?g { ?p a cfm:Place } }"
    drawing = client.get("ask", params={"query": crowd, "show-as": "map"}).text.partition("<svg")[2]
    names = re.findall(
        r'<text x="([\d.]+)" y="([\d.]+)"[^>]* class="(?:label|landmark-name)">(.*?)<', drawing
    )
    marks = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)" class="spot"', drawing)
    assert len(marks) > 100
    assert len(names) > 20
    boxes = [(float(x), float(y) - 10, float(x) + 6.5 * len(name), float(y) + 2) for x, y, name in names]
    for at, (left, top, right, low) in enumerate(boxes):
        assert right < 1000
        assert not [
            one for one in boxes[:at] if one[0] < right and left < one[2] and one[1] < low and top < one[3]
        ]
        for x, y in ((float(x), float(y)) for x, y, _ in marks):
            assert not (left < x < right and top < y < low), names[at]


def test_only_quotes_where_texts_are_not_kept(seeds_folder: Path, tmp_path: Path) -> None:
    from starlette.testclient import TestClient

    from cfm_kg.serve.app import create_app
    from cfm_kg.serve.settings import Settings

    shutil.copytree(seeds_folder / "store", tmp_path / "store")
    with TestClient(create_app(Settings(tmp_path / "store"))) as client:
        answer = client.get(ARTICLE_PAGE)
    assert "is not stored here" in answer.text
    assert 'class="text"' not in answer.text
    assert "May 19, 2021" in answer.text


def test_downloads_hold_what_the_table_shows(client: httpx.Client) -> None:
    rows = client.get("meetings.json", params={"place": "dushanbe"}).json()["meetings"]
    assert len(rows) == 3
    turtle = client.get("meetings.ttl", params={"from": "2021-05", "to": "2021"}).text
    assert turtle.count("a cfm:Meeting") == 1
    assert client.get("meetings.pdf").status_code == 404
    assert client.get("meetings", params={"page": "999999999999"}).status_code == 200


def test_the_page_about_it_shows_what_is_answered(client: httpx.Client) -> None:
    shown = [block.body for block in blocks(PAGE) if block.body.startswith("$ curl")]
    assert shown
    for session in shown:
        command, _, printed = session.partition("\n")
        address = shlex.split(command)[-1].removeprefix("http://127.0.0.1:8000/")
        assert client.get(address).text == printed


def test_pages_are_kept_until_the_store_changes(client: httpx.Client) -> None:
    first = client.get("meetings")
    again = client.get("meetings", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
