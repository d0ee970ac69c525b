"""The data to check: what is judged, the reference data that it leans on, and where each node stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.resources import ontology_dir, registry_dir
from cfm_kg.vocab import PROVENANCE_GRAPH, REGISTRY_GRAPH, shipped_triples

_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
}
_MERGED = {PROVENANCE_GRAPH, REGISTRY_GRAPH}
_PREFIX = re.compile(r"(?:@prefix|PREFIX)\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE)
_BASE = re.compile(r"(?:@base|BASE)\s+<([^>]*)>", re.IGNORECASE)
_NAME_GOES_ON = r"(?![\w.%/-]*[\w%/-])"


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file that data came from."""

    name: str
    text: str

    def line_of(self, iri: str) -> int | None:
        """The line where `iri` first begins a statement, else where it first stands. None if nowhere."""
        spellings = "|".join(self._spellings(iri))
        first = re.search(rf"^[ \t]*(?:{spellings})(?=[\s;,.]|$)", self.text, re.MULTILINE) or re.search(
            spellings, self.text
        )
        return None if first is None else self.text.count("\n", 0, first.end()) + 1

    def _spellings(self, iri: str) -> list[str]:
        found = [re.escape(f"<{iri}>")]
        for base in _BASE.findall(self.text):
            if iri.startswith(base):
                found.append(re.escape(f"<{iri.removeprefix(base)}>"))
        for prefix, namespace in _PREFIX.findall(self.text):
            if iri.startswith(namespace):
                # A name at the start of a longer one is another name.
                found.append(
                    rf"(?<![\w-]){re.escape(prefix)}:{re.escape(iri.removeprefix(namespace))}{_NAME_GOES_ON}"
                )
        return found


@dataclass(frozen=True, slots=True)
class Data:
    """Triples to judge, and the files they came from."""

    triples: tuple[ox.Triple, ...]
    sources: tuple[SourceText, ...] = ()
    context: tuple[ox.Triple, ...] = ()
    """Further facts that are leant on and not judged."""

    def where(self, iri: str) -> str | None:
        """File and line of a node, or None."""
        for source in self.sources:
            line = source.line_of(iri)
            if line is not None:
                return f"{source.name}:{line}"
        return None


def read_files(paths: Sequence[Path]) -> Data:
    """Read RDF files. Raises CfmError that names file, line and reason where one cannot be read."""
    triples: list[ox.Triple] = []
    sources = []
    for path in paths:
        kind = _FORMATS.get(path.suffix.lower())
        if kind is None:
            known = ", ".join(sorted(_FORMATS))
            what = "this is a folder" if path.is_dir() else f"unknown kind of file {path.suffix!r}"
            raise CfmError(what, where=str(path), remedy=f"give files of a kind among {known}")
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise CfmError(
                "the file cannot be read", where=str(path), why=why, remedy="check the path"
            ) from error
        try:
            quads = list(ox.parse(text, format=kind, base_iri=path.resolve().as_uri()))
        except SyntaxError as error:
            where = f"{path}:{error.lineno}" if error.lineno else str(path)
            raise CfmError(
                f"this is not valid {kind.name}",
                where=where,
                why=error.msg,
                remedy="correct the line and try again",
            ) from error
        sources.append(SourceText(str(path), text))
        triples += _judged(quads)
    return Data(tuple(dict.fromkeys(triples)), tuple(sources))


def _judged(quads: Iterable[ox.Quad]) -> list[ox.Triple]:
    # An article's graph says what that article says, contradictions included: only merged facts are judged.
    every = list(quads)
    merged = [
        quad.triple
        for quad in every
        if isinstance(quad.graph_name, ox.DefaultGraph)
        or (isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value in _MERGED)
    ]
    return merged or [quad.triple for quad in every]


@cache
def reference_triples() -> tuple[ox.Triple, ...]:
    """The shipped concepts and registry, without names in languages."""
    files = [ontology_dir() / "concepts.ttl", *sorted(registry_dir().glob("*.ttl"))]
    # Names serve to find things in texts; no shape looks at those of another node.
    return tuple(
        triple
        for path in files
        for triple in shipped_triples(path)
        if not (isinstance(triple.object, ox.Literal) and triple.object.language)
    )


def with_reference(triples: Iterable[ox.Triple]) -> tuple[ox.Triple, ...]:
    """The triples, and what the shipped concepts and registry say beside them.

    Where the triples state a property of a node themselves, the reference's values of it give way.
    """
    own = tuple(triples)
    stated = {(triple.subject, triple.predicate) for triple in own}
    return own + tuple(t for t in reference_triples() if (t.subject, t.predicate) not in stated)


def within_reach(own: Iterable[ox.Triple], triples: Sequence[ox.Triple]) -> Iterator[ox.Triple]:
    """Those triples that describe the nodes of `own` or what these name: as far as core constraints look."""
    subjects = {triple.subject for triple in own}
    near: set[object] = {triple.object for triple in triples if triple.subject in subjects}
    near |= subjects
    return (triple for triple in triples if triple.subject in near)
