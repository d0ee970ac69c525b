"""JSON-LD entries: where their statements stand, and what gets lost.

JSON-LD leaves out without a word what its context does not know: here that is a finding.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from cfm_kg.entries.json_text import Part
from cfm_kg.entries.jsonld_context import Context
from cfm_kg.entries.model import Place, Written, name_of
from cfm_kg.entries.turtle import Lines
from cfm_kg.vocab import CFM, RDF_TYPE


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as the text has it. `names` are the values that it may stand for."""

    subject: str
    """The subject's IRI; empty where it has none."""
    predicate: str
    value: Part
    names: frozenset[str]
    subject_start: int
    key_start: int


@dataclass(frozen=True, slots=True)
class Lost:
    """A key that the context does not know, that can be no IRI, or that stands twice in one object."""

    subject: str
    key: str
    start: int
    why: str
    """`unknown`, `twice` or `no-name`."""
    known: tuple[str, ...]


def statements(part: Part, given: Context) -> Iterator[Said | Lost]:
    """What a document says, in the order of its text, with what gets lost."""
    for one in part.parts:
        if one.kind == "object":
            yield from _node(one, given)


def _node(part: Part, given: Context) -> Iterator[Said | Lost]:
    for pair in part.pairs:
        if pair.key == "@context":
            given = given.extended(pair.value.plain)
    named = next((pair for pair in part.pairs if given.key(pair.key) == "@id"), None)
    subject = given.iri(str(named.value.value)) if named and named.value.kind == "scalar" else ""
    start, later = (named.value.start if named else part.start), {pair.key: pair for pair in part.pairs}
    for pair in part.pairs:
        key = given.key(pair.key)
        why = "twice" if later[pair.key] is not pair else _unfit(pair.key, given)
        if why:
            yield Lost(subject, pair.key, pair.start, why, tuple(given.keys))
        if why or key is None or pair.key == "@context":
            continue
        if key == "@type":
            for value in pair.value.parts:
                names = frozenset({given.key(str(value.value)) or given.iri(str(value.value))})
                yield Said(subject, RDF_TYPE, value, names, start, pair.start)
        elif key in ("@graph", "@included"):
            yield from statements(pair.value, given)
        elif key == "@reverse":
            for reverse in pair.value.pairs:
                yield from statements(reverse.value, given)
        elif not key.startswith("@"):
            for value in _values(pair.value, is_map=given.is_map(pair.key)):
                yield Said(subject, key, value, frozenset(_names(value, given)), start, pair.start)
                if value.kind == "object" and not {"@value", "@list"} & {one.key for one in value.pairs}:
                    yield from _node(value, given)


def _unfit(key: str, given: Context) -> str:
    """Why a key means nothing; empty where it does."""
    if not given.knows(key):
        return "unknown"
    meant = given.key(key)
    try:
        ox.NamedNode(meant if meant and meant[0] != "@" else CFM.iri)
    except ValueError:
        return "no-name"
    return ""


def _values(part: Part, *, is_map: bool) -> Iterator[Part]:
    """The single values of a key, those of lists, sets and maps too; nulls say nothing."""
    for one in part.parts:
        inner = [pair.value for pair in one.pairs if is_map or pair.key == "@set"]
        if inner:
            for value in inner:
                yield from _values(value, is_map=False)
        elif one.kind != "scalar" or one.value is not None:
            yield one


def _names(value: Part, given: Context) -> Iterator[str]:
    for pair in value.pairs:
        if given.key(pair.key) in ("@id", "@value"):
            yield from _names(pair.value, given)
    if value.kind == "scalar":
        said = json.dumps(value.value) if not isinstance(value.value, str) else value.value
        yield from {said, given.iri(said), given.key(said) or said}


def written(
    name: str, text: str, said: Iterable[Said], triples: Iterable[ox.Triple]
) -> tuple[list[Written], list[Written]]:
    """The triples with their places; and what gives none, as if it were a text."""
    lines, subjects, groups = Lines(name, text), dict[str, Said](), dict[tuple[str, str], list[Said]]()
    for one in said:
        subjects.setdefault(one.subject, one)
        groups.setdefault((one.subject, one.predicate), []).append(one)
    left = {key: list(group) for key, group in groups.items()}
    found, others = list[Written](), list[ox.Triple]()
    for triple in triples:
        fits = [one for one in groups.get(_key(triple), ()) if name_of(triple.object) in one.names]
        for one in fits:
            left[_key(triple)] = [other for other in left[_key(triple)] if other is not one]
        if fits:
            found.append(_at(fits[0], triple, lines))
        else:
            others.append(triple)
    # Numbers may be spelled in other ways, and things without a name by none: they are what is left over.
    for triple in others:
        rest = left.get(_key(triple), [])
        nearest = rest.pop(0) if rest else next(iter(groups.get(_key(triple), ())), None)
        about = subjects.get(_key(triple)[0])
        where = Place(name, 1, 1) if about is None else lines.place(about.subject_start)
        found.append(_at(nearest, triple, lines) if nearest else Written(triple, where, where, where))
    found.sort(key=lambda one: one.span)
    return found, [_at(one, _as_text(one), lines) for group in left.values() for one in group]


def _key(triple: ox.Triple) -> tuple[str, str]:
    nameless = isinstance(triple.subject, ox.BlankNode)
    return "" if nameless else name_of(triple.subject), triple.predicate.value


def _at(one: Said, triple: ox.Triple, lines: Lines) -> Written:
    where, key_where, value_where = map(lines.place, (one.subject_start, one.key_start, one.value.start))
    return Written(triple, where, key_where, value_where, (one.value.start, one.value.end))


def _as_text(one: Said) -> ox.Triple:
    plain = one.value.plain
    text = plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)
    try:
        return ox.Triple(ox.NamedNode(one.subject), ox.NamedNode(one.predicate), ox.Literal(text))
    except ValueError:
        # Neither can be a name: whoever reads of it sees how it is written.
        return ox.Triple(ox.BlankNode(), ox.NamedNode(RDF_TYPE), ox.Literal(one.subject))
