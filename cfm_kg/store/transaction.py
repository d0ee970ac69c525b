"""Changing a store in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.errors import CfmError

_DEFAULT = ox.DefaultGraph()


def change_store(
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
