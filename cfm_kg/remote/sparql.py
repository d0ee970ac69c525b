"""The one module that knows SPARQLWrapper, which composes requests by the SPARQL 1.1 protocol.

The package rests since 2022. Its own way of sending loses headers of failures and changes the process's
opener for Digest, so that requests go out through this project's connection.
"""

from __future__ import annotations

import urllib.request
from collections.abc import Sequence

from SPARQLWrapper import POST, URLENCODED, SPARQLWrapper

from cfm_kg.remote.connection import Answer, Connection

ROWS = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
TRIPLES = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5"


class _Composer(SPARQLWrapper):
    """Composes and does not send."""

    def request(self, form: str) -> urllib.request.Request:
        """The request for a text of that form: `SELECT` … or `INSERT` for any update."""
        self.queryType = form  # its own guess reads words in comments and strings
        request: urllib.request.Request = self._createRequest()
        return request


def _composer(url: str, text: str, accept: str) -> _Composer:
    composer = _Composer(url, agent="cfm-kg")
    composer.setOnlyConneg(True)  # Virtuoso answers ASK wrongly where `format` is a parameter too
    composer.setMethod(POST)
    composer.setRequestMethod(URLENCODED)  # Virtuoso never answers a query sent as a body of its own
    composer.queryString = text
    composer.addCustomHttpHeader("Accept", accept)
    return composer


def send_query(
    connection: Connection,
    url: str,
    text: str,
    form: str,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
) -> Answer:
    """The answer to a query of a form, over the graphs if any are given. Raises CfmError."""
    composer = _composer(url, text, TRIPLES if form in ("CONSTRUCT", "DESCRIBE") else ROWS)
    for iri in default_graphs:
        composer.addParameter("default-graph-uri", iri)
    for iri in named_graphs:
        composer.addParameter("named-graph-uri", iri)
    return connection.send(composer.request(form))


def send_update(connection: Connection, url: str, text: str, attempts: int | None = None) -> Answer:
    """The answer to a SPARQL update. Raises CfmError."""
    return connection.send(_composer(url, text, "*/*").request("INSERT"), attempts)
