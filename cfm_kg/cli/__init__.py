"""The command line. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

_GLOBAL = {"-q": "--quiet", "--quiet": "--quiet", "-v": "--verbose", "--verbose": "--verbose"}
_OBJECTS = 50_000
"""So many new objects before garbage is looked for: hardly any is in circles, and reading makes many."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 fine, 1 data does not conform or differs, 2 could not run."""
    from cfm_kg.cli.app import app

    gc.set_threshold(_OBJECTS)
    app(args=_global_first(sys.argv[1:] if arguments is None else arguments), prog_name="cfm-kg")


def _global_first(arguments: Sequence[str]) -> list[str]:
    """`--quiet` and `--verbose` may stand anywhere: behind the command they are moved before it."""
    found: list[str] = []
    rest = list(arguments)
    end = rest.index("--") if "--" in rest else len(rest)
    for position in range(end - 1, -1, -1):
        if rest[position] in _GLOBAL:
            found.append(_GLOBAL[rest.pop(position)])
    return found + rest
