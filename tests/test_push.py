"""Bringing graphs to remote stores and back: servers that this project did not write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from foreign import Server, free_port, oxigraph, virtuoso
from typer.testing import CliRunner

from cfm_kg.cli.app import app
from cfm_kg.errors import CfmError
from cfm_kg.query import open_source
from cfm_kg.remote import Connection, Endpoint
from cfm_kg.remote.pull import pull
from cfm_kg.remote.push import Push, Pushed, graphs_of
from cfm_kg.remote.record import Batch, Record
from cfm_kg.remote.roads import Road, Update, find_road
from cfm_kg.store import parse_file, write_nquads
from cfm_kg.vocab import BASE, FACTS_GRAPH

SMALL = Path(__file__).parent / "data" / "queries.trig"
OLD_ARTICLE = "https://w3id.org/cfm-kg/id/article/old"
P, STRING = ox.NamedNode("http://e/p"), "http://www.w3.org/2001/XMLSchema#"
NASTY = ['a "quote"\\', "two\nlines\r\ttabs", "\u2028\u0085 separators", "{ } ; #", "Ошибка ’ 会議 😀", ""]


@pytest.fixture(scope="module", params=[oxigraph, virtuoso], ids=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with request.param(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture(params=["update", "graph store"])
def road(request: pytest.FixtureRequest, server: Server) -> Road:
    if request.param == "update":
        return find_road(server.query, server.connection())
    return find_road(server.query, server.connection(), graph_store=server.graphs)


@pytest.fixture(scope="module")
def first() -> set[ox.Quad]:
    """The small graph with every kind of value, and an article that the second lacks."""
    values = [ox.Literal(text) for text in NASTY] + [ox.Literal("Zusage", language="de")]
    typed = {
        "date": "2021-05-19",
        "gYearMonth": "2021-05",
        "gYear": "2021",
        "boolean": "true",
        "integer": "7",
    }
    values += [
        ox.Literal(v, datatype=ox.NamedNode(STRING + t)) for t, v in (typed | {"decimal": "0.75"}).items()
    ]
    things = [ox.Quad(ox.NamedNode(f"http://e/{i}"), P, v) for i, v in enumerate(values)]
    old = [ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(OLD_ARTICLE)) for q in things]
    return set(open_source(SMALL)) | set(things) | set(old)


@pytest.fixture(scope="module")
def second(first: set[ox.Quad]) -> set[ox.Quad]:
    """The same without that article, with a fact more and some fewer."""
    kept = {
        q for q in first if q.graph_name != ox.NamedNode(OLD_ARTICLE) and not str(q.subject).endswith("/1>")
    }
    return kept | {ox.Quad(ox.NamedNode("http://e/new"), P, ox.Literal("new"))}


def pushed(
    quads: set[ox.Quad], server: Server, road: Road, record: Path, size: int = 500, whole: bool = False
) -> Pushed:
    endpoint = Endpoint(server.query, server.connection())
    return Push(graphs_of(quads), endpoint, road, Record(record, server.query), size, whole).run()


def held(server: Server) -> bytes:
    return write_nquads(pull(Endpoint(server.query, Connection())))


def test_a_push_arrives_and_comes_back(
    server: Server, road: Road, first: set[ox.Quad], second: set[ox.Quad], tmp_path: Path
) -> None:
    record = tmp_path / "record"
    done = pushed(first, server, road, record, whole=True)
    assert (done.added, done.removed, done.statements) == (len(first), 0, len(first))
    assert held(server) == write_nquads(first)

    again = pushed(first, server, road, record)
    assert (again.added, again.removed) == (0, 0)

    changed = pushed(second, server, road, record)
    assert held(server) == write_nquads(second)
    assert changed.graphs == done.graphs - 1
    if road.patches:
        assert (changed.added, changed.removed) == (len(second - first), len(first - second))
    else:  # graphs that lost something are replaced, others stay
        assert 0 < changed.added < len(second)


def test_where_the_default_graph_is_all_graphs_facts_have_their_own(
    server: Server, first: set[ox.Quad], tmp_path: Path
) -> None:
    road = find_road(server.query, server.connection())
    done = pushed(first, server, road, tmp_path / "record", whole=True)
    assert done.facts_graph == (FACTS_GRAPH if server.graphs.endswith("-auth") else None)


def emptied(server: Server, road: Road) -> None:
    """Take away what other tests brought there."""
    for graph in Endpoint(server.query, Connection()).graphs():
        if graph.startswith(BASE):
            road.send(Batch(graph, clear=True), None)
    if server.credentials is None:  # Virtuoso has no default graph of its own
        road.send(Batch(None, clear=True), None)


class Cable:
    """A road that breaks: before a batch goes out, or after it arrived."""

    def __init__(self, road: Road, breaks_at: int, arrives: bool) -> None:
        self.patches, self.url = road.patches, road.url
        self._road, self._left, self._arrives = road, breaks_at, arrives
        self.sent: list[Batch] = []

    def send(self, batch: Batch, default_graph: str | None) -> None:
        self._left -= 1
        if self._left >= 0 or self._arrives:
            self._road.send(batch, default_graph)
            self.sent.append(batch)
        if self._left < 0:
            raise CfmError("the cable is cut")


@pytest.mark.parametrize("arrives", [True, False])
@pytest.mark.parametrize("breaks_at", [0, 3, 9])
def test_an_interrupted_push_goes_on(
    server: Server, road: Road, first: set[ox.Quad], tmp_path: Path, breaks_at: int, arrives: bool
) -> None:
    emptied(server, road)
    record = tmp_path / "record"
    cable = Cable(road, breaks_at, arrives)
    with pytest.raises(CfmError, match="cable"):
        pushed(first, server, cable, record, size=50)
    rest = Cable(road, 1000, arrives)
    pushed(first, server, rest, record, size=50)
    assert held(server) == write_nquads(first)
    everything = sum(map(len, graphs_of(first).values()))
    resent = sum(map(len, rest.sent)) + sum(map(len, cable.sent)) - everything
    assert 0 <= resent <= 50


def test_a_record_torn_in_the_middle_is_no_trouble(
    server: Server, first: set[ox.Quad], tmp_path: Path
) -> None:
    record, road = tmp_path / "record", find_road(server.query, server.connection())
    emptied(server, road)
    with pytest.raises(CfmError, match="cable"):
        pushed(first, server, Cable(road, 3, arrives=False), record, size=50)
    record.write_bytes(record.read_bytes()[:-40])  # the computer went off while it was written
    assert Record(record, server.query).open is None
    pushed(first, server, road, record)
    assert held(server) == write_nquads(first)


def test_a_batch_too_large_for_the_server_goes_on_in_smaller_ones(
    server: Server, first: set[ox.Quad], tmp_path: Path
) -> None:
    record, road = tmp_path / "record", find_road(server.query, server.connection())
    emptied(server, road)
    with pytest.raises(CfmError, match="cable"):
        pushed(first, server, Cable(road, 3, arrives=False), record, size=500)
    rest = Cable(road, 1000, arrives=True)
    pushed(first, server, rest, record, size=20)
    assert max(map(len, rest.sent)) == 20
    assert held(server) == write_nquads(first)


def test_deletions_by_update_cannot_go_on_by_graph_store(server: Server, tmp_path: Path) -> None:
    Record(tmp_path / "record", server.query).begin(Batch(OLD_ARTICLE, delete=("<x:a> <x:b> <x:c> .",)))
    road = find_road(server.query, server.connection(), graph_store=server.graphs)
    with pytest.raises(CfmError, match="cannot go on by the Graph Store"):
        pushed(set(), server, road, tmp_path / "record")


def test_what_others_did_to_our_graphs_is_mended(server: Server, first: set[ox.Quad], tmp_path: Path) -> None:
    record, road = tmp_path / "record", find_road(server.query, server.connection())
    pushed(first, server, road, record, whole=True)
    road.send(Batch(OLD_ARTICLE, insert=('<http://e/x> <http://e/p> "a stranger" .',)), None)
    done = pushed(first, server, road, record)
    assert 0 < done.added < len(first)
    assert held(server) == write_nquads(first)


def test_a_default_graph_of_others_is_not_touched(tmp_path: Path, first: set[ox.Quad]) -> None:
    with oxigraph(tmp_path) as server:
        road = find_road(server.query, server.connection())
        stranger = '<http://e/x> <http://e/p> "a stranger" .'
        road.send(Batch(None, insert=(stranger,)), None)
        with pytest.raises(
            CfmError, match=r"holds 1 statements, of which 0 were pushed[\s\S]*--default-graph"
        ):
            pushed(first, server, road, tmp_path / "record")
        assert graphs_of(pull(Endpoint(server.query, Connection())))[None] == {stranger}
        endpoint = Endpoint(server.query, server.connection(), FACTS_GRAPH)
        Push(graphs_of(first), endpoint, road, Record(tmp_path / "other", server.query), 500).run()
        assert held(server) == write_nquads(first)  # and from then on the graph is found
        pushed(first, server, road, tmp_path / "whole", whole=True)


def test_long_answers_that_a_server_cuts_are_brought_in_parts(server: Server, tmp_path: Path) -> None:
    many = {ox.Quad(ox.NamedNode(f"http://e/{i}"), P, ox.Literal(str(i))) for i in range(2400)}
    road = find_road(server.query, server.connection())
    pushed(many, server, road, tmp_path / "record", size=1000, whole=True)
    assert graphs_of(pull(Endpoint(server.query, Connection())))[None] == graphs_of(many)[None]
    pushed(set(), server, road, tmp_path / "record")


def test_facts_that_cannot_be_told_from_articles_are_not_pulled(server: Server, first: set[ox.Quad]) -> None:
    if server.credentials is None:
        pytest.skip("this server keeps its default graph apart")
    road = find_road(server.query, server.connection())
    emptied(server, road)
    road.send(Batch(OLD_ARTICLE, insert=tuple(graphs_of(first)[OLD_ARTICLE])), None)
    with pytest.raises(CfmError, match="all its graphs together"):
        list(pull(Endpoint(server.query, Connection())))
    assert graphs_of(pull(Endpoint(server.query, Connection()), [OLD_ARTICLE])).keys() == {OLD_ARTICLE}
    with pytest.raises(CfmError, match="has no graph"):
        list(pull(Endpoint(server.query, Connection()), ["http://e/none"]))


def test_blank_nodes_are_refused() -> None:
    with pytest.raises(CfmError, match="blank node"):
        graphs_of([ox.Quad(ox.BlankNode("b"), P, ox.Literal("x"))])


def test_a_record_belongs_to_one_endpoint(tmp_path: Path) -> None:
    Record(tmp_path / "record", "http://one.example/").begin(Batch(None, insert=("a",)))
    with pytest.raises(CfmError, match="not the record"):
        Record(tmp_path / "record", "http://two.example/")


def test_who_may_not_write_is_told(server: Server) -> None:
    if not server.credentials:
        pytest.skip("this server lets everybody write")
    with pytest.raises(CfmError, match="wants credentials"):
        find_road(server.query, Connection())


def test_the_road_is_found(server: Server) -> None:
    found = find_road(server.query, server.connection())
    assert isinstance(found, Update)
    assert found.url == server.update


def test_on_the_command_line(server: Server, first: set[ox.Quad], tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_bytes(write_nquads(first))
    secret = server.credentials
    env = {} if secret is None else {"CFM_KG_ENDPOINT_USER": "dba", "CFM_KG_ENDPOINT_PASSWORD": "dba"}

    def run(*arguments: str, code: int = 0) -> str:
        done = CliRunner().invoke(app, arguments, env=env, prog_name="cfm-kg")
        assert done.exit_code == code, done.output
        return done.output

    said = run("push", server.query, "--store", str(tmp_path / "graph.nq"), "--whole")
    assert f"{len(first)} statements added, 0 removed" in said
    assert len(list((tmp_path / "pushed").iterdir())) == 1
    run("pull", server.query, "--out", str(tmp_path / "back.trig"))
    assert write_nquads(parse_file(tmp_path / "back.trig")) == write_nquads(first)
    run("pull", server.query, "--out", str(tmp_path / "store"))
    asked = ("query", "meetings", "--param", "country=KG", "--format", "csv")
    assert run(*asked, "--store", str(tmp_path / "store")) == run(*asked, "--endpoint", server.query)
    assert "did you mean Kyrgyzstan" in run(*asked[:3], "country=Kyrgystan", "-e", server.query, code=2)
    assert "cannot be reached" in run("pull", f"http://127.0.0.1:{free_port()}/", code=2)
    assert "not known by its suffix" in run("pull", server.query, "--out", "x.doc", code=2)
