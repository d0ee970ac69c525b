"""A graph in parts: files in any file system or object store, with a manifest that says what each holds."""

from cfm_kg.parts.checking import faults, lines_of, open_parts
from cfm_kg.parts.folder import Folder, is_address
from cfm_kg.parts.manifest import (
    FORMAT,
    KINDS,
    MANIFEST,
    ORDER,
    Manifest,
    Part,
    read_manifest,
    write_manifest,
)

__all__ = [
    "FORMAT",
    "KINDS",
    "MANIFEST",
    "ORDER",
    "Folder",
    "Manifest",
    "Part",
    "faults",
    "is_address",
    "lines_of",
    "open_parts",
    "read_manifest",
    "write_manifest",
]
