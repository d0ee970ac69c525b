"""The file formats that the project writes and reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.store.jsonld import write_jsonld
from cfm_kg.store.lines import write_nquads, write_ntriples
from cfm_kg.store.turtle import write_trig, write_turtle
from cfm_kg.vocab import RDF_TYPE, prefixes


@dataclass(frozen=True, slots=True)
class Format:
    """A format by its usual file suffix. `graphs`: whether it can hold named graphs."""

    suffix: str
    name: str
    graphs: bool
    write: Callable[[Iterable[ox.Quad]], bytes]


def write_xml(quads: Iterable[ox.Quad]) -> bytes:
    """RDF/XML of the triples of all quads whatever their graph, sorted."""
    lines = write_ntriples(quads)
    triples = [quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)]
    # Only predicates and classes become elements, and need a prefix.
    names = {t.predicate.value for t in triples}
    names |= {
        t.object.value
        for t in triples
        if t.predicate.value == RDF_TYPE and isinstance(t.object, ox.NamedNode)
    }
    used = {prefix: space for prefix, space in prefixes().items() if any(n.startswith(space) for n in names)}
    written = ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=used)
    return (written or b"") + b"\n"


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        one.suffix: one
        for one in (
            Format("ttl", "Turtle", False, write_turtle),
            Format("trig", "TriG", True, write_trig),
            Format("nq", "N-Quads", True, write_nquads),
            Format("nt", "N-Triples", False, write_ntriples),
            Format("jsonld", "JSON-LD", True, write_jsonld),
            Format("xml", "RDF/XML", False, write_xml),
        )
    }
)
"""Formats by suffix."""

_READABLE = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "xml": ox.RdfFormat.RDF_XML,
    "rdf": ox.RdfFormat.RDF_XML,
}


def write_as(suffix: str, quads: Iterable[ox.Quad], *, whole: bool = False) -> bytes:
    """The quads in a format; with `whole`, Turtle and TriG begin as those of a build do, with all prefixes.

    Raises CfmError for an unknown format.
    """
    if suffix not in FORMATS:
        raise CfmError(f"there is no format {suffix!r}", remedy="use one of " + ", ".join(FORMATS))
    if whole and suffix in _WITH_PREFIXES:
        return _WITH_PREFIXES[suffix](quads, whole=True)
    return FORMATS[suffix].write(quads)


_WITH_PREFIXES = {"ttl": write_turtle, "trig": write_trig}


def parse_file(path: Path) -> list[ox.Quad]:
    """The quads of a file whose format its suffix tells. Raises CfmError that names file and line."""
    suffix = path.suffix.lstrip(".").lower()
    if suffix not in _READABLE:
        raise CfmError(
            "this file's format is not known by its suffix",
            where=str(path),
            remedy="name it with one of " + ", ".join(sorted(_READABLE)),
        )
    try:
        return list(ox.parse(path=str(path), format=_READABLE[suffix]))
    except SyntaxError as error:
        where = f"{path}:{error.lineno}" if error.lineno else str(path)
        raise CfmError(f"this is not valid {_READABLE[suffix].name}", where=where, why=error.msg) from error
    except OSError as error:
        raise CfmError(
            "the file cannot be read", where=str(path), why=error.strerror or str(error)
        ) from error
