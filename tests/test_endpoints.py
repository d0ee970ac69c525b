"""Asking remote endpoints: credentials, patience, and how each failure explains itself."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from cfm_kg.errors import CfmError
from cfm_kg.query import Kind, find_query
from cfm_kg.query.catalogue import parse_query
from cfm_kg.remote import Connection, Credentials, Endpoint, find_credentials
from cfm_kg.remote.connection import checked_address
from cfm_kg.remote.endpoint import portable
from cfm_kg.vocab import FACTS_GRAPH, PROVENANCE_GRAPH

ROWS = "application/sparql-results+json"
ASKED = {"head": {}, "boolean": True}
Headers = dict[str, str]


@dataclass
class Server:
    """A server that answers with what it was told to, in turn, and remembers what it was asked."""

    url: str
    answers: list[tuple[int, Headers, bytes]] = field(default_factory=list)
    asked: list[tuple[str, Headers, dict[str, list[str]]]] = field(default_factory=list)

    def says(self, content: object, status: int = 200, media_type: str = ROWS, **headers: str) -> None:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers.append((status, {"Content-Type": media_type, **more}, body))


class Quiet(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Who asked did not wait."""


@pytest.fixture
def server() -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            known.asked.append((self.path, dict(self.headers), parse_qs(body)))
            status, headers, content = known.answers.pop(0)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with Quiet(("127.0.0.1", 0), Handler) as http:
        known = Server(f"http://127.0.0.1:{http.server_address[1]}/sparql")
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield known
        http.shutdown()


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def endpoint(server: Server, pauses: list[float]) -> Endpoint:
    return Endpoint(server.url, Connection(pause=pauses.append, attempts=4), default_graph="")


# ---------------------------------------------------------------- patience


def test_a_busy_server_is_asked_again(server: Server, endpoint: Endpoint, pauses: list[float]) -> None:
    server.says(b"", 429, Retry_After="7")
    server.says(b"", 503, Retry_After=format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True))
    server.says(b"", 502)
    server.says(ASKED)
    assert endpoint.ask("ASK { }").truth is True
    assert pauses[0] == 7
    assert 25 < pauses[1] <= 30
    assert pauses[2] == 2  # the third of 0.5, 1, 2


def test_nobody_waits_an_hour(server: Server, endpoint: Endpoint, pauses: list[float]) -> None:
    server.says(b"", 503, Retry_After="3600")
    server.says(ASKED)
    endpoint.ask("ASK { }")
    assert pauses == [60]


def test_patience_ends(server: Server, endpoint: Endpoint, pauses: list[float]) -> None:
    for _ in range(4):
        server.says(b"<h1>too many cooks</h1>", 429)
    with pytest.raises(CfmError) as caught:
        endpoint.ask("ASK { }")
    assert "asked too often (HTTP 429)" in str(caught.value)
    assert "too many cooks" in str(caught.value)
    assert len(pauses) == 3


@pytest.mark.parametrize(
    ("status", "body", "says"),
    [
        (400, b"Parse error at line 3", "Parse error at line 3"),
        (401, b"", "CFM_KG_ENDPOINT_USER"),
        (403, b"", "does not permit"),
        (404, b"", "nothing at this address"),
        (413, b"", "--batch"),
        (500, b"Virtuoso 37000 Error SP030: SPARQL compiler", "SPARQL compiler"),
    ],
)
def test_what_will_not_change_is_told_at_once(
    server: Server, endpoint: Endpoint, pauses: list[float], status: int, body: bytes, says: str
) -> None:
    server.says(body, status)
    with pytest.raises(CfmError, match=f"HTTP {status}") as caught:
        endpoint.ask("ASK { }")
    assert says in str(caught.value)
    assert server.url in str(caught.value)
    assert pauses == []


def test_a_server_that_sleeps_is_left(server: Server) -> None:
    stalled = threading.Event()
    server.answers = _Late(stalled)
    try:
        with pytest.raises(CfmError, match=r"did not answer within 0\.2 s"):
            Endpoint(server.url, Connection(timeout=0.2), "").ask("ASK { }")
    finally:
        stalled.set()


class _Late(list[tuple[int, Headers, bytes]]):
    def __init__(self, until: threading.Event) -> None:
        super().__init__()
        self._until = until

    def pop(self, _: object = 0) -> tuple[int, Headers, bytes]:
        self._until.wait(20)
        return 200, {}, b""


def test_nobody_there() -> None:
    with pytest.raises(CfmError, match="cannot be reached"):
        Endpoint("http://127.0.0.1:1/sparql", Connection(), "").ask("ASK { }")


def test_a_redirection_is_not_followed_with_a_password(server: Server) -> None:
    server.says(b"", 307, Location="http://elsewhere.example/")
    with pytest.raises(CfmError, match=r"redirects[\s\S]*elsewhere\.example"):
        Endpoint(server.url, Connection(Credentials(token="secret")), "").ask("ASK { }")


@pytest.mark.parametrize(
    ("body", "media_type"),
    [(b"<html>Welcome</html>", "text/html"), (b"[]", ROWS), (b'{"results": {}}', ROWS), (b"{", ROWS)],
)
def test_a_page_is_no_result(server: Server, endpoint: Endpoint, body: bytes, media_type: str) -> None:
    server.says(body, media_type=media_type)
    with pytest.raises(CfmError, match="not a SPARQL result"):
        endpoint.ask("SELECT * { ?s ?p ?o }")


# ---------------------------------------------------------------- credentials


@pytest.mark.parametrize(
    ("credentials", "challenge", "begins"),
    [
        (Credentials("me", "pass:word"), 'Basic realm="x"', "Basic bWU6cGFzczp3b3Jk"),
        (
            Credentials("me", "pass"),
            'Digest realm="SPARQL", nonce="1", qop="auth", algorithm=MD5',
            'Digest username="me"',
        ),
    ],
)
def test_a_password_is_sent_to_who_asks_for_it(
    server: Server, credentials: Credentials, challenge: str, begins: str
) -> None:
    server.says(b"", 401, WWW_Authenticate=challenge)
    server.says(ASKED)
    Endpoint(server.url, Connection(credentials), "").ask("ASK { }")
    assert "Authorization" not in server.asked[0][1]
    assert server.asked[1][1]["Authorization"].startswith(begins)


def test_a_token_is_sent(server: Server) -> None:
    server.says(ASKED)
    Endpoint(server.url, Connection(Credentials(token="abc")), "").ask("ASK { }")
    assert server.asked[0][1]["Authorization"] == "Bearer abc"


def test_a_wrong_password_is_told(server: Server) -> None:
    for _ in range(2):
        server.says(b"", 401, WWW_Authenticate='Basic realm="x"')
    with pytest.raises(CfmError, match="wants credentials, or other ones"):
        Endpoint(server.url, Connection(Credentials("me", "wrong")), "").ask("ASK { }")


def test_credentials_come_from_environment_or_file(tmp_path: Path) -> None:
    given = {"CFM_KG_ENDPOINT_USER": "me", "CFM_KG_ENDPOINT_PASSWORD": "secret"}
    assert find_credentials(None, given) == Credentials("me", "secret")
    assert find_credentials(None, {}) == Credentials()
    file = tmp_path / "credentials"
    file.write_text("# the archive's\nuser = you\npassword=p=w\n\n")
    assert find_credentials(file, given) == Credentials("you", "p=w")
    assert "p=w" not in repr(find_credentials(file))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("user=me", "lack a password"),
        ("password=p", "lack a user"),
        ("user=me\npassword=p\ntoken=t", "two kinds"),
        ("hunter2", "no credential"),
        (None, "cannot be read"),
    ],
)
def test_faulty_credentials_are_told_and_not_repeated(tmp_path: Path, text: str | None, says: str) -> None:
    file = tmp_path / "credentials"
    if text is not None:
        file.write_text(text)
    with pytest.raises(CfmError, match=says) as caught:
        find_credentials(file)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["http://me:pw@host/sparql", "file:///etc/passwd", "ftp://host/", "host/sparql", ""]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(CfmError):
        checked_address(url)


# ---------------------------------------------------------------- questions and answers


def test_a_query_is_sent_so_that_every_server_takes_it(server: Server, endpoint: Endpoint) -> None:
    server.says({"head": {"vars": ["m"]}, "results": {"bindings": []}})
    text = "# a question\nSELECT ?m {\n VALUES ?x { UNDEF } VALUES ?y { 1 UNDEF }\n ?m a cfm:Meeting }"
    assert endpoint.run(parse_query(text), {}).variables == ("m",)
    ((path, headers, form),) = server.asked
    assert path == "/sparql"
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    sent = form["query"][0]
    assert sent.startswith("PREFIX cfm: <https://w3id.org/cfm-kg/ontology#> # a question\nSELECT")
    assert "VALUES ?x" not in sent
    assert "VALUES ?y { 1 UNDEF }" in sent
    assert form.keys() == {"query"}


def test_prefixes_and_data_blocks_in_strings_are_left_alone() -> None:
    text = 'PREFIX cfm: <http://own/> SELECT * { ?s cfm:x "VALUES ?x { UNDEF } rdfs:label" }'
    assert portable(text) == text


def test_merged_facts_in_a_graph_of_their_own_are_found(server: Server) -> None:
    server.says(ASKED)
    server.says({"head": {"vars": ["rule"]}, "results": {"bindings": []}})
    Endpoint(server.url, Connection()).run(find_query("rules"), {})
    assert FACTS_GRAPH in server.asked[0][2]["query"][0]
    assert server.asked[1][2]["default-graph-uri"] == [FACTS_GRAPH]
    assert server.asked[1][2]["named-graph-uri"] == [PROVENANCE_GRAPH]


def test_a_graph_that_is_a_variable_may_be_any(server: Server) -> None:
    graphs = [{"g": {"type": "uri", "value": iri}} for iri in ("http://e/2", "http://e/facts", "http://e/1")]
    server.says({"head": {"vars": ["g"]}, "results": {"bindings": graphs}})
    server.says({"head": {"vars": ["s"]}, "results": {"bindings": []}})
    query = parse_query("SELECT ?s { GRAPH ?g { ?s ?p ?o } }")
    Endpoint(server.url, Connection(), "http://e/facts").run(query, {})
    assert server.asked[1][2]["named-graph-uri"] == ["http://e/1", "http://e/2"]


def test_a_query_that_names_its_graphs_keeps_them(server: Server) -> None:
    server.says({"head": {"vars": ["s"]}, "results": {"bindings": []}})
    query = parse_query("SELECT ?s FROM <http://e/own> { ?s ?p ?o }")
    Endpoint(server.url, Connection(), "http://e/facts").run(query, {})
    assert "default-graph-uri" not in server.asked[0][2]


TYPED = {"type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#boolean", "value": "1"}


@pytest.mark.parametrize(
    ("query", "content", "check"),
    [  # what Virtuoso and Comunica say
        ("ASK { }", {"head": {}, "results": {"bindings": []}}, lambda r: r.truth is False),
        (
            "ASK { }",
            {"head": {}, "results": {"bindings": [{"__ASK_RETVAL": TYPED}]}},
            lambda r: r.truth is True,
        ),
        (
            "SELECT ?x ?y { ?x ?p ?y }",
            {"head": {}, "results": {"bindings": []}, "metadata": {}},
            lambda r: r.variables == ("x", "y"),
        ),
        (
            "SELECT ?x { ?x ?p ?y }",
            {"head": {"vars": ["x"]}, "results": {"bindings": [{"x": TYPED}]}},
            lambda r: str(r.rows[0][0]) == '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>',
        ),
        (
            "SELECT ?x { ?x ?p ?y }",
            {"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "bnode", "value": "nodeID://b1"}}]}},
            lambda r: str(r.rows[0][0]) == "_:nodeIDxxxb1",
        ),
    ],
)  # fmt: skip
def test_habits_of_servers_are_understood(
    server: Server, endpoint: Endpoint, query: str, content: object, check: Callable[[object], bool]
) -> None:
    server.says(content)
    assert check(endpoint.ask(query))


def test_xml_is_read_too(server: Server, endpoint: Endpoint) -> None:
    text = (
        '<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/></head><results>'
        '<result><binding name="x"><uri>http://e/1</uri></binding></result></results></sparql>'
    )
    server.says(text.encode(), media_type="application/sparql-results+xml")
    assert endpoint.ask("SELECT ?x { ?x ?p ?o }").rows == ((ox.NamedNode("http://e/1"),),)


def test_triples_come_sorted_and_once(server: Server, endpoint: Endpoint) -> None:
    line = b"<http://e/%d> <http://e/p> <http://e/o> .\n"
    server.says(line % 2 + line % 1 + line % 2, media_type="text/plain")
    result = endpoint.ask("CONSTRUCT WHERE { ?s ?p ?o }")
    assert result.kind is Kind.TRIPLES
    assert [triple.subject for triple in result.triples] == [ox.NamedNode(f"http://e/{n}") for n in (1, 2)]


def test_a_cut_answer_is_told(server: Server) -> None:
    heard: list[str] = []
    row = {"x": {"type": "uri", "value": "http://e/1"}}
    server.says({"head": {"vars": ["x"]}, "results": {"bindings": [row, row]}}, X_SPARQL_MaxRows="2")
    Endpoint(server.url, Connection(heard=heard.append), "").ask("SELECT ?x { ?x ?p ?o }")
    assert heard == ["the server stops after 2 rows: there may be more"]


def test_an_update_is_not_asked(server: Server, endpoint: Endpoint) -> None:
    with pytest.raises(CfmError, match="would change data"):
        endpoint.run(parse_query("DELETE WHERE { ?s ?p ?o }"), {})
    assert server.asked == []
