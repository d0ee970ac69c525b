"""What differs between two stores, builds or files, thing by thing."""

from __future__ import annotations

from cfm_kg.diff.changes import Difference, Fact, GraphChange, Kind, ThingChange
from cfm_kg.diff.compare import compare
from cfm_kg.diff.grouping import diff
from cfm_kg.diff.render import as_json, as_markdown, as_text
from cfm_kg.diff.sources import open_source

__all__ = [
    "Difference",
    "Fact",
    "GraphChange",
    "Kind",
    "ThingChange",
    "as_json",
    "as_markdown",
    "as_text",
    "compare",
    "diff",
    "open_source",
]
