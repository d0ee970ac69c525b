"""`cfm-kg build`: articles to a checked graph."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfm_kg.cli.terminal import Verbosity, counted, progress, table, tell, working
from cfm_kg.errors import DIFFERS, OK, CfmError

if TYPE_CHECKING:
    from cfm_kg.model import Reading
    from cfm_kg.pipeline import Build, Unread
    from cfm_kg.summary import MeetingSummary

EXAMPLE = "Example: `cfm-kg build articles/ 'more/*.txt' --out build`"


def build(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files, folders, globs, web addresses, or - for stdin. "
            "Default: the articles that come with the tool."
        ),
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write to.")] = Path("build"),
    decisions: Annotated[
        list[Path] | None,
        typer.Option("--decisions", help="A folder of human decisions (*.ttl); may be repeated."),
    ] = None,
) -> int:
    """Read articles and write the graph: Turtle, TriG, N-Quads, a report and a store to query.

    Prints the meetings found. The same articles give the same files, whatever their order.
    What cannot be read is told, and the rest goes on.

    Exits with 1 where the result violates a shape, 2 where no article could be read.
    """
    from cfm_kg.fuse import load_decisions
    from cfm_kg.ingest import number_of_places
    from cfm_kg.ingest import sources as found_at
    from cfm_kg.output import write_build
    from cfm_kg.pipeline import assemble, read_all
    from cfm_kg.resources import articles_dir, decisions_dir
    from cfm_kg.summary import summarize

    rulings = load_decisions([decisions_dir(), *(decisions or ())])
    places = sources or [str(articles_dir())]
    outcomes = list(progress(read_all(found_at(places)), "Reading articles", number_of_places(places)))
    with working("Merging and checking"):
        result = assemble(outcomes, decisions=rulings)
    _tell_readings(result.readings)
    _tell_unread(result.unread)
    if not result.readings:
        raise CfmError(
            "there is nothing to build", why="no article could be read", remedy="see the reasons above"
        )
    _tell_decisions(result)
    with working("Writing"):
        write_build(result, out)
    table(_COLUMNS, [_row(meeting) for meeting in summarize(result.merged)])
    _tell(result, len(outcomes) - len(result.unread) - len(result.readings))
    for name, what in _FILES:
        tell(f"  {out / name}  {what}")
    return OK if result.validation.conforms else DIFFERS


def _tell_decisions(result: Build) -> None:
    """Each human decision that could not be applied in whole, and why."""
    for outcome in result.fusion.decisions:
        for problem in outcome.problems:
            tell(f"decision <{outcome.decision.iri}>: {problem}", Verbosity.QUIET)


_COLUMNS = ("date", "body", "status", "place or format", "chair", "countries", "documents")


def _row(meeting: MeetingSummary) -> tuple[str, ...]:
    return (
        meeting.date or "undated",
        meeting.body,
        meeting.status.lower(),
        meeting.place or meeting.format.lower(),
        meeting.chair,
        " ".join(meeting.countries),
        ", ".join(_handled(action, number) for action, number in meeting.documents),
    )


def _handled(action: str, number: int) -> str:
    if action == "approvedDraft":
        return counted(number, "draft endorsed", "drafts endorsed")
    return f"{number} {action}"


def _tell_readings(readings: Iterable[Reading]) -> None:
    for reading in sorted(readings, key=lambda one: one.document.name):
        document = reading.document
        published = f"published {document.publication.date}" if document.publication else "undated"
        tell(
            f"read: {document.name}: {document.language}, {published}, "
            f"{counted(len(reading.claims), 'claim')}, {counted(len(reading.dropped), 'span')} dropped",
            Verbosity.VERBOSE,
        )


def _tell_unread(refused: Iterable[Unread]) -> None:
    """Each reason once, with the first of the sources that it holds for."""
    by_reason: dict[str, list[str]] = {}
    for unread in refused:
        by_reason.setdefault(unread.reason, []).append(unread.name)
    for reason, names in by_reason.items():
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        tell(f"not read: {names[0]}{more}: {reason}", Verbosity.QUIET)


def _tell(result: Build, copies: int) -> None:
    claims = sum(len(reading.claims) for reading in result.readings)
    dropped = sum(len(reading.dropped) for reading in result.readings)
    counts = result.validation.counts()
    notes = [counted(copies, "more copy", "more copies")] if copies else []
    notes += [f"{len(result.unread)} not read"] if result.unread else []
    done = (
        counted(len(result.readings), "article") + (f" ({', '.join(notes)})" if notes else ""),
        counted(claims, "claim"),
        f"{counted(dropped, 'span')} dropped",
        counted(len(result.fusion.conflicts), "conflict"),
        f"{counted(sum(len(one.quads) for one in result.set_aside), 'fact')} set aside",
    )
    findings = ", ".join(counted(number, severity.lower()) for severity, number in counts.items())
    tell(f"{', '.join(done)}; {findings}")


_FILES = (
    ("graph.ttl", "merged facts"),
    ("graph.trig", "everything, one graph an article"),
    ("graph.nq", "the same as sorted N-Quads"),
    ("report.json", "what was read, dropped, in conflict and validated"),
    ("claims.jsonl", "why each claim is what it is, for `cfm-kg explain`"),
    ("store", "to query with `cfm-kg query`"),
    ("texts", "the articles' texts that all quotes stand in"),
)
