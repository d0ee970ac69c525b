"""`cfm-kg explain`: why a claim is what it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfm_kg.cli.terminal import write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cfm_kg.explanation import Explanation

EXAMPLE = "Example: `cfm-kg explain claim:3f2a90c1 --build build`"


def explain(
    claim: Annotated[str, typer.Argument(help="A claim's IRI, or enough of its last part to tell it apart.")],
    build: Annotated[Path, typer.Option("--build", "-b", help="The folder of the build.")] = Path("build"),
) -> int:
    """Show a claim's sentence, span and rule, how each name was resolved and what was rejected."""
    from cfm_kg.explanation import explain as explained

    write("\n".join(_lines(explained(claim, build))) + "\n")
    return 0


def _lines(found: Explanation) -> Iterator[str]:
    from cfm_kg.validate import short

    yield short(found.claim)
    yield f"  says      {short(found.subject)} {short(found.predicate)} {short(found.value)}"
    yield f"  sentence  {found.sentence}"
    yield f"  quote     {found.exact!r}"
    yield f"  where     {found.file}, characters {found.start} to {found.end} ({short(found.article)})"
    yield f"  rule      {found.rule}, confidence {found.confidence:.2f}"
    for resolution in found.resolutions:
        yield f"  {resolution.wording!r} is {short(resolution.entity)}: {resolution.reason}"
        for entity, reason in resolution.rejected:
            yield f"    not {short(entity)}: {reason}"
