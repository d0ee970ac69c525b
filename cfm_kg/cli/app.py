"""The application with all its commands, each of which is loaded when it is run."""

from __future__ import annotations

from typing import Annotated

import typer

from cfm_kg.cli.commands import Commands
from cfm_kg.cli.terminal import Verbosity, set_verbosity, write

# Plain help: what draws boxes takes longer to load than most commands to run.
app = typer.Typer(
    name="cfm-kg",
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        write(f"cfm-kg {version('cfm-kg')}\n")
        raise typer.Exit


@app.callback(epilog="Example: cfm-kg build articles/ --out build")
def settings(
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but results and errors.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Tell more, with full error traces.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Turn articles about council meetings into a checked knowledge graph, with a quote behind each fact."""
    set_verbosity(Verbosity.QUIET if quiet else Verbosity.VERBOSE if verbose else Verbosity.NORMAL)
