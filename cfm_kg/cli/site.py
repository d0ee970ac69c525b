"""`cfm-kg site`: the explorer as a folder of files, for any web host."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from cfm_kg.cli.terminal import counted, needing, steps, tell
from cfm_kg.errors import CfmError

EXAMPLE = "Example: `cfm-kg site --out site --base https://example.org/councils/`"


def site(
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write, replaced whole.")] = Path(
        "site"
    ),
    store: Annotated[Path, typer.Option("--store", "-s", help="The store to publish.")] = Path("build/store"),
    base: Annotated[
        str | None,
        typer.Option("--base", "-b", help="Where the site will stand: for canonical links and a sitemap."),
    ] = None,
) -> int:
    """Write the explorer's pages as files with data dumps, for any web host.

    Links are relative, so the site works below any address, and from the folder itself. The search needs
    JavaScript, pages do not. What needs a server (questions, checks) is left out.
    """
    if base is not None and urlsplit(base).scheme not in ("http", "https"):
        raise CfmError("this is no address of a site", where=base, remedy="begin --base with https://")
    with needing("the explorer's packages", "serve"):
        from cfm_kg.publishing import publish
    from cfm_kg.store import open_store

    open_store(store)
    with steps("writing pages") as heard:
        done = publish(store, out, None if base is None else base.rstrip("/") + "/", heard)
    tell(
        f"{counted(done.pages, 'page')} and {counted(done.files - done.pages, 'other file')}, "
        f"{done.size / 1_000_000:.1f} MB, in {out}"
    )
    tell(f"  look at it: python -m http.server --directory {out}")
    return 0
