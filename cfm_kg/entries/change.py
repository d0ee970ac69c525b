"""Adding entries to a store in one transaction, all or nothing."""

from __future__ import annotations

import getpass
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.entries.check import Checked, check_entries
from cfm_kg.entries.folder import Card, Folder
from cfm_kg.entries.ledger import change, described, entry_graph, kept, merged_graph
from cfm_kg.entries.model import Entry, Report
from cfm_kg.entries.read import read_entry
from cfm_kg.entries.stored import Facts
from cfm_kg.entries.write import forgotten, settle
from cfm_kg.errors import CfmError
from cfm_kg.quads import quads as as_quads
from cfm_kg.store import change_store, open_store, writing
from cfm_kg.vocab import PROVENANCE_GRAPH

_PROVENANCE = ox.NamedNode(PROVENANCE_GRAPH)
_DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True, slots=True)
class Done:
    """What adding came to: the check's report, and what is, or would be, new in the merged facts."""

    report: Report
    added: tuple[ox.Quad, ...]
    accepted: bool


def editor() -> str:
    """Who is at work: as git knows, else as the system does."""
    try:
        found = [
            subprocess.run(["git", "config", f"user.{one}"], capture_output=True, text=True, check=False)
            for one in ("name", "email")
        ]
        name, mail = (one.stdout.strip() for one in found)
    except OSError:
        name, mail = "", ""
    if name:
        return f"{name} <{mail}>" if mail else name
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def add(
    entries: Iterable[Path], store: Path, who: str = "", *, dry_run: bool = False, strict: bool = False
) -> Done:
    """Check entries, then add all of them in one transaction, or none.

    Nothing is touched where the check finds something wrong, where `strict` also something doubtful, or with
    `dry_run`. Raises CfmError where there is no store, a file cannot be read, or the store cannot be written.
    """
    if dry_run:
        checked = _checked(entries, store)
        return Done(
            checked.report, merged_quads(checked.entries, checked.new), checked.report.conforms(strict=strict)
        )
    open_store(store)
    folder = Folder(store)
    checked = _checked(entries, store)
    if not checked.report.conforms(strict=strict):
        return Done(checked.report, (), False)
    with writing(store.parent):
        # Another process may have changed the store since: what is written rests on what is checked here.
        settle(folder, store)
        checked = _checked(entries, store)
        if not checked.report.conforms(strict=strict):
            return Done(checked.report, (), False)
        held = {one.sha256 for one in kept(open_store(store)) if not one.removed}
        fresh = [one for one in checked.entries if one.sha256 not in held]
        added = merged_quads(fresh, checked.new)
        if fresh:
            _commit(folder, store, fresh, added, who or editor(), now())
    return Done(checked.report, added, True)


def _checked(entries: Iterable[Path], store: Path) -> Checked:
    opened = open_store(store)
    facts = Facts(opened)
    return check_entries([read_entry(path, facts) for path in entries], opened, store)


def now() -> str:
    """The moment, as xsd:dateTime in UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _commit(
    folder: Folder, store: Path, fresh: Sequence[Entry], added: Sequence[ox.Quad], who: str, when: str
) -> None:
    quads = list(added)
    for entry in fresh:
        quads += entry_quads(entry, added, who, when)
    quads += as_quads(change("add", [entry.sha256 for entry in fresh], who, when), PROVENANCE_GRAPH)
    try:
        for entry in fresh:
            folder.write(entry.content, Card(entry.sha256, Path(entry.name).name, who, when))
    except OSError as error:
        raise CfmError("the entry cannot be kept", where=str(folder.root), why=str(error)) from error
    change_store(store, remove=(), insert=quads, also=[forgotten(entry.sha256) for entry in fresh])
    settle(folder, store)


def entry_quads(entry: Entry, added: Iterable[ox.Quad], who: str, when: str) -> list[ox.Quad]:
    """An entry's own graph, the graph of what it brought into the merged facts, and its provenance."""
    own, brought = ox.NamedNode(entry_graph(entry.sha256)), ox.NamedNode(merged_graph(entry.sha256))
    new = {quad.triple for quad in added}
    said = dict.fromkeys(quad.triple for quad in entry.quads)
    found = [ox.Quad(t.subject, t.predicate, t.object, own) for t in said]
    found += [ox.Quad(t.subject, t.predicate, t.object, brought) for t in said if t in new]
    return found + as_quads(described(entry.sha256, Path(entry.name).name, who, when), PROVENANCE_GRAPH)


def merged_quads(entries: Iterable[Entry], new: Iterable[ox.Triple]) -> tuple[ox.Quad, ...]:
    """What the entries bring into the merged facts; what they say of provenance goes to its graph."""
    fresh, found = set(new), dict[ox.Quad, None]()
    for entry in entries:
        for quad in entry.quads:
            if quad.triple in fresh:
                graph = _PROVENANCE if quad.graph_name == _PROVENANCE else _DEFAULT
                found[ox.Quad(quad.subject, quad.predicate, quad.object, graph)] = None
    return tuple(found)
