"""What the commands that talk to a remote store have in common."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfm_kg.cli.terminal import tell

if TYPE_CHECKING:
    from cfm_kg.remote import Endpoint

OWN = "none"
"""What users write for a store's own default graph."""

CredentialsFile = Annotated[
    Path | None,
    typer.Option(
        "--credentials",
        help="A file with `user=…` and `password=…`, or `token=…`; default: the environment variables "
        "CFM_KG_ENDPOINT_USER, CFM_KG_ENDPOINT_PASSWORD, CFM_KG_ENDPOINT_TOKEN.",
    ),
]
Timeout = Annotated[float, typer.Option("--timeout", min=0.1, help="Seconds to wait for an answer.")]
DefaultGraph = Annotated[
    str | None,
    typer.Option(
        "--default-graph",
        help=f"The remote graph that holds the merged facts, or `{OWN}` for the default graph; "
        "found out if not given.",
    ),
]


def endpoint_at(url: str, default_graph: str | None, credentials: Path | None, timeout: float) -> Endpoint:
    """The endpoint that a command's options mean. Raises CfmError."""
    from cfm_kg.remote import Connection, Endpoint, find_credentials

    connection = Connection(find_credentials(credentials), timeout, heard=tell)
    return Endpoint(url, connection, "" if default_graph == OWN else default_graph)
