"""`cfm-kg build --watch`: build again whenever an article or a human decision changes."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cfm_kg.cli.terminal import Verbosity, counted, tell
from cfm_kg.errors import OK, CfmError

if TYPE_CHECKING:
    from cfm_kg.building import Built


def follow(places: list[str], decided: list[Path], out: Path, again: Callable[[], Built]) -> int:
    """Call `again` whenever something changes at the places or in folders of decisions, until Ctrl-C.

    What is written to `out` itself is no change, but for the decisions there.

    Raises:
        CfmError: a package is missing, or no place is a file or a folder here.
    """
    try:
        from watchfiles import watch
    except ImportError as error:
        raise CfmError(
            "folders cannot be watched", why="a package is missing", remedy="pip install 'cfm-kg[watch]'"
        ) from error
    from cfm_kg.fuse import FOLDER

    watched = [path for path in (Path(place).expanduser() for place in places) if path.exists()]
    if not watched:
        raise CfmError("there is nothing to watch", why="no place is a file or a folder here")
    ours, book = out.resolve(), (out / FOLDER).resolve()
    book.mkdir(parents=True, exist_ok=True)
    # It may come while the graph is being built, too: the next build goes on from what that one kept.
    with contextlib.suppress(KeyboardInterrupt):
        tell(f"watching {', '.join(map(str, watched))}: stop with Ctrl-C")
        for changes in watch(*watched, *decided, book, raise_interrupt=False):
            found = [Path(path).resolve() for _, path in changes]
            ruled = any(path.parent == book and path.suffix == ".ttl" for path in found)
            if ruled or not all(ours in path.parents for path in found):
                _tell_build(again)
    return OK


def _tell_build(again: Callable[[], Built]) -> None:
    """Build once more and say so in a line; what goes wrong is told, and watching goes on."""
    begun = time.monotonic()
    try:
        built = again()
    except CfmError as error:
        tell(f"cfm-kg: {error}", Verbosity.QUIET)
        return
    tell(
        f"{time.strftime('%H:%M:%S')}  {counted(built.articles, 'article')}, {built.changed} changed, "
        f"{built.gone} gone, {time.monotonic() - begun:.1f} s"
    )
