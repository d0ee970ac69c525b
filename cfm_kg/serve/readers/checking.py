"""Checks of entries, in a reader process since an entry may be built to take long."""

from __future__ import annotations

from pathlib import Path

from cfm_kg.entries import check_bytes
from cfm_kg.entries.formats import FORMATS
from cfm_kg.serve.readers.output import Output
from cfm_kg.serve.readers.question import Check


def check(asked: Check, folder: Path, output: Output) -> None:
    """Write the report. Raises CfmError where the entry is too large."""
    report = check_bytes(asked.content, asked.kind, folder, name=asked.name)
    output.write(FORMATS[asked.report](report).encode())
