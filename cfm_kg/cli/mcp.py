"""`cfm-kg mcp`: the store for assistants, over the Model Context Protocol."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cfm_kg.errors import CfmError

EXAMPLE = "Example: `cfm-kg mcp --store build/store`, as the command of a server in an assistant's settings"

_Store = Annotated[Path, typer.Option("--store", "-s", help="The store to answer from.")]


def mcp(
    store: _Store = Path("build/store"),
    seconds: Annotated[
        float, typer.Option("--timeout", min=0.1, help="Seconds after which a query is stopped.")
    ] = 20.0,
    rows: Annotated[
        int, typer.Option("--max-rows", min=1, help="Rows above which a query's answer is refused.")
    ] = 10_000,
) -> int:
    """Answer an assistant on standard input and output: questions, look-ups with quotes, entry checks.

    Nothing can be changed through it. It ends when its input does.
    """
    import asyncio

    from cfm_kg.store import open_store

    open_store(store)
    try:
        from cfm_kg.mcp import serve
        from cfm_kg.serve.settings import Limits
    except ModuleNotFoundError as error:
        raise CfmError(
            "the packages that assistants are served with are missing",
            why=f"there is no {error.name}",
            remedy="pip install 'cfm-kg[mcp]'",
        ) from error
    asyncio.run(serve(store, Limits(seconds=seconds, rows=rows, parallel=2)))
    return 0
