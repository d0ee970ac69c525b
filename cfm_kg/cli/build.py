"""`cfm-kg build`: articles to a checked graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfm_kg.cli.terminal import Verbosity, progress, table, tell
from cfm_kg.errors import DIFFERS, OK, CfmError

if TYPE_CHECKING:
    from cfm_kg.pipeline import Build
    from cfm_kg.summary import MeetingSummary

EXAMPLE = "Example: `cfm-kg build articles/ 'more/*.txt' --out build`"


def build(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files, folders or globs of articles. Default: the articles that come with the tool."
        ),
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write to.")] = Path("build"),
) -> int:
    """Read articles and write the graph: Turtle, TriG, N-Quads, a report and a store to query.

    Prints the meetings found. The same articles give the same files, whatever their order.
    Exits with 1 where the result violates a shape.
    """
    from cfm_kg.ingest import sources as found_at
    from cfm_kg.output import write_build
    from cfm_kg.pipeline import assemble, read_all
    from cfm_kg.resources import articles_dir
    from cfm_kg.summary import summarize

    found = list(found_at(sources or [str(articles_dir())]))
    result = assemble(progress(read_all(found), "Reading articles", len(found)))
    _tell_unread(result)
    if not result.readings:
        raise CfmError("none of the articles could be read", remedy="see the reasons above")
    write_build(result, out)
    table(_COLUMNS, [_row(meeting) for meeting in summarize(result.merged)])
    _tell(result, out)
    return OK if result.validation.conforms else DIFFERS


_COLUMNS = ("date", "body", "status", "place or format", "chair", "countries", "documents")


def _row(meeting: MeetingSummary) -> tuple[str, ...]:
    return (
        meeting.date or "undated",
        meeting.body,
        meeting.status.lower(),
        meeting.place or meeting.format.lower(),
        meeting.chair,
        " ".join(meeting.countries),
        ", ".join(f"{number} {_words(action)}" for action, number in meeting.documents),
    )


def _words(name: str) -> str:
    return "drafts endorsed" if name == "approvedDraft" else name


def _tell_unread(result: Build) -> None:
    """Each reason once, with the first of the sources that it holds for."""
    by_reason: dict[str, list[str]] = {}
    for unread in result.unread:
        by_reason.setdefault(unread.reason, []).append(unread.name)
    for reason, names in by_reason.items():
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        tell(f"not read: {names[0]}{more}: {reason}", Verbosity.QUIET)


def _tell(result: Build, out: Path) -> None:
    claims = sum(len(reading.claims) for reading in result.readings)
    dropped = sum(len(reading.dropped) for reading in result.readings)
    counts = result.validation.counts()
    tell(
        f"{len(result.readings)} articles, {claims} claims, {dropped} spans dropped, "
        f"{len(result.fusion.conflicts)} conflicts, {len(result.set_aside)} facts set aside; "
        + ", ".join(f"{number} {severity.lower()}s" for severity, number in counts.items())
    )
    for name, what in _FILES:
        tell(f"  {out / name}  {what}")


_FILES = (
    ("graph.ttl", "merged facts"),
    ("graph.trig", "everything, one graph an article"),
    ("graph.nq", "the same as sorted N-Quads"),
    ("report.json", "what was read, dropped, in conflict and validated"),
    ("claims.jsonl", "why each claim is what it is, for `cfm-kg explain`"),
    ("store", "to query with `cfm-kg query`"),
    ("texts", "the articles' texts that all quotes stand in"),
)
