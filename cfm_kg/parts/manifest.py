"""The manifest of a graph in parts: which files there are, in which order, and what each must hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from cfm_kg.errors import CfmError
from cfm_kg.parts.folder import Folder

MANIFEST = "manifest.json"
FORMAT = "cfm-kg-parts/1"
ORDER = (
    "Lines are sorted by their bytes, and each stands once. All lines of a part precede those of the next: "
    "parts of one kind, decompressed and put together in this order, are the whole sorted file."
)
KINDS: Mapping[str, str] = {"graph": "graph.nq", "claims": "claims.jsonl", "texts": "texts.jsonl"}
"""Kinds of parts with the file that they are when put together."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file. Sizes are in bytes; `sha256` and `bytes` are of the lines, without compression."""

    name: str
    kind: str
    lines: int
    in_graphs: int
    """Of the graph's lines, those in named graphs; the others are merged facts."""
    bytes: int
    sha256: str
    compressed_bytes: int
    compressed_sha256: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """All parts in their order."""

    format: str
    order: str
    basis: str
    """The hash of all that the parts were made from: sources, decisions, program and its data."""
    counts: Mapping[str, int]
    """Articles, claims, sources that could not be read; statements by graph."""
    report_sha256: str
    parts: tuple[Part, ...]

    def of(self, kind: str) -> list[Part]:
        """The parts of one kind, in order."""
        return [part for part in self.parts if part.kind == kind]


def read_manifest(folder: Folder) -> Manifest | None:
    """The manifest of a folder of parts; None if there is none. Raises CfmError for one that is none."""
    try:
        data = folder.read(MANIFEST)
    except FileNotFoundError:
        return None
    try:
        found = msgspec.json.decode(data, type=Manifest)
    except msgspec.MsgspecError as error:
        raise CfmError(
            "this is no manifest of parts",
            where=folder.path(MANIFEST),
            why=str(error),
            remedy="build the parts again",
        ) from error
    if found.format != FORMAT:
        raise CfmError(
            "another version wrote this manifest",
            where=folder.path(MANIFEST),
            why=f"its format is {found.format}, and {FORMAT} is known",
            remedy="build the parts again",
        )
    return found


def write_manifest(folder: Folder, manifest: Manifest) -> None:
    """Write the manifest, the last file of a build: where it is, all parts are."""
    folder.write(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")
