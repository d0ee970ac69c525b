"""`cfm-kg serve`: the store as a web server."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from cfm_kg.cli.terminal import needing, tell
from cfm_kg.errors import CfmError

EXAMPLE = "Example: `cfm-kg serve --store build/store --port 8000`, then open http://127.0.0.1:8000/queries/"
TOKEN = "CFM_KG_TOKEN"
"""The environment's name for the token that updates need."""


def serve(
    store: Annotated[Path, typer.Option("--store", "-s", help="The store to serve.")] = Path("build/store"),
    host: Annotated[
        str, typer.Option("--host", help="The address to listen at; 0.0.0.0 for all.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", "-p", min=0, max=65535, help="The port; 0 takes a free one.")
    ] = 8000,
    public: Annotated[
        str | None,
        typer.Option("--public", help="The address that the public sees, where a proxy stands in front."),
    ] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", min=0.1, help="Seconds after which a query is stopped.")
    ] = 30.0,
    rows: Annotated[int, typer.Option("--max-rows", min=1, help="Rows that an answer may have.")] = 1_000_000,
    answer: Annotated[
        int, typer.Option("--max-answer", min=1, help="Megabytes that an answer may have.")
    ] = 256,
    request: Annotated[
        int, typer.Option("--max-request", min=1, help="Megabytes that a request may have.")
    ] = 10,
    memory: Annotated[
        int, typer.Option("--memory", min=64, help="Megabytes that one query may take.")
    ] = 1024,
    parallel: Annotated[
        int | None, typer.Option("--parallel", min=1, help="Queries at a time. Default: 4, or one a core.")
    ] = None,
    waiting: Annotated[
        int, typer.Option("--waiting", min=0, help="Queries that may wait for their turn.")
    ] = 64,
    writable: Annotated[
        bool,
        typer.Option("--writable", help=f"Take updates and decisions from who knows the token in {TOKEN}."),
    ] = False,
    token_file: Annotated[
        Path | None, typer.Option("--token-file", help="A file with the token, instead of the environment.")
    ] = None,
    decisions: Annotated[
        Path | None,
        typer.Option(
            "--decisions", help="Where reviewers' decisions go. Default: decisions/ beside the store."
        ),
    ] = None,
    unsure: Annotated[
        float,
        typer.Option(
            "--unsure", min=0, max=100, help="Percent: rules right in fewer cases have their claims reviewed."
        ),
    ] = 85,
    federated: Annotated[
        bool, typer.Option("--allow-service", help="Let queries call other servers with SERVICE.")
    ] = False,
    no_log: Annotated[bool, typer.Option("--no-log", help="Log no requests on stderr.")] = False,
) -> int:
    """Serve the store: SPARQL at /sparql, named queries at /queries/, checks of entries at /validate.

    Ctrl-C stops it. A new build in the store's folder is served as soon as it is there.
    """
    with needing("the server's packages", "serve"):
        from cfm_kg.serve.running import run
        from cfm_kg.serve.settings import MEGABYTE, Limits, Settings
    from cfm_kg.store import open_store

    open_store(store)
    limits = Limits(
        seconds=timeout,
        rows=rows,
        answer_bytes=answer * MEGABYTE,
        request_bytes=request * MEGABYTE,
        memory=memory * MEGABYTE,
        waiting=waiting,
        **({} if parallel is None else {"parallel": parallel}),
    )
    settings = Settings(
        store=store,
        public=None if public is None else public.rstrip("/") + "/",
        limits=limits,
        writable=writable,
        token=_token(token_file) if writable else None,
        decisions=decisions,
        unsure=unsure / 100,
        federated=federated,
    )
    run(settings, host, port, lambda url: tell(f"serving {store} at {url} (Ctrl-C stops it)"), log=not no_log)
    return 0


def _token(file: Path | None) -> str:
    try:
        token = os.environ.get(TOKEN, "") if file is None else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CfmError("the token cannot be read", where=str(file), why=str(error)) from error
    if not token.strip():
        raise CfmError(
            "a writable server needs a token",
            where=TOKEN if file is None else str(file),
            why="it is empty",
            remedy=f"set {TOKEN}, or give --token-file",
        )
    return token.strip()
