"""The application with all its commands."""

from __future__ import annotations

from typing import Annotated

import typer

from cfm_kg.cli import (
    add,
    build,
    check,
    conflicts,
    diff,
    evaluate,
    explain,
    export,
    extract,
    mcp,
    new,
    plot,
    push,
    queries,
    report,
    serve,
    site,
    upkeep,
    validate,
)
from cfm_kg.cli.terminal import Verbosity, guarded, set_verbosity, write

app = typer.Typer(
    name="cfm-kg",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        write(f"cfm-kg {version('cfm-kg')}\n")
        raise typer.Exit


@app.callback(epilog="Example: `cfm-kg build articles/ --out build`")
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


app.command("build", epilog=build.EXAMPLE)(guarded(build.build))
app.command("extract", epilog=extract.EXAMPLE)(guarded(extract.extract))
app.command("explain", epilog=explain.EXAMPLE)(guarded(explain.explain))
app.command("validate", epilog=validate.EXAMPLE)(guarded(validate.validate))
app.command("check", epilog=check.EXAMPLE)(guarded(check.check))
app.command("add", epilog=add.EXAMPLE_ADD)(guarded(add.add))
app.command("remove", epilog=add.EXAMPLE_REMOVE)(guarded(add.remove))
app.command("undo", epilog=add.EXAMPLE_UNDO)(guarded(add.undo))
app.command("history", epilog=add.EXAMPLE_HISTORY)(guarded(add.history))
app.command("queries", epilog=queries.EXAMPLE_LIST)(guarded(queries.queries))
app.command("query", epilog=queries.EXAMPLE_RUN)(guarded(queries.query))
app.command("conflicts", epilog=conflicts.EXAMPLE)(guarded(conflicts.conflicts))
app.command("export", epilog=export.EXAMPLE)(guarded(export.export))
app.command("plot", epilog=plot.EXAMPLE)(guarded(plot.plot))
app.command("push", epilog=push.EXAMPLE_PUSH)(guarded(push.push))
app.command("pull", epilog=push.EXAMPLE_PULL)(guarded(push.pull))
app.command("evaluate", epilog=evaluate.EXAMPLE)(guarded(evaluate.evaluate))
app.add_typer(new.app, name="new")
app.command("diff", epilog=diff.EXAMPLE)(guarded(diff.diff))
app.command("mcp", epilog=mcp.EXAMPLE)(guarded(mcp.mcp))
app.command("verify", epilog=upkeep.EXAMPLE_VERIFY)(guarded(upkeep.verify))
app.command("stats", epilog=upkeep.EXAMPLE_STATS)(guarded(upkeep.stats))
app.command("backup", epilog=upkeep.EXAMPLE_BACKUP)(guarded(upkeep.backup))
app.command("restore", epilog=upkeep.EXAMPLE_RESTORE)(guarded(upkeep.restore))
app.command("serve", epilog=serve.EXAMPLE)(guarded(serve.serve))
app.command("report", epilog=report.EXAMPLE)(guarded(report.report))
app.command("site", epilog=site.EXAMPLE)(guarded(site.site))
