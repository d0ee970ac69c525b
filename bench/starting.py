"""What it costs to begin: CPU of the help, and of a query on the seeds' store."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from figures import Figure
from running import cfm_kg

TOPIC = "Start"
HELP, QUERY = 150, 400
_ROUNDS = 7


def measure(quick: bool) -> Iterator[Figure]:
    """The least CPU of some rounds."""
    with tempfile.TemporaryDirectory() as scratch:
        seeds = Path(scratch) / "seeds"
        cfm_kg("--quiet", "build", "--out", str(seeds))
        asked = ("query", "chairs", "--store", str(seeds / "store"))
        for name, command, bar in (
            ("cfm-kg --help", ("--help",), HELP),
            ("cfm-kg query, seeds", asked, QUERY),
        ):
            best = min(cfm_kg(*command).cpu for _ in range(3 if quick else _ROUNDS))
            yield Figure(TOPIC, name, 1000 * best, "ms", None, f"≤ {bar}")
