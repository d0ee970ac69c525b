"""Bringing a graph in parts to a remote store: part by part, each once, however large the whole is."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cfm_kg.errors import CfmError
from cfm_kg.parts import Folder, Manifest, Part, lines_of
from cfm_kg.parts.lines import graph_of, triple_of
from cfm_kg.remote.endpoint import Endpoint
from cfm_kg.remote.roads import Update
from cfm_kg.remote.sparql import send_update
from cfm_kg.vocab import BASE, FACTS_GRAPH, PROVENANCE_GRAPH

_HEAD = "# cfm-kg: parts pushed to "
_PROVENANCE = f"<{PROVENANCE_GRAPH}>".encode()
_WHOLE = "push again with --whole, which empties our graphs there first"


@dataclass(frozen=True, slots=True)
class PushedParts:
    """What a push did, and how many statements the remote store now holds of ours."""

    parts: int
    statements: int
    facts_graph: str | None


class PartsRecord:
    """The parts that arrived, by their hashes: a file with a line for each."""

    def __init__(self, path: Path, url: str) -> None:
        self.path, self._head = path, f"{_HEAD}{url}\n"
        try:
            text = path.read_text(encoding="ascii") if path.exists() else self._head
        except (OSError, ValueError) as error:
            raise CfmError("the record of pushes cannot be read", where=str(path), why=str(error)) from error
        if not text.startswith(self._head):
            raise CfmError(
                "this is not the record of parts pushed to that endpoint",
                where=str(path),
                remedy="name another file with --record",
            )
        # A line that was cut off is of a part that is sent again.
        self.arrived = {line for line in text.removeprefix(self._head).split("\n")[:-1] if line}

    def clear(self) -> None:
        """Nothing has arrived."""
        self.arrived.clear()
        self._write("w", "")

    def add(self, part: Part) -> None:
        """A part has arrived."""
        self.arrived.add(part.sha256)
        self._write("a", f"{part.sha256}\n")

    def _write(self, mode: str, text: str) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            new = mode == "w" or not self.path.exists()
            with self.path.open(mode, encoding="ascii", newline="") as file:
                file.write(self._head + text if new else text)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise CfmError(
                "the record of pushes cannot be written", where=str(self.path), why=str(error)
            ) from error


class PartsPush:
    """A push of parts by SPARQL updates of at most so many statements."""

    def __init__(
        self, folder: Folder, manifest: Manifest, endpoint: Endpoint, road: Update, record: PartsRecord,
        size: int,
    ) -> None:  # fmt: skip
        self._folder, self._parts = folder, manifest.of("graph")
        self._endpoint, self._road, self._record, self._size = endpoint, road, record, size
        self._facts_graph: str | None = endpoint.facts_graph

    def run(
        self, whole: bool = False, sent: Callable[[int, int], None] = lambda done, total: None
    ) -> PushedParts:
        """Carry it out; `sent` hears how many statements are sent, of how many. Raises CfmError."""
        if whole:
            self._empty()
        self._check_before()
        waiting = [part for part in self._parts if part.sha256 not in self._record.arrived]
        done, total = 0, sum(part.lines for part in waiting)
        for part in waiting:
            for lines in _chunks(lines_of(self._folder, part), self._size):
                self._send(lines)
                done += len(lines)
                sent(done, total)
            self._record.add(part)
        return PushedParts(len(waiting), self._check_after(), self._facts_graph)

    def _send(self, lines: Iterable[bytes]) -> None:
        by_graph: dict[bytes, list[bytes]] = defaultdict(list)
        for line in lines:
            by_graph[graph_of(line)].append(triple_of(line))
        facts = by_graph.pop(b"", [])
        if by_graph:
            said = (b"GRAPH " + name + b" {\n" + b"\n".join(some) + b"\n}" for name, some in by_graph.items())
            self._insert(b"\n".join(said))
            self._look(by_graph.get(_PROVENANCE, []))
        if facts:
            inner = b"\n".join(facts)
            graph = self._facts_graph
            self._insert(b"GRAPH <" + graph.encode() + b"> {\n" + inner + b"\n}" if graph else inner)

    def _insert(self, inner: bytes) -> None:
        text = b"INSERT DATA {\n" + inner + b"\n}"
        send_update(self._endpoint.connection, self._road.url, text.decode())

    def _look(self, provenance: list[bytes]) -> None:
        """Find out whether the default graph is all graphs together: no fact says what provenance does."""
        if self._looked or not provenance:
            return
        self._looked = True
        if self._facts_graph is None and not self._endpoint.has_own_default:
            merges = self._endpoint.merges_graphs(provenance[0].decode())
            self._facts_graph = FACTS_GRAPH if merges else None

    _looked = False

    def _empty(self) -> None:
        names = [f"GRAPH <{name}>" for name in self._endpoint.graphs() if name.startswith(BASE)]
        for name in ("DEFAULT", *names):
            send_update(self._endpoint.connection, self._road.url, f"CLEAR SILENT {name}")
        self._record.clear()

    def _check_before(self) -> None:
        if self._record.arrived - {part.sha256 for part in self._parts}:
            raise CfmError(
                "parts of another build were pushed there",
                where=self._endpoint.url,
                why="statements that no longer hold would stay",
                remedy=_WHOLE,
            )
        if not self._record.arrived and (there := sum(self._held())):
            raise CfmError(
                f"the store holds {there} statements that were not pushed from here as parts",
                where=self._endpoint.url,
                why="what is there would be mixed up with the parts",
                remedy=_WHOLE,
            )

    def _check_after(self) -> int:
        facts, named = self._held()
        in_graphs = sum(part.in_graphs for part in self._parts)
        total = sum(part.lines for part in self._parts)
        expected = (0, total) if self._facts_graph else (total - in_graphs, in_graphs)
        if (facts, named) != expected:
            raise CfmError(
                f"the store holds {facts + named} statements of ours, and {total} were sent",
                where=self._endpoint.url,
                why="somebody else writes to it too, or it does not keep all kinds of values",
                remedy=_WHOLE,
            )
        return facts + named

    def _held(self) -> tuple[int, int]:
        """Statements in the default graph, where it is a graph of its own, and in our named graphs."""
        named = self._count(f'GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{BASE}")) ')
        if self._facts_graph is not None:
            return 0, named
        return self._count("?s ?p ?o"), named

    def _count(self, pattern: str) -> int:
        rows = self._endpoint.ask(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}").values()
        return int(rows[0]["n"] or 0)


def _chunks(lines: list[bytes], size: int) -> Iterator[list[bytes]]:
    return (lines[at : at + size] for at in range(0, len(lines), size))
