"""Long queries make way for short ones: they go on at a lower priority."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

from cfm_kg.serve.readers.reader import Reader

_SOON = 0.05
"""Seconds until the next look at the earliest."""


class Pace:
    """Watches a reader while it answers one question.

    What counts is the processor's time: a short query on a busy machine is not made to wait even longer.
    """

    def __init__(self, reader: Reader, seconds: float) -> None:
        self._reader = reader
        self._end = _worked(reader.pid) + seconds
        self._timer = asyncio.get_running_loop().call_later(seconds, self._look)

    def _look(self) -> None:
        left = self._end - _worked(self._reader.pid)
        if left <= 0:
            self._reader.make_way()
        else:
            self._timer = asyncio.get_running_loop().call_later(max(left, _SOON), self._look)

    def end(self) -> None:
        """The question is answered."""
        self._timer.cancel()


def _worked(pid: int | None) -> float:
    """Seconds that a process has used of a processor; where that cannot be known, seconds that passed."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return time.monotonic()
