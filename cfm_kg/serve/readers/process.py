"""A reader process: `python -m cfm_kg.serve.readers.process`, settings and questions in, answers out.

It ends as soon as its input does, even in the midst of a query: a server that dies leaves none behind.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
from queue import SimpleQueue
from typing import IO

from cfm_kg.serve.readers.answering import answer
from cfm_kg.serve.readers.frames import END, frame, read_frame
from cfm_kg.store import LiveStore


def main() -> None:
    """Answer questions until the input ends."""
    # What a library prints must not get between the frames.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    received: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, received), daemon=True).start()
    settings = pickle.loads(received.get())
    _bound(settings.limits.memory)
    live = LiveStore(settings.store)
    out.write(frame(END))  # ready: the time of the first question counts from here
    while True:
        answer(pickle.loads(received.get()), live, settings, out)


def _listen(stream: IO[bytes], received: SimpleQueue[bytes]) -> None:
    while (one := read_frame(stream)) is not None:
        received.put(one[1])
    os._exit(0)


def _bound(memory: int) -> None:
    try:
        import resource
    except ImportError:  # not on every system: there, the time limit alone holds
        return
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


if __name__ == "__main__":
    main()
