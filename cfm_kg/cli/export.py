"""`cfm-kg export`: the store's graph in any format, as tables, or as a network."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfm_kg.cli.terminal import tell, write, write_file
from cfm_kg.errors import CfmError

if TYPE_CHECKING:
    import pyoxigraph as ox

EXAMPLE = "Example: `cfm-kg export --format jsonld --out meetings.jsonld`, or `cfm-kg export --format csv`"


class ExportFormat(StrEnum):
    """Formats of graphs, tables and networks."""

    TTL = "ttl"
    TRIG = "trig"
    NQ = "nq"
    NT = "nt"
    JSONLD = "jsonld"
    XML = "xml"
    CSV = "csv"
    PARQUET = "parquet"
    GRAPHML = "graphml"


class ClaimForm(StrEnum):
    """How RDF tells what a claim says."""

    STATEMENT = "statement"
    RDF12 = "rdf12"


TABLES = (ExportFormat.CSV, ExportFormat.PARQUET)
TRIPLE_TERMS = (ExportFormat.TTL, ExportFormat.TRIG, ExportFormat.NQ, ExportFormat.NT)


def export(
    to: Annotated[
        ExportFormat, typer.Option("--format", "-f", help="The format to write.")
    ] = ExportFormat.TTL,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="The file to write, default stdout; for tables a folder, default tables."
        ),
    ] = None,
    graph: Annotated[
        str | None, typer.Option("--graph", "-g", help="The IRI of one graph to write alone.")
    ] = None,
    store: Annotated[Path, typer.Option("--store", "-s", help="The store to export.")] = Path("build/store"),
    claims: Annotated[
        ClaimForm,
        typer.Option("--claims", help="What a claim says, as RDF 1.1 statements or as RDF 1.2 triple terms."),
    ] = ClaimForm.STATEMENT,
) -> int:
    """Write the graph, sorted, with prefixes and always the same bytes.

    TriG and N-Quads carry all graphs; other RDF formats the merged facts, or the one --graph. CSV and Parquet
    are tables in a folder with their description; GraphML is a network for Gephi and its like.
    """
    from cfm_kg.store import open_store

    opened = open_store(store)
    if graph and (to in TABLES or to is ExportFormat.GRAPHML):
        raise CfmError(
            f"--graph does not go with --format {to}", remedy="leave it out: tables are of the merged facts"
        )
    if to in TABLES:
        from cfm_kg.tables import write_tables

        paths = write_tables(opened, out or Path("tables"), to.value, tell)
        tell(f"{len(paths)} files in {out or 'tables'}, described in dictionary.md and datapackage.json")
        return 0
    content = _network(opened) if to is ExportFormat.GRAPHML else _rdf(opened, to, graph, claims, store)
    if out is None:
        write(content)
        return 0
    write_file(out, content)
    return 0


def _network(opened: ox.Store) -> bytes:
    from cfm_kg.tables import write_graphml

    return write_graphml(opened)


def _rdf(opened: ox.Store, to: ExportFormat, graph: str | None, claims: ClaimForm, store: Path) -> bytes:
    import pyoxigraph as ox

    from cfm_kg.store import with_triple_terms, write_as

    if claims is ClaimForm.RDF12 and to not in TRIPLE_TERMS:
        raise CfmError(
            f"{to} has no triple terms", remedy="with --claims rdf12, use --format " + ", ".join(TRIPLE_TERMS)
        )
    everything = to in (ExportFormat.TRIG, ExportFormat.NQ) and graph is None
    name = None if everything else ox.NamedNode(_iri(graph)) if graph else ox.DefaultGraph()
    quads = list(opened.quads_for_pattern(None, None, None, name))
    if graph and not quads:
        raise CfmError(
            f"the store has no graph {graph}",
            where=str(store),
            remedy="give the IRI of one it has, such as an article's that `cfm-kg query articles` lists",
        )
    found = with_triple_terms(quads) if claims is ClaimForm.RDF12 else quads
    return write_as(to.value, found, whole=graph is None)


def _iri(text: str) -> str:
    import pyoxigraph as ox

    try:
        return ox.NamedNode(text).value
    except ValueError as error:
        raise CfmError(f"{text!r} is not an IRI", why=str(error)) from error
