"""The shipped registry as builds write it: the same in each of them, so it is rendered once, and kept."""

from __future__ import annotations

from pathlib import Path

import msgspec

from cfm_kg.building.rendering import Runs
from cfm_kg.building.runs import run_of
from cfm_kg.building.turtle import blocks, records
from cfm_kg.compiled import compiled
from cfm_kg.pipeline import shipped_reference
from cfm_kg.quads import as_stored
from cfm_kg.store import nquads_lines


class Rendered(msgspec.Struct, frozen=True):
    """Runs of the registry and of the concepts, as bytes."""

    lines: bytes
    blocks: bytes


def rendered() -> Rendered:
    """The registry and the concepts as sorted lines of N-Quads and as records of blocks."""
    return compiled("rendered", Rendered, _render)


def _render() -> Rendered:
    lines = nquads_lines(as_stored(shipped_reference()))
    return Rendered(run_of(lines), run_of(records(blocks(lines))))


def registry_runs(folder: Path) -> Runs:
    """The registry's runs, in files of a folder."""
    found = rendered()
    runs = Runs(*(folder / f"registry.{kind}" for kind in Runs._fields))
    for path, content in zip(runs, (found.lines, found.blocks, b""), strict=True):
        path.write_bytes(content)
    return runs
