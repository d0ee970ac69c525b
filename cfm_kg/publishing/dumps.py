"""The data of a published site: the graph in three formats, and as tables."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from cfm_kg.tables import tables, write_tables
from cfm_kg.vocab import prefixes

_LEVEL = 6
_TABLES = "tables"


@dataclass(frozen=True, slots=True)
class Dump:
    """A file below `dumps/`."""

    name: str
    title: str


_GRAPHS = (
    (Dump("graph.ttl", "The merged facts as Turtle"), ox.RdfFormat.TURTLE),
    (Dump("graph.jsonld", "The merged facts as JSON-LD"), ox.RdfFormat.JSON_LD),
    (
        Dump("graph.nq.gz", "All graphs as N-Quads: what each article says, claims with quotes"),
        ox.RdfFormat.N_QUADS,
    ),
)


def files() -> list[str]:
    """The paths of all dumps in the site."""
    names = [dump.name for dump, _ in _GRAPHS]
    names += [f"{_TABLES}/{name}" for name in ("datapackage.json", "dictionary.md")]
    return [f"dumps/{name}" for name in (*names, *(f"{_TABLES}/{one.name}.csv" for one in tables()))]


def write_dumps(store: ox.Store, site: Path) -> list[Dump]:
    """Write all dumps below a site's folder, the same bytes for the same graph. Raises CfmError."""
    folder = site / "dumps"
    folder.mkdir(exist_ok=True)
    written = list[Dump]()
    for dump, kind in _GRAPHS:
        with (folder / dump.name).open("wb") as raw:
            _write(store, kind, raw)
        written.append(dump)
    described = {one.name: one.query.title for one in tables()}
    for path in write_tables(store, folder / _TABLES):
        name = f"{_TABLES}/{path.name}"
        title = described.get(path.stem)
        written.append(Dump(name, f"Table: {title}" if title else _BESIDE[path.name]))
    return written


_BESIDE = {
    "datapackage.json": "The tables described as a Frictionless data package",
    "dictionary.md": "What each table and column means",
}


def _write(store: ox.Store, kind: ox.RdfFormat, out: IO[bytes]) -> None:
    """In the order of the store's index, which depends on what it holds alone."""
    if kind == ox.RdfFormat.N_QUADS:
        with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=out, mtime=0) as packed:
            store.dump(cast(IO[bytes], packed), kind)
        return
    store.dump(out, kind, from_graph=ox.DefaultGraph(), prefixes=dict(prefixes()))
