"""Bringing a graph to a remote store: all of it, or what changed since the last time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.remote.endpoint import Endpoint
from cfm_kg.remote.record import Batch, Graphs, Record
from cfm_kg.remote.roads import Road
from cfm_kg.vocab import BASE, FACTS_GRAPH


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did. `statements` and `graphs` count what the remote store now holds of ours."""

    added: int
    removed: int
    statements: int
    graphs: int
    facts_graph: str | None


class Push:
    """A push of graphs to an endpoint by a road. `whole`: send all anew, and replace what is there."""

    def __init__(
        self, graphs: Graphs, endpoint: Endpoint, road: Road, record: Record, size: int, whole: bool = False
    ) -> None:
        self._graphs = graphs
        self._endpoint = endpoint
        self._road = road
        self._record = record
        self._size = size
        self._whole = whole

    def run(self, sent: Callable[[int, int], None] = lambda done, total: None) -> Pushed:
        """Carry it out; `sent` hears how many statements are sent, of how many. Raises CfmError.

        Named graphs go first: by them one sees whether the store keeps its default graph apart.
        """
        if self._record.open and not self._whole:
            for piece in self._pieces(self._record.open):
                self._send(piece)
        names = _named_first(self._graphs.keys() | self._record.held.keys())
        total = sum(len(self._wanted(name) ^ self._held(name)) for name in names)
        counts, added, removed = self._counts(), 0, 0
        for name in names:
            for batch in self._batches(name, self._count(name, counts)):
                self._send(batch)
                added, removed = added + len(batch.insert), removed + len(batch.delete)
                sent(added + removed, max(total, added + removed))
        self._verify(names)
        self._record.tidy()
        held = self._record.held
        return Pushed(added, removed, sum(map(len, held.values())), len(held), self._facts_graph)

    @cached_property
    def _facts_graph(self) -> str | None:
        """The named graph for the merged facts, where the store's default graph is all graphs together."""
        if (known := self._endpoint.facts_graph) is not None:
            return known
        if self._endpoint.has_own_default:
            return None
        facts = self._wanted(None)
        named = (line for name, lines in self._graphs.items() if name for line in lines)
        witness = next((line for line in named if line not in facts), None)
        merges = witness is not None and self._endpoint.merges_graphs(witness)
        return FACTS_GRAPH if merges else None

    def _wanted(self, name: str | None) -> frozenset[str]:
        return self._graphs.get(name, frozenset())

    def _held(self, name: str | None) -> frozenset[str]:
        return frozenset(self._record.held.get(name, ()))

    def _send(self, batch: Batch) -> None:
        self._record.begin(batch)
        self._road.send(batch, self._facts_graph if batch.graph is None else None)
        self._record.done(batch)

    def _pieces(self, batch: Batch) -> Iterator[Batch]:
        """A batch that was never confirmed, in parts: it may have been too large for the server."""
        if batch.delete and not self._road.patches:
            raise CfmError(
                "an interrupted push by updates cannot go on by the Graph Store Protocol",
                where=self._endpoint.url,
                remedy="leave --graph-store-url out, or send everything anew with --whole",
            )
        if batch.clear:
            yield Batch(batch.graph, clear=True)
        for lines in _chunks(list(batch.delete), self._size):
            yield Batch(batch.graph, delete=lines)
        for lines in _chunks(list(batch.insert), self._size):
            yield Batch(batch.graph, insert=lines)

    def _batches(self, name: str | None, there: int) -> Iterator[Batch]:
        wanted, held = self._wanted(name), self._held(name)
        gone, new = sorted(held - wanted), sorted(wanted - held)
        unlike = there != len(held)
        ours = (name or self._facts_graph or "").startswith(BASE)
        if unlike and there and not ours and not self._whole:
            raise _foreign(self._endpoint.url, there, len(held))
        if self._whole or unlike or (gone and not self._road.patches):
            first = True
            for lines in _chunks(sorted(wanted), self._size) if wanted else [()]:
                yield Batch(name, clear=first, insert=tuple(lines))
                first = False
            return
        for lines in _chunks(gone, self._size):
            yield Batch(name, delete=tuple(lines))
        for lines in _chunks(new, self._size):
            yield Batch(name, insert=tuple(lines))

    def _counts(self) -> dict[str, int]:
        """Statements by named graph."""
        text = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
        rows = self._endpoint.ask(text).values()
        return {str(row["g"]): int(row["n"] or 0) for row in rows if row["g"]}

    def _count(self, name: str | None, counts: dict[str, int]) -> int:
        if (graph := name or self._facts_graph) is not None:
            return counts.get(graph, 0)
        rows = self._endpoint.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").values()
        return int(rows[0]["n"] or 0)

    def _verify(self, names: Iterable[str | None]) -> None:
        counts = self._counts()
        for name in names:
            there, ours = self._count(name, counts), len(self._held(name))
            if there != ours:
                what = name or "the merged facts"
                raise CfmError(
                    f"the store holds {there} statements of {what}, and {ours} were sent",
                    where=self._endpoint.url,
                    why="somebody else writes to it too, or it does not keep all kinds of values",
                    remedy="push again with --whole",
                )


def _foreign(url: str, there: int, ours: int) -> CfmError:
    return CfmError(
        f"the graph for the merged facts holds {there} statements, of which {ours} were pushed from here",
        where=url,
        why="what is there would be lost or mixed up",
        remedy=f"name another graph with --default-graph, such as {FACTS_GRAPH}, or replace all with --whole",
    )


def graphs_of(quads: Iterable[ox.Quad]) -> Graphs:
    """Quads by graph, as lines of N-Triples without blank nodes. Raises CfmError for a blank node."""
    found: dict[str | None, set[str]] = defaultdict(set)
    for quad in quads:
        graph = quad.graph_name
        if any(isinstance(term, ox.BlankNode) for term in (quad.subject, quad.object, graph)):
            raise CfmError(
                "the graph has a blank node",
                where=str(quad),
                why="a thing without a name cannot be found again in a remote store",
                remedy="give it an IRI",
            )
        found[graph.value if isinstance(graph, ox.NamedNode) else None].add(f"{quad.triple} .")
    return {name: frozenset(lines) for name, lines in found.items()}


def _chunks(lines: list[str], size: int) -> Iterator[tuple[str, ...]]:
    return (tuple(lines[i : i + size]) for i in range(0, len(lines), size))


def _named_first(names: Iterable[str | None]) -> list[str | None]:
    return sorted(names, key=lambda name: (name is None, name or ""))
