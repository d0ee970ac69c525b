"""Fixes that need no thought: a date written as a string, a missing language tag, a label in place of an IRI.

Each replaces one value in the text and nothing else. JSON-LD and CSV are left as they are.
"""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from rdflib import URIRef
from rdflib.namespace import RDF, SH

from cfm_kg.dates import PartialDate
from cfm_kg.entries.model import Entry, Place, Written
from cfm_kg.entries.read import parse_entry
from cfm_kg.entries.stored import Facts, open_facts
from cfm_kg.entries.texts import repaired
from cfm_kg.validate import short
from cfm_kg.validate.shapes import shapes
from cfm_kg.vocab import XSD

_FIXABLE = ("ttl", "trig", "nt", "nq")
_STRINGS = {XSD("string"), str(RDF.langString)}
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


@dataclass(frozen=True, slots=True)
class Fix:
    """One value of a text to be written anew."""

    where: Place
    start: int
    end: int
    new: str
    why: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """What fixing an entry comes to: the fixes, the change as a unified diff, and the entry with them."""

    fixes: tuple[Fix, ...]
    diff: str
    content: bytes


def fix_bytes(
    content: bytes,
    kind: str,
    store: ox.Store | str | Path | None = None,
    *,
    name: str = "",
    language: str = "en",
) -> Fixed:
    """Fix bytes as an entry; parameters and errors are those of `check_bytes`.

    Texts in Latin letters that need a language tag and have none get `language`.
    """
    facts = Facts(open_facts(Path(store) if isinstance(store, str) else store))
    return fixed(parse_entry(content, name or f"entry.{kind}", facts, kind), facts, language)


def fixed(entry: Entry, facts: Facts, language: str) -> Fixed:
    """Fix an entry that was read."""
    wanted = fixes(entry, facts, language)
    if not wanted:
        return Fixed((), "", entry.content)
    mark = BOM_UTF8 if entry.content.startswith(BOM_UTF8) else b""
    return Fixed(wanted, diff(entry, wanted), mark + applied(entry.text, wanted).encode())


def fixes(entry: Entry, facts: Facts, language: str) -> tuple[Fix, ...]:
    """The fixes of an entry, in the order of its text. Texts in Latin letters get the tag `language`."""
    if entry.kind not in _FIXABLE:
        return ()
    found = (_fix(one, entry, facts, language) for one in entry.written if one.span[0] < one.span[1])
    by_start = {fix.start: fix for fix in found if fix is not None}
    return tuple(by_start[start] for start in sorted(by_start))


def applied(text: str, wanted: tuple[Fix, ...]) -> str:
    """The text with the fixes."""
    for fix in reversed(wanted):
        text = text[: fix.start] + fix.new + text[fix.end :]
    return text


def diff(entry: Entry, wanted: tuple[Fix, ...]) -> str:
    """The change as a unified diff; empty where there is none."""
    old, new = (one.splitlines(keepends=True) for one in (entry.text, applied(entry.text, wanted)))
    lines = difflib.unified_diff(old, new, entry.name, entry.name)
    return "".join(
        line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in lines
    )


def _fix(one: Written, entry: Entry, facts: Facts, language: str) -> Fix | None:
    value = one.triple.object
    if not isinstance(value, ox.Literal):
        return None
    path, (start, end) = one.triple.predicate.value, one.span
    text = unicodedata.normalize("NFC", repaired(value.value) or value.value)
    plain = value.datatype.value in _STRINGS

    def made(new: str, why: str) -> Fix:
        return Fix(one.value, start, end, new, why)

    if path in _things() and plain:
        named = facts.named(text.strip(), _things()[path])
        if len(named) == 1:
            return made(f"<{named[0]}>", f"{short(path)} names a thing, which bears this label")
    day = _date(text.strip()) if path in _dated() else None
    if day and value.datatype.value != day.datatype:
        return made(f'"{day}"^^{_iri(day.datatype, entry.prefixes)}', f"{short(path)} is a date")
    if path in _tagged() and value.datatype.value == XSD("string") and _LATIN.search(text):
        return made(f"{_quoted(text)}@{language}", f"{short(path)} has a language tag")
    if plain and text != value.value:
        tag = f"@{value.language}" if value.language else ""
        return made(_quoted(text) + tag, "the text is put into Unicode's normal form C, as it was meant")
    return None


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _iri(iri: str, prefixes: Mapping[str, str]) -> str:
    fits = (
        f"{name}:{iri[len(space) :]}" for name, space in prefixes.items() if space and iri.startswith(space)
    )
    return next(fits, f"<{iri}>")


def _date(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text)
    except ValueError:
        return None


def _paths(predicate: URIRef) -> Iterator[tuple[str, str]]:
    """The paths of property shapes that have a constraint, with its value."""
    for shape, path in shapes().paths.items():
        value = shapes().core.value(URIRef(shape), predicate)
        if value is not None and not set("^|") & set(path):
            yield path, str(value)


@cache
def _things() -> Mapping[str, str]:
    """Properties whose values are things of one class, with the class."""
    classes: dict[str, set[str]] = {}
    for path, kind in _paths(SH["class"]):
        classes.setdefault(path, set()).add(kind)
    return {path: next(iter(kinds)) for path, kinds in classes.items() if len(kinds) == 1}


@cache
def _dated() -> frozenset[str]:
    """Properties whose values are dates, as exact as known."""
    by_node = {path for path, node in _paths(SH.node) if node.endswith("#partial-date")}
    return frozenset(by_node | {path for path, kind in _paths(SH.datatype) if kind == XSD("gYear")})


@cache
def _tagged() -> frozenset[str]:
    """Properties whose values must have a language tag wherever they are used."""
    return frozenset(path for path, kind in _paths(SH.datatype) if kind == str(RDF.langString))
