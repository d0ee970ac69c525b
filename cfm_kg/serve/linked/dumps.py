"""`/dumps/…`: everything in one file, gzipped, the same bytes for the same graph."""

from __future__ import annotations

import gzip
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import IO, cast

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from cfm_kg.serve.linked.site import Site, unchanged, validators
from cfm_kg.serve.refusal import HttpError
from cfm_kg.store import Snapshot
from cfm_kg.vocab import prefixes


@dataclass(frozen=True, slots=True)
class Dump:
    """One file: all graphs, or the merged facts alone."""

    name: str
    title: str
    media: str
    format: ox.RdfFormat
    graphs: bool


DUMPS = (
    Dump("graph.nq.gz", "All graphs as N-Quads", "application/n-quads", ox.RdfFormat.N_QUADS, True),
    Dump("graph.trig.gz", "All graphs as TriG", "application/trig", ox.RdfFormat.TRIG, True),
    Dump("graph.ttl.gz", "The merged facts as Turtle", "text/turtle", ox.RdfFormat.TURTLE, False),
    Dump(
        "graph.nt.gz", "The merged facts as N-Triples", "application/n-triples", ox.RdfFormat.N_TRIPLES, False
    ),
)
_BY_NAME: Mapping[str, Dump] = MappingProxyType({dump.name: dump for dump in DUMPS})
_LEVEL = 6


async def dump(site: Site, request: Request) -> Response:
    """A dump, made when it is first asked for. Parts of it can be asked for too (Range)."""
    wanted = _BY_NAME.get(request.path_params["name"])
    if wanted is None:
        known = ", ".join(f"/dumps/{name}" for name in _BY_NAME)
        raise HttpError(404, "there is no such dump", where=request.url.path, remedy=f"take one of {known}")
    snapshot, _ = site.present()
    headers = validators(site, request, snapshot, wanted.name)
    if unchanged(request, headers):
        return Response(status_code=304, headers=headers)
    path = await site.kept(wanted.name, lambda state: _made(site, wanted, state))
    return FileResponse(path, headers=headers, media_type="application/gzip")


def _made(site: Site, wanted: Dump, snapshot: Snapshot) -> Path:
    """The dump of a state of the store, in place of the one before; who is reading that keeps it."""
    path = site.scratch() / wanted.name
    part = path.with_suffix(".part")
    with part.open("wb") as raw:
        write_dump(snapshot.store, wanted, raw)
    os.replace(part, path)
    return path


def write_dump(store: ox.Store, wanted: Dump, out: IO[bytes]) -> None:
    """Write a dump in the order of the store's index, which depends on what it holds alone."""
    used = dict(prefixes()) if wanted.format in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG) else None
    graph = None if wanted.graphs else ox.DefaultGraph()
    # No name and no time in the file's head: the same graph gives the same bytes.
    with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=out, mtime=0) as packed:
        store.dump(cast(IO[bytes], packed), wanted.format, from_graph=graph, prefixes=used)
