"""`cfm-kg check`: entries by hand, before anything is stored."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfm_kg.cli.terminal import counted, tell, write
from cfm_kg.errors import DIFFERS, OK, CfmError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cfm_kg.entries import Report

EXAMPLE = (
    "Example: `cfm-kg check entry.ttl --format sarif`, `cfm-kg check entry.ttl --fix`, `… | cfm-kg check -`"
)
DEFAULT_STORE = Path("build/store")
STDIN = Path("-")
_STDIN_NAME = "standard input"


class CheckFormat(StrEnum):
    """How the report is written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"
    TTL = "ttl"
    GITHUB = "github"


_Entries = Annotated[
    list[Path],
    typer.Argument(
        help="Entries (Turtle, TriG, N-Quads, JSON-LD, CSV), checked together; or - for one from stdin."
    ),
]
_Kind = Annotated[str, typer.Option("--kind", help="The format of stdin: ttl, trig, nt, nq, jsonld or csv.")]
_Store = Annotated[
    Path | None,
    typer.Option(
        "--store", "-s", help="The store to check against. Default: build/store, else the shipped registry."
    ),
]
_Format = Annotated[CheckFormat, typer.Option("--format", "-f", help="Format of the report.")]
_Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 for warnings too.")]
_Fix = Annotated[bool, typer.Option("--fix", help="Show fixes that need no thought, as a diff.")]
_Write = Annotated[bool, typer.Option("--write", "--apply", help="With --fix: change the files.")]
_Language = Annotated[
    str, typer.Option("--language", help="With --fix: the tag for texts in Latin letters that have none.")
]


def check(
    entries: _Entries,
    store: _Store = None,
    to: _Format = CheckFormat.TEXT,
    strict: _Strict = False,
    fix: _Fix = False,
    write_fixes: _Write = False,
    language: _Language = "en",
    kind: _Kind = "ttl",
) -> int:
    """Check entries before they are added: what is wrong, where, why, and how to mend it.

    They are judged in the context of the stored graph: only what the entries make wrong is an error, and what
    they touch there is judged anew. Exits with 0 where all is right, 1 where something is wrong, 2 where a
    file cannot be read.
    """
    from cfm_kg.entries.formats import FORMATS

    if write_fixes and not fix:
        raise CfmError("there is nothing to write", why="--write goes with --fix", remedy="add --fix")
    folder = store or (DEFAULT_STORE if (DEFAULT_STORE / "CURRENT").is_file() else None)
    if STDIN in entries:
        report = _standard_input(entries, folder, kind, language if fix else None, write_fixes)
    else:
        report = _files(entries, folder, language if fix else None, write_fixes)
    if not fix or write_fixes or to is not CheckFormat.TEXT:
        write(FORMATS[to.value](report))
    return OK if report.conforms(strict=strict) else DIFFERS


def _standard_input(
    entries: Sequence[Path], folder: Path | None, kind: str, language: str | None, really: bool
) -> Report:
    """The report on the one entry that comes by stdin, or the fixes that it wants."""
    from cfm_kg.entries import check_bytes, fix_bytes

    if len(entries) > 1 or really:
        what = "another entry" if len(entries) > 1 else "--write"
        raise CfmError(f"standard input goes without {what}", remedy="save it to a file and name that")
    content = sys.stdin.buffer.read()
    if language is not None:
        done = fix_bytes(content, kind, folder, name=_STDIN_NAME, language=language)
        write(done.diff)
    return check_bytes(content, kind, folder, name=_STDIN_NAME)


def _files(entries: Sequence[Path], folder: Path | None, language: str | None, really: bool) -> Report:
    from cfm_kg.entries.check import check_files

    if language is not None:
        _fix(entries, folder, language, really)
    return check_files(entries, folder).report


def _fix(paths: Sequence[Path], folder: Path | None, language: str, really: bool) -> None:
    from cfm_kg.entries.fix import fixed
    from cfm_kg.entries.read import read_entry
    from cfm_kg.entries.stored import Facts, open_facts

    facts, number = Facts(open_facts(folder)), 0
    for path in paths:
        done = fixed(read_entry(path, facts), facts, language)
        number += len(done.fixes)
        for one in done.fixes:
            tell(f"{one.where}: {one.why}: {one.new}")
        if done.fixes and really:
            _replace(path, done.content)
        else:
            write(done.diff)
    made = "made" if really else "shown; make them with --fix --write"
    tell(f"{counted(number, 'fix', 'fixes')} {made}" if number else "there is nothing to fix without thought")


def _replace(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        why = error.strerror or str(error)
        raise CfmError("the fixes cannot be written", where=str(path), why=why) from error
