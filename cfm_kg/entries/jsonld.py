"""JSON-LD entries: the shipped context where a file names none, and where its statements stand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from cfm_kg.entries.model import Place, Written, name_of
from cfm_kg.entries.turtle import Lines
from cfm_kg.store.jsonld import context
from cfm_kg.vocab import RDF_TYPE, local

_CONTEXT = re.compile(r'("@context"\s*:\s*)"[^"\s]*context\.jsonld"')


def with_context(text: str) -> str:
    """The text with the shipped context written out, on one line, so that places in it stay true.

    It stands in for a file name `context.jsonld`, and for a context that an object lacks.
    """
    ours = json.dumps(context(), ensure_ascii=False)
    if "@context" in text:
        return _CONTEXT.sub(lambda found: found[1] + ours, text)
    return re.sub(r"^\s*\{", lambda found: f'{found[0]}"@context":{ours},', text, count=1)


def written(name: str, text: str, triples: Iterable[ox.Triple]) -> Iterator[Written]:
    """The triples with their places: a value is looked for below the line that names its subject."""
    lines, found = Lines(name, text), _Search(text)
    for triple in triples:
        start = found.name(name_of(triple.subject), 0)
        key = found.key(triple.predicate.value, start)
        value = found.value(name_of(triple.object), key)
        where, key_where, value_where = (_place(lines, name, offset) for offset in (start, key, value))
        yield Written(triple, where, key_where, value_where)


def _place(lines: Lines, name: str, offset: int) -> Place:
    return Place(name, 1) if offset < 0 else lines.place(offset)


class _Search:
    def __init__(self, text: str) -> None:
        self._text = text
        known = context().items()
        self._spaces = {k: v for k, v in known if isinstance(v, str) and v[-1:] in "#/" and k[0] != "@"}

    def _first(self, spellings: Iterable[str], start: int, after: str = "") -> int:
        for one in spellings:
            quoted = re.escape(json.dumps(one, ensure_ascii=False))
            match = re.compile(quoted + after).search(self._text, max(start, 0))
            if match:
                return match.start()
        return start

    def _spellings(self, iri: str) -> Iterator[str]:
        yield iri
        for prefix, space in self._spaces.items():
            if iri.startswith(space):
                yield f"{prefix}:{iri[len(space) :]}"

    def name(self, iri: str, start: int) -> int:
        """Where an object names itself; else the first place where the name stands; -1 if nowhere."""
        for spelling in self._spellings(iri):
            quoted = re.escape(json.dumps(spelling, ensure_ascii=False))
            own = re.search(rf'"@?id"\s*:\s*{quoted}', self._text) or re.search(quoted, self._text)
            if own:
                return own.start()
        return -1

    def key(self, iri: str, start: int) -> int:
        """Where a property stands after a place."""
        names = ["type", "@type"] if iri == RDF_TYPE else [local(iri), *self._spellings(iri)]
        return self._first(names, start, r"\s*:")

    def value(self, value: str, start: int) -> int:
        """Where a value stands after a place."""
        return self._first([value, *self._spellings(value), local(value)], start)
