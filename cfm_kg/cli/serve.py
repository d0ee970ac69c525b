"""`cfm-kg serve`: the store as a web server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cfm_kg.cli.terminal import tell
from cfm_kg.errors import CfmError

EXAMPLE = "Example: `cfm-kg serve --store build/store --port 8000`, then open http://127.0.0.1:8000/"


def serve(
    store: Annotated[Path, typer.Option("--store", "-s", help="The store to serve.")] = Path("build/store"),
    host: Annotated[str, typer.Option("--host", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", "-p", min=0, max=65535, help="The port; 0 takes a free one.")
    ] = 8000,
) -> int:
    """Serve the store: SPARQL at /sparql. Ctrl-C stops it."""
    try:
        from cfm_kg.serve import Settings
        from cfm_kg.serve.running import run
    except ModuleNotFoundError as error:
        raise CfmError(
            "the server's packages are missing",
            why=f"there is no {error.name}",
            remedy="pip install 'cfm-kg[serve]'",
        ) from error
    from cfm_kg.store import open_store

    open_store(store)
    run(Settings(store), host, port, lambda url: tell(f"serving {store} at {url} (Ctrl-C stops it)"))
    return 0
