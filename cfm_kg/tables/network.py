"""The graph's people, meetings, countries, documents and bodies as a network in GraphML."""

from __future__ import annotations

import io

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.tables.rows import Filled, Row, Value, fill
from cfm_kg.tables.schema import tables


def write_graphml(store: ox.Store) -> bytes:
    """Nodes and edges with typed attributes, in a stable order. Raises CfmError without networkx."""
    try:
        import networkx as nx
    except ImportError as error:
        raise CfmError(
            "GraphML needs a package that is not installed", remedy="pip install 'cfm-kg[tables]'"
        ) from error
    edges, nodes = (fill(table, store) for table in tables("network"))
    network = nx.MultiDiGraph()
    for row in nodes.rows:
        network.add_node(row[0], **_attributes(nodes, row, 1))
    for row in edges.rows:
        for end in row[:2]:
            if end not in network:  # a thing that the merged facts only mention
                network.add_node(end, label=str(end))
        network.add_edge(row[0], row[1], **_attributes(edges, row, 2))
    out = io.BytesIO()
    nx.write_graphml_xml(network, out, encoding="utf-8")
    return out.getvalue() + b"\n"


def _attributes(filled: Filled, row: Row, skip: int) -> dict[str, Value]:
    """A row's values by column. GraphML has no empty ones."""
    pairs = zip(filled.table.columns[skip:], row[skip:], strict=True)
    return {column.name: value for column, value in pairs if value is not None}
