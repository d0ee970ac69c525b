"""`cfm-kg export`: the store's graph in any format."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cfm_kg.cli.terminal import write
from cfm_kg.errors import CfmError

EXAMPLE = "Example: `cfm-kg export --format jsonld --out meetings.jsonld`"


class GraphFormat(StrEnum):
    """Formats of graphs."""

    TTL = "ttl"
    TRIG = "trig"
    NQ = "nq"
    NT = "nt"
    JSONLD = "jsonld"
    XML = "xml"


def export(
    to: Annotated[GraphFormat, typer.Option("--format", "-f", help="The format to write.")] = GraphFormat.TTL,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The file to write; default: stdout.")
    ] = None,
    graph: Annotated[
        str | None, typer.Option("--graph", "-g", help="The IRI of one graph to write alone.")
    ] = None,
    store: Annotated[Path, typer.Option("--store", "-s", help="The store to export.")] = Path("build/store"),
) -> int:
    """Write the graph, sorted, with prefixes and always the same bytes.

    TriG and N-Quads carry all graphs; the other formats the merged facts, or the one --graph.
    """
    import pyoxigraph as ox

    from cfm_kg.store import open_store, write_as

    opened = open_store(store)
    everything = to in (GraphFormat.TRIG, GraphFormat.NQ) and graph is None
    name = None if everything else ox.NamedNode(_iri(graph)) if graph else ox.DefaultGraph()
    quads = list(opened.quads_for_pattern(None, None, None, name))
    if graph and not quads:
        raise CfmError(
            f"the store has no graph {graph}",
            where=str(store),
            remedy="give the IRI of one it has, such as an article's that `cfm-kg query articles` lists",
        )
    content = write_as(to.value, quads)
    if out is None:
        write(content)
        return 0
    try:
        out.write_bytes(content)
    except OSError as error:
        raise CfmError(
            "the file cannot be written",
            where=str(out),
            why=error.strerror,
            remedy="choose another place with --out",
        ) from error
    return 0


def _iri(text: str) -> str:
    import pyoxigraph as ox

    try:
        return ox.NamedNode(text).value
    except ValueError as error:
        raise CfmError(f"{text!r} is not an IRI", why=str(error)) from error
