"""Reading entries: any of the formats to statements with their places. What is wrong becomes a finding."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
from charset_normalizer import from_bytes

from cfm_kg.entries import jsonld, turtle
from cfm_kg.entries.columns import COLUMNS
from cfm_kg.entries.json_text import read_json
from cfm_kg.entries.jsonld_context import Context, own_context, parsed
from cfm_kg.entries.left_out import left_out, lost_keys
from cfm_kg.entries.model import Entry, Finding, Place, name_of
from cfm_kg.entries.stored import Facts
from cfm_kg.entries.syntax import unparsed
from cfm_kg.entries.table import Table
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
_LIKELY = ("utf_16", "utf_32", "cp1252", "cp1251", "cp1250", "koi8_r", "cp866", "mac_roman")
"""Encodings that an entry may be in by mistake, which are told from each other better if they are few."""
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
    if "\x00" in text:
        return replace(blank, problems=(_no_text(blank),))
    if kind == "csv":
        return _table(blank, facts)
    return _linked(blank, facts) if kind == "jsonld" else _graph(blank)


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
    best = from_bytes(content, cp_isolation=list(_LIKELY)).best()
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


def _no_text(entry: Entry) -> Finding:
    return Finding(
        "Violation",
        "encoding",
        "the file is no text: it has null characters",
        turtle.Lines(entry.name, entry.text).place(entry.text.index("\x00")),
        constraint="encoding",
        expected="text in UTF-8",
        remedy="save it anew as text in UTF-8; a spreadsheet, as CSV",
    )


def _table(entry: Entry, facts: Facts) -> Entry:
    table = Table(entry.name, entry.text, facts)
    problems = table.problems
    if not problems and not table.written:
        problems = [_nothing(entry.name, "the table has no rows", ",".join(COLUMNS))]
    quads = (ox.Quad(one.triple.subject, one.triple.predicate, one.triple.object) for one in table.written)
    return replace(
        entry,
        quads=tuple(dict.fromkeys(quads)),
        written=tuple(table.written),
        problems=tuple(problems),
        fixes=tuple(table.fixes),
        unread=frozenset(table.unread),
    )


def _graph(entry: Entry) -> Entry:
    try:
        quads = tuple(_stored(ox.parse(entry.text, format=_FORMATS[entry.kind], base_iri=ID_BASE)))
    except SyntaxError as error:
        return replace(entry, problems=(unparsed(entry, _FORMATS[entry.kind].name, error),))
    if any(isinstance(quad.object, ox.Triple) for quad in quads):
        return replace(entry, problems=(_quoting(entry),))
    if not quads:
        example = "<meeting/csto-cfm/2021-05-19> a cfm:Meeting ."
        return replace(entry, problems=(_nothing(entry.name, "the file says nothing", example),))
    places, prefixes = turtle.written(entry.name, entry.text, ID_BASE)
    return replace(entry, quads=_sorted(quads), written=tuple(places), prefixes=prefixes)


def _linked(entry: Entry, facts: Facts) -> Entry:
    try:
        document = read_json(entry.text)
        quads = tuple(_stored(parsed(document)))
    except SyntaxError as error:
        return replace(entry, problems=(unparsed(entry, "JSON-LD", error),))
    context = Context(ID_BASE, {}).extended(own_context(document.plain))
    said = list(jsonld.statements(document, context))
    keys = lost_keys(entry.name, entry.text, (one for one in said if isinstance(one, jsonld.Lost)))
    found, lost = jsonld.written(
        entry.name,
        entry.text,
        (one for one in said if isinstance(one, jsonld.Said)),
        (quad.triple for quad in quads),
    )
    problems = (*keys, *left_out(lost, facts))
    if not quads and not problems:
        problems = (_nothing(entry.name, "the file says nothing", '{"id": "meeting/x", "type": "Meeting"}'),)
    return replace(
        entry,
        quads=_sorted(quads),
        written=tuple(found),
        lost=tuple(lost),
        unread=frozenset((name_of(one.triple.subject), one.triple.predicate.value) for one in lost),
        problems=problems,
        prefixes=context.prefixes,
    )


def _sorted(quads: Iterable[ox.Quad]) -> tuple[ox.Quad, ...]:
    return tuple(sorted(quads, key=str))


def _stored(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    # A store spells numbers its own way: compared with what it holds, they must be equal.
    store = ox.Store()
    store.extend(quads)
    return set(store)


def _quoting(entry: Entry) -> Finding:
    start = max(0, *(entry.text.find(mark) for mark in ("<<", "{|")))
    return Finding(
        "Violation",
        "quoted-triple",
        "a statement is about a statement, which is not read here",
        turtle.Lines(entry.name, entry.text).place(start),
        expected="statements about things",
        remedy="describe a cfm:Claim, which has subject, predicate and object",
        example="<claim/1> a cfm:Claim ; rdf:subject <person/x> .",
    )


def _nothing(name: str, message: str, example: str) -> Finding:
    return Finding(
        "Violation", "empty", message, Place(name, 1, 1), remedy="describe something", example=example
    )
