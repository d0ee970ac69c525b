"""All commands: what the list of them says of each, and where it is loaded from when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from cfm_kg.cli.terminal import guarded

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter


HELP = {
    "build": "Read articles and write the graph: Turtle, TriG, N-Quads, a report and a store to query.",
    "extract": "Show what one article says, and the words behind each fact.",
    "explain": "Show a claim's sentence, span and rule, how each name was resolved and what was rejected.",
    "validate": "Check graphs against the shapes: what is wrong, where, why, and what to do.",
    "check": "Check entries before they are added: what is wrong, where, why, and how to mend it.",
    "add": "Check entries, then add them to the store in one transaction.",
    "remove": "Take an entry out of the store again, in one transaction. What others say as well stays.",
    "undo": "Undo the last change: entries that were added go, entries that were removed come back.",
    "history": (
        "Show which articles and entries speak of a thing, who added them and when, and what they say."
    ),
    "queries": "List the named queries.",
    "query": "Ask the store, a graph file or a remote endpoint a named question or one in SPARQL.",
    "conflicts": (
        "List open conflicts: each value with article and quote, which became the merged fact, and why."
    ),
    "export": "Write the graph, sorted, with prefixes and always the same bytes.",
    "plot": "Draw a figure for a paper: meetings over time, attendance, topics by year, or chairmanships.",
    "push": "Bring the graph to a remote store: at first all of it, then what changed since.",
    "pull": "Bring a remote graph here: the merged facts and every graph of the project.",
    "evaluate": "Measure precision, recall and F1 by kind of fact against gold facts.",
    "new": "Draft an entry: a commented Turtle file, checked, with what it may be a duplicate of.",
    "diff": "List what changed, thing by thing: added, removed, changed, or moved to another name.",
    "mcp": "Answer an assistant on standard input and output: questions, look-ups with quotes, entry checks.",
    "verify": (
        "Check that a build is whole: quotes, names, shapes, orphaned nodes, and the store against the files."
    ),
    "stats": (
        "Count what a store holds: by class, graph, body and year, and how much is known of its meetings."
    ),
    "backup": "Write a build's whole folder, entries included, to one file. Readers go on; writers wait.",
    "restore": (
        "Put a backup in the place of a build's folder. Nothing is touched unless the backup is whole."
    ),
    "serve": (
        "Serve the store: SPARQL at /sparql, named queries at /queries/, checks of entries at /validate."
    ),
    "report": (
        "Write one page about a period: meetings, attendance, documents, chairmanships, conflicts, quotes."
    ),
    "site": "Write the explorer's pages as files with data dumps, for any web host.",
}
"""Of each command what the list says: the first paragraph of its own help."""
_TOGETHER = {
    "remove": "add",
    "undo": "add",
    "history": "add",
    "query": "queries",
    "pull": "push",
    "verify": "upkeep",
    "stats": "upkeep",
    "backup": "upkeep",
    "restore": "upkeep",
}
"""Commands that do not stand in a module of their own name."""


class _Loaded(MutableMapping[str, "Command"]):
    """The commands by name, made when they are first asked for."""

    def __init__(self) -> None:
        self._made: dict[str, Command] = {}

    def __getitem__(self, name: str) -> Command:
        if name not in HELP:
            raise KeyError(name)
        if name not in self._made:
            self._made[name] = _made(name)
        return self._made[name]

    def __setitem__(self, name: str, command: Command) -> None:
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        del self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(HELP)

    def __len__(self) -> int:
        return len(HELP)


def _made(name: str) -> Command:
    module = import_module(f"cfm_kg.cli.{_TOGETHER.get(name, name)}")
    if hasattr(module, "app"):  # a command with commands of its own
        return typer.main.get_command(module.app)
    one = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    example = getattr(module, f"EXAMPLE_{name.upper()}", None) or module.EXAMPLE
    one.command(name, epilog=example.replace("`", ""))(guarded(getattr(module, name)))
    return typer.main.get_command(one)


class Commands(TyperGroup):
    """The group of all commands. To list them, none is loaded."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = _Loaded()

    def list_commands(self, ctx: Context) -> list[str]:
        """Their names, as help lists them."""
        return [*HELP]

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the list of commands."""
        with formatter.section("Commands"):
            formatter.write_dl([*HELP.items()])
