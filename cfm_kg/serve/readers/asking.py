"""Queries and graphs of the open store, written to an output in a media type."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, cast

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.query.catalogue import named as named_query
from cfm_kg.query.faults import invalid_query
from cfm_kg.query.remote import refuse_remote
from cfm_kg.query.run import bound_text
from cfm_kg.serve.readers.output import Output
from cfm_kg.serve.readers.question import HTML, Graph, Named, Question
from cfm_kg.serve.readers.table import write_table
from cfm_kg.serve.refusal import HttpError
from cfm_kg.serve.settings import Settings
from cfm_kg.vocab import prefixes

Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
_RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}


def ask(question: Question, store: ox.Store, settings: Settings, output: Output) -> None:
    """Write a query's answer. Raises CfmError for a faulty or refused query, OSError from the store."""
    if not settings.federated:
        refuse_service(question.text)
    try:
        found = _found(question, store, settings.base)
        if isinstance(found, ox.QueryTriples):
            _write_triples(found, question.media, output)
        elif question.media in _RESULTS:
            found.serialize(cast(IO[bytes], output), format=_RESULTS[question.media])
        else:
            raise HttpError(406, "rows cannot be written as " + question.media)
    except SyntaxError as error:
        raise invalid_query("query", question.text, str(error.msg or error)) from error
    except (RuntimeError, ValueError) as error:
        raise CfmError("the query could not run", why=str(error)) from error


def refuse_service(text: str) -> None:
    """Raise HttpError for a query or update that would call another server."""
    try:
        refuse_remote(text)
    except CfmError as error:
        raise HttpError(403, error.what, where=error.where, why=error.why, remedy=error.remedy) from error


def _found(question: Question, store: ox.Store, base: str) -> Found:
    known = dict(prefixes())
    if not question.default_graphs and not question.named_graphs:
        return store.query(question.text, base_iri=base, prefixes=known)
    return store.query(
        question.text,
        base_iri=base,
        prefixes=known,
        default_graph=[ox.NamedNode(iri) for iri in question.default_graphs],
        named_graphs=[ox.NamedNode(iri) for iri in question.named_graphs],
    )


def _write_triples(triples: Iterable[ox.Triple], media: str, output: Output) -> None:
    if media not in _GRAPHS:
        raise HttpError(406, "triples cannot be written as " + media)
    ox.serialize(
        output.counted(triples), cast(IO[bytes], output), format=_GRAPHS[media], prefixes=dict(prefixes())
    )


def graph(asked: Graph, store: ox.Store, output: Output) -> None:
    """Write a graph of the store. Raises HttpError where there is none of that name."""
    name = ox.DefaultGraph() if asked.iri is None else ox.NamedNode(asked.iri)
    if isinstance(name, ox.NamedNode) and not store.contains_named_graph(name):
        raise HttpError(404, "there is no such graph", where=asked.iri, remedy="SELECT DISTINCT ?g …")
    quads = store.quads_for_pattern(None, None, None, name)
    _write_triples((quad.triple for quad in quads), asked.media, output)


def named(asked: Named, store: ox.Store, settings: Settings, output: Output) -> None:
    """Write the answer of a named query. Raises CfmError for an unknown parameter or a faulty value."""
    query = named_query(asked.name)
    text = bound_text(query, store, dict(asked.parameters))
    if asked.media == HTML:
        write_table(query, store.query(text, prefixes=dict(prefixes())), output)
    else:
        ask(Question(text, asked.media), store, settings, output)
