"""The sides of a comparison: a store that is asked, lines that are streamed, a file that is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.store import open_store, parse_file

LINES = {".nq": ox.RdfFormat.N_QUADS, ".nt": ox.RdfFormat.N_TRIPLES}
"""Formats with one statement a line."""
_ONE_GRAPH = frozenset({".ttl", ".nt", ".xml", ".rdf"})


class Side(Protocol):
    """One side of a comparison."""

    @property
    def name(self) -> str:
        """The place as it was given."""

    @property
    def has_graphs(self) -> bool:
        """Whether it holds named graphs beside the merged facts."""

    def quads(self) -> Iterator[ox.Quad]:
        """All statements; may be asked for again. Raises CfmError where they cannot be read."""

    def about(self, things: Iterable[str]) -> list[ox.Quad]:
        """All statements in any graph whose subject is one of the IRIs."""


class StoreSide:
    """A store's folder: nothing is held in memory."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.store = open_store(folder)

    @property
    def has_graphs(self) -> bool:
        """Whether it holds named graphs."""
        return any(True for _ in self.store.named_graphs())

    def quads(self) -> Iterator[ox.Quad]:
        """All statements."""
        return iter(self.store)

    def about(self, things: Iterable[str]) -> list[ox.Quad]:
        """All statements about the things."""
        names = (ox.NamedNode(thing) for thing in things)
        return [quad for name in names for quad in self.store.quads_for_pattern(name, None, None, None)]


class FileSide:
    """A graph file that is read as a whole, when it is first asked."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self.path = path
        self._quads: frozenset[ox.Quad] | None = None

    @property
    def has_graphs(self) -> bool:
        """Whether it holds named graphs."""
        default = ox.DefaultGraph()
        one_graph = self.path.suffix.lower() in _ONE_GRAPH
        return not one_graph and any(quad.graph_name != default for quad in self._read())

    def quads(self) -> Iterator[ox.Quad]:
        """All statements, each once."""
        return iter(self._read())

    def about(self, things: Iterable[str]) -> list[ox.Quad]:
        """All statements about the things."""
        wanted = set(things)
        return [q for q in self._read() if isinstance(q.subject, ox.NamedNode) and q.subject.value in wanted]

    def _read(self) -> frozenset[ox.Quad]:
        if self._quads is None:
            self._quads = frozenset(parse_file(self.path))
        return self._quads


class LineSide(FileSide):
    """A file of one statement a line: where its lines are sorted they are compared as they pass."""

    @property
    def has_graphs(self) -> bool:
        """N-Quads are taken to have named graphs, N-Triples cannot."""
        return self.path.suffix.lower() == ".nq"

    def lines(self) -> Iterator[bytes]:
        """The lines that say something, without their ends. Raises CfmError."""
        try:
            with self.path.open("rb") as file:
                for line in file:
                    stripped = line.strip()
                    if stripped and not stripped.startswith(b"#"):
                        yield stripped
        except OSError as error:
            raise _unreadable(self.path, error) from error

    def parsed(self, lines: Iterable[bytes]) -> list[ox.Quad]:
        """The statements of some lines. Raises CfmError."""
        try:
            return list(ox.parse(b"\n".join(lines), format=LINES[self.path.suffix.lower()]))
        except SyntaxError:
            parse_file(self.path)  # tells the line in the file, where it is at fault
            raise

    def about(self, things: Iterable[str]) -> list[ox.Quad]:
        """All statements about the things."""
        if self._quads is not None:
            return super().about(things)
        wanted = {f"<{thing}>".encode() for thing in things}
        found = [line for line in self.lines() if line[: line.find(b">") + 1] in wanted]
        return self.parsed(found) if found else []


def open_source(place: Path) -> Side:
    """What a path means: a store, a build's folder or a graph file. Raises CfmError where it is none."""
    name = str(place)
    if place.is_dir():
        for folder in (place, place / "store"):
            if (folder / "CURRENT").is_file():
                return StoreSide(name, folder)
        if (place / "graph.nq").is_file():
            return LineSide(name, place / "graph.nq")
        raise CfmError(
            "this folder is neither a store nor a build",
            where=name,
            remedy="give the folder that `cfm-kg build --out` wrote, its store, or a graph file",
        )
    if not place.is_file():
        raise CfmError("there is nothing here", where=name, remedy="give a store, a build or a graph file")
    return (LineSide if place.suffix.lower() in LINES else FileSide)(name, place)


def _unreadable(path: Path, error: OSError) -> CfmError:
    return CfmError("the file cannot be read", where=str(path), why=error.strerror or str(error))
