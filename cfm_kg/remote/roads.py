"""The two roads to a remote store: SPARQL 1.1 Update and the Graph Store HTTP Protocol."""

from __future__ import annotations

import urllib.parse
import urllib.request
from typing import Protocol

from cfm_kg.errors import CfmError
from cfm_kg.remote.connection import Connection, HttpError, checked_address
from cfm_kg.remote.record import Batch
from cfm_kg.remote.sparql import send_update
from cfm_kg.vocab import REGISTRY_GRAPH

_UNKNOWN = frozenset({400, 404, 405, 406, 415, 500, 501})
"""How addresses answer that do not take updates."""


class Road(Protocol):
    """A way to change graphs. `patches`: whether it can take triples out of a graph."""

    patches: bool
    url: str

    def send(self, batch: Batch, default_graph: str | None) -> None:
        """Carry out a batch; twice does what once does. Raises CfmError."""


class Update:
    """Changes by SPARQL 1.1 Update."""

    patches = True

    def __init__(self, url: str, connection: Connection) -> None:
        self.url = checked_address(url)
        self._connection = connection

    def send(self, batch: Batch, default_graph: str | None) -> None:
        """Carry out a batch as one update. Raises CfmError."""
        graph = batch.graph or default_graph
        parts = []
        if batch.clear:
            parts.append(f"CLEAR SILENT {f'GRAPH <{graph}>' if graph else 'DEFAULT'}")
        for verb, lines in (("DELETE", batch.delete), ("INSERT", batch.insert)):
            if lines:
                triples = "\n".join(lines)
                parts.append(f"{verb} DATA {{ {f'GRAPH <{graph}> {{ {triples} }}' if graph else triples} }}")
        send_update(self._connection, self.url, " ;\n".join(parts))


class GraphStore:
    """Changes by the Graph Store HTTP Protocol: whole graphs replaced, triples added."""

    patches = False

    def __init__(self, url: str, connection: Connection) -> None:
        self.url = checked_address(url)
        self._connection = connection

    def send(self, batch: Batch, default_graph: str | None) -> None:
        """Carry out a batch as one request. Raises CfmError; ValueError for one that takes out."""
        if batch.delete:
            raise ValueError("the Graph Store Protocol cannot take triples out of a graph")
        graph = batch.graph or default_graph
        query = f"graph={urllib.parse.quote(graph, safe='')}" if graph else "default"
        method = "DELETE" if not batch.insert else "PUT" if batch.clear else "POST"
        body = "".join(f"{line}\n" for line in batch.insert).encode() or None
        request = urllib.request.Request(f"{self.url}?{query}", body, method=method)
        if body:
            request.add_header("Content-Type", "text/turtle")  # N-Triples is Turtle, which every server reads
        try:
            self._connection.send(request)
        except HttpError as error:
            if not (method == "DELETE" and error.status == 404):
                raise


def find_road(
    endpoint: str, connection: Connection, update: str | None = None, graph_store: str | None = None
) -> Road:
    """The road that was named, else the first usual address beside the endpoint's that takes an update.

    Each is sent an update that inserts nothing. Raises CfmError where none takes it.
    """
    if graph_store:
        connection.greet(
            f"{checked_address(graph_store)}?graph={urllib.parse.quote(REGISTRY_GRAPH, safe='')}"
        )
        return GraphStore(graph_store, connection)
    if update:
        return Update(update, connection)
    forbidden: HttpError | None = None
    for url in usual_addresses(checked_address(endpoint)):
        try:
            send_update(connection, url, "INSERT DATA { }", attempts=1)
            return Update(url, connection)
        except HttpError as error:
            if error.status not in _UNKNOWN:
                forbidden = forbidden or error
    raise forbidden or CfmError(
        "no address beside the endpoint's takes SPARQL updates",
        where=endpoint,
        why="tried " + ", ".join(usual_addresses(endpoint)),
        remedy="name one with --update-url, or with --graph-store-url (docs/remote.md)",
    )


def usual_addresses(endpoint: str) -> list[str]:
    """Where servers take updates: at the endpoint itself, beside it, below it, or with a suffix."""
    parts = urllib.parse.urlsplit(endpoint)
    path = parts.path.rstrip("/")
    beside = f"{path.rpartition('/')[0]}/update"
    paths = [f"{path}-auth", beside, f"{path}/statements", f"{path}/update", path or "/"]
    return [urllib.parse.urlunsplit(parts._replace(path=p)) for p in dict.fromkeys(paths)]
