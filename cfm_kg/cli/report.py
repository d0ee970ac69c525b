"""`cfm-kg report`: a period on one page, to send or print."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cfm_kg.cli.terminal import tell
from cfm_kg.errors import CfmError

EXAMPLE = "Example: `cfm-kg report --from 2020 --to 2021-06 --body csto-cfm --out report.html`"


def report(
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write.")] = Path("report.html"),
    first: Annotated[
        str, typer.Option("--from", help="The first day, month or year. Default: all before --to.")
    ] = "",
    last: Annotated[
        str, typer.Option("--to", help="The last day, month or year. Default: all after --from.")
    ] = "",
    body: Annotated[str, typer.Option("--body", help="The council, such as csto-cfm. Default: all.")] = "",
    store: Annotated[Path, typer.Option("--store", "-s", help="The store to tell of.")] = Path("build/store"),
) -> int:
    """Write one page about a period: meetings, attendance, documents, chairmanships, conflicts, quotes.

    The page needs no other file and loads nothing, so it can be sent by mail, printed and kept.
    """
    try:
        from cfm_kg.publishing.report import Asked
        from cfm_kg.publishing.report import report as written
    except ModuleNotFoundError as error:
        raise CfmError(
            "the explorer's packages are missing",
            why=f"there is no {error.name}",
            remedy="pip install 'cfm-kg[serve]'",
        ) from error
    content = written(store, Asked(first, last, body))
    try:
        out.write_bytes(content)
    except OSError as error:
        raise CfmError(
            "the file cannot be written",
            where=str(out),
            why=error.strerror,
            remedy="choose another place with --out",
        ) from error
    tell(f"{out}, {len(content) / 1000:.0f} KB")
    return 0
