"""`cfm-kg plot`: figures for papers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cfm_kg.cli.terminal import tell, write_file
from cfm_kg.errors import CfmError
from cfm_kg.plots.kinds import Kind, Span

EXAMPLE = "Example: `cfm-kg plot timeline --from 2019 --body csto-cfm --out meetings.svg`"


def plot(
    kind: Annotated[Kind, typer.Argument(help="What to draw.")],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="The file: .svg, .pdf, .png or .html. Default: the kind's name with .svg."
        ),
    ] = None,
    since: Annotated[str | None, typer.Option("--from", help="First day, month or year.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Last day, month or year.")] = None,
    body: Annotated[str | None, typer.Option("--body", help="The body that met, such as csto-cfm.")] = None,
    organization: Annotated[
        str | None, typer.Option("--organization", help="For chairmanships: the organisation, such as csto.")
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", help="The title, in place of the figure's own.")
    ] = None,
    store: Annotated[Path, typer.Option("--store", "-s", help="The store to draw.")] = Path("build/store"),
) -> int:
    """Draw a figure for a paper: meetings over time, attendance, topics by year, or chairmanships.

    SVG, PDF and PNG (300 dpi) are as wide as two columns (183 mm), in colours that everybody can tell apart;
    HTML is one page with the figure and its facts as a table. The same facts give the same bytes.
    """
    from cfm_kg.plots.figures import figure
    from cfm_kg.plots.write import FORMATS, write
    from cfm_kg.store import open_store

    file = out or Path(f"{kind}.svg")
    form = file.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise CfmError(
            f"a figure cannot be written as {file.name!r}",
            where=str(file),
            remedy="name the file " + ", ".join(f".{one}" for one in FORMATS),
        )
    found = figure(kind, open_store(store), Span(since, until, body, organization))
    write_file(file, write(found, form, title))
    tell(f"{file}: {title or found.title} ({found.note})")
    return 0
