"""What a reader process does with a question: ask the store, write the answer, tell what went wrong."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.query.lexing import refuse_remote
from cfm_kg.query.run import invalid_query
from cfm_kg.serve.readers.frames import END, FAILED, Output, frame
from cfm_kg.serve.readers.question import Question
from cfm_kg.store import open_store
from cfm_kg.vocab import prefixes

RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
"""How rows and truths are written, by media type."""
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
"""How triples are written, by media type."""


class Held:
    """The store, opened anew whenever its folder has changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._state: object = None
        self._store: ox.Store | None = None

    def store(self) -> ox.Store:
        """The store as it is now. Raises CfmError where there is none."""
        state = folder_state(self._folder)
        if self._store is None or state != self._state:
            self._store = open_store(self._folder)
            self._state = state
        return self._store


def folder_state(folder: Path) -> tuple[tuple[str, int, int, int], ...]:
    """What tells a store from the one that was in its folder before."""
    try:
        with os.scandir(folder) as entries:
            files = [(one.name, one.stat()) for one in entries if not one.name.startswith("LOG")]
    except OSError:
        return ()
    return tuple(sorted((name, stat.st_ino, stat.st_size, stat.st_mtime_ns) for name, stat in files))


def answer(question: Question, held: Held, out: IO[bytes]) -> None:
    """Write the answer as frames, or why there is none."""
    output = Output(_sender(out), lambda part: None)
    try:
        _ask(question, held.store(), output)
        output.finish()
        out.write(frame(END))
    except CfmError as error:
        out.write(_failure(error))


def _sender(out: IO[bytes]) -> Callable[[bytes], None]:
    def send(content: bytes) -> None:
        view = memoryview(content)
        while view:  # a raw stream may take a part only
            view = view[out.write(view) or 0 :]

    return send


def _failure(error: CfmError) -> bytes:
    told = {"what": error.what, "where": error.where, "why": error.why, "remedy": error.remedy}
    return frame(FAILED, json.dumps(told).encode())


def _ask(question: Question, store: ox.Store, output: Output) -> None:
    if not question.federated:
        refuse_remote(question.text)
    try:
        found = _found(question, store)
        out = cast(IO[bytes], output)
        if isinstance(found, ox.QueryTriples):
            found.serialize(out, format=GRAPHS[question.media])
        else:
            found.serialize(out, format=RESULTS[question.media])
    except SyntaxError as error:
        raise invalid_query("query", str(error.msg or error)) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise CfmError("the query could not run", why=str(error)) from error


def _found(question: Question, store: ox.Store) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    known = dict(prefixes())
    if not question.default_graphs and not question.named_graphs:
        return store.query(question.text, prefixes=known)
    return store.query(
        question.text,
        prefixes=known,
        default_graph=[ox.NamedNode(iri) for iri in question.default_graphs],
        named_graphs=[ox.NamedNode(iri) for iri in question.named_graphs],
    )
