"""What commands share: data to stdout as it is, messages and progress to stderr, errors to exit codes."""

from __future__ import annotations

import functools
import os
import shutil
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import ParamSpec, TypeVar

import typer

from cfm_kg.errors import COULD_NOT_RUN, OK, CfmError

P = ParamSpec("P")
T = TypeVar("T")
_INTERRUPTED = 130
_PIPE_CLOSED = 141


class Verbosity(IntEnum):
    """How much a command tells on stderr."""

    QUIET = 0
    NORMAL = 1
    VERBOSE = 2


_verbosity = [Verbosity.NORMAL]


def set_verbosity(verbosity: Verbosity) -> None:
    """Set it for this run."""
    _verbosity[0] = verbosity


def write(data: bytes | str) -> None:
    """Put data on stdout, unwrapped and in UTF-8 whatever the locale."""
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        sys.stdout.write(data if isinstance(data, str) else data.decode())
        return
    sys.stdout.flush()
    stream.write(data.encode() if isinstance(data, str) else data)
    stream.flush()


def write_file(path: Path, content: bytes) -> None:
    """Write a file that the option --out names. Raises CfmError where that cannot be."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CfmError(
            "the file cannot be written",
            where=str(path),
            why=error.strerror,
            remedy="choose another place with --out",
        ) from error


@contextmanager
def needing(what: str, extra: str) -> Iterator[None]:
    """Imports that need an extra of the package. Raises CfmError that says how to install it."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise CfmError(
            f"{what} are missing", why=f"there is no {error.name}", remedy=f"pip install 'cfm-kg[{extra}]'"
        ) from error


def tell(message: str, at: Verbosity = Verbosity.NORMAL) -> None:
    """A message for the person at the terminal, on stderr."""
    if _verbosity[0] >= at:
        print(message, file=sys.stderr, flush=True)


def telling(at: Verbosity) -> bool:
    """Whether messages of this kind are shown."""
    return _verbosity[0] >= at


def on_terminal() -> bool:
    """Whether results are read by a person rather than by a program."""
    return sys.stdout.isatty()


def width() -> int | None:
    """The terminal's width in characters; None where results go elsewhere."""
    return shutil.get_terminal_size().columns if on_terminal() else None


@contextmanager
def steps(what: str) -> Iterator[Callable[[int, int], None]]:
    """To be told how much of how much is done, shown as a progress bar if stderr is a terminal."""
    if _verbosity[0] is Verbosity.QUIET or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def stages(count: Callable[[], int] = int) -> Iterator[Callable[[str, int, int], None]]:
    """To be told what is being done, and how much of how much: shown on a terminal, with rate and time left.

    Of how much the first stage is, where it does not tell, is at least `count`.
    """
    if _verbosity[0] is Verbosity.QUIET or not sys.stderr.isatty():
        yield lambda what, done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[much]}"))
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        task, begun, least, now = bar.add_task("", total=None, much=""), time.monotonic(), count(), ""

        def watch(what: str, done: int, of: int) -> None:
            nonlocal begun, least, now
            if what != now:
                begun, least, now = time.monotonic(), 0 if now else least, what
                bar.reset(task, description=what, total=None)
            total = of or (max(least, done) if least else 0)
            rate = f"{done / max(time.monotonic() - begun, 0.001):.0f}/s"
            much = f"{done}/{total} {rate}" if total else f"{done} {rate}" if done else ""
            bar.update(task, completed=done, total=total or None, much=much)

        yield watch


def counted(number: int, thing: str, things: str | None = None) -> str:
    """A number with its noun, such as "1 article" or "2 articles"."""
    return f"{number} {thing if number == 1 else things or thing + 's'}"


def table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table on stdout: drawn for a terminal, aligned columns in a pipe. Nothing is cut in a pipe."""
    if on_terminal():
        _drawn(names, rows)
        return
    widths = [max(map(len, column)) for column in zip(names, *rows, strict=True)]
    for row in (names, ["-" * size for size in widths], *rows):
        cells = (cell.ljust(size) for cell, size in zip(row, widths, strict=True))
        write("  ".join(cells).rstrip() + "\n")


def _drawn(names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(*names, box=SIMPLE_HEAD)
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
    Console().print(drawn)


def guarded(command: Callable[P, int | None]) -> Callable[P, None]:
    """A command whose outcome is its exit code, and whose failures are messages, not traces."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        code = _outcome(lambda: command(*args, **kwargs))
        if code != OK:
            raise typer.Exit(code)

    return run


def _outcome(command: Callable[[], int | None]) -> int:
    try:
        return command() or OK
    except CfmError as error:
        _trace()
        print(f"cfm-kg: {error}", file=sys.stderr)
        return COULD_NOT_RUN
    except KeyboardInterrupt:
        print("cfm-kg: interrupted", file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has left: write nothing more, not even when closing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED
    except (typer.Exit, typer.Abort):
        raise
    except Exception as error:  # the last resort: a person gets a sentence, --verbose the trace
        _trace()
        print(f"cfm-kg: an unexpected error: {type(error).__name__}: {error}", file=sys.stderr)
        print("  what to do: run it again with --verbose, and report it", file=sys.stderr)
        return COULD_NOT_RUN


def _trace() -> None:
    if _verbosity[0] is Verbosity.VERBOSE:
        traceback.print_exc()
