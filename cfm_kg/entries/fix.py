"""Fixes that need no thought: a date written as a string, a missing language tag, a label in place of an IRI.

Each replaces one value in the text and nothing else.
"""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.dates import PartialDate
from cfm_kg.entries.model import Entry, Fix, Term, Written, name_of
from cfm_kg.entries.read import parse_entry
from cfm_kg.entries.stored import Facts, open_facts
from cfm_kg.entries.texts import repaired
from cfm_kg.entries.wanted import allowed_values, class_of, datatypes, dated, tagged
from cfm_kg.errors import CfmError
from cfm_kg.validate import short
from cfm_kg.vocab import RDF, XSD, local

_STRINGS = {XSD("string"), RDF("langString")}
_LEXICAL = {
    XSD("integer"): r"[+-]?[0-9]+",
    XSD("decimal"): r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?",
    XSD("boolean"): "true|false",
    XSD("date"): r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
}
"""How values look that need a datatype and no thought."""
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


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
    """Fix an entry that was read. Raises CfmError where `language` is no language tag."""
    if not re.fullmatch("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", language):
        raise CfmError(f"{language!r} is no language tag", remedy="give one such as en or en-GB")
    wanted = fixes(entry, facts, language)
    if not wanted:
        return Fixed((), "", entry.content)
    mark = BOM_UTF8 if entry.content.startswith(BOM_UTF8) else b""
    return Fixed(wanted, diff(entry, wanted), mark + applied(entry.text, wanted).encode())


def fixes(entry: Entry, facts: Facts, language: str) -> tuple[Fix, ...]:
    """The fixes of an entry, in the order of its text. Texts in Latin letters get the tag `language`."""
    found = list(entry.fixes)
    for one in (*entry.written, *entry.lost):
        meant = _meant(one, entry, facts, language) if one.span[0] < one.span[1] else None
        if meant is not None:
            found.append(Fix(one.value, *one.span, _spelled(meant[0], one, entry), meant[1]))
    by_start = {fix.start: fix for fix in found}
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


def _meant(one: Written, entry: Entry, facts: Facts, language: str) -> tuple[Term, str] | None:
    """What a value should be where that needs no thought, and why; None where it is right or unclear."""
    path, value, said = one.triple.predicate.value, one.triple.object, _said(one, entry)
    if said is None:
        return None
    text = unicodedata.normalize("NFC", repaired(said) or said)
    plain = not isinstance(value, ox.Literal) or value.datatype.value in _STRINGS
    if class_of(path) and plain:
        named = facts.named(text.strip(), class_of(path))
        if len(named) == 1:
            return ox.NamedNode(named[0]), f"{short(path)} names a thing, which bears this label"
    term = _term(path, text) if plain else None
    if term not in (None, name_of(value)):
        return ox.NamedNode(term), f"{short(path)} is one of the ontology's terms"
    if not isinstance(value, ox.Literal):
        return None
    typed = _typed_as(path, text.strip())
    if typed is not None:
        return (typed, f"{short(path)} is {_article(typed)}") if typed != value else None
    if path in tagged() and value.datatype.value == XSD("string") and _LATIN.search(text):
        return ox.Literal(text, language=language), f"{short(path)} has a language tag"
    if plain and text != value.value:
        meant = ox.Literal(text, language=value.language) if value.language else ox.Literal(text)
        return meant, "the text is put into Unicode's normal form C, as it was meant"
    return None


def _term(path: str, text: str) -> str | None:
    """The allowed value that a text spells, whatever its letter case."""
    plain = re.sub(r"[\s_-]|^cfm:", "", text).casefold()
    return next((one for one in allowed_values(path) if local(one).casefold() == plain), None)


def _said(one: Written, entry: Entry) -> str | None:
    """The text of a value; of a name in JSON-LD, as it is written."""
    value = one.triple.object
    if isinstance(value, ox.Literal):
        return value.value
    if entry.kind != "jsonld":
        return None
    written = json.loads(entry.text[one.span[0] : one.span[1]])
    return written if isinstance(written, str) and written != name_of(value) else None


def _typed_as(path: str, text: str) -> ox.Literal | None:
    """A text as the literal that a property wants, where it can be read as one."""
    if path in dated():
        day = _date(re.sub(r"(?<=-\d\d)(?:Z|[+-]\d\d:\d\d)\Z", "", text))
        return None if day is None else ox.Literal(str(day), datatype=ox.NamedNode(day.datatype))
    kind = datatypes().get(path, "")
    if kind not in _LEXICAL or not re.fullmatch(_LEXICAL[kind], text):
        return None
    spelled = f"{Decimal(text):f}" if kind == XSD("decimal") else text
    return ox.Literal(spelled, datatype=ox.NamedNode(kind))


def _article(typed: ox.Literal) -> str:
    kind = typed.datatype.value.rpartition("#")[2]
    return "a date" if kind in ("date", "gYearMonth", "gYear") else f"an xsd:{kind}"


def _spelled(meant: Term, one: Written, entry: Entry) -> str:
    """A value as the entry's format spells it."""
    if entry.kind == "jsonld":
        is_name = isinstance(one.triple.object, ox.NamedNode) or one in entry.lost
        return _json(meant, entry.prefixes, is_name=is_name)
    if isinstance(meant, ox.NamedNode):
        return _iri(meant.value, entry.prefixes)
    assert isinstance(meant, ox.Literal)
    if meant.language:
        return f"{_quoted(meant.value)}@{meant.language}"
    plain = meant.datatype.value == XSD("string")
    return _quoted(meant.value) + ("" if plain else f"^^{_iri(meant.datatype.value, entry.prefixes)}")


def _json(meant: Term, prefixes: Mapping[str, str], *, is_name: bool) -> str:
    """A value in JSON-LD; where the context takes what is written for a name, a string will do."""
    if isinstance(meant, ox.NamedNode):
        iri = _iri(meant.value, prefixes).strip("<>")
        return _quoted(iri) if is_name else json.dumps({"@id": iri})
    assert isinstance(meant, ox.Literal)
    if meant.language:
        return _json_value("@language", meant.language, meant.value)
    if meant.datatype.value == XSD("string"):
        return _quoted(meant.value)
    return _json_value("@type", _iri(meant.datatype.value, prefixes).strip("<>"), meant.value)


def _json_value(key: str, kind: str, value: str) -> str:
    return json.dumps({key: kind, "@value": value}, ensure_ascii=False)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _iri(iri: str, prefixes: Mapping[str, str]) -> str:
    """An IRI with a prefix of the entry's, where what follows needs no escaping; else in full."""
    for name, space in prefixes.items():
        if space and iri.startswith(space) and re.fullmatch(r"[A-Za-z][\w-]*", iri[len(space) :], re.ASCII):
            return f"{name}:{iri[len(space) :]}"
    return f"<{iri}>"


def _date(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text)
    except ValueError:
        return None
