"""Entries survive a build: their files are read again, and what was noted of them is taken over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Set
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.entries.change import entry_quads, merged_quads
from cfm_kg.entries.folder import Folder
from cfm_kg.entries.ledger import NOTED, entry_graph, noted
from cfm_kg.entries.model import Subject, Term
from cfm_kg.entries.read import parse_entry
from cfm_kg.entries.stored import MERGED, Facts
from cfm_kg.entries.write import settle
from cfm_kg.errors import CfmError
from cfm_kg.store import open_store
from cfm_kg.vocab import PROVENANCE_GRAPH

_DEFAULT, _PROVENANCE = ox.DefaultGraph(), ox.NamedNode(PROVENANCE_GRAPH)


class Rebuilt(Facts):
    """The facts of a store as they will be: without some quads, and with others, entry after entry."""

    def __init__(
        self, store: ox.Store, gained: Iterable[ox.Quad] = (), lost: Collection[ox.Quad] = ()
    ) -> None:
        super().__init__(store, [quad.triple for quad in gained if quad.graph_name in MERGED])
        self._lost = frozenset(lost)

    def match(
        self, subject: Subject | None, predicate: ox.NamedNode | None, value: Term | None
    ) -> Iterator[ox.Triple]:
        """The triples of this pattern, one by one; the same one may come twice."""
        if isinstance(value, ox.Triple):
            return
        for quad in self._added.quads_for_pattern(subject, predicate, value, _DEFAULT):
            yield quad.triple
        for graph in MERGED:
            for quad in self.store.quads_for_pattern(subject, predicate, value, graph):
                if quad not in self._lost:
                    yield quad.triple

    def learn(self, triples: Iterable[ox.Triple]) -> None:
        """Know further triples from now on."""
        self._added.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)


def has_entries(store: Path) -> bool:
    """Whether a store has, or had, entries beside it."""
    return Folder(store).root.is_dir()


def present_quads(store: Path) -> set[ox.Quad]:
    """All quads that a store has because of entries."""
    opened, found = open_store(store), set(noted(store))
    space = entry_graph("")
    for graph in opened.named_graphs():
        if isinstance(graph, ox.NamedNode) and graph.value.startswith(space):
            found.update(opened.quads_for_pattern(None, None, None, graph))
    return found | {one for one in _brought(found) if one in opened}


def entry_quads_among(quads: Set[ox.Quad]) -> set[ox.Quad]:
    """Those of all quads of a build that entries brought."""
    spaces = (entry_graph(""), *NOTED)
    found = {
        quad
        for quad in quads
        if str(getattr(quad.graph_name, "value", "")).startswith(spaces[0])
        or (quad.graph_name == _PROVENANCE and str(getattr(quad.subject, "value", "")).startswith(spaces))
    }
    return found | {one for one in _brought(found) if one in quads}


def _brought(found: Iterable[ox.Quad]) -> list[ox.Quad]:
    """What entries brought into the merged facts or provenance, by the graphs that note it."""
    return [
        ox.Quad(quad.subject, quad.predicate, quad.object, place)
        for quad in found
        if str(getattr(quad.graph_name, "value", "")).endswith("/merged")
        for place in (_DEFAULT, _PROVENANCE)
    ]


def noted_quads(store: Path) -> list[ox.Quad]:
    """What an earlier build's store notes of entries, after their files were put in order."""
    if not (store / "CURRENT").is_file():
        return []
    settle(Folder(store), store)
    return noted(store)


def kept_quads(store: Path, facts: Rebuilt) -> list[ox.Quad]:
    """The quads that the entries beside a store add to a new build, of which `facts` are known.

    Raises CfmError where an entry's file cannot be read any more.
    """
    folder, found = Folder(store), list[ox.Quad]()
    for filed in sorted(folder.current(), key=lambda one: (one.card.added, one.card.sha256)):
        card = filed.card
        try:
            content = filed.path.read_bytes()
        except OSError as error:
            raise CfmError("an entry's file is gone", where=str(filed.path), why=error.strerror) from error
        entry = parse_entry(content, card.file, facts)
        if entry.sha256 != card.sha256:
            raise CfmError(
                "an entry's file was changed by hand",
                where=str(filed.path),
                why="its digest is not the one that was noted when it was added",
                remedy="restore it; then remove the entry and add the corrected file",
            )
        said = dict.fromkeys(quad.triple for quad in entry.quads)
        added = merged_quads([entry], [triple for triple in said if triple not in facts])
        facts.learn(quad.triple for quad in added)
        found += [*added, *entry_quads(entry, added, card.who, card.added)]
    return list(dict.fromkeys(found))
