"""The real server in a process of its own, on a free port of this machine."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

_COMMAND = (sys.executable, "-c", "from cfm_kg.cli import main; main()", "serve", "--port", "0")


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs: its address, with a slash at the end, its process, a client, and what it logs."""

    url: str
    process: subprocess.Popen[str]
    client: httpx.Client
    log: list[str] = field(default_factory=list)


def client_of(url: str) -> httpx.Client:
    """A patient client of a server; without certificates, which take longer to load than it to answer."""
    return httpx.Client(base_url=url, timeout=60, verify=False, trust_env=False)


@contextmanager
def serving(store: Path, *options: str, environment: dict[str, str] | None = None) -> Iterator[Served]:
    """`cfm-kg serve` with these options, until the block ends."""
    command = [*_COMMAND, "--store", str(store), "--parallel", "2", *options]
    with (
        subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process,
        ExitStack() as stack,
    ):
        listener = None
        try:
            assert process.stderr is not None
            line = process.stderr.readline()
            assert " at http://" in line, line + process.stderr.read()
            url = line.split(" at ")[1].split()[0]
            served = Served(url, process, stack.enter_context(client_of(url)))
            listener = threading.Thread(target=served.log.extend, args=(process.stderr,), daemon=True)
            listener.start()
            yield served
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=15)
            finally:
                process.kill()
                if listener:  # else it would find its pipe closed while it reads
                    listener.join(timeout=15)
