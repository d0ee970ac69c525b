"""Running the application on a port until it is told to stop."""

from __future__ import annotations

import contextlib
import signal
import socket
from collections.abc import Callable
from typing import Any

import uvicorn

from cfm_kg.errors import CfmError
from cfm_kg.serve.app import create_app
from cfm_kg.serve.settings import Settings

_GRACE = 3
"""Seconds that requests have to end in when the server stops."""


def run(settings: Settings, host: str, port: int, ready: Callable[[str], None], *, log: bool = True) -> None:
    """Serve until Ctrl-C or SIGTERM. `ready` is told the address. Raises CfmError if the port is taken."""
    listening = _bound(host, port)
    where = f"[{host}]" if ":" in host else host
    config = uvicorn.Config(
        create_app(settings),
        log_config=_logging(),
        access_log=log,
        log_level="info" if log else "error",
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
    )
    ready(f"http://{where}:{listening.getsockname()[1]}/")
    with contextlib.suppress(KeyboardInterrupt):
        signal.signal(signal.SIGTERM, _ended)
        uvicorn.Server(config).run(sockets=[listening])


def _ended(*_: object) -> None:
    """SIGTERM is how a server is told to end: once it has, that is a success."""
    raise KeyboardInterrupt


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Only with its protocol named does asyncio send small parts at once (TCP_NODELAY): 45 ms a request.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(socket.SOMAXCONN)
    except OSError as error:
        listening.close()
        raise CfmError(
            "the server cannot listen here",
            where=f"{host}:{port}",
            why=error.strerror or str(error),
            remedy="choose another --host or --port; --port 0 takes a free one",
        ) from error
    return listening


def _logging() -> dict[str, Any]:
    """Everything goes to stderr: requests as lines, failures with their traces."""
    handler = {"class": "logging.StreamHandler", "stream": "ext://sys.stderr", "formatter": "plain"}
    loggers = {
        "uvicorn": {"level": "WARNING"},
        "uvicorn.access": {"level": "INFO"},
        "cfm_kg.serve": {"level": "INFO"},
    }
    plain = {"format": "%(asctime)s %(levelname)s %(message)s"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": plain},
        "handlers": {"stderr": handler},
        "loggers": {
            name: {"handlers": ["stderr"], "propagate": False, **more} for name, more in loggers.items()
        },
    }
