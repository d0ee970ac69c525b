"""The terms of a vocabulary as entries of a page, grouped by what they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from cfm_kg.description.labels import best, property_label, short
from cfm_kg.model import Literal, Node
from cfm_kg.quads import node
from cfm_kg.vocab import OWL, RDF, RDF_TYPE, RDFS, RDFS_LABEL, local, shipped_triples

_SH = "http://www.w3.org/ns/shacl#"
_GROUPS = (
    ("Classes", (OWL("Class"),)),
    ("Properties", (OWL("ObjectProperty"), OWL("DatatypeProperty"), OWL("AnnotationProperty"))),
    ("Shapes", (_SH + "NodeShape",)),
    ("Property shapes", (_SH + "PropertyShape",)),
)
_REST = "Concepts"
"""The group of terms that belong to no other."""
_HEADS = frozenset({RDF_TYPE, RDFS_LABEL, RDFS("comment"), RDFS("isDefinedBy")})
_FIRST, _AFTER = RDF("first"), RDF("rest")

T = TypeVar("T", bound="Term")
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Said = Mapping[Term, Mapping[str, Sequence[Term]]]
"""Subject → property → values."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term as a page tells of it."""

    iri: str
    name: str
    label: str
    comment: str
    facts: tuple[tuple[str, tuple[Node, ...]], ...]
    """Each further property with its values; what has no name is spelt out."""


@lru_cache(64)
def triples_of(files: tuple[Path, ...]) -> tuple[ox.Triple, ...]:
    """The triples of shipped files. What has no name is numbered in its order: the bytes stay the same."""
    names: dict[Term, ox.BlankNode] = {}

    def stable(term: T) -> T | ox.BlankNode:
        if isinstance(term, ox.BlankNode):
            return names.setdefault(term, ox.BlankNode(f"b{len(names)}"))
        return term

    return tuple(
        ox.Triple(stable(t.subject), t.predicate, stable(t.object))
        for path in files
        for t in shipped_triples(path)
    )


def grouped(triples: Iterable[ox.Triple]) -> list[tuple[str, list[Entry]]]:
    """The entries by group, sorted by name."""
    said: dict[Term, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        said[triple.subject][triple.predicate.value].append(triple.object)
    groups: dict[str, list[Entry]] = defaultdict(list)
    for subject in sorted(said, key=str):
        if isinstance(subject, ox.NamedNode) and "#" in subject.value:
            kinds = {str(getattr(kind, "value", "")) for kind in said[subject][RDF_TYPE]}
            groups[_group(kinds)].append(_entry(subject, said))
    order = [name for name, _ in _GROUPS] + [_REST]
    return [(name, groups[name]) for name in order if groups[name]]


def _group(kinds: set[str]) -> str:
    return next((name for name, members in _GROUPS if kinds & set(members)), _REST)


def _entry(subject: ox.NamedNode, said: Said) -> Entry:
    own = {
        name: tuple(sorted((_shown(v, said) for v in values), key=str))
        for name, values in said[subject].items()
    }
    facts = tuple((name, own[name]) for name in sorted(own) if name not in _HEADS)
    comment = _text(own, RDFS("comment")) or _text(own, _SH + "message")
    label = _text(own, RDFS_LABEL) or property_label(subject.value)
    return Entry(subject.value, local(subject.value), label, comment, facts)


def _text(own: Mapping[str, Sequence[Node]], name: str) -> str:
    literals = [value for value in own.get(name, ()) if isinstance(value, Literal)]
    return best(literals, "en").value if literals else ""


def _shown(term: Term, said: Said) -> Node:
    return Literal(_spelt(term, said)) if isinstance(term, ox.BlankNode) else node(term)


def _spelt(term: Term, said: Said) -> str:
    """A term as Turtle would have it, for reading."""
    if isinstance(term, ox.NamedNode):
        return short(term.value)
    if not isinstance(term, ox.BlankNode):
        return str(getattr(term, "value", term))
    own = said[term]
    if _FIRST in own:
        members = list[str]()
        while _FIRST in said.get(term, {}):
            members.append(_spelt(said[term][_FIRST][0], said))
            term = said[term][_AFTER][0]
        return f"( {' '.join(members)} )"
    rows = (f"{short(name)} {_spelt(value, said)}" for name, values in own.items() for value in values)
    return f"[ {' ; '.join(rows)} ]"
