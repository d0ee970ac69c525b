"""Findings about what JSON-LD leaves out without a word: unknown keys, and values that can be no name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from rapidfuzz import process
from rapidfuzz.distance import OSA

from cfm_kg.entries.jsonld import Lost
from cfm_kg.entries.model import Finding, Place, Written, name_of
from cfm_kg.entries.stored import Facts
from cfm_kg.entries.turtle import Lines
from cfm_kg.entries.wanted import class_of
from cfm_kg.store.jsonld import context
from cfm_kg.store.terms import ID_BASE
from cfm_kg.validate import short

_ALIKE = 0.66


def lost_keys(name: str, text: str, lost: Iterable[Lost]) -> Iterator[Finding]:
    """Keys that mean nothing here, and keys that stand twice in one object."""
    lines = Lines(name, text)
    for one in lost:
        message, remedy, example = _TWICE if one.why == "twice" else _NO_NAME
        if one.why == "unknown":
            near = process.extractOne(
                one.key, one.known, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE
            )
            message, remedy, example = _UNKNOWN
            if near:
                remedy, example = f"did you mean {near[0]}?", f'"{near[0]}": …'
            elif one.key in context():
                remedy, example = "take it from the shipped context", '"@context": ["context.jsonld", {…}]'
        yield Finding(
            "Violation",
            "key-twice" if one.why == "twice" else "unknown-key",
            message.format(one.key),
            lines.place(one.start),
            one.subject,
            value=one.key,
            expected="a key of the context, once",
            remedy=remedy,
            example=example.replace("KEY", one.key),
        )


_TWICE = (
    "the key {!r} stands twice in one object, and only the last would count",
    "give the key once, with an array of values",
    '"KEY": ["…", "…"]',
)
_NO_NAME = ("the key {!r} is no IRI, and what it says would be left out", "use a key of the context", "")
_UNKNOWN = (
    "the key {!r} is not in the context, and what it says would be left out",
    "use a key of the context, or a prefixed name",
    '"cfm:body": …',
)


def left_out(written: Iterable[Written], facts: Facts) -> Iterator[Finding]:
    """Values that are in the text and in no statement of it."""
    nameless = set[Place]()
    for one in written:
        path, value = one.triple.predicate.value, name_of(one.triple.object)
        if isinstance(one.triple.subject, ox.BlankNode):
            if one.subject not in nameless:
                nameless.add(one.subject)
                yield _no_name(one.subject, value)
            continue
        yield Finding(
            "Violation",
            "left-out",
            f"{value!r} can be no value of {short(path)}, and would be left out",
            one.subject,
            name_of(one.triple.subject),
            path,
            value,
            one.value,
            "",
            *_mending(path, value, facts),
        )


def _mending(path: str, value: str, facts: Facts) -> tuple[str, str, str]:
    """What is expected of a value, what to do, and an example."""
    key = short(path).partition(":")[2]
    if "@language" in value:
        remedy = "write the language tag with a hyphen"
        return "a text with a language tag", remedy, '{"@value": "…", "@language": "en-GB"}'
    known = facts.named(value, class_of(path)) if class_of(path) else []
    remedy = f"did you mean {short(known[0])}?" if known else "name the thing by its IRI"
    example = known[0] if known else f"{ID_BASE}kind/name"
    return "an IRI, or a name below id/", remedy, f'"{key}": "{example}"'


def _no_name(where: Place, value: str) -> Finding:
    return Finding(
        "Violation",
        "left-out",
        f"{value!r} is no IRI, and what is said of it would be left out",
        where,
        value=value,
        expected="an IRI, or a name below id/",
        remedy="give the thing an IRI without spaces",
        example=f'"id": "{ID_BASE}kind/name"',
    )
