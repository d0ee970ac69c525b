"""Writing to a store: one transaction a change, and the files of entries put right after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.entries.folder import Folder
from cfm_kg.entries.ledger import entry_graph, kept
from cfm_kg.errors import CfmError
from cfm_kg.store import open_store
from cfm_kg.vocab import PROVENANCE_GRAPH

_DEFAULT = ox.DefaultGraph()


def forgotten(sha256: str) -> str:
    """An update that takes away what the provenance graph says of an entry, to be said anew."""
    return f"DELETE WHERE {{ GRAPH <{PROVENANCE_GRAPH}> {{ <{entry_graph(sha256)}> ?property ?value }} }}"


def settle(folder: Folder, store: Path) -> None:
    """Put the files of entries where the store says that they belong. Raises CfmError."""
    folder.settle({one.sha256: not one.removed for one in kept(open_store(store))})


def write(
    store: Path, remove: Iterable[ox.Quad], insert: Iterable[ox.Quad], also: Sequence[str] = ()
) -> None:
    """Change a store in one transaction: one update request, which is written as a whole or not at all.

    The updates `also` run first. Raises CfmError where the store cannot be written.
    """
    steps = [*also]
    for verb, quads in (("DELETE", list(dict.fromkeys(remove))), ("INSERT", list(dict.fromkeys(insert)))):
        if quads:
            steps.append(f"{verb} DATA {{\n{''.join(map(_statement, quads))}}}")
    try:
        opened = ox.Store(str(store))
        opened.update(" ;\n".join(steps))
        opened.flush()
        del opened
    except OSError as error:
        raise CfmError(
            "the store cannot be written",
            where=str(store),
            why=str(error),
            remedy="wait until no other process writes to it",
        ) from error


def _statement(quad: ox.Quad) -> str:
    if quad.graph_name == _DEFAULT:
        return f"{quad.triple} .\n"
    return f"GRAPH {quad.graph_name} {{ {quad.triple} }}\n"
