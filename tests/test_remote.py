"""No query calls another server, not even one that hides SERVICE behind the freedoms of SPARQL's grammar."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from cfm_kg.errors import CfmError
from cfm_kg.query.remote import refuse_remote

CALLING = {
    "plain": "{ SERVICE <URL> {?s ?p ?o} }",
    "silent, small": "{ service silent <URL> {?s ?p ?o} }",
    "after a comment": "{ # no\r SERVICE # or\n <URL> {?s ?p ?o} }",
    "no space": "{ SERVICESILENT<URL>{?s ?p ?o} }",
    "after a boolean": "{ ?a ?b trueSERVICE<URL>{?s ?p ?o} }",
    "after a number": "{ ?a ?b 1e0SERVICE<URL>{?s ?p ?o} }",
    "after an empty name": "{ ?a ?b :.SERVICE<URL>{?s ?p ?o} }",
    "prefixed name": "{ SERVICE:x {?s ?p ?o} }",
    "after a boolean, prefixed": "{ ?a ?b trueSERVICE:x {?s ?p ?o} }",
    "after an escaped IRI": "{ ?a <http://e/\\u0070#>?o . SERVICE <URL> {?s ?p ?o} }",
    "in a comparison": "{ ?a ?b ?x,?y FILTER(?x<?y||?x>=?y||true)SERVICE#>\n<URL>{?s ?p ?o} }",
    "comparison before a text": "{ ?a ?b ?x,?y FILTER(true||?x<?y#>'''\n) SERVICE <URL> {?s ?p ?o} #'''\n }",
    "comparison with a text": "{ ?a ?b ?x,?y FILTER(true||?x<'x>'||?y='x') SERVICE <URL> {?s ?p ?o} #'\n }",
}
"""Patterns that Oxigraph takes as calls."""
HARMLESS = [
    "SELECT ?service ?x { ?service ?p ?x }",
    "SELECT * { ?s ?p 'SERVICE <http://example.org/> {}' }",
    "SELECT * { ?s ?p ?o # SERVICE <http://example.org/> {\n }",
    "SELECT * { ?s ?p '''\nSERVICE <http://example.org/> {''' FILTER(?o < 3 && ?o > 1) }",
    "SELECT * { GRAPH <http://example.org/service> { ?s ?p ?o } }",
    "PREFIX ex: <http://example.org/service#> SELECT * { ?s ex:service ?o }",
    "SELECT * { GRAPH ?service { ?s ?p ?o } }",
]


@pytest.fixture
def other() -> Iterator[tuple[str, list[object]]]:
    """Another server's address, and the calls that it got."""
    calls: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def accept() -> None:
            while True:
                try:
                    connection, address = listening.accept()
                except OSError:
                    return
                calls.append(address)
                connection.close()

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/", calls
        listening.shutdown(socket.SHUT_RDWR)


def _text(pattern: str, url: str) -> str:
    return f"PREFIX : <{url}> SELECT * {pattern.replace('URL', url)}"


@pytest.mark.parametrize("name", CALLING)
def test_calls_are_refused(name: str) -> None:
    with pytest.raises(CfmError, match="SERVICE"):
        refuse_remote(_text(CALLING[name], "http://127.0.0.1:9/"))


@pytest.mark.parametrize("name", CALLING)
def test_they_would_call(name: str, other: tuple[str, list[object]]) -> None:
    """The examples above are dangerous indeed: the engine itself calls."""
    url, calls = other
    store = ox.Store()
    data = f"<e:a> <e:p> true, 1e0, <{url}>, 1, 2 . <e:b> <http://e/p#> <e:c> ."
    store.load(data.encode(), format=ox.RdfFormat.TURTLE)
    with contextlib.suppress(OSError):  # the other server answers nothing
        found = store.query(_text(CALLING[name], url))
        assert isinstance(found, ox.QuerySolutions)
        next(found, None)
    assert calls


def test_a_server_in_a_variable_is_refused() -> None:
    with pytest.raises(CfmError, match="SERVICE"):
        refuse_remote("SELECT * { BIND(<http://127.0.0.1:9/> AS ?u) SERVICE ?u {?s ?p ?o} }")


@pytest.mark.parametrize("text", HARMLESS)
def test_the_word_may_stand_elsewhere(text: str) -> None:
    ox.Store().query(text)
    refuse_remote(text)
