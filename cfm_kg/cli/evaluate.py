"""`cfm-kg evaluate`: a graph against gold facts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cfm_kg.cli.terminal import write
from cfm_kg.errors import DIFFERS, OK

EXAMPLE = "Example: `cfm-kg evaluate build/graph.nq tests/cases/seeds --misses`"


def evaluate(
    graph: Annotated[Path, typer.Argument(help="The graph.nq or graph.trig of a build.")],
    gold: Annotated[Path, typer.Argument(help="A folder of gold facts, one JSON file an article.")],
    misses: Annotated[
        bool, typer.Option("--misses", help="List what was missed and what is spurious.")
    ] = False,
    by_article: Annotated[
        bool, typer.Option("--by-article", help="Show the figures of each article.")
    ] = False,
    only: Annotated[str | None, typer.Option("--only", help="Only ids that match this expression.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write everything as JSON.")] = False,
    floor: Annotated[
        float | None, typer.Option("--floor", help="Exit with 1 where F1 lies below this.")
    ] = None,
) -> int:
    """Measure precision, recall and F1 by kind of fact against gold facts."""
    from cfm_kg.evaluate import difference_lines, evaluation_json, table
    from cfm_kg.evaluate import evaluate as compare
    from cfm_kg.evaluate.report import article_lines

    result = compare(graph, gold, only)
    if as_json:
        write(evaluation_json(result))
    else:
        if misses:
            write("".join(f"{line}\n" for line in difference_lines(result)))
        if by_article:
            write("".join(f"{line}\n" for line in article_lines(result)))
        write(table(result))
    return DIFFERS if floor is not None and result.micro.f1 < floor else OK
