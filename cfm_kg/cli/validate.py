"""`cfm-kg validate`: judge graph files by the shapes."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cfm_kg.cli.terminal import write
from cfm_kg.errors import DIFFERS, OK

EXAMPLE = "Example: `cfm-kg validate build/graph.trig --format json`"


class ReportFormat(StrEnum):
    """How the report is written."""

    TEXT = "text"
    JSON = "json"
    TTL = "ttl"


def validate(
    files: Annotated[list[Path], typer.Argument(help="Graph files, judged together.")],
    to: Annotated[
        ReportFormat, typer.Option("--format", "-f", help="Format of the report.")
    ] = ReportFormat.TEXT,
) -> int:
    """Check graphs against the shapes: what is wrong, where, why, and what to do.

    Exits with 0 where all conforms, 1 where something violates a shape, 2 where a file cannot be read.
    """
    from cfm_kg.validate import validate as judge

    report = judge(files)
    if to is ReportFormat.JSON:
        write(report.json())
    elif to is ReportFormat.TTL:
        write(report.turtle())
    else:
        write(report.text())
    return OK if report.conforms else DIFFERS
