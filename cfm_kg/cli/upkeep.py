"""`cfm-kg verify`, `stats`, `backup` and `restore`: looking after what was built."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfm_kg.cli.terminal import counted, tell, write
from cfm_kg.errors import DIFFERS, OK

if TYPE_CHECKING:
    from cfm_kg.upkeep import Stats

EXAMPLE_VERIFY = "Example: `cfm-kg verify --store build/store`"
EXAMPLE_STATS = "Example: `cfm-kg stats --store build/store --format json`"
EXAMPLE_BACKUP = "Example: `cfm-kg backup monday.tar.gz --store build/store`"
EXAMPLE_RESTORE = "Example: `cfm-kg restore monday.tar.gz --store build/store`"
_STORE = typer.Option("--store", "-s", help="The store of a build.")


class Form(StrEnum):
    """For people or for programs."""

    TEXT = "text"
    JSON = "json"


def holds_parts(place: str) -> bool:
    """Whether a place holds a graph in parts, rather than a store."""
    return (Path(place) / "manifest.json").is_file() or ("://" in place and not Path(place).exists())


def verify(
    store: Annotated[
        str, typer.Option("--store", "-s", help="The store of a build, or a folder of parts: also s3://….")
    ] = "build/store",
    to: Annotated[Form, typer.Option("--format", "-f", help="How findings are written.")] = Form.TEXT,
) -> int:
    """Check that a build is whole: quotes, names, shapes, orphaned nodes, and the store against the files.

    Of a graph in parts, that each part is what the manifest says, in order, and can be read.
    Exits with 1 where anything is wrong.
    """
    from cfm_kg.upkeep import Defect

    if holds_parts(store):
        from cfm_kg.parts import Folder, faults

        checks = ["parts"]
        found = [Defect("parts", name, what) for name, what in faults(Folder.of(store))]
    else:
        from cfm_kg.upkeep import CHECKS
        from cfm_kg.upkeep import verify as check

        checks, found = [*CHECKS], check(Path(store).parent)
    if to is Form.JSON:
        write(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1) + "\n")
    else:
        write("".join(f"{one.check}: {one.thing}: {one.what}\n" for one in found))
        by_check = Counter(one.check for one in found)
        tell(", ".join(f"{name} {by_check[name] or 'fine'}" for name in checks))
    return DIFFERS if found else OK


def stats(
    store: Annotated[Path, _STORE] = Path("build/store"),
    to: Annotated[Form, typer.Option("--format", "-f", help="How counts are written.")] = Form.TEXT,
) -> int:
    """Count what a store holds: by class, graph, body and year, and how much is known of its meetings."""
    from cfm_kg.upkeep import stats as count

    found = count(store)
    write(json.dumps(asdict(found), ensure_ascii=False, indent=1) + "\n" if to is Form.JSON else _text(found))
    return OK


def _text(found: Stats) -> str:
    tables = (("graphs", found.graphs), ("classes", found.classes), ("meetings by body", found.bodies))
    lines = [f"{found.quads} quads"]
    for title, counts in (*tables, ("meetings by year", found.years)):
        lines += ["", title, *(f"  {name:20}{number:10}" for name, number in counts.items())]
    lines += ["", f"known of {counted(found.meetings, 'meeting')}"]
    for name, number in found.coverage.items():
        lines.append(f"  {name:20}{number:10}  {number / max(found.meetings, 1):4.0%}")
    return "\n".join(lines) + "\n"


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write, such as monday.tar.gz.")],
    store: Annotated[Path, _STORE] = Path("build/store"),
) -> int:
    """Write a build's whole folder, entries included, to one file. Readers go on; writers wait."""
    from cfm_kg.upkeep import back_up

    number = back_up(store.parent, file)
    tell(f"{file}: {counted(number, 'file')}")
    return OK


def restore(
    file: Annotated[Path, typer.Argument(help="What `cfm-kg backup` wrote.")],
    store: Annotated[Path, _STORE] = Path("build/store"),
) -> int:
    """Put a backup in the place of a build's folder. Nothing is touched unless the backup is whole."""
    from cfm_kg.upkeep import restore as put_back

    number = put_back(file, store.parent)
    tell(f"{store.parent}: {counted(number, 'file')}")
    return OK
