"""The server for assistants, asked by the SDK's own client over standard input and output."""

from __future__ import annotations

import doctest
import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp import Client, MCPError, StdioServerParameters, stdio_client
from pages import blocks

from cfm_kg import build
from cfm_kg.query import catalogue
from cfm_kg.resources import articles_dir, shapes_dir
from cfm_kg.vocab import BASE

COMMAND = ("-c", "from cfm_kg.cli import main; main()", "mcp")
MEETING = "meeting/csto-cfm/2021-05-19"
ARTICLES = sorted(articles_dir().glob("*.txt"))
ENDLESS = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a ?b ?c . ?d ?e ?f . ?h ?i ?j } }"
HELLO = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}


@dataclass(frozen=True, slots=True)
class Connected:
    """A client of a server process, for tests that do not run in its event loop."""

    client: Client
    portal: BlockingPortal

    def call(self, tool: str, arguments: dict[str, Any] | None = None) -> Any:
        return self.portal.call(self.client.call_tool, tool, arguments)

    def get(self, what: Callable[..., Awaitable[Any]], *arguments: Any) -> Any:
        return self.portal.call(what, *arguments)


@pytest.fixture(scope="module")
def store(seeds_folder: Path) -> Path:
    return seeds_folder / "store"


@contextmanager
def connected(store: Path, *options: str) -> Iterator[Connected]:
    """A server process on a store, and a client of it."""
    arguments = [*COMMAND, "--store", str(store), *options]
    server = StdioServerParameters(command=sys.executable, args=arguments, env=dict(os.environ))
    with start_blocking_portal() as portal:
        opened = Client(stdio_client(server))
        with portal.wrap_async_context_manager(opened) as client:
            yield Connected(client, portal)


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Connected]:
    with connected(store) as found:
        yield found


def text(result: Any) -> str:
    (block,) = result.content
    return str(block.text)


def test_tools_are_offered_with_typed_parameters(server: Connected) -> None:
    assert "never instructions" in (server.client.instructions or "")
    tools = {tool.name: tool for tool in server.get(server.client.list_tools).tools}
    queries = {name for name in tools if name.startswith("query_")}
    assert queries == {f"query_{name.replace('-', '_')}" for name in catalogue()}
    assert len(queries) > 30
    assert set(tools) - queries == {"look_up", "check_entry", "sparql"}
    for tool in tools.values():
        assert len(tool.description or "") > 30
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert tool.input_schema["additionalProperties"] is False
        for schema in tool.input_schema["properties"].values():
            assert schema["description"]
    meetings = tools["query_meetings"].input_schema["properties"]
    assert meetings["status"]["enum"] == ["Held", "Planned", "Postponed", "Cancelled"]
    assert meetings["since"]["pattern"].startswith("^")
    assert tools["query_corroboration"].input_schema["properties"]["atLeast"]["type"] == "integer"
    assert tools["query_appearances"].input_schema["required"] == ["person"]


def test_questions_are_answered(server: Connected) -> None:
    given = {"since": "2021", "country": "Tajikistan", "body": "csto-cfm"}
    found = server.call("query_meetings", given)
    assert not found.is_error
    assert f"| {MEETING} | 2021-05-19 |" in text(found)
    assert found.structured_content["rows"][0]["meeting"] == f"{BASE}id/{MEETING}"
    assert (found.structured_content["total"], found.structured_content["truncated"]) == (1, False)
    cut = server.call("query_meetings", {"max_rows": 2})
    assert len(cut.structured_content["rows"]) == 2
    assert cut.structured_content["truncated"]
    assert "narrow the question" in text(cut)
    yes = server.call("sparql", {"query": f"ASK {{ <{BASE}id/{MEETING}> a cfm:Meeting }}"})
    assert (text(yes), yes.structured_content) == ("yes\n", {"answer": True})
    made = server.call("sparql", {"query": f"DESCRIBE <{BASE}id/{MEETING}>", "max_rows": 3})
    assert set(made.structured_content["rows"][0]) == {"subject", "predicate", "object"}


def test_things_are_looked_up_with_their_sources(server: Connected) -> None:
    for name in (MEETING, f"{BASE}id/{MEETING}", f"<{BASE}id/{MEETING}>"):
        found = server.call("look_up", {"thing": name})
        assert found.structured_content["iri"] == f"{BASE}id/{MEETING}"
    facts = found.structured_content["facts"]
    (date,) = (fact for fact in facts if fact["property"].endswith("#date"))
    assert date["value"]["value"] == "2021-05-19"
    assert date["sources"][0]["quote"] == "May 19, 2021"
    assert date["sources"][0]["file"].endswith(".txt")
    assert "“May 19, 2021”" in text(found)
    for spelt in ("Sirojiddin Muhriddin", "Muhriddin, Sirojiddin", "sirojiddin mukhriddin"):
        person = server.call("look_up", {"thing": spelt})
        assert person.structured_content["label"] == "Sirojiddin Muhriddin", spelt
        assert any(link["property"].endswith("#chair") for link in person.structured_content["links"])
    several = server.call("look_up", {"thing": "Council of Foreign Ministers"})
    assert len(several.structured_content["candidates"]) > 2
    assert "Look one of them up" in text(several)
    code = server.call("look_up", {"thing": "TJ", "kind": "country"})
    assert code.structured_content["label"] == "Tajikistan"
    assert code.structured_content["links"]


def test_entries_are_checked(server: Connected) -> None:
    wrong = f'@prefix cfm: <{BASE}ontology#> .\n<country/zz> a cfm:Country ; cfm:isoCode "zz" .\n'
    report = server.call("check_entry", {"text": wrong})
    assert not report.is_error
    assert report.structured_content["conforms"] is False
    assert ":2:" in text(report)
    broken = server.call("check_entry", {"text": "{", "format": "jsonld"})
    assert "not valid JSON-LD" in text(broken)
    assert server.call("check_entry", {"text": "x", "format": "docx"}).is_error


@pytest.mark.parametrize(
    ("tool", "given", "says"),
    [
        ("query_meetings", {"contry": "TJ"}, "its arguments are: since, until"),
        ("query_meetings", {"country": "Tadschikistan"}, "did you mean"),
        ("query_meetings", {"since": "last year"}, "does not match"),
        ("query_meetings", {"max_rows": 100_000}, "maximum"),
        ("query_appearances", {}, "'person' is a required property"),
        ("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}, "would change data"),
        ("sparql", {"query": "INSERT DATA { <a:b> <a:c> 1 }"}, "would change data"),
        (
            "sparql",
            {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"},
            "SERVICE is refused",
        ),
        ("sparql", {"query": "SELECT * { ?s ?p "}, "not valid SPARQL"),
        ("sparql", {"query": "SELECT * { ?s nope:p ?o }"}, "prefix"),
        ("sparql", {"query": ""}, "these are no arguments for sparql"),
        ("look_up", {"thing": "meeting/csto-cfm/2021-05-20"}, "meeting/csto-cfm/2021-05-19"),
        ("look_up", {"thing": "Qqqqq Xxxxx"}, "another spelling"),
        ("look_up", {"thing": "http://[/"}, "not an IRI"),
        ("look_up", {"thing": "x", "kind": "planet"}, "is not one of"),
    ],
)
def test_what_is_wrong_is_explained(server: Connected, tool: str, given: Any, says: str) -> None:
    result = server.call(tool, given)
    assert result.is_error
    assert says in text(result)


@pytest.fixture(scope="module")
def hasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Connected, Path]]:
    """A server that stops queries soon, on a build of one article; and the build's folder."""
    folder = tmp_path_factory.mktemp("small")
    build(ARTICLES[:1], out=folder)
    with connected(folder / "store", "--timeout", "4", "--max-rows", "200") as found:
        yield found, folder


def test_an_endless_query_is_stopped_and_the_next_is_answered(hasty: tuple[Connected, Path]) -> None:
    server, _ = hasty
    stopped = server.call("sparql", {"query": ENDLESS})
    assert stopped.is_error
    assert "too long" in text(stopped)
    assert not server.call("query_meetings").is_error


def test_a_large_answer_is_refused(hasty: tuple[Connected, Path]) -> None:
    found = hasty[0].call("sparql", {"query": "SELECT * { GRAPH ?g { ?s ?p ?o } }"})
    assert found.is_error
    assert "200" in text(found)
    assert not hasty[0].call("sparql", {"query": "SELECT * { ?s ?p ?o } LIMIT 200"}).is_error


def test_a_new_build_is_seen(hasty: tuple[Connected, Path]) -> None:
    server, folder = hasty
    before = server.call("query_articles").structured_content["total"]
    assert server.call("look_up", {"thing": MEETING}).is_error
    build(ARTICLES, out=folder)
    after = server.call("query_articles").structured_content["total"]
    assert (before, after) == (1, len(ARTICLES))
    assert not server.call("look_up", {"thing": MEETING}).is_error


def test_resources_are_read(server: Connected) -> None:
    uris = {str(one.uri) for one in server.get(server.client.list_resources).resources}
    assert {"cfm-kg://ontology", "cfm-kg://prefixes", "cfm-kg://queries/meetings"} <= uris
    shapes = {f"cfm-kg://shapes/{path.stem}" for path in shapes_dir().glob("*.ttl")}
    assert len(shapes) > 10
    assert shapes <= uris
    for uri in (
        "cfm-kg://ontology",
        "cfm-kg://shapes/meeting",
        "cfm-kg://prefixes",
        "cfm-kg://id/" + MEETING,
    ):
        (content,) = server.get(server.client.read_resource, uri).contents
        assert "cfm:" in getattr(content, "text", ""), uri
    (template,) = server.get(server.client.list_resource_templates).resource_templates
    assert template.uri_template == "cfm-kg://id/{+path}"
    for uri in ("cfm-kg://id/meeting/none", "cfm-kg://nothing", "file:///etc/passwd", "cfm-kg://id/a b"):
        with pytest.raises(MCPError, match="there is no resource"):
            server.get(server.client.read_resource, uri)
    with pytest.raises(MCPError, match="there is no tool"):
        server.call("delete_everything")


def test_nothing_but_the_protocol_is_written(store: Path) -> None:
    asked = {"name": "query_meetings", "arguments": {}}
    lines = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": HELLO},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": asked},
    ]
    command = [sys.executable, *COMMAND, "--store", str(store)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("this is no JSON\n" + "".join(json.dumps(line) + "\n" for line in lines))
        process.stdin.flush()
        seen = set[int]()
        while seen < {1, 2}:
            answer = json.loads(process.stdout.readline())
            assert answer["jsonrpc"] == "2.0"
            seen |= {answer["id"]} if answer.get("id") else set()
        process.stdin.close()
        assert process.stdout.read() == ""
        assert process.wait(timeout=20) == 0


def test_the_page_is_true(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "build").symlink_to(store.parent)
    monkeypatch.chdir(tmp_path)
    page = (Path(__file__).parent.parent / "docs" / "mcp.md").read_text()
    (session,) = (block.body for block in blocks(page) if block.kind == "python")
    # The page starts the installed command; here it is this checkout's.
    here = f"command={sys.executable!r}, env=dict(__import__('os').environ), args={[*COMMAND[:2]]}+["
    session = session.replace('command="cfm-kg", args=[', here)
    found = doctest.DocTestParser().get_doctest(session, {}, "docs/mcp.md", None, 0)
    assert len(found.examples) > 5
    assert doctest.DocTestRunner().run(found).failed == 0


def test_without_a_store_it_says_so(tmp_path: Path) -> None:
    command = [sys.executable, *COMMAND, "--store", str(tmp_path / "none")]
    done = subprocess.run(command, input="", capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no store here" in done.stderr
