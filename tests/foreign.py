"""SPARQL servers that this project did not write, on free ports of this machine."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from needing import need, program

from cfm_kg.remote import Connection, Credentials

CLIENTS = Path(__file__).parent / "clients"
_PATIENCE = 60.0
_VIRTUOSO = """[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
[TempDatabase]
DatabaseFile = t.db
TransactionFile = t.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 2000
SchedulerInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 2000
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: addresses for queries, updates and graphs, and who may write."""

    query: str
    update: str = ""
    graphs: str = ""
    credentials: Credentials | None = None

    def connection(self) -> Connection:
        """A connection of somebody who may write."""
        return Connection(self.credentials, timeout=60)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: Sequence[str], port: int, folder: Path) -> Iterator[None]:
    """A program from the time it answers on its port until the block ends."""
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
    try:
        until = time.monotonic() + _PATIENCE
        while not _answers(port):
            said = (folder / "server.log").read_text(errors="replace")
            assert process.poll() is None, f"{command[0]} stopped: {said}"
            assert time.monotonic() < until, f"{command[0]} does not answer: {said}"
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(port: int) -> bool:
    try:
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        asked.request("GET", "/sparql?query=ASK%7B%7D")
        asked.getresponse().read()
    except OSError:
        return False
    return True


@contextmanager
def oxigraph(folder: Path) -> Iterator[Server]:
    """The Oxigraph server, in memory."""
    name = program("oxigraph", "pip install 'cfm-kg[dev]'", Path(sys.executable).parent)
    port = free_port()
    with running([name, "serve", "--bind", f"127.0.0.1:{port}"], port, folder):
        at = f"http://127.0.0.1:{port}"
        yield Server(f"{at}/query", f"{at}/update", f"{at}/store")


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """Virtuoso with an empty database. It cuts answers at 2,000 rows, as public endpoints do."""
    name = program("virtuoso-t", "apt-get install virtuoso-opensource-7-bin")
    port = free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(sql=free_port(), http=port))
    with running([name, "+foreground", "+configfile", "virtuoso.ini"], port, folder):
        at = f"http://127.0.0.1:{port}/sparql"
        yield Server(at, f"{at}-auth", f"{at}-graph-crud-auth", Credentials("dba", "dba"))


@contextmanager
def comunica(folder: Path) -> Iterator[Server]:
    """Comunica's endpoint over the file `graph.nq` of the folder, for reading."""
    name = program("node", "apt-get install nodejs npm")
    need((CLIENTS / "node_modules").is_dir(), "Comunica", f"npm ci --prefix {CLIENTS}")
    port = free_port()
    with running([name, str(CLIENTS / "comunica.js"), str(folder / "graph.nq"), str(port)], port, folder):
        yield Server(f"http://127.0.0.1:{port}/sparql")
