"""Checking entries in the context of a store: what they make wrong, and how to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.entries.judge import judge
from cfm_kg.entries.ledger import merged_graph
from cfm_kg.entries.model import Before, Entry, Finding, Report, name_of
from cfm_kg.entries.patterns import patterns_of
from cfm_kg.entries.quotes import quoted
from cfm_kg.entries.read import parse_entry, read_entry
from cfm_kg.entries.references import dangling
from cfm_kg.entries.stored import Facts, open_facts
from cfm_kg.entries.subjects import misplaced, untargeted
from cfm_kg.entries.terms import misnamed
from cfm_kg.entries.texts import misspelt
from cfm_kg.entries.why import explained, merged
from cfm_kg.validate import Finding as ShapeFinding
from cfm_kg.validate.shapes import shapes


@dataclass(frozen=True, slots=True)
class Checked:
    """The report, and what it is about."""

    report: Report
    entries: tuple[Entry, ...]
    new: tuple[ox.Triple, ...]
    """The triples that the store does not hold yet."""


def check(entries: str | Path | Iterable[str | Path], store: str | Path | None = None) -> Report:
    """Check files as entries, together, in the context of a store; without one, of the shipped registry.

    Raises CfmError where a file cannot be read or its suffix tells no format, and where there is no store.
    What is wrong in a file that can be read, syntax included, is in the report.
    """
    paths = [entries] if isinstance(entries, str | Path) else entries
    folder = None if store is None else Path(store)
    return check_files([Path(path) for path in paths], folder).report


def check_bytes(
    content: bytes, kind: str, store: ox.Store | str | Path | None = None, *, name: str = ""
) -> Report:
    """Check bytes as one entry, as `check` does a file, and touch no file but the store's, to read it.

    `kind` is the format, as a suffix: one of `KINDS` (ttl, trig, nt, nq, jsonld, csv). The store is open, or
    the folder of one; without one the shipped registry is the context. Findings call the entry by `name`.
    Raises CfmError where the format is unknown, the entry too large, or there is no store.
    """
    folder = Path(store) if isinstance(store, str | Path) else None
    opened = open_facts(store if isinstance(store, ox.Store) else folder)
    entry = parse_entry(content, name or f"entry.{kind}", Facts(opened), kind)
    return check_entries([entry], opened, folder).report


def check_files(paths: Sequence[Path], folder: Path | None) -> Checked:
    """Check files, as `check` does, and keep what was read. Raises CfmError."""
    store = open_facts(folder)
    facts = Facts(store)
    return check_entries([read_entry(path, facts) for path in paths], store, folder)


def check_entries(entries: Sequence[Entry], store: ox.Store, folder: Path | None = None) -> Checked:
    """Check entries that were read. `folder` is where the store lies, beside the texts of articles."""
    triples = list(dict.fromkeys(quad.triple for entry in entries for quad in entry.quads))
    # What these very entries brought into the store does not count as having been there before.
    past = Facts(store, hidden=_own(entries, store))
    new = tuple(triple for triple in triples if triple not in past)
    now = Facts(store, added=triples)
    readable = [entry for entry in entries if entry.written]
    judged = judge(triples, new, now, past)
    found = [finding for entry in entries for finding in entry.problems]
    unread = frozenset[tuple[str, str]]().union(*(entry.unread for entry in entries))
    made = [one for one in judged.made if not _leans_on(one, unread)]
    found += _united([explained(one, readable, now) for one in made], _named(readable, now, new))
    texts = folder.parent / "texts" if folder else None
    before = Counter((finding.shape, finding.severity) for finding in judged.before)
    report = Report(
        tuple(entry.name for entry in entries),
        tuple(sorted((quoted(one, now, texts) for one in dict.fromkeys(found)), key=lambda one: one.order)),
        tuple(Before(*key, number) for key, number in sorted(before.items())),
        _idle(triples, now) if readable else (),
        len(triples),
        len(new),
        len(judged.touched),
    )
    return Checked(report, tuple(entries), new)


def _leans_on(found: ShapeFinding, unread: frozenset[tuple[str, str]]) -> bool:
    """Whether a shape may object only because something could not be read, which is told already."""
    rule = next((r for r in shapes().rules if r.shape == found.shape), None)
    looked_at = patterns_of(rule).properties() if rule else {found.path or ""}
    return any((found.focus, path) in unread for path in looked_at)


def _own(entries: Iterable[Entry], store: ox.Store) -> Iterator[ox.Triple]:
    for entry in entries:
        graph = ox.NamedNode(merged_graph(entry.sha256))
        yield from (quad.triple for quad in store.quads_for_pattern(None, None, None, graph))


def _named(entries: Iterable[Entry], facts: Facts, new: Iterable[ox.Triple]) -> list[Finding]:
    """What is wrong with names and texts of things of which the entries say anything new."""
    told = {name_of(triple.subject) for triple in new}
    # What has no name is never known already.
    return [one for one in _all_named(entries, facts) if one.focus in told or one.focus.startswith("_:")]


def _all_named(entries: Iterable[Entry], facts: Facts) -> list[Finding]:
    found: list[Finding] = []
    for entry in entries:
        wrong = list(misnamed(entry))
        classless = {finding.focus for finding in wrong if finding.rule == "unknown-class"}
        spaces = tuple(finding.value or "" for finding in wrong if finding.rule == "namespace")
        idle = [finding for finding in untargeted(entry, facts, spaces) if finding.focus not in classless]
        found += [*wrong, *dangling(entry, facts), *idle, *misplaced(entry, facts), *misspelt(entry)]
    return found


def _united(by_shapes: Sequence[Finding], own: Sequence[Finding]) -> list[Finding]:
    """All findings; one of a name that a shape objects to as well lends that its remedy."""
    better = {(f.focus, f.path, f.value): f for f in own if f.rule in ("dangling", "unknown-term")}
    taken, found = set[tuple[str, str | None, str | None]](), list[Finding]()
    for finding in by_shapes:
        key = (finding.focus, finding.path, finding.value)
        taken.add(key)
        found.append(merged(finding, better[key]) if key in better else finding)
    return found + [
        f
        for f in own
        if better.get((f.focus, f.path, f.value)) is not f or (f.focus, f.path, f.value) not in taken
    ]


def _idle(triples: Iterable[ox.Triple], facts: Facts) -> tuple[str, ...]:
    """The shapes that find nothing to look at in the entries."""
    entry = list(triples)
    classes = {kind for t in {t.subject: t for t in entry}.values() for kind in facts.classes(t.subject)}
    properties = {triple.predicate.value for triple in entry}
    busy = {t.shape for t in shapes().targets if t.term in (classes if t.is_class else properties)}
    return tuple(sorted({t.shape for t in shapes().targets} - busy))
