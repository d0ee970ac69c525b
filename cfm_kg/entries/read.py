"""Reading entries: any of the formats to statements with their places. What is wrong becomes a finding."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pyoxigraph as ox
from charset_normalizer import from_bytes

from cfm_kg.entries import jsonld, turtle
from cfm_kg.entries.model import Entry, Finding, Place, Written
from cfm_kg.entries.stored import Facts
from cfm_kg.entries.syntax import unparsed
from cfm_kg.entries.table import COLUMNS, Table
from cfm_kg.errors import CfmError
from cfm_kg.store.terms import ID_BASE

_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
}
KINDS = (*_FORMATS, "csv")
"""The suffixes of files that entries may be."""
LARGEST = 20_000_000
"""Bytes up to which a file counts as an entry: more is a build."""


def read_entry(path: Path, facts: Facts) -> Entry:
    """A file as an entry. Raises CfmError where there is none, or its suffix tells no format."""
    try:
        _limited(path.stat().st_size, str(path))
        content = path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise CfmError(
            "the entry cannot be read", where=str(path), why=why, remedy="check the path"
        ) from error
    return parse_entry(content, str(path), facts)


def parse_entry(content: bytes, name: str, facts: Facts, kind: str | None = None) -> Entry:
    """Bytes as an entry of a kind; without one, the suffix of `name` tells it. Raises CfmError for others."""
    kind = _kind(name, kind)
    _limited(len(content), name)
    digest = hashlib.sha256(content).hexdigest()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problem = _not_utf8(content, name, error)
        return Entry(name, digest, content, "", kind, problems=(problem,))
    blank = Entry(name, digest, content, text, kind)
    return _table(blank, facts) if kind == "csv" else _graph(blank)


def _limited(size: int, name: str) -> None:
    if size > LARGEST:
        why = f"it has {size:,} bytes, and an entry has at most {LARGEST:,}"
        raise CfmError("this is no entry", where=name, why=why, remedy="split it")


def _kind(name: str, given: str | None) -> str:
    said = (name.rpartition(".")[2] if given is None else given).lower().removeprefix(".")
    if said in ("json", *KINDS):
        return "jsonld" if said == "json" else said
    if given is not None:
        known = ", ".join(KINDS)
        raise CfmError(f"there is no format {given!r} of entries", remedy=f"choose one of {known}")
    known = ", ".join("." + one for one in KINDS)
    raise CfmError("the suffix tells no format", where=name, remedy=f"name the entry with one of {known}")


def _not_utf8(content: bytes, name: str, error: UnicodeDecodeError) -> Finding:
    before = content[: error.start]
    line, column = before.count(b"\n") + 1, len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
    best = from_bytes(content).best()
    likely = f"; it looks like {best.encoding.replace('_', '-')}" if best else ""
    return Finding(
        "Violation",
        "encoding",
        "the file is not UTF-8",
        Place(name, line, column),
        value=f"byte 0x{content[error.start]:02X}",
        constraint="encoding",
        expected="text in UTF-8" + likely,
        remedy="save the file as UTF-8",
        example=f"iconv -f {best.encoding if best else 'windows-1251'} -t utf-8 < old > new",
        line=content.split(b"\n")[line - 1].decode("utf-8", "replace").rstrip(),
    )


def _table(entry: Entry, facts: Facts) -> Entry:
    table = Table(entry.name, entry.text, facts)
    problems = table.problems
    if not problems and not table.written:
        problems = [_nothing(entry.name, "the table has no rows", ",".join(COLUMNS))]
    quads = (ox.Quad(one.triple.subject, one.triple.predicate, one.triple.object) for one in table.written)
    return _made(entry, tuple(dict.fromkeys(quads)), tuple(table.written), tuple(problems), {})


def _graph(entry: Entry) -> Entry:
    text = jsonld.with_context(entry.text) if entry.kind == "jsonld" else entry.text
    try:
        quads = tuple(_stored(ox.parse(text, format=_FORMATS[entry.kind], base_iri=ID_BASE)))
    except SyntaxError as error:
        return _made(entry, (), (), (unparsed(entry, _FORMATS[entry.kind].name, error),), {})
    if not quads:
        example = "<meeting/csto-cfm/2021-05-19> a cfm:Meeting ."
        return _made(entry, (), (), (_nothing(entry.name, "the file says nothing", example),), {})
    if entry.kind == "jsonld":
        found = tuple(jsonld.written(entry.name, entry.text, (quad.triple for quad in quads)))
        return _made(entry, quads, found, (), {})
    places, prefixes = turtle.written(entry.name, text, ID_BASE)
    return _made(entry, quads, tuple(places), (), prefixes)


def _stored(quads: ox.QuadParser) -> set[ox.Quad]:
    # A store spells numbers its own way: compared with what it holds, they must be equal.
    store = ox.Store()
    store.extend(quads)
    return set(store)


def _made(
    entry: Entry,
    quads: tuple[ox.Quad, ...],
    written: tuple[Written, ...],
    problems: tuple[Finding, ...],
    prefixes: dict[str, str],
) -> Entry:
    return Entry(
        entry.name,
        entry.sha256,
        entry.content,
        entry.text,
        entry.kind,
        tuple(sorted(quads, key=str)),
        written,
        problems,
        prefixes,
    )


def _nothing(name: str, message: str, example: str) -> Finding:
    return Finding(
        "Violation", "empty", message, Place(name, 1, 1), remedy="describe something", example=example
    )
