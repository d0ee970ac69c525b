"""Entry checks, named queries and updates over HTTP."""

from __future__ import annotations

import csv
import io
import json
import os
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pyoxigraph as ox
import pytest
from serving import Served, serving

from cfm_kg.query import catalogue
from cfm_kg.store import parse_file, write_store
from cfm_kg.store.lock import writing

SMALL = Path(__file__).parent / "data" / "queries.trig"
TOKEN = "correct horse battery staple"
BAD = """@prefix cfm: <https://w3id.org/cfm-kg/ontology#> .
<https://w3id.org/cfm-kg/id/meeting/csto-cfm/2031-05-19> a cfm:Meeting ; cfm:meetingStatus cfm:Held .
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("api") / "store"


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    write_store(parse_file(SMALL), folder)
    environment = {**os.environ, "CFM_KG_TOKEN": TOKEN}
    with serving(folder, "--writable", "--parallel", "2", environment=environment) as server:
        yield server


def get(server: Served, path: str, accept: str = "*/*") -> httpx.Response:
    return server.client.get(path, headers={"Accept": accept})


# ------------------------------------------------------------------ /validate


def check(server: Served, content: str, accept: str = "*/*", sent: str = "text/turtle") -> httpx.Response:
    headers = {"Content-Type": sent, "Accept": accept}
    return server.client.post("validate", content=content, headers=headers)


def test_a_faulty_entry_is_reported_as_json(served: Served) -> None:
    report = check(served, BAD).json()
    assert report["conforms"] is False
    assert any("cfm:body" in finding["message"] for finding in report["findings"])


def test_a_good_entry_conforms(served: Served) -> None:
    more = "cfm:body <https://w3id.org/cfm-kg/id/body/csto-cfm> ;"
    report = check(served, BAD.replace("a cfm:Meeting ;", f"a cfm:Meeting ; {more}")).json()
    assert report["conforms"] is True, report


def test_what_cannot_be_parsed_is_a_finding_with_its_line(served: Served) -> None:
    answer = check(served, "@prefix cfm: <x:> .\ncfm:a cfm:b .\n", "text/plain")
    assert answer.status_code == 200
    assert "entry.ttl:2:" in answer.text


def test_reports_come_in_the_accepted_format(served: Served) -> None:
    assert json.loads(check(served, BAD, "application/sarif+json").text)["version"] == "2.1.0"
    assert ET.fromstring(check(served, BAD, "application/junit+xml").text).tag in ("testsuites", "testsuite")
    turtle = check(served, BAD, "text/turtle")
    assert any("ValidationReport" in str(quad) for quad in ox.parse(turtle.content, ox.RdfFormat.TURTLE))
    assert check(served, BAD, "text/plain").text.startswith("entry.ttl:2")
    assert check(served, BAD, "image/png").status_code == 406


def test_several_accept_headers_count_as_one(served: Served) -> None:
    headers = [("Accept", "image/png"), ("Accept", "text/csv;q=0.5")]
    address = served.url + "sparql?query=" + quote("SELECT * { ?s ?p ?o } LIMIT 1")
    answer = served.client.get(address, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/csv")


def test_entries_come_in_forms_too(served: Served) -> None:
    for sent in (
        {"files": {"file": ("folder/mine.ttl", BAD.encode(), "application/octet-stream")}},
        {"data": {"entry": BAD, "format": "ttl"}},
        {"data": {"entry": BAD}},
    ):
        answer = served.client.post("validate", headers={"Accept": "text/plain"}, **sent)
        assert "held by exactly one body" in answer.text
    assert served.client.post("validate", data={"other": "x"}).status_code == 400


def test_other_formats_of_entries(served: Served) -> None:
    context = {
        "@id": "https://w3id.org/cfm-kg/id/meeting/x/2031",
        "@type": "https://w3id.org/cfm-kg/ontology#Meeting",
    }
    assert check(served, json.dumps(context), sent="application/ld+json").json()["conforms"] is False
    assert check(served, "x", sent="application/pdf").status_code == 415
    assert check(served, "x", sent="").status_code == 415


def test_a_check_stores_nothing(served: Served) -> None:
    check(served, BAD)
    asked = "sparql?query=ASK{GRAPH ?g {<https://w3id.org/cfm-kg/id/meeting/csto-cfm/2031-05-19> ?p ?o}}"
    assert get(served, asked).json()["boolean"] is False


# ------------------------------------------------------------------ /queries/


def test_all_queries_are_listed(served: Served) -> None:
    listed = get(served, "queries/").json()["queries"]
    assert [one["name"] for one in listed] == list(catalogue())
    page = get(served, "queries/", "text/html").text
    assert all(f'href="{name}"' in page for name in catalogue())
    assert 'rel="stylesheet"' in page


def test_a_query_in_each_format(served: Served) -> None:
    rows = list(csv.DictReader(io.StringIO(get(served, "queries/meetings", "text/csv").text)))
    assert rows
    bindings = get(served, "queries/meetings", "application/json").json()["results"]["bindings"]
    assert [row["meeting"] for row in rows] == [row["meeting"]["value"] for row in bindings]
    page = get(served, "queries/meetings?format=html").text
    assert page.count("<tr>") == len(rows) + 1
    assert rows[0]["meeting"] in page
    assert get(served, "queries/meetings?format=xml").headers["content-type"].endswith("results+xml")
    assert get(served, "queries/meetings?format=pdf").status_code == 406
    assert get(served, "queries/meetings", "image/png").status_code == 406


def test_parameters_narrow_and_empty_ones_are_not_given(served: Served) -> None:
    def count(query: str) -> int:
        return get(served, f"queries/meetings?format=csv{query}").text.count("\n")

    assert 1 < count("&until=2020") < count("") == count("&until=&country=")


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("queries/meting", 404, "meeting"),
        ("queries/meetings?sinse=2020", 400, "since"),
        ("queries/meetings?since=soon", 400, "2021-05-19"),
        ("queries/meetings?since=2020&since=2021", 400, "twice"),
        ("queries/meeting", 400, "meeting"),
    ],
)
def test_what_is_wrong_is_told(path: str, status: int, says: str, served: Served) -> None:
    answer = get(served, path)
    assert answer.status_code == status
    assert says in answer.text


# ------------------------------------------------------------------ updates


def update(server: Served, text: str, authorization: str = f"Bearer {TOKEN}") -> httpx.Response:
    headers = {"Content-Type": "application/sparql-update", "Authorization": authorization}
    return server.client.post("sparql", content=text, headers=headers)


def holds(server: Served, pattern: str) -> bool:
    found = server.client.get("sparql", params={"query": f"ASK {{ {pattern} }}"})
    return bool(found.json()["boolean"])


def test_an_update_is_seen_by_the_next_query(served: Served) -> None:
    for number in range(3):
        assert update(served, f"INSERT DATA {{ <e:s> <e:p> {number} }}").status_code == 204
        assert all(holds(served, f"<e:s> <e:p> {number}") for _ in range(4))
    assert update(served, "DELETE WHERE { <e:s> <e:p> ?o }").status_code == 204
    assert not holds(served, "<e:s> <e:p> ?o")


def test_what_a_page_shows_is_escaped(served: Served) -> None:
    rename = """DELETE {{ ?b rdfs:label "{0}"@en }} INSERT {{ ?b rdfs:label "{1}"@en }}
        WHERE {{ ?b a cfm:Body ; rdfs:label "{0}"@en }}"""
    names = ("Council of Foreign Ministers of the CSTO", "<script>alert(1)</script>")
    assert update(served, rename.format(*names)).status_code == 204
    page = get(served, "queries/meetings?format=html").text
    assert update(served, rename.format(*reversed(names))).status_code == 204
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_an_update_in_a_form(served: Served) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    data = {"update": "INSERT DATA { GRAPH <e:g> { <form> <e:p> 1 } }"}
    assert served.client.post("sparql", data=data, headers=headers).status_code == 204
    assert holds(served, "GRAPH <e:g> { <https://w3id.org/cfm-kg/form> <e:p> 1 }")


@pytest.mark.parametrize("authorization", ["", "Bearer wrong", f"Basic {TOKEN}", "Bearer"])
def test_without_the_token_nothing_changes(authorization: str, served: Served) -> None:
    answer = update(served, "INSERT DATA { <e:intruder> <e:p> 1 }", authorization)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert not holds(served, "<e:intruder> ?p ?o")


@pytest.mark.parametrize(
    ("text", "status", "says"),
    [
        ("INSERT DATA { <e:s> <e:p> }", 400, "1:"),
        ("LOAD <file:///etc/passwd>", 403, "LOAD"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403, "SERVICE"),
        ("SELECT * { ?s ?p ?o }", 400, "update"),
    ],
)
def test_faulty_and_dangerous_updates(text: str, status: int, says: str, served: Served) -> None:
    answer = update(served, text)
    assert answer.status_code == status
    assert says in answer.text


def test_an_update_does_not_wait_for_another_writer(served: Served, folder: Path) -> None:
    with writing(folder.parent):
        answer = update(served, "INSERT DATA { <e:late> <e:p> 1 }")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "another process is writing" in answer.text
    assert update(served, "INSERT DATA { <e:late> <e:p> 1 }").status_code == 204
    assert update(served, "DELETE WHERE { <e:late> ?p ?o }").status_code == 204


def test_an_update_is_all_or_nothing(served: Served) -> None:
    text = "INSERT DATA { <e:half> <e:p> 1 } ; LOAD SILENT <e:none> ; INSERT DATA { <e:half> <e:p> }"
    assert update(served, text).status_code in (400, 403)
    assert not holds(served, "<e:half> ?p ?o")


def test_graphs_beside_an_update_are_refused(served: Served) -> None:
    data = {"update": "DELETE WHERE { ?s ?p ?o }", "using-graph-uri": "http://example.org/g"}
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answer = served.client.post("sparql", data=data, headers=headers)
    assert answer.status_code == 400
    assert "USING" in answer.text
