"""Values that would do harm in a graph: nameless, not normalised, wrongly decoded, far too long."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import pyoxigraph as ox

from cfm_kg.entries.model import Entry, Finding, Written, name_of
from cfm_kg.validate import short
from cfm_kg.vocab import CFM, XSD

LONGEST = 10_000
"""Characters that a value may have, the cleaned text of an article apart."""
_LONGEST_ARTICLE = 5_000_000
_LONGEST_IRI = 2_000
_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe]"
)
_SHOWN = 60
_DATES = frozenset(map(XSD, ("date", "gYearMonth", "gYear")))
_ZONE = re.compile(r"(?<=\d)(?:Z|[+-]\d\d:\d\d)\Z")


def misspelt(entry: Entry) -> Iterator[Finding]:
    """What is wrong with the texts of an entry."""
    whole_text, nameless = CFM("text"), set[str]()
    for one in entry.written:
        if isinstance(one.triple.subject, ox.BlankNode) or isinstance(one.triple.object, ox.BlankNode):
            thing = one.triple.subject if isinstance(one.triple.subject, ox.BlankNode) else one.triple.object
            if name_of(thing) not in nameless:
                nameless.add(name_of(thing))
                yield _nameless(one, entry)
        for term in (one.triple.subject, one.triple.object):
            if isinstance(term, ox.NamedNode):
                yield from _iri(one, term.value)
        value = one.triple.object
        if isinstance(value, ox.Literal):
            limit = _LONGEST_ARTICLE if one.triple.predicate.value == whole_text else LONGEST
            yield from _literal(one, value.value, limit)
            if value.datatype.value in _DATES and _ZONE.search(value.value):
                yield _zoned(one, value)


def _nameless(one: Written, entry: Entry) -> Finding:
    remedy, example = "give it an IRI in place of the brackets or the _: name", "<person/daina-verrick>"
    if entry.kind == "jsonld":
        remedy, example = 'give it an "id"; lists and maps of languages are not read', '"id": "person/x"'
    elif entry.text[one.span[0] : one.span[0] + 1] == "(":
        remedy, example = "write the values without parentheses, with commas between them", "<a> , <b>"
    return Finding(
        "Violation",
        "blank-node",
        "a thing has no name, so that nobody could cite or correct it",
        one.subject,
        name_of(one.triple.subject),
        one.triple.predicate.value,
        name_of(one.triple.object),
        one.value,
        "an IRI",
        "a name below id/",
        remedy,
        example,
    )


def repaired(text: str) -> str | None:
    """The text as meant, where its UTF-8 was read as a one-byte encoding; None where it was not."""
    if text.isascii():
        return None
    for encoding in ("cp1252", "latin-1"):
        try:
            found = text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        return found
    return None


def _literal(one: Written, text: str, limit: int) -> Iterator[Finding]:
    if len(text) > limit:
        yield _finding(
            one,
            "too-long",
            f"a value has {len(text):,} characters",
            text,
            f"at most {limit:,} characters",
            "shorten it; whole texts belong to their articles",
            '"A short text"@en',
        )
        return
    if "\ufffd" in text or repaired(text) is not None:
        meant = repaired(text)
        yield _finding(
            one,
            "wrong-decoding",
            "a text was read in the wrong encoding before it came here",
            text,
            "the letters that were meant",
            "write the text anew" if meant is None else f"did you mean {meant[:_SHOWN]!r}?",
            "" if meant is None else f'"{meant[:_SHOWN]}"',
        )
        return
    hidden = _INVISIBLE.search(text)
    if hidden:
        name = unicodedata.name(hidden[0], "a control character").lower()
        yield _finding(
            one,
            "invisible",
            f"a text holds an invisible character: U+{ord(hidden[0]):04X}, {name}",
            text,
            "characters that can be seen",
            "remove it",
            f'"{_INVISIBLE.sub("", text)[:_SHOWN]}"',
        )
    if not unicodedata.is_normalized("NFC", text):
        yield _not_normal(one, text)


def _zoned(one: Written, value: ox.Literal) -> Finding:
    message, remedy = "a date has a time zone, so that it equals no date without one", "leave the zone out"
    example = f'"{_ZONE.sub("", value.value)}"^^{short(value.datatype.value)}'
    return _finding(one, "time-zone", message, value.value, "a date alone", remedy, example)


def _not_normal(one: Written, text: str) -> Finding:
    return _finding(
        one,
        "not-normalised",
        "a text is not in Unicode's normal form C, so that equal words would differ",
        text,
        "normal form C, where accents and letters are one character",
        "let `cfm-kg check --fix --write` write it anew",
        f'"{unicodedata.normalize("NFC", text)[:_SHOWN]}"',
    )


def _iri(one: Written, iri: str) -> Iterator[Finding]:
    if len(iri) > _LONGEST_IRI:
        expected = f"at most {_LONGEST_IRI:,} characters"
        yield _finding(
            one, "too-long", f"a name has {len(iri):,} characters", iri, expected, "shorten it", ""
        )
    elif not unicodedata.is_normalized("NFC", iri):
        yield _not_normal(one, iri)


def _finding(
    one: Written, rule: str, message: str, value: str, expected: str, remedy: str, example: str
) -> Finding:
    path = one.triple.predicate.value
    shown = value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
    return Finding(
        "Violation",
        rule,
        message,
        one.subject,
        name_of(one.triple.subject),
        path,
        shown,
        one.value,
        {"too-long": "length", "time-zone": "date"}.get(rule, "Unicode"),
        expected,
        remedy,
        f"{short(path)} {example} ;" if example.startswith('"') else example,
    )
