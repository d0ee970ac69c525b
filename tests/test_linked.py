"""Linked data over a real server: every address, form and header, and what hostile texts become."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import pyoxigraph as ox
import pytest
import rdflib
import yaml
from needing import program
from pages import blocks, rewritten
from serving import Served, client_of, serving
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cfm_kg.model import Literal
from cfm_kg.quads import Triple, quads
from cfm_kg.resources import articles_dir
from cfm_kg.serve.linked import routes, sitemap
from cfm_kg.serve.linked.forms import BY_SUFFIX
from cfm_kg.serve.settings import Settings
from cfm_kg.store import write_store
from cfm_kg.vocab import BASE, CFM, RDF_TYPE, RDFS_LABEL, thing

TABLE: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("negotiation.yaml").read_text())
MEETING = "id/meeting/csto-cfm/2021-05-19"
DATA = tuple(suffix for suffix in BY_SUFFIX if suffix != "html")


@pytest.fixture(scope="module")
def folder(seeds_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(seeds_folder, tmp_path_factory.mktemp("linked") / "build"))


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    with serving(folder / "store", "--public", "https://data.example.org/") as server:
        yield server


@pytest.fixture(scope="module")
def client(served: Served) -> Iterator[httpx.Client]:
    with client_of(served.url) as found:
        del found.headers["accept"]
        yield found


def parsed(response: httpx.Response, suffix: str) -> set[ox.Triple]:
    media = BY_SUFFIX[suffix].media
    return {quad.triple for quad in ox.parse(response.content, format=ox.RdfFormat.from_media_type(media))}


# ---------------------------------------------------------------- negotiation


def test_the_table_is_large() -> None:
    assert len(TABLE) >= 90
    assert {row["gets"] for row in TABLE} >= {*BY_SUFFIX, 404, 406}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.get('path', '')}{row.get('accept', '')}"[:60])
def test_negotiation(client: httpx.Client, row: dict[str, Any]) -> None:
    accept = row.get("accept")
    values = accept if isinstance(accept, list) else [] if accept is None else [accept]
    path = row.get("path", "/" + MEETING)
    request = client.build_request("GET", path, headers=[(b"accept", value.encode()) for value in values])
    answer = client.send(request)
    if isinstance(row["gets"], int):
        assert answer.status_code == row["gets"]
        assert answer.text
        return
    if "path" in row:
        assert answer.status_code == 200
    else:
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/{MEETING}.{row['gets']}"
        assert "Accept" in answer.headers["vary"].split(", ")
        answer = client.get(answer.headers["location"])
    assert answer.headers["content-type"].partition(";")[0] == BY_SUFFIX[row["gets"]].media


def test_a_refusal_says_what_there_is(client: httpx.Client) -> None:
    answer = client.get(MEETING, headers={"accept": "image/png"})
    assert "text/turtle" in answer.text
    assert "Accept" in answer.headers["vary"].split(", ")


# ---------------------------------------------------------------- descriptions


def test_all_forms_hold_the_same(client: httpx.Client) -> None:
    found = {suffix: parsed(client.get(f"{MEETING}.{suffix}"), suffix) for suffix in DATA}
    plain = {suffix: {t for t in found[suffix] if MEETING + "." not in str(t.subject)} for suffix in DATA}
    assert len(plain["ttl"]) > 200
    assert all(plain[suffix] == plain["ttl"] for suffix in DATA)
    facts = {t.predicate.value for t in plain["ttl"] if t.subject == ox.NamedNode(BASE + MEETING)}
    assert {RDF_TYPE, CFM("chair"), CFM("place")} <= facts
    exact = ox.NamedNode("http://www.w3.org/ns/oa#exact")
    assert "May 19, 2021" in {getattr(t.object, "value", "") for t in plain["ttl"] if t.predicate == exact}


def test_names_stay_those_of_the_store_and_answer_here(client: httpx.Client) -> None:
    """IRIs are kept whatever the address, and each one's path leads to what it names."""
    triples = parsed(client.get(MEETING + ".ttl"), "ttl")
    names = {t.object.value for t in triples if isinstance(t.object, ox.NamedNode)}
    ours = sorted(name for name in names if name.startswith(BASE))
    assert len(ours) > 40
    assert not any(name.startswith("https://data.example.org") for name in names)
    for name in ours:
        answer = client.get(name.removeprefix(BASE), follow_redirects=True)
        assert answer.status_code == 200, name


def test_names_of_another_base_answer_too(tmp_path: Path) -> None:
    base = "https://example.org/kg/"
    environment = os.environ | {"CFM_KG_BASE": base}
    article = str(min(articles_dir().glob("004_*.txt")))
    command = [sys.executable, "-c", "from cfm_kg.cli import main; main()", "build", article, "--quiet"]
    subprocess.run([*command, "--out", str(tmp_path)], env=environment, check=True, capture_output=True)
    with serving(tmp_path / "store", "--public", base, environment=environment) as server:
        found = server.client.get(MEETING, follow_redirects=False)
        # The proxy that stands at the public address leads its path on to the server's root.
        assert found.headers["location"] == f"/kg/{MEETING}.ttl"
        told = parsed(server.client.get(f"{MEETING}.ttl"), "ttl")
        assert ox.NamedNode(base + MEETING) in {triple.subject for triple in told}
        assert not any(BASE in str(triple) for triple in told)
        page = server.client.get(f"{MEETING}.html").text
        assert 'href="/kg/id/body/csto-cfm"' in page
        assert 'href="/kg/static/style.css"' in page
        assert f"<loc>{base}{MEETING}.html</loc>" in server.client.get("sitemap.xml").text


def test_an_article_is_a_thing_and_a_graph(client: httpx.Client, folder: Path) -> None:
    store = ox.Store.read_only(str(folder / "store"))
    names = sorted(g.value for g in store.named_graphs() if isinstance(g, ox.NamedNode) and "/id/" in g.value)
    assert len(names) == 5
    for suffix in ("trig", "nq"):
        media = BY_SUFFIX[suffix].media
        answer = client.get(names[0].removeprefix(BASE) + "." + suffix)
        got = ox.parse(answer.content, format=ox.RdfFormat.from_media_type(media))
        own = {quad for quad in got if quad.graph_name == ox.NamedNode(names[0])}
        assert own == set(store.quads_for_pattern(None, None, None, ox.NamedNode(names[0])))
    assert "sourceFile" in client.get(names[0].removeprefix(BASE) + ".ttl").text


@pytest.fixture(scope="module")
def plain(folder: Path) -> Iterator[Served]:
    """A server that no public address was told."""
    with serving(folder / "store") as server:
        yield server


def test_libraries_read_things_at_their_address(plain: Served) -> None:
    graph = rdflib.Graph().parse(plain.url + MEETING)
    meeting = rdflib.URIRef(BASE + MEETING)
    assert (meeting, rdflib.RDF.type, rdflib.URIRef(CFM("Meeting"))) in graph
    for form in ("turtle", "xml", "json-ld", "nt"):
        assert len(rdflib.Graph().parse(plain.url + MEETING, format=form)) == len(graph), form


def test_curl_follows(served: Served) -> None:
    command = [
        program("curl", "apt-get install curl"),
        "--silent",
        "--show-error",
        "--location",
        served.url + MEETING,
    ]
    told = subprocess.run(command, capture_output=True, check=True).stdout
    assert len(list(ox.parse(told, format=ox.RdfFormat.TURTLE))) > 200
    page = subprocess.run([*command, "-H", "Accept: text/html"], capture_output=True, check=True).stdout
    assert page.startswith(b"<!DOCTYPE html>")


def test_what_is_missing_gets_its_nearest_names(client: httpx.Client) -> None:
    answer = client.get("id/meeting/csto-cfm/2021-05-20")
    assert answer.status_code == 404
    assert "/id/meeting/csto-cfm/2021-05-19" in answer.text
    told = client.get("id/person/sergei-lavrov", headers={"accept": "application/json"})
    assert "person/sergey-lavrov" in told.json()["remedy"]
    assert told.headers["content-type"] == "application/problem+json"


def test_the_page_s_session_is_real(plain: Served, update_golden: bool) -> None:
    path = Path(__file__).parent.parent / "docs" / "linked-data.md"
    page = path.read_text()
    (session,) = (block for block in blocks(page) if block.kind == "console")
    told, number = "", 0
    for part in session.body.split("$ ")[1:]:
        command = part.partition("\n")[0]
        here = command.replace("http://127.0.0.1:8000/", plain.url)
        done = subprocess.run(["bash", "-c", here], capture_output=True, text=True, check=True).stdout
        told += f"$ {command}\n" + done.replace(plain.url, "http://127.0.0.1:8000/")
        number += 1
    assert number > 4
    if update_golden:
        path.write_text(rewritten(page, {session.start: told}))
    else:
        assert told == session.body


def test_browsers_get_a_page_of_nearest_names(client: httpx.Client) -> None:
    for path, accept in (("id/country/tk", "text/html,*/*;q=0.8"), ("id/country/tk.html", "*/*")):
        answer = client.get(path, headers={"accept": accept})
        assert answer.status_code == 404
        assert '<a href="/id/country/tj">' in answer.text
        assert "unsafe" not in answer.headers["content-security-policy"]
    strange = client.get("id/x/%3Cscript%3E%E2%80%AE", headers={"accept": "text/html"}).text
    assert "<script" not in strange
    assert "[U+202E]" in strange
    assert client.get("id/country/tk.ttl", headers={"if-none-match": "*"}).status_code == 404


def test_graphs_answer_at_their_names(client: httpx.Client, folder: Path) -> None:
    store = ox.Store.read_only(str(folder / "store"))
    for name in ("graph/registry", "graph/provenance"):
        held = {q.triple for q in store.quads_for_pattern(None, None, None, ox.NamedNode(BASE + name))}
        for suffix in ("ttl", "jsonld"):
            answer = client.get(f"{name}.{suffix}")
            assert parsed(answer, suffix) == held
            again = client.get(f"{name}.{suffix}", headers={"if-none-match": answer.headers["etag"]})
            assert again.status_code == 304
        assert f"{len(held)} statements" in client.get(f"{name}.html").text


# ---------------------------------------------------------------- headers


@pytest.mark.parametrize(
    "path", [MEETING + ".ttl", MEETING + ".html", "ontology", "sitemap.xml", "dumps/graph.nq.gz"]
)
def test_what_a_client_has_is_not_sent_again(client: httpx.Client, path: str) -> None:
    first = client.get(path)
    tag, date = first.headers["etag"], first.headers["last-modified"]
    assert first.headers["cache-control"].startswith("public, max-age=")
    for headers in (
        {"if-none-match": tag},
        {"if-none-match": f'"other", W/{tag}'},
        {"if-none-match": "*"},
        {"if-modified-since": date},
        {"if-none-match": tag, "if-modified-since": "Mon, 01 Jan 1990 00:00:00 GMT"},
    ):
        again = client.get(path, headers=headers)
        assert (again.status_code, again.content) == (304, b""), headers
        assert again.headers["etag"] == tag
    for headers in (
        {"if-none-match": '"other"'},
        {"if-none-match": '"other"', "if-modified-since": date},
        {"if-modified-since": "Mon, 01 Jan 1990 00:00:00 GMT"},
        {"if-modified-since": "yesterday"},
    ):
        assert client.get(path, headers=headers).status_code == 200, headers


def test_dates_are_the_store_s_and_tags_tell_forms_apart(client: httpx.Client, folder: Path) -> None:
    newest = max(path.stat().st_mtime for path in (folder / "store").iterdir())
    dates = {client.get(f"{MEETING}.{suffix}").headers["last-modified"] for suffix in BY_SUFFIX}
    (date,) = dates
    assert abs(newest - parsedate_to_datetime(date).timestamp()) < 2
    assert len({client.get(f"{MEETING}.{suffix}").headers["etag"] for suffix in BY_SUFFIX}) == len(BY_SUFFIX)
    wishes = ("text/html", "*/*")
    assert len({client.get("ontology", headers={"accept": wish}).headers["etag"] for wish in wishes}) == 2


def test_links_lead_from_things_to_documents_and_back(client: httpx.Client) -> None:
    def links(answer: httpx.Response, relation: str) -> dict[str, str]:
        rows = re.findall(r'<([^>]*)>; rel="([^"]*)"(?:; type="([^"]*)")?', answer.headers["link"])
        return {address: media for address, rel, media in rows if rel == relation}

    public = "https://data.example.org/" + MEETING
    every = {f"{public}.{suffix}": form.media for suffix, form in BY_SUFFIX.items()}
    assert links(client.get(MEETING), "describedby") == every
    page = client.get(MEETING + ".html")
    assert links(page, "alternate") == every
    assert set(links(page, "describes")) == {BASE + MEETING}
    assert set(links(page, "canonical")) == {public + ".html"}


@pytest.mark.parametrize(
    "path", [MEETING, MEETING + ".ttl", MEETING + ".html", "ontology", "dumps/graph.ttl.gz", ""]
)
def test_head_has_the_headers_of_get(client: httpx.Client, path: str) -> None:
    got, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (got.status_code, b"")
    for name in ("etag", "last-modified", "link", "vary", "location", "content-type"):
        assert head.headers.get(name) == got.headers.get(name), name


@pytest.mark.parametrize("path", [MEETING, MEETING + ".ttl", "ontology", ".well-known/void"])
def test_nothing_is_changed_here(client: httpx.Client, path: str) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert client.request(method, path).status_code == 405


# ---------------------------------------------------------------- pages

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "\u202egnp.exe\u202c \u200fright",
    "\"'><img src=x onerror=alert(3)>",
    "]]> --> {{ 7*7 }} {% raw %} \x07",
)


SPELT = (thing("person", "caf%C3%A9"), thing("person", "Åse"), thing("person", "a:b@c,d"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    store = tmp_path_factory.mktemp("hostile") / "store"
    person = thing("person", "x")
    facts: list[Triple] = [(person, RDF_TYPE, CFM("Person"))]
    facts += [(person, RDFS_LABEL, Literal(text, language="en")) for text in HOSTILE]
    facts.append((person, "http://www.w3.org/2002/07/owl#sameAs", "javascript:alert(4)"))
    facts += [(name, RDF_TYPE, CFM("Person")) for name in SPELT]
    write_store(quads(facts), store)
    with serving(store) as server, client_of(server.url) as found:
        yield found


def test_hostile_texts_are_shown_as_texts(hostile: httpx.Client) -> None:
    page = hostile.get("id/person/x.html").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert page.count("<script") == 1
    assert 'href="javascript:' not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    body = page.partition("</head>")[2]
    assert "\u202e" not in body
    assert "[U+202E]gnp.exe[U+202C] [U+200F]right" in body
    assert "{{ 7*7 }}" in body
    assert "\x07" not in body
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    told = json.loads(script)
    assert {told["name"], *told["alternateName"]} == set(HOSTILE)
    title = re.search("<title>(.*?)</title>", page)
    assert title is not None
    assert "\u202e" not in title[1]


@pytest.mark.parametrize("name", SPELT)
def test_unusual_names_answer_too(hostile: httpx.Client, name: str) -> None:
    answer = hostile.get(name.removeprefix(BASE), follow_redirects=True)
    assert answer.status_code == 200
    assert ox.NamedNode(name) in {triple.subject for triple in parsed(answer, "ttl")}
    page = hostile.get(name.removeprefix(BASE), headers={"accept": "text/html"}, follow_redirects=True)
    for address in re.findall('href="(/id/[^"]*)"', page.text):
        assert hostile.get(address, follow_redirects=True).status_code == 200, address


def test_a_sitemap_has_pages(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MOST", 500)
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    with TestClient(Starlette(routes=routes(Settings(folder / "store")))) as here:
        here.app.state.settings = Settings(folder / "store")  # type: ignore[attr-defined]
        index = [
            str(one.text) for one in ElementTree.fromstring(here.get("/sitemap.xml").content).iter(space)
        ]
        pages = [
            ElementTree.fromstring(here.get(address).content).findall(f".//{space}") for address in index
        ]
    assert len(pages) > 2
    assert {len(found) for found in pages[:-1]} == {500}
    every = [found.text for page in pages for found in page]
    assert len(set(every)) == len(every) > 1000


def test_pages_run_nothing_of_their_own(client: httpx.Client) -> None:
    for path in (MEETING + ".html", "ontology.html", "shapes.html", ".well-known/void.html", ""):
        answer = client.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert not re.search(r"<style|style=|<script(?! type=\"application/ld\+json\")|\son\w+=", answer.text)
        for landmark in ("<header>", "<nav", '<main id="content">', "<footer>", '<html lang="en">'):
            assert landmark in answer.text
    style = client.get("static/style.css")
    assert style.headers["content-type"].startswith("text/css")


def test_pages_speak_schema_org(client: httpx.Client) -> None:
    def told(path: str) -> dict[str, Any]:
        page = client.get(path + ".html").text
        (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
        found: dict[str, Any] = json.loads(script)
        return found

    meeting = told(MEETING)
    assert (meeting["@context"], meeting["@type"]) == ("https://schema.org/", ["Event"])
    assert meeting["@id"] == BASE + MEETING
    assert meeting["startDate"] == "2021-05-19"
    assert meeting["location"]["name"] == "Dushanbe"
    assert meeting["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert {one["name"] for one in meeting["attendee"]} == {"Sirojiddin Muhriddin", "Stanislav Zas"}
    person = told("id/person/stanislav-zas")
    assert person["@type"] == ["Person"]
    assert "Zas" in person["familyName"]
    country = told("id/country/tj")
    assert country["@type"] == ["Country"]
    assert any("wikidata.org" in one for one in [country["sameAs"]])


def test_each_term_and_shape_has_an_entry(client: httpx.Client) -> None:
    page = client.get("ontology.html").text
    terms = parsed(client.get("ontology.ttl"), "ttl")
    names = {t.subject.value for t in terms if isinstance(t.subject, ox.NamedNode)}
    fragments = {name.partition("#")[2] for name in names if name.startswith(CFM.iri)}
    assert len(fragments) > 80
    assert fragments <= set(re.findall(r'id="([^"]+)"', page))
    assert "A session of a body" in page
    rules = client.get("shapes/meeting.html").text
    assert 'id="meeting-body"' in rules
    assert "A meeting is held by exactly one body" in rules
    assert 'href="/shapes/meeting"' in client.get("shapes.html").text
    for suffix in DATA:
        answer = client.get(f"shapes.{suffix}")
        assert len(parsed(answer, suffix)) == len(parsed(client.get("shapes.ttl"), "ttl")) > 500
        assert client.get(f"shapes.{suffix}").content == answer.content
    assert client.get("ontology/0.1.0").headers["location"] == "/ontology"
    assert client.get("ontology/nothing").status_code == 404


# ---------------------------------------------------------------- the dataset


def test_the_dataset_describes_itself(client: httpx.Client, folder: Path) -> None:
    graph = rdflib.Graph().parse(data=client.get(".well-known/void.ttl").text, format="turtle")
    void, dcat = rdflib.Namespace("http://rdfs.org/ns/void#"), rdflib.Namespace("http://www.w3.org/ns/dcat#")
    dataset = rdflib.URIRef(BASE + ".well-known/void#dataset")
    assert {(dataset, rdflib.RDF.type, kind) for kind in (void.Dataset, dcat.Dataset)} <= set(graph)
    merged = list(ox.parse((folder / "graph.ttl").read_bytes(), format=ox.RdfFormat.TURTLE))
    assert graph.value(dataset, void.triples) == rdflib.Literal(len(merged))
    meetings = list(graph.subjects(void["class"], rdflib.URIRef(CFM("Meeting"))))
    assert graph.value(meetings[0], void.entities) == rdflib.Literal(
        client.get("/sitemap.xml").text.count("/id/meeting/")
    )
    assert graph.value(dataset, rdflib.DCTERMS.license)
    assert graph.value(dataset, void.sparqlEndpoint) == rdflib.URIRef("https://data.example.org/sparql")
    assert len(list(graph.objects(dataset, void.vocabulary))) > 3
    examples = list(graph.objects(dataset, void.exampleResource))
    dumps = list(graph.objects(dataset, void.dataDump))
    assert len(examples) > 5
    assert len(dumps) == len(list(graph.objects(dataset, dcat.distribution))) == 4
    for name in (*examples, *dumps):
        path = str(name).removeprefix(BASE).removeprefix("https://data.example.org/")
        assert client.get(path).status_code in (200, 303), name
    assert not [node for triple in graph for node in triple if isinstance(node, rdflib.BNode)]


def test_dumps_hold_the_graph_in_the_same_bytes(client: httpx.Client, folder: Path, tmp_path: Path) -> None:
    found = client.get("dumps/graph.nq.gz")
    assert found.headers["content-type"] == "application/gzip"
    lines = gzip.decompress(found.content).splitlines()
    assert sorted(lines) == (folder / "graph.nq").read_bytes().splitlines()
    assert found.content[4:8] == bytes(4)
    merged = set(ox.parse((folder / "graph.ttl").read_bytes(), format=ox.RdfFormat.TURTLE))
    told = gzip.decompress(client.get("dumps/graph.ttl.gz").content)
    assert set(ox.parse(told, format=ox.RdfFormat.TURTLE)) == merged
    assert client.get("dumps/graph.nt.gz").status_code == client.get("dumps/graph.trig.gz").status_code == 200
    part = client.get("dumps/graph.nq.gz", headers={"range": "bytes=0-9"})
    assert (part.status_code, part.content) == (206, found.content[:10])
    assert client.get("dumps/passwd").status_code == 404
    again = list(reversed(list(ox.parse((folder / "graph.nq").read_bytes(), format=ox.RdfFormat.N_QUADS))))
    write_store(again, tmp_path / "store")
    with serving(tmp_path / "store") as other:
        assert other.client.get("dumps/graph.nq.gz").content == found.content


def test_crawlers_find_each_page(client: httpx.Client) -> None:
    robots = client.get("robots.txt").text
    assert "Disallow: /sparql" in robots
    assert "Sitemap: https://data.example.org/sitemap.xml" in robots
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    tree = ElementTree.fromstring(client.get("sitemap.xml").content)
    addresses = [str(found.text) for found in tree.iter(space + "loc")]
    assert f"https://data.example.org/{MEETING}.html" in addresses
    assert len(addresses) > 1000
    assert not any("/claim/" in address for address in addresses)
    path = addresses[0].removeprefix("https://data.example.org")
    assert client.get(path).status_code == 200
    assert client.get("sitemap-1.xml").status_code == 200
    assert client.get("sitemap-2.xml").status_code == client.get("sitemap-0.xml").status_code == 404


def test_a_new_build_is_served(tmp_path: Path) -> None:
    one, two = thing("person", "one"), thing("person", "two")
    write_store(quads([(one, RDF_TYPE, CFM("Person"))]), tmp_path / "store")
    with serving(tmp_path / "store") as server:
        before = server.client.get("id/person/one.ttl")
        write_store(quads([(name, RDF_TYPE, CFM("Person")) for name in (one, two)]), tmp_path / "store")
        assert server.client.get("id/person/two.ttl").status_code == 200
        after = server.client.get("id/person/one.ttl")
        assert before.headers["etag"] != after.headers["etag"]
        assert server.client.get("sitemap.xml").text.count("<url>") == 2
