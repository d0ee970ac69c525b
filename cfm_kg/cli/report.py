"""`cfm-kg report`: a period on one page, to send or print."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cfm_kg.cli.terminal import needing, tell, write_file

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
    with needing("the explorer's packages", "serve"):
        from cfm_kg.publishing.report import Asked
        from cfm_kg.publishing.report import report as written
    content = written(store, Asked(first, last, body))
    write_file(out, content)
    tell(f"{out}, {len(content) / 1000:.0f} KB")
    return 0
