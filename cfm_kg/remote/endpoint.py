"""A remote SPARQL 1.1 endpoint that answers the same questions as a store at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import pyoxigraph as ox

from cfm_kg.query.bind import bind, check_names
from cfm_kg.query.catalogue import NamedQuery
from cfm_kg.query.lexing import form_of, graphs_named, open_blocks, prefixes_needed, tokens
from cfm_kg.query.results import Result
from cfm_kg.query.run import parameter_terms
from cfm_kg.query.values import Value, naming_properties
from cfm_kg.remote.answers import read_answer
from cfm_kg.remote.connection import Connection, checked_address
from cfm_kg.remote.sparql import send_query
from cfm_kg.vocab import FACTS_GRAPH, prefixes


class Endpoint:
    """An endpoint with its address. `default_graph` is the graph that its queries take as the default one.

    Without one, the endpoint is asked whether it has the graph of merged facts, which `push` writes where a
    store has no default graph of its own; an empty text means the store's own default graph.
    """

    def __init__(self, url: str, connection: Connection, default_graph: str | None = None) -> None:
        self.url = checked_address(url)
        self.connection = connection
        self._default_graph = default_graph

    @cached_property
    def facts_graph(self) -> str | None:
        """The named graph that stands for the default graph, if one does."""
        if self._default_graph is not None:
            return self._default_graph or None
        held = self.ask(f"ASK {{ GRAPH <{FACTS_GRAPH}> {{ ?s ?p ?o }} }}").truth
        return FACTS_GRAPH if held else None

    @property
    def has_own_default(self) -> bool:
        """Whether it was told that the store's own default graph holds the merged facts."""
        return self._default_graph == ""

    def run(self, query: NamedQuery, parameters: Mapping[str, Value]) -> Result:
        """Run a query with its parameters there. Raises CfmError."""
        check_names(query, parameters)
        text = portable(bind(query.text, parameter_terms(query, RemoteNames(self), parameters)))
        if self.facts_graph is None or _has_dataset(text):
            return self.ask(text)
        written, any_graph = graphs_named(text)
        named = set(self.graphs()) if any_graph else {_expanded(name) for name in written}
        return self.ask(text, [self.facts_graph], sorted(named - {self.facts_graph}))

    def ask(
        self, text: str, default_graphs: list[str] | None = None, named: list[str] | None = None
    ) -> Result:
        """Send a query as it is. Raises CfmError."""
        form = form_of(text)
        answer = send_query(self.connection, self.url, text, form, default_graphs or (), named or ())
        result = read_answer(answer, form, text, self.url)
        if answer.most_rows is not None and len(result) >= answer.most_rows:
            self.connection.heard(f"the server stops after {answer.most_rows} rows: there may be more")
        return result

    def graphs(self) -> list[str]:
        """All named graphs that hold something, sorted."""
        rows = self.ask("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").rows
        return sorted(row[0].value for row in rows if isinstance(row[0], ox.NamedNode))

    def merges_graphs(self, witness: str) -> bool:
        """Whether a query without a graph's name sees a triple that only a named graph holds."""
        return bool(self.ask(f"ASK {{ {witness} }}").truth)


class RemoteNames:
    """The names that an endpoint knows."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    def mentions(self, iri: str) -> bool:
        """Whether the endpoint has the thing, in any graph."""
        inner = f"{{ <{iri}> ?p ?o }} UNION {{ ?s ?q <{iri}> }}"
        return bool(self._endpoint.ask(f"ASK {{ {inner} UNION {{ GRAPH ?g {{ {inner} }} }} }}").truth)

    def bearing(self, name: str, kind: str) -> set[str]:
        """IRIs of all things of a kind that bear a name, in any graph."""
        return {
            iri for iri, _ in self._named(kind, f" FILTER(LCASE(STR(?name)) = {ox.Literal(name.lower())})")
        }

    def of_kind(self, kind: str) -> Iterable[tuple[str, str]]:
        """IRI and name of all things of a kind, in any graph."""
        return self._named(kind, "")

    def _named(self, kind: str, condition: str) -> Iterator[tuple[str, str]]:
        one = " UNION ".join(f"{{ ?thing <{name}> ?name }}" for name in naming_properties())
        text = (
            f"SELECT DISTINCT ?thing ?name {{ {{ {one} }} UNION {{ GRAPH ?g {{ {one} }} }} "
            f'FILTER(STRSTARTS(STR(?thing), "{kind}")){condition} }}'
        )
        for thing, name in self._endpoint.ask(text).rows:
            if isinstance(thing, ox.NamedNode) and isinstance(name, ox.Literal):
                yield thing.value, name.value


def portable(text: str) -> str:
    """The query as any endpoint takes it: with its prefixes, and without parameters that are left open.

    Lines keep their numbers. Virtuoso and others mistake `VALUES ?x { UNDEF }` for something that binds.
    """
    for start, end in sorted(open_blocks(text), reverse=True):
        text = text[:start] + text[end:]
    needed = sorted(prefixes_needed(text) & prefixes().keys())
    return "".join(f"PREFIX {name}: <{prefixes()[name]}> " for name in needed) + text


def _has_dataset(text: str) -> bool:
    """Whether the query itself says which graphs it is about."""
    return any(token.kind == "word" and token.text.upper() == "FROM" for token in tokens(text))


def _expanded(written: str) -> str:
    if written.startswith("<"):
        return written[1:-1]
    name, _, local = written.partition(":")
    return prefixes().get(name, name + ":") + local
