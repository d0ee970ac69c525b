"""`cfm-kg conflicts`: where articles disagree, and nobody has settled it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfm_kg.cli.terminal import counted, tell, write
from cfm_kg.errors import DIFFERS, OK

if TYPE_CHECKING:
    from cfm_kg.disagreements import Disagreement

EXAMPLE = "Example: `cfm-kg conflicts --store build/store --format json`"
_COLUMNS = ("subject", "property", "value", "chosen", "why", "file", "quote", "claim", "decision")


class ConflictFormat(StrEnum):
    """How conflicts are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def conflicts(
    store: Annotated[Path, typer.Option("--store", "-s", help="The store of a build.")] = Path("build/store"),
    to: Annotated[
        ConflictFormat, typer.Option("--format", "-f", help="Format of the list.")
    ] = ConflictFormat.TABLE,
    every: Annotated[bool, typer.Option("--all", help="List those too that a decision settled.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Exit with 1 where any is open.")] = False,
) -> int:
    """List open conflicts: each value with article and quote, which became the merged fact, and why.

    An editor settles one with an entry in a folder of decisions; see `cfm-kg build --decisions`.
    """
    from cfm_kg.disagreements import disagreements
    from cfm_kg.store import open_store

    found = disagreements(open_store(store))
    open_ = [one for one in found if one.is_open()]
    shown = found if every else open_
    if to is ConflictFormat.JSON:
        write(json.dumps([_content(one) for one in shown], ensure_ascii=False, indent=1) + "\n")
    elif to is ConflictFormat.CSV:
        write(_csv(shown))
    else:
        write("\n".join(line for one in shown for line in _lines(one)) + ("\n" if shown else ""))
        tell(f"{counted(len(open_), 'open conflict')}, {len(found) - len(open_)} settled by a decision")
    return DIFFERS if check and open_ else OK


def _content(one: Disagreement) -> dict[str, object]:
    return {
        "conflict": one.conflict,
        "subject": one.subject,
        "property": one.property,
        "chosen": list(one.chosen),
        "why": one.criterion,
        "values": [asdict(side) | {"chosen": one.won(side)} for side in one.sides],
        "decision": asdict(one.ruling) if one.ruling else None,
    }


def _csv(found: Sequence[Disagreement]) -> str:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for one in found:
        for side in one.sides:
            rows.writerow(
                (
                    *(one.subject, side.property, side.value, "true" if one.won(side) else "false"),
                    *(one.criterion, side.file, side.quote, side.claim, one.ruling.iri if one.ruling else ""),
                )
            )
    return out.getvalue()


def _lines(one: Disagreement) -> Iterator[str]:
    from cfm_kg.validate import short

    chosen = ", ".join(short(value).strip("<>") for value in one.chosen) or "no value"
    yield f"{short(one.subject).strip('<>')} {short(one.property)}: {chosen} ({one.criterion})"
    for side in one.sides:
        mark = "*" if one.won(side) else " "
        name = "" if side.property == one.property else f"{short(side.property)} "
        quote = " ".join(side.quote.split())
        value, claim = (short(iri).strip("<>") for iri in (side.value, side.claim))
        yield f"  {mark} {name}{value}  “{quote}”  {side.file}  {claim}"
    if one.ruling:
        yield f"    decided by {one.ruling.by} on {one.ruling.on}: {one.ruling.reason}"
    yield ""
