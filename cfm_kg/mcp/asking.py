"""Questions to the store, in processes that are stopped when they take too long; and rows for assistants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from cfm_kg.description import Index, Labels
from cfm_kg.query import NamedQuery, Result, bound_text, form_of, read_result, render
from cfm_kg.query.results import Kind, plain
from cfm_kg.serve.readers import Question, Readers
from cfm_kg.store import LiveStore, Snapshot
from cfm_kg.store.live import State

ROWS, MOST_ROWS = 50, 1000
"""How many rows a tool shows unless told otherwise, and at most."""
_TRIPLES = "application/n-triples"
_RESULTS = "application/sparql-results+json"


@dataclass(slots=True)
class _Names:
    """The index of one state of the store."""

    state: State
    labels: Labels
    index: Index | None = None


class Asking:
    """The store as tools see it: its present state, its names, and readers for queries."""

    def __init__(self, folder: Path, readers: Readers) -> None:
        self.live = LiveStore(folder)
        self._readers = readers
        self._names: _Names | None = None

    async def result(self, query: NamedQuery, given: Mapping[str, Any]) -> Result:
        """The result of a query with its parameters. Raises CfmError: faulty, refused, or stopped."""
        text = bound_text(query, self.live.snapshot().store, given)
        triples = form_of(text) in ("CONSTRUCT", "DESCRIBE")
        async with self._readers.answer(Question(text, _TRIPLES if triples else _RESULTS)) as answer:
            body = await answer.body()
        if triples:
            found = sorted((quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)), key=str)
            return Result(Kind.TRIPLES, triples=tuple(dict.fromkeys(found)))
        return read_result(ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON))

    def labels(self) -> tuple[Snapshot, Labels]:
        """The present state with its labels."""
        names, snapshot = self._present()
        return snapshot, names.labels

    def index(self) -> Index:
        """The names of the present state, read when they are first asked for."""
        names, snapshot = self._present()
        if names.index is None:
            names.index = Index(snapshot.store)
        return names.index

    def _present(self) -> tuple[_Names, Snapshot]:
        snapshot = self.live.snapshot()
        if self._names is None or self._names.state != snapshot.state:
            self._names = _Names(snapshot.state, Labels(snapshot.store))
        return self._names, snapshot


def shown(result: Result, most: int) -> tuple[str, dict[str, Any]]:
    """The first rows as a Markdown table with short names, and as values with IRIs in full."""
    if result.kind is Kind.TRUTH:
        return ("yes\n" if result.truth else "no\n"), {"answer": result.truth}
    total = len(result)
    cut = Result(result.kind, result.variables, result.rows[:most], triples=result.triples[:most])
    rows = cut.values() if cut.kind is Kind.ROWS else [_triple(one) for one in cut.triples]
    columns = list(cut.variables) or ["subject", "predicate", "object"]
    told = f"{total} {'row' if total == 1 else 'rows'}"
    if total > most:
        told = f"{most} of {told}: narrow the question, or raise max_rows"
    values = {"columns": columns, "rows": rows, "total": total, "truncated": total > most}
    return f"{render(cut, 'md').decode()}\n{told}\n", values


def _triple(triple: ox.Triple) -> dict[str, str | None]:
    return {
        "subject": plain(triple.subject),
        "predicate": plain(triple.predicate),
        "object": plain(triple.object),
    }
