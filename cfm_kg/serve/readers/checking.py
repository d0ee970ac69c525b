"""Checks of entries, in a reader process since an entry may be built to take long."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from cfm_kg.entries import check_bytes, fix_bytes
from cfm_kg.entries.formats import FORMATS
from cfm_kg.serve.readers.output import Output
from cfm_kg.serve.readers.question import Check, Fix


def check(asked: Check, folder: Path, output: Output) -> None:
    """Write the report. Raises CfmError where the entry is too large."""
    report = check_bytes(asked.content, asked.kind, folder, name=asked.name)
    output.write(FORMATS[asked.report](report).encode())


@dataclass(frozen=True, slots=True)
class Mended:
    """The change as a unified diff, and the entry with it; empty where nothing is mended without thought."""

    diff: str = ""
    entry: str = ""


def fix(asked: Fix, folder: Path, output: Output) -> None:
    """Write what could be mended. Raises CfmError where the entry cannot be read."""
    found = fix_bytes(asked.content, asked.kind, folder, name=asked.name)
    entry = found.content.decode("utf-8", "replace") if found.fixes else ""
    output.write(msgspec.json.encode(Mended(found.diff, entry)))
