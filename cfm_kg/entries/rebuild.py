"""Entries survive a build: their files are read again, and what was noted of them is taken over."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.entries.change import entry_quads, merged_quads
from cfm_kg.entries.folder import Folder
from cfm_kg.entries.ledger import noted
from cfm_kg.entries.read import parse_entry
from cfm_kg.entries.stored import Facts
from cfm_kg.entries.write import settle
from cfm_kg.errors import CfmError
from cfm_kg.vocab import PROVENANCE_GRAPH, REGISTRY_GRAPH

_KNOWN = (ox.DefaultGraph(), ox.NamedNode(PROVENANCE_GRAPH), ox.NamedNode(REGISTRY_GRAPH))


def kept_quads(store: Path, built: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The quads that the entries of an earlier build add to a new one, before that replaces the store.

    Raises CfmError where an entry's file cannot be read any more.
    """
    folder = Folder(store)
    if not folder.root.is_dir():
        return []
    found: list[ox.Quad] = []
    if (store / "CURRENT").is_file():
        settle(folder, store)
        found += noted(store)
    fresh = ox.Store()
    fresh.bulk_extend(built)
    for filed in sorted(folder.current(), key=lambda one: (one.card.added, one.card.sha256)):
        card = filed.card
        try:
            content = filed.path.read_bytes()
        except OSError as error:
            raise CfmError("an entry's file is gone", where=str(filed.path), why=error.strerror) from error
        entry = parse_entry(content, card.file, Facts(fresh))
        if entry.sha256 != card.sha256:
            raise CfmError(
                "an entry's file was changed by hand",
                where=str(filed.path),
                why="its digest is not the one that was noted when it was added",
                remedy="restore it; then remove the entry and add the corrected file",
            )
        said = dict.fromkeys(quad.triple for quad in entry.quads)
        new = [t for t in said if not any(_holds(fresh, t, graph) for graph in _KNOWN)]
        added = merged_quads([entry], new)
        fresh.extend(added)
        found += [*added, *entry_quads(entry, added, card.who, card.added)]
    return list(dict.fromkeys(found))


def _holds(store: ox.Store, triple: ox.Triple, graph: ox.NamedNode | ox.DefaultGraph) -> bool:
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph) in store
