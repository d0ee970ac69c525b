"""Commands run as a user runs them, each in a process of its own: seconds, CPU, memory of all processes."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import psutil

COMMAND = (sys.executable, "-c", "from cfm_kg.cli import main; main()")
_EVERY = 0.05
_ENDED = (-signal.SIGXCPU, -signal.SIGKILL)
"""How a process ends that took more CPU than it may."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended, and what it took: seconds, CPU seconds, most megabytes of all its processes."""

    code: int
    seconds: float
    cpu: float
    megabytes: float
    output: str

    @property
    def stopped(self) -> bool:
        """Whether it was ended as it took longer than it may."""
        return self.code in _ENDED


def cfm_kg(*arguments: str, limit: int | None = None) -> Ran:
    """Run `cfm-kg` with these arguments."""
    return run([*COMMAND, *arguments], limit)


def run(command: Sequence[str], limit: int | None = None) -> Ran:
    """Run a command; the system ends it after `limit` CPU seconds. Memory is looked at now and then (PSS)."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        env=_usual(),
        preexec_fn=limit and partial(resource.setrlimit, resource.RLIMIT_CPU, (limit, limit)),
    ) as process:
        most, wait = 0.0, _EVERY
        while process.poll() is None:
            most = max(most, _memory(process.pid))
            time.sleep(wait)
            wait = min(1.0, wait * 1.05)
        seconds = time.perf_counter() - start
        assert process.stderr is not None
        told = process.stderr.read()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Ran(process.returncode, seconds, cpu, most, told)


def within(limit: int, do: Callable[[], object]) -> tuple[float, bool]:
    """The CPU seconds that a function takes, and whether it was ended at this limit.

    It is called in a copy of this process, so that it needs no copy of what it works on. Raises SystemExit
    where it fails.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = os.fork()
    if not child:
        failed = True
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
            do()
            failed = False
        finally:
            if failed:
                traceback.print_exc()
            os._exit(failed)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, *_ENDED):
        raise SystemExit(f"a measured function failed: {code}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, bool(code)


def _usual() -> dict[str, str]:
    """The environment as users have it: compiled modules are kept."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _memory(pid: int) -> float:
    """Megabytes of a process and all below it; what they share counts once."""
    total = 0
    try:
        first = psutil.Process(pid)
        for process in (first, *first.children(recursive=True)):
            total += process.memory_full_info().pss
    except (psutil.Error, OSError):
        pass
    return total / 1e6
