"""Taking entries back, and undoing the last change."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.entries.change import editor, entry_quads, merged_quads, now
from cfm_kg.entries.folder import Folder
from cfm_kg.entries.ledger import Change, Kept, change, changes, entry_graph, kept, merged_graph
from cfm_kg.entries.read import parse_entry
from cfm_kg.entries.stored import Facts
from cfm_kg.entries.write import forgotten, settle
from cfm_kg.errors import CfmError
from cfm_kg.quads import quads as as_quads
from cfm_kg.store import change_store, open_store, writing
from cfm_kg.vocab import PROV, PROVENANCE_GRAPH, XSD

_PROVENANCE = ox.NamedNode(PROVENANCE_GRAPH)
_DEFAULT = ox.DefaultGraph()


def remove(name: str, store: Path, who: str = "") -> Kept:
    """Take an entry back, by its file's name, its path or the start of its digest, in one transaction.

    What other entries say as well stays. Raises CfmError where no entry, or more than one, bears the name.
    """
    found = find(name, store)
    folder = Folder(store)
    with writing(store.parent):
        settle(folder, store)
        _take(store, [found], who or editor(), now())
        settle(folder, store)
    return found


def find(name: str, store: Path) -> Kept:
    """The entry that a store holds by this name. Raises CfmError where none or more than one does."""
    held = [one for one in kept(open_store(store)) if not one.removed]
    hits = [one for one in held if len(name) >= 4 and one.sha256.startswith(name.lower())]
    hits = hits or [one for one in held if one.file == Path(name).name]
    if len(hits) == 1:
        return hits[0]
    known = ", ".join(f"{one.file} ({one.name})" for one in (hits or held)[:8])
    raise CfmError(
        f"{len(hits) or 'no'} entries of this store are called {name!r}",
        where=str(store),
        why=f"it holds {known}" if known else "it holds no entries",
        remedy="give the start of the entry's digest",
    )


def _take(store: Path, taken: Sequence[Kept], who: str, when: str, undone: str = "") -> None:
    opened = open_store(store)
    gone = {one.graph for one in taken}
    others = [one for one in kept(opened) if not one.removed and one.graph not in gone]
    remove: list[ox.Quad] = []
    insert: list[ox.Quad] = []
    for one in taken:
        for graph in (entry_graph(one.sha256), merged_graph(one.sha256)):
            remove += opened.quads_for_pattern(None, None, None, ox.NamedNode(graph))
        for quad in opened.quads_for_pattern(None, None, None, ox.NamedNode(merged_graph(one.sha256))):
            # Where another entry says it too, it stays, and from now on it is that entry's.
            heir = next((other for other in others if _says(opened, other, quad)), None)
            if heir is None:
                remove += [
                    ox.Quad(quad.subject, quad.predicate, quad.object, g) for g in (_DEFAULT, _PROVENANCE)
                ]
            else:
                graph_of_heir = ox.NamedNode(merged_graph(heir.sha256))
                insert.append(ox.Quad(quad.subject, quad.predicate, quad.object, graph_of_heir))
        insert.append(_at(one.graph, when))
    if undone:
        insert.append(_at(undone, when))
    else:
        insert += as_quads(change("remove", [one.sha256 for one in taken], who, when), PROVENANCE_GRAPH)
    change_store(store, remove, insert)


def _says(store: ox.Store, one: Kept, quad: ox.Quad) -> bool:
    return ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(one.graph)) in store


def _at(iri: str, when: str) -> ox.Quad:
    moment = ox.Literal(when, datatype=ox.NamedNode(XSD("dateTime")))
    return ox.Quad(ox.NamedNode(iri), ox.NamedNode(PROV("invalidatedAtTime")), moment, _PROVENANCE)


def undo(store: Path, who: str = "") -> Change:
    """Undo the last change that is not undone yet. Raises CfmError where there is none."""
    open_changes = [one for one in changes(open_store(store)) if not one.undone]
    if not open_changes:
        raise CfmError("there is nothing to undo", where=str(store), why="no entry was added or removed")
    last, folder, when = open_changes[-1], Folder(store), now()
    with writing(store.parent):
        settle(folder, store)
        concerned = [one for one in kept(open_store(store)) if one.graph in last.graphs]
        if last.kind == "add":
            _take(store, [one for one in concerned if not one.removed], who or editor(), when, last.iri)
        else:
            _bring_back(folder, store, concerned, last.iri, when)
        settle(folder, store)
    return last


def _bring_back(folder: Folder, store: Path, concerned: Sequence[Kept], undone: str, when: str) -> None:
    opened = open_store(store)
    facts, insert = Facts(opened), [_at(undone, when)]
    files = {filed.card.sha256: filed for filed in folder.removed()}
    for one in concerned:
        filed = files.get(one.sha256)
        if filed is None or not filed.path.is_file():
            raise CfmError(
                "the entry's file is gone", where=str(folder.root), why=f"{one.file} was removed from there"
            )
        entry = parse_entry(filed.path.read_bytes(), one.file, facts)
        new = [t for t in dict.fromkeys(quad.triple for quad in entry.quads) if t not in facts]
        added = merged_quads([entry], new)
        insert += [*added, *entry_quads(entry, added, one.who, one.added)]
    change_store(store, (), insert, [forgotten(one.sha256) for one in concerned])
