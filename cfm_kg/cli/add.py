"""`cfm-kg add`, `remove`, `undo` and `history`: entries by hand in the store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfm_kg.cli.terminal import counted, table, tell, write
from cfm_kg.errors import DIFFERS, OK

if TYPE_CHECKING:
    import pyoxigraph as ox

EXAMPLE_ADD = "Example: `cfm-kg add entry.ttl --dry-run`, `cfm-kg add entry.ttl --who 'A. Editor'`"
EXAMPLE_REMOVE = "Example: `cfm-kg remove entry.ttl`"
EXAMPLE_UNDO = "Example: `cfm-kg undo`"
EXAMPLE_HISTORY = "Example: `cfm-kg history meeting/csto-cfm/2021-05-19`"

_Store = Annotated[Path, typer.Option("--store", "-s", help="The store to change.")]
_Who = Annotated[
    str, typer.Option("--who", help="Who does this. Default: as git knows you, else your login.")
]


def add(
    entries: Annotated[list[Path], typer.Argument(help="Entries, added together or not at all.")],
    store: _Store = Path("build/store"),
    who: _Who = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the triples to be added, and add nothing.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Refuse entries with warnings too.")] = False,
) -> int:
    """Check entries, then add them to the store in one transaction.

    Where the check finds an error, nothing is added and the store stays as it is. What is added is kept with
    who added it, when, and the file's hash, and stays when the graph is built again.

    Exits with 0 where the entries were added, 1 where they were refused, 2 where they could not be read.
    """
    from cfm_kg.entries.change import add as change
    from cfm_kg.entries.formats import text
    from cfm_kg.store import write_turtle

    done = change(entries, store, who, dry_run=dry_run, strict=strict)
    if done.report.findings:
        write(text(done.report))
    if not done.accepted:
        tell("nothing was added")
        return DIFFERS
    if dry_run:
        write(write_turtle(done.added))
    verb = "would be added" if dry_run else "added"
    number = counted(len(done.report.files), "entry", "entries")
    tell(f"{counted(len(done.added), 'triple')} {verb}, of {number}")
    return OK


def remove(
    entry: Annotated[str, typer.Argument(help="The entry's file name, or the start of its hash.")],
    store: _Store = Path("build/store"),
    who: _Who = "",
) -> int:
    """Take an entry out of the store again, in one transaction. What others say as well stays."""
    from cfm_kg.entries.take import remove as take

    found = take(entry, store, who)
    tell(f"removed {found.file} ({found.name}), which {found.who} added on {found.added[:10]}")
    return OK


def undo(store: _Store = Path("build/store"), who: _Who = "") -> int:
    """Undo the last change: entries that were added go, entries that were removed come back."""
    from cfm_kg.entries.take import undo as take_back

    last = take_back(store, who)
    done = "added" if last.kind == "add" else "removed"
    tell(f"undone: on {last.when[:19]}, {last.who} {done} {counted(len(last.graphs), 'entry', 'entries')}")
    return OK


def history(
    thing: Annotated[str, typer.Argument(help="The thing's IRI, such as meeting/csto-cfm/2021-05-19.")],
    store: Annotated[Path, typer.Option("--store", "-s", help="The store to look into.")] = Path(
        "build/store"
    ),
) -> int:
    """Show which articles and entries speak of a thing, who added them and when, and what they say."""
    from cfm_kg.entries.history import history as events_of

    rows = [
        (event.when[:19], event.what, event.source, event.who, _said(fact))
        for event in events_of(thing, store)
        for fact in event.facts
    ]
    table(("when", "what", "file", "by", "says"), rows)
    return OK


def _said(triple: ox.Triple) -> str:
    from cfm_kg.entries.model import name_of
    from cfm_kg.validate import short

    return " ".join(short(name_of(term)) for term in (triple.subject, triple.predicate, triple.object))
