"""`cfm-kg diff`: what differs between two stores, builds or files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cfm_kg.cli.terminal import write
from cfm_kg.errors import DIFFERS, OK

EXAMPLE = "Example: `cfm-kg diff build-before build`, `cfm-kg diff old.ttl new.ttl --format md`"


class DiffFormat(StrEnum):
    """How a difference is written."""

    TEXT = "text"
    JSON = "json"
    MD = "md"


def diff(
    before: Annotated[Path, typer.Argument(help="A store, a build's folder or a graph file.")],
    after: Annotated[Path, typer.Argument(help="What to compare it with.")],
    to: Annotated[DiffFormat, typer.Option("--format", "-f", help="Format of the list.")] = DiffFormat.TEXT,
    all_graphs: Annotated[
        bool, typer.Option("--all-graphs", help="Tell all of the articles' graphs and provenance too.")
    ] = False,
) -> int:
    """List what changed, thing by thing: added, removed, changed, or moved to another name.

    A file without named graphs is compared with the merged facts of the other side.
    Exits with 0 where nothing differs, 1 where something does, 2 where one side cannot be read.
    """
    from cfm_kg.diff import as_json, as_markdown, as_text
    from cfm_kg.diff import diff as compared

    found = compared(before, after)
    if to is DiffFormat.JSON:
        write(as_json(found))
    elif to is DiffFormat.MD:
        write(as_markdown(found, every_graph=all_graphs))
    else:
        write(as_text(found, every_graph=all_graphs))
    return OK if found.equal else DIFFERS
