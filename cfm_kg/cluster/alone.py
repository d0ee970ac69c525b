"""Reading articles in a process that may die: what it dies of is refused, and the rest is read.

A worker of a cluster may not have children by `multiprocessing`, so this is a program of its own:
`python -m cfm_kg.cluster.alone` reads sources from its input and writes what each gives to its output.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO

from cfm_kg.building.articles import Row, read_rows
from cfm_kg.building.workers import DIED
from cfm_kg.model import Source
from cfm_kg.pipeline import Unread

Keyed = tuple[bytes, Source]


def read_alone(sources: Sequence[Keyed]) -> list[Row | Unread]:
    """What each source gives, as `read_rows` tells; one that a process dies of is refused."""
    found: list[Row | Unread] = []
    while len(found) < len(sources):
        with _child() as (requests, answers):
            for one in sources[len(found) :]:
                try:
                    pickle.dump(one, requests)
                    requests.flush()
                    found.append(pickle.load(answers))
                except (OSError, EOFError, pickle.UnpicklingError):
                    found.append(Unread(one[1].name, DIED))
                    break
    return found


@contextmanager
def _child() -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    command = [sys.executable, "-m", "cfm_kg.cluster.alone"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield process.stdin, process.stdout
        finally:
            process.kill()


def main() -> None:
    """Answer until there are no more requests. What fails in another way than it should is refused, too."""
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr
    while True:
        try:
            one: Keyed = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        try:
            (outcome,) = read_rows([one])
        except Exception as error:
            why = f"reading it failed unexpectedly ({type(error).__name__}: {error})"
            outcome = Unread(one[1].name, f"{why}; what to do: leave it out, and report it")
        pickle.dump(outcome, answers)
        answers.flush()


if __name__ == "__main__":
    main()
