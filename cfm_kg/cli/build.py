"""`cfm-kg build`: articles to a checked graph."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfm_kg.cli.cluster import Shared, build_shared
from cfm_kg.cli.terminal import Verbosity, counted, stages, table, tell, telling
from cfm_kg.cli.watching import follow
from cfm_kg.errors import DIFFERS, OK, CfmError

if TYPE_CHECKING:
    from cfm_kg.building import Built
    from cfm_kg.pipeline import Unread
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
    out: Annotated[
        str,
        typer.Option("--out", "-o", help="The folder to write to; by a cluster also s3://…"),
    ] = "build",
    decisions: Annotated[
        list[Path] | None,
        typer.Option(
            "--decisions", help="A folder of human decisions (*.ttl) besides OUT/decisions; may be repeated."
        ),
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Use nothing that an earlier build kept: read all anew.")
    ] = False,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Keep nothing for the next build either.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Build again whenever an article changes, until Ctrl-C.")
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option("--workers", "-w", min=1, help="How many processes work. Default: one a core."),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", help="Build by the workers of the Dask scheduler at this address."),
    ] = None,
    cluster: Annotated[
        str | None, typer.Option("--cluster", help="Build by N Dask workers on this machine: local:N.")
    ] = None,
    chunk: Annotated[
        int | None, typer.Option("--chunk", min=1, help="Files that a worker of a cluster reads at a time.")
    ] = None,
    parts: Annotated[
        int | None, typer.Option("--parts", min=1, help="Parts of the graph that a cluster writes.")
    ] = None,
) -> int:
    """Read articles and write the graph: Turtle, TriG, N-Quads, a report and a store to query.

    Prints the meetings found. Run again after articles were added, changed, renamed or deleted, it does
    only what that changes. The same articles give the same files, whatever their order and whatever was
    built before. What cannot be read is told, and the rest goes on.

    With --scheduler or --cluster, the workers of a Dask cluster build (extra `cluster`). They write the same
    N-Quads as compressed parts with a manifest; `cat` puts them together (docs/scaling.md).

    Exits with 1 where the result violates a shape, 2 where no article could be read.
    """
    from cfm_kg.resources import articles_dir

    places, shared = sources or [str(articles_dir())], Shared(scheduler, cluster, chunk, parts)
    if shared.wanted:
        if watch:
            raise CfmError("a cluster does not watch folders", remedy="leave --watch out")
        return build_shared(places, out, decisions or [], shared, fresh=fresh, keep=not no_cache)
    return _build_here(places, Path(out), decisions or [], workers, fresh, not no_cache, watch)


def _build_here(
    places: list[str],
    out: Path,
    decisions: list[Path],
    workers: int | None,
    fresh: bool,
    keep: bool,
    watch: bool,
) -> int:
    built = _built(places, out, decisions, workers, fresh=fresh, keep=keep)
    if watch:
        again = lambda: _built(places, out, decisions, workers, fresh=False, keep=True)  # noqa: E731
        return follow(places, decisions, out, again)
    _show_meetings(built, out)
    _tell(built)
    for name, what in _FILES:
        tell(f"  {out / name}  {what}")
    return OK if built.summary.conforms else DIFFERS


def _built(
    places: list[str], out: Path, folders: list[Path], workers: int | None, *, fresh: bool, keep: bool
) -> Built:
    """Build, and tell what could not be read or applied."""
    from cfm_kg.building import NothingReadError, build_folder, cores
    from cfm_kg.fuse import folders_of, load_decisions
    from cfm_kg.ingest import number_of_places

    rulings = load_decisions([*folders_of(out), *folders])
    try:
        with stages(lambda: number_of_places(places)) as watch:
            built = build_folder(
                places, out, rulings, fresh=fresh, keep=keep, workers=workers or cores(), watch=watch
            )
    except NothingReadError as error:
        _tell_unread(error.unread)
        raise
    _tell_articles(out / "report.json")
    _tell_unread(built.summary.unread)
    _tell_decisions(built)
    return built


def _show_meetings(built: Built, out: Path) -> None:
    """The meetings as a table, unless there are too many to read."""
    if built.articles > _SHOWN:
        tell(f"To see the meetings: cfm-kg query meetings --store {out / 'store'}")
        return
    import pyoxigraph as ox

    from cfm_kg.store import open_store
    from cfm_kg.summary import summarize

    merged = open_store(out / "store").quads_for_pattern(None, None, None, ox.DefaultGraph())
    table(_COLUMNS, [_row(meeting) for meeting in summarize(merged)])


def _tell_decisions(built: Built) -> None:
    """Each human decision that could not be applied in whole, and why."""
    for outcome in built.summary.decisions:
        for problem in outcome.problems:
            tell(f"decision <{outcome.decision.iri}>: {problem}", Verbosity.QUIET)


_SHOWN = 500
"""Of so many articles the meetings are shown, at most."""
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


def _tell_articles(report: Path) -> None:
    for one in json.loads(report.read_bytes())["articles"] if telling(Verbosity.VERBOSE) else ():
        published = f"published {one['published']}" if one["published"] else "undated"
        dropped = counted(len(one["dropped"]), "span")
        tell(
            f"read: {one['file']}: {one['language']}, {published}, {counted(one['claims'], 'claim')}, "
            f"{dropped} dropped",
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


def _tell(built: Built) -> None:
    told, copies = built.summary, built.files - built.articles
    notes = [counted(copies, "more copy", "more copies")] if copies else []
    notes += [f"{len(told.unread)} not read"] if told.unread else []
    if not built.anew and built.changed + built.gone:
        notes.append(f"{built.changed} changed, {built.gone} gone")
    done = (
        counted(built.articles, "article") + (f" ({', '.join(notes)})" if notes else ""),
        counted(told.claims, "claim"),
        f"{counted(told.spans, 'span')} dropped",
        counted(told.conflicts, "conflict"),
        f"{counted(told.aside, 'fact')} set aside",
    )
    findings = ", ".join(counted(number, severity.lower()) for severity, number in told.findings.items())
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
