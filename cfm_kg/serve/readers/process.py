"""A reader process: `python -m cfm_kg.serve.readers.process STORE MEMORY`, questions in, answers out.

It ends as soon as its input does, even in the midst of a query: a server that dies leaves none behind.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
from pathlib import Path
from queue import SimpleQueue
from typing import IO

from cfm_kg.serve.readers.answering import Held, answer
from cfm_kg.serve.readers.frames import read_frame


def main(folder: str, memory: str) -> None:
    """Answer questions until the input ends."""
    # What a library prints must not get between the frames.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _bound(int(memory))
    questions: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, questions), daemon=True).start()
    held = Held(Path(folder))
    while True:
        answer(pickle.loads(questions.get()), held, out)


def _listen(stream: IO[bytes], questions: SimpleQueue[bytes]) -> None:
    while (received := read_frame(stream)) is not None:
        questions.put(received[1])
    os._exit(0)


def _bound(memory: int) -> None:
    try:
        import resource
    except ImportError:  # not on every system: there, the time limit alone holds
        return
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


if __name__ == "__main__":
    main(*sys.argv[1:])
