"""Bringing a graph from a remote store here, and making sure that it is all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.remote.endpoint import Endpoint
from cfm_kg.vocab import BASE

_DIGITS = "0123456789abcdef"
_DEEPEST = 6
"""So many hexadecimal digits split a graph into 16 million parts."""


def pull(
    endpoint: Endpoint,
    graphs: Sequence[str] | None = None,
    fetched: Callable[[str, int], None] = lambda graph, count: None,
) -> Iterator[ox.Quad]:
    """The merged facts, and the named graphs of this project or those given. Raises CfmError.

    `fetched` hears of each graph with its number of statements.
    """
    facts = endpoint.facts_graph
    if graphs is None:
        named = [name for name in endpoint.graphs() if name.startswith(BASE) and name != facts]
        if facts is None and not endpoint.has_own_default:
            _refuse_merged(endpoint, named)
        triples = _triples(endpoint, facts)
        fetched("merged facts", len(triples))
        yield from (ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    for name in named if graphs is None else graphs:
        triples = _triples(endpoint, name)
        if graphs and not triples:
            raise CfmError(f"the endpoint has no graph {name}", where=endpoint.url)
        fetched(name, len(triples))
        yield from (ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(name)) for t in triples)


def _refuse_merged(endpoint: Endpoint, named: list[str]) -> None:
    """Raise CfmError where the default graph is all graphs together: it has something of each."""
    pattern = "SELECT ?s ?p ?o {{ GRAPH <{}> {{ ?s ?p ?o }} }} LIMIT 1"
    witnesses = (" ".join(map(str, endpoint.ask(pattern.format(name)).rows[0])) for name in named)
    if named and all(endpoint.merges_graphs(f"{witness} .") for witness in witnesses):
        raise CfmError(
            "the endpoint's default graph is all its graphs together",
            where=endpoint.url,
            why="the merged facts cannot be told from what single articles say",
            remedy="name their graph with --default-graph (`none` if the default graph is theirs after all), "
            "or pull single graphs with --graph",
        )


def _triples(endpoint: Endpoint, graph: str | None) -> tuple[ox.Triple, ...]:
    pattern = f"GRAPH <{graph}> {{ ?s ?p ?o }}" if graph else "?s ?p ?o"
    found = tuple(_part(endpoint, pattern, ""))
    return tuple(sorted(set(found), key=str))


def _part(endpoint: Endpoint, pattern: str, digits: str) -> Iterator[ox.Triple]:
    """The triples of things whose name's MD5 begins with some digits.

    Servers cut long answers, some in silence: what does not agree with their own count is asked for in parts.
    """
    where = f'{pattern} FILTER(STRSTARTS(MD5(STR(?s)), "{digits}"))' if digits else pattern
    count = int(endpoint.ask(f"SELECT (COUNT(*) AS ?n) {{ {where} }}").values()[0]["n"] or 0)
    triples = endpoint.ask(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {where} }}").triples if count else ()
    if len(triples) == count:
        yield from triples
    elif len(digits) < _DEEPEST:
        for digit in _DIGITS:
            yield from _part(endpoint, pattern, digits + digit)
    else:
        raise CfmError(
            f"the endpoint gives {len(triples)} of {count} statements",
            where=endpoint.url,
            remedy="raise the server's limit on the size of an answer",
        )
