"""`cfm-kg push` and `cfm-kg pull`: graphs to a remote store and back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfm_kg.cli.endpoints import CredentialsFile, DefaultGraph, Timeout, endpoint_at
from cfm_kg.cli.terminal import Verbosity, counted, steps, tell
from cfm_kg.cli.upkeep import holds_parts
from cfm_kg.errors import CfmError

if TYPE_CHECKING:
    import pyoxigraph as ox

    from cfm_kg.remote import Endpoint
    from cfm_kg.remote.roads import Update

EXAMPLE_PUSH = "Example: `cfm-kg push http://localhost:7878/query`"
EXAMPLE_PULL = "Example: `cfm-kg pull http://localhost:7878/query --out pulled.nq`"
Url = Annotated[str, typer.Argument(help="The address of the store's SPARQL query endpoint.")]


def push(
    endpoint: Url,
    store: Annotated[
        str,
        typer.Option("--store", "-s", help="The store, graph file, or folder of parts to bring there."),
    ] = "build/store",
    whole: Annotated[
        bool, typer.Option("--whole", help="Send everything anew and replace the graphs that are there.")
    ] = False,
    update_url: Annotated[
        str | None, typer.Option("--update-url", help="Where SPARQL updates go; found out if not given.")
    ] = None,
    graph_store_url: Annotated[
        str | None, typer.Option("--graph-store-url", help="Use the Graph Store Protocol at this address.")
    ] = None,
    batch: Annotated[int, typer.Option("--batch", min=1, help="Statements in one request.")] = 1000,
    record: Annotated[
        Path | None,
        typer.Option("--record", help="The record of what was pushed; default: a file beside the store."),
    ] = None,
    default_graph: DefaultGraph = None,
    credentials: CredentialsFile = None,
    timeout: Timeout = 60.0,
) -> int:
    """Bring the graph to a remote store: at first all of it, then what changed since.

    An interrupted push goes on where it stopped. Merged facts go to the remote default graph, or to
    a graph of their own where that is all graphs together. A graph in parts goes part by part.
    """
    from cfm_kg.remote.push import Push, graphs_of
    from cfm_kg.remote.record import Record
    from cfm_kg.remote.roads import Update, find_road

    target = endpoint_at(endpoint, default_graph, credentials, timeout)
    if holds_parts(store):
        way = find_road(endpoint, target.connection, update_url, graph_store_url)
        if not isinstance(way, Update):
            raise CfmError(
                "parts are pushed by SPARQL updates only",
                remedy="leave --graph-store-url out, or give the files to the store's bulk loader",
            )
        return _push_parts(store, target, way, record, batch, whole)
    graphs = graphs_of(_quads(Path(store)))
    road = find_road(endpoint, target.connection, update_url, graph_store_url)
    tell(f"by {road.url}", Verbosity.VERBOSE)
    kept = Record(record or _beside(Path(store), endpoint), endpoint)
    with steps("pushing") as sent:
        done = Push(graphs, target, road, kept, batch, whole).run(sent)
    where = f"; merged facts in {done.facts_graph}" if done.facts_graph else ""
    tell(
        f"{counted(done.added, 'statement')} added, {done.removed} removed; {endpoint} holds "
        f"{counted(done.statements, 'statement')} in {counted(done.graphs, 'graph')}{where}"
    )
    return 0


def _push_parts(
    store: str, target: Endpoint, road: Update, record: Path | None, batch: int, whole: bool
) -> int:
    from cfm_kg.parts import Folder, open_parts
    from cfm_kg.remote.parts import PartsPush, PartsRecord

    folder = Folder.of(store)
    manifest = open_parts(folder)
    here = Path("build") if "://" in store else Path(store)
    kept = PartsRecord(record or _beside(here / "store", target.url), target.url)
    with steps("pushing") as sent:
        done = PartsPush(folder, manifest, target, road, kept, batch).run(whole, sent)
    where = f"; merged facts in {done.facts_graph}" if done.facts_graph else ""
    held = counted(done.statements, "statement")
    tell(f"{counted(done.parts, 'part')} sent; {target.url} holds {held}{where}")
    return 0


def pull(
    endpoint: Url,
    out: Annotated[
        Path, typer.Option("--out", "-o", help="A graph file to write, or a folder for a store.")
    ] = Path("pulled.nq"),
    graph: Annotated[
        list[str] | None,
        typer.Option("--graph", "-g", help="The IRI of one graph to bring; may be repeated."),
    ] = None,
    default_graph: DefaultGraph = None,
    credentials: CredentialsFile = None,
    timeout: Timeout = 60.0,
) -> int:
    """Bring a remote graph here: the merged facts and every graph of the project."""
    from cfm_kg.remote.pull import pull as pulled
    from cfm_kg.store import FORMATS, write_as, write_store

    suffix = out.suffix.lstrip(".").lower()
    if suffix and suffix not in FORMATS:
        raise CfmError(
            "this file's format is not known by its suffix",
            where=str(out),
            remedy="name it with one of " + ", ".join(FORMATS) + ", or a folder without a suffix",
        )
    target = endpoint_at(endpoint, default_graph, credentials, timeout)
    quads = list(pulled(target, graph, lambda name, count: tell(f"  {name}: {counted(count, 'statement')}")))
    if not suffix:
        write_store(quads, out)
    else:
        _write(out, write_as(suffix, quads))
    tell(f"{counted(len(quads), 'statement')} in {out}")
    return 0


def _quads(place: Path) -> list[ox.Quad]:
    from cfm_kg.store import open_store, parse_file

    return parse_file(place) if place.is_file() else list(open_store(place))


def _beside(store: Path, endpoint: str) -> Path:
    name = re.sub(r"[^A-Za-z0-9.]+", "-", endpoint.partition("://")[2]).strip("-")
    return store.parent / "pushed" / f"{name}.txt"


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise CfmError("the file cannot be written", where=str(path), why=error.strerror) from error
