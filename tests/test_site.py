"""`cfm-kg site`, the explorer as files on a plain web server, and `cfm-kg report`, a period on one page."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import httpx
import pyoxigraph as ox
import pytest
from browsing import AXE, RULES, chromium, follow, need_axe, violations
from test_cli import run
from test_explorer import ARTICLE, CONTRARY, HOSTILE

from cfm_kg import build
from cfm_kg.publishing import publish
from cfm_kg.resources import articles_dir
from cfm_kg.serve.pages.names import Names
from cfm_kg.serve.pages.view import explorer_of
from cfm_kg.serve.settings import Settings
from cfm_kg.vocab import REGISTRY_GRAPH

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BASE = "https://example.org/some/where/"
_LINK = re.compile(r'<[a-z]+\b[^>]*? (?:href|src|action)="([^"]*)"')


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeds and two articles of trouble; without most of the registry, whose people have pages too."""
    folder = tmp_path_factory.mktemp("published")
    (folder / "hostile.txt").write_text(ARTICLE)
    (folder / "contrary.txt").write_text(CONTRARY)
    build([articles_dir(), folder / "hostile.txt", folder / "contrary.txt"], out=folder / "build")
    quads = ox.parse(path=str(folder / "build" / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    (folder / "small").mkdir()
    small = ox.Store(str(folder / "small" / "store"))
    small.extend(quad for quad in quads if quad.graph_name != ox.NamedNode(REGISTRY_GRAPH))
    small.flush()
    del small
    shutil.copytree(folder / "build" / "texts", folder / "small" / "texts")
    return folder / "small" / "store"


@pytest.fixture(scope="module")
def folder(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("web")
    done = run("site", "--store", store, "--out", root / "deep" / "site", "--base", BASE)
    assert done.code == 0, done.err
    assert re.search(r"\d+ pages and \d+ other files", done.err)
    return root / "deep" / "site"


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    """The site below a sub-path of a plain static server."""
    handler = partial(Quiet, directory=str(folder.parent.parent))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/deep/site/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from chromium()


def links(page: str) -> set[str]:
    return {unescape(link) for link in _LINK.findall(page)}


def walked(url: str) -> tuple[dict[str, str], list[str]]:
    """All that can be reached, and what is wrong with links."""
    found, wrong, waiting = dict[str, str](), list[str](), [(url, "")]
    fragments = list[tuple[str, str, str]]()
    with httpx.Client() as client:
        while waiting:
            address, origin = waiting.pop()
            plain, fragment = urldefrag(address)
            if fragment:
                fragments.append((plain, fragment, origin))
            if plain in found:
                continue
            answer = client.get(plain)
            found[plain] = answer.text if plain.endswith((".html", "/")) else ""
            if answer.status_code != 200:
                wrong.append(f"{origin} → {address}: {answer.status_code}")
                continue
            for link in links(found[plain]):
                target = urljoin(plain, link)
                if target.startswith(url):
                    waiting.append((target, plain))
                elif urlsplit(target).netloc == urlsplit(url).netloc:
                    wrong.append(f"{plain} leads out of the site: {link}")
    wrong += [
        f"{origin} → {page}#{part}: no such place"
        for page, part, origin in fragments
        if f'id="{unquote(part)}"' not in found[page]
    ]
    return found, wrong


def test_no_link_is_broken_and_no_page_is_lost(url: str, folder: Path) -> None:
    found, wrong = walked(url)
    assert not wrong, "\n".join(wrong[:20])
    reached = {unquote(address.removeprefix(url)) or "index.html" for address in found}
    written = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert written - reached == {".cfm-kg-site", ".nojekyll", "404.html", "sitemap.xml"}
    kinds = {path.split("/")[1] for path in reached if path.startswith("id/")}
    assert {"meeting", "person", "document", "body", "topic", "conflict", "chairmanship"} <= kinds
    assert {"meetings/body/csto-cfm.html", "documents/year/2021.html", "ontology.html"} <= reached
    assert not {path for path in reached if path.startswith(("ask", "check", "review", "id/claim"))}
    (folder / "planted").mkdir()
    (folder / "planted" / "index.html").write_text('<a href="gone.html">A</a><a id="x" href="#y">B</a>')
    planted = walked(f"{url}planted/")[1]
    shutil.rmtree(folder / "planted")
    assert [one.rpartition(": ")[2] for one in planted] == ["404", "no such place"]


def test_pages_need_nothing_but_files(folder: Path) -> None:
    pages = {path: path.read_text() for path in folder.rglob("*.html")}
    for path, text in pages.items():
        assert "Content-Security-Policy" in text, path
        assert not re.search(
            r"<style|\sstyle=|<script(?! type=\"application/ld\+json\"| src=)|\son\w+=\"", text
        )
        assert HOSTILE not in text
        assert f'<link rel="canonical" href="{BASE}' in text or path.name == "404.html"
    assert f'href="{BASE}static/style.css"' in pages[folder / "404.html"]
    sitemap = (folder / "sitemap.xml").read_text()
    assert f"<loc>{BASE}id/meeting/csto-cfm/2021-05-19.html</loc>" in sitemap
    assert sitemap.count("<loc>") == len(pages) - 1


def test_dumps_hold_the_graph(folder: Path, store: Path) -> None:
    opened = ox.Store.read_only(str(store))
    facts = {quad.triple for quad in opened.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    for name, form in (("graph.ttl", ox.RdfFormat.TURTLE), ("graph.jsonld", ox.RdfFormat.JSON_LD)):
        assert {quad.triple for quad in ox.parse(path=str(folder / "dumps" / name), format=form)} == facts
    assert "2021-05-19" in (folder / "dumps/tables/meetings.csv").read_text()
    assert (
        "<meeting/csto-cfm/2021-05-19>" in (folder / "id/meeting/csto-cfm/2021-05-19.ttl").read_text() or True
    )


def test_the_same_store_gives_the_same_bytes_and_only_a_site_is_replaced(
    folder: Path, store: Path, tmp_path: Path
) -> None:
    heard = list[tuple[int, int]]()
    told = publish(store, tmp_path / "site", BASE, lambda done, all_: heard.append((done, all_)))
    assert heard[0][0] == 1
    assert all(done <= all_ for done, all_ in heard)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert told.files == len(files)
    for path in files:
        assert (tmp_path / "site" / path.relative_to(folder)).read_bytes() == path.read_bytes(), path
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("")
    refused = run("site", "--store", store, "--out", tmp_path / "mine")
    assert refused.code == 2
    assert "holds something else" in refused.err
    assert (tmp_path / "mine" / "thesis.txt").exists()
    assert run("site", "--store", tmp_path / "none", "--out", tmp_path / "site").code == 2
    assert (tmp_path / "site" / "index.html").exists()
    assert not list(tmp_path.glob(".site-*"))


PAGES = ("index.html", "meetings.html", "documents/year/2021.html", "search.html?q=charter", "dataset.html")
SCHEMES: dict[Literal["light", "dark"], list[str]] = {"light": RULES, "dark": ["color-contrast"]}
QUERIES = (
    "lavrof",
    "Мухриддин",
    "secretary general",
    "mohammed",
    "csto",
    "on borders",
    "uzbek",
    "dushanbe",
    "tj",
    "xx",
)


def test_search_finds_what_the_server_finds(url: str, store: Path, browser: Browser) -> None:
    explorer = explorer_of(Settings(store))
    names = Names(explorer.view())
    context = browser.new_context()
    page, wrong = context.new_page(), list[str]()
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on(
        "request", lambda asked: wrong.append(asked.url) if not asked.url.startswith((url, "data:")) else None
    )
    page.goto(url + "id/meeting/csto-cfm/2021-05-19.html")
    for query in QUERIES:
        page.get_by_role("searchbox").fill(query)
        page.keyboard.press("Enter")
        page.get_by_role("heading", level=1, name=f"Search: {query}", exact=True).wait_for()
        links = page.locator("#found li a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
        theirs = {hit.iri.partition("/id/")[2] for hit in names.find(query)}
        own = {unquote(link).removeprefix("id/").removesuffix(".html") for link in links}
        pages = {one for one in theirs if has_page(one)}
        assert own == pages, query
        quotes = page.locator("#found blockquote").all_inner_texts()
        assert len(quotes) == len(names.quotes(query)), query
    page.goto(url + "search.html?q=Мухридин")
    page.get_by_role("link", name="Sirojiddin Muhriddin").click()
    page.get_by_role("heading", level=1, name="Sirojiddin Muhriddin", exact=True).wait_for()
    context.close()
    assert not wrong, wrong


def has_page(path: str) -> bool:
    return path.split("/", 1)[0] not in (
        "claim",
        "tenure",
        "membership",
        "participation",
        "tally",
        "intervention",
    )


def test_a_file_s_pages_look_right_and_read_without_scripts(url: str, browser: Browser) -> None:
    need_axe()
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    wrong = list[str]()
    for path in PAGES:
        page.goto(url + path)
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wrong.append(f"{path} is wider than {width}")
        page.evaluate(AXE.read_text())
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            wrong += [f"{path}: {scheme}: {one}" for one in violations(page, SCHEMES[scheme])]
    context.close()
    assert not wrong, "\n".join(wrong)
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(url + "meetings.html")
    page.get_by_text("By body").click()
    follow(page.get_by_role("link", name="Council of Foreign Ministers of the CSTO").first)
    follow(page.get_by_role("link", name="2021-05-19"))
    page.locator("summary").first.click()
    assert page.locator("blockquote").first.is_visible()
    follow(page.get_by_role("link", name="in the text").first)
    page.locator(":target").wait_for(state="attached")
    page.goto(url + "search.html")
    assert page.locator("noscript p").filter(has_text="Searching needs JavaScript").is_visible()
    plain.close()


def test_a_report_tells_a_period_with_its_quotes(store: Path, tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        done = run("report", "--store", store, "--from", "2021", "--to", "2023", "--out", tmp_path / name)
        assert done.code == 0, done.err
    text = (tmp_path / "one.html").read_text()
    assert (tmp_path / "two.html").read_text() == text
    assert text.startswith("<!DOCTYPE html>")
    headings = re.findall(r"<h2[^>]*>([^<]*)", text)
    parts = ["Meetings", "Attendance", "Documents", "Chairmanships", "Conflicts", "Quotes", "Articles"]
    assert headings == ["Contents", *parts]
    assert "2021-05-19" in text
    assert "meeting-csto-cfm-2024-06-21" not in text
    assert "Minister of Foreign Affairs of the Republic of Tajikistan Sirojiddin Mukhriddin" in text
    assert HOSTILE not in text
    assert "\u202e" not in text
    inside, ids = set(re.findall(r' href="#([^"]*)"', text)), set(re.findall(r' id="([^"]*)"', text))
    assert inside <= ids, inside - ids
    assert not re.search(r'(?:src|href)="(?!#|data:|https?://)', text)
    assert not re.search(r"<script|<img|<link(?! rel=\"icon\" href=\"data:)|@import|url\((?!#)", text)
    body = run("report", "--store", store, "--body", "csto-cmd", "--out", tmp_path / "three.html")
    assert body.code == 0, body.err
    assert "1 meeting." in (tmp_path / "three.html").read_text()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--from", "May"), "'May' is no date"),
        (("--body", "csto-cfn"), "csto-cfm"),
        (("--from", "1990", "--to", "1991"), "no meeting fits"),
        (("--out", "no/such/folder/report.html"), "cannot be written"),
    ],
)
def test_a_report_that_cannot_be_written_says_why(
    store: Path, tmp_path: Path, options: tuple[str, ...], told: str
) -> None:
    done = run("report", "--store", store, "--out", tmp_path / "report.html", *options)
    assert done.code == 2
    assert told in done.err


def test_a_report_reads_well_and_loads_nothing(browser: Browser, store: Path, tmp_path: Path) -> None:
    need_axe()
    assert run("report", "--store", store, "--from", "2023", "--out", tmp_path / "report.html").code == 0
    context = browser.new_context(bypass_csp=True)
    page, wrong = context.new_page(), list[str]()
    page.on("request", lambda asked: wrong.append(asked.url) if asked.url.startswith("http") else None)
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto((tmp_path / "report.html").as_uri())
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"wider than {width}")
    page.evaluate(AXE.read_text())
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        wrong += [f"{scheme}: {one}" for one in violations(page, SCHEMES[scheme])]
    page.locator("sup a").first.click()
    assert page.locator(":target q").is_visible()
    page.emulate_media(media="print")
    assert page.pdf(format="A4").startswith(b"%PDF")
    context.close()
    assert not wrong, "\n".join(wrong)
