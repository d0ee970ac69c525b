"""What belongs to a change of entries: what was noted of them goes, and their files are put right."""

from __future__ import annotations

from pathlib import Path

from cfm_kg.entries.folder import Folder
from cfm_kg.entries.ledger import entry_graph, kept
from cfm_kg.store import open_store
from cfm_kg.vocab import PROVENANCE_GRAPH


def forgotten(sha256: str) -> str:
    """An update that takes away what the provenance graph says of an entry, to be said anew."""
    return f"DELETE WHERE {{ GRAPH <{PROVENANCE_GRAPH}> {{ <{entry_graph(sha256)}> ?property ?value }} }}"


def settle(folder: Folder, store: Path) -> None:
    """Put the files of entries where the store says that they belong. Raises CfmError."""
    folder.settle({one.sha256: not one.removed for one in kept(open_store(store))})
