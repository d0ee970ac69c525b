"""Findings about what JSON-LD leaves out without a word: unknown keys, and values that can be no name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

from cfm_kg.entries.jsonld import Lost
from cfm_kg.entries.model import Finding, Place, Written, name_of
from cfm_kg.entries.turtle import Lines
from cfm_kg.validate import short

_ALIKE = 0.66


def lost_keys(name: str, text: str, lost: Iterable[Lost]) -> Iterator[Finding]:
    """Keys that mean nothing here, and keys that stand twice in one object."""
    lines = Lines(name, text)
    for one in lost:
        if one.twice:
            message = f"the key {one.key!r} stands twice in one object, and only the last would count"
            remedy, example = "give the key once, with an array of values", f'"{one.key}": ["…", "…"]'
        else:
            message = f"the key {one.key!r} is not in the context, and what it says would be left out"
            near = process.extractOne(
                one.key, one.known, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE
            )
            remedy = f"did you mean {near[0]}?" if near else "use a key of the context, or a prefixed name"
            example = f'"{near[0] if near else "cfm:body"}": …'
        yield Finding(
            "Violation",
            "key-twice" if one.twice else "unknown-key",
            message,
            lines.place(one.start),
            one.subject,
            value=one.key,
            expected="a key of the context",
            remedy=remedy,
            example=example,
        )


def left_out(written: Iterable[Written]) -> Iterator[Finding]:
    """Values that are in the text and in no statement of it."""
    seen = set[Place]()
    for one in written:
        if one.value in seen or one.subject in seen:
            continue
        seen.add(one.value)
        path, value = one.triple.predicate.value, name_of(one.triple.object)
        focus = name_of(one.triple.subject)
        if focus.startswith("_:"):
            seen.add(one.subject)
            yield _no_name(one.subject, value)
            continue
        yield Finding(
            "Violation",
            "left-out",
            f"{value!r} can be no value of {short(path)}, and would be left out",
            one.subject,
            focus,
            path,
            value,
            one.value,
            expected="an IRI, or a name below id/",
            remedy="name the thing by its IRI",
            example=f'"{short(path).partition(":")[2]}": "https://w3id.org/cfm-kg/id/kind/name"',
        )


def _no_name(where: Place, value: str) -> Finding:
    return Finding(
        "Violation",
        "left-out",
        f"{value!r} is no IRI, and what is said of it would be left out",
        where,
        value=value,
        expected="an IRI, or a name below id/",
        remedy="give the thing an IRI without spaces",
        example='"id": "https://w3id.org/cfm-kg/id/kind/name"',
    )
