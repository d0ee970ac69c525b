"""Where in the files that stands which a shape objects to."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyoxigraph as ox

from cfm_kg.entries.model import Entry, Place, name_of
from cfm_kg.validate import Finding

_IRI = re.compile(r"https?://[^\s{}<>]+")


def places(found: Finding, entries: Sequence[Entry]) -> tuple[Place, Place | None]:
    """Where the subject stands, and where the value does; or whatever leads to the subject."""
    for entry in entries:
        where = entry.place(found.focus)
        if where is not None:
            if found.path is None:
                return where, None
            # Where the shape objects to the number of values, the last one is most likely too many.
            value = entry.place(found.focus, found.path, found.value) if found.value else None
            return where, value or _last(found.focus, found.path, entries)
    for entry in entries:
        for one in entry.written:
            if found.focus == name_of(one.triple.object) or found.value == name_of(one.triple.subject):
                return one.subject, one.value
    if found.focus.startswith("_:"):
        return _bracketed(found.focus, entries), None
    for entry in entries:
        for other in _IRI.findall(found.message):
            named = entry.place(other)
            if named is not None:
                return named, None
    return Place(entries[0].name if entries else "", 1, 1), None


def _last(focus: str, path: str, entries: Sequence[Entry]) -> Place | None:
    """Where the last value of a property stands, in the last of the files that has one."""
    return next(filter(None, (entry.last(focus, path) for entry in reversed(entries))), None)


def _bracketed(focus: str, entries: Sequence[Entry]) -> Place:
    """Where the brackets of a thing without any name open, as far as what leads to it tells."""
    for entry in entries:
        steps = {quad.predicate for quad in entry.quads if name_of(quad.object) == focus}
        for one in entry.written:
            if one.triple.predicate in steps and isinstance(one.triple.object, ox.BlankNode):
                return one.value
            if not steps and isinstance(one.triple.subject, ox.BlankNode):
                return one.subject
    nameless = (one.value for entry in entries for one in entry.written if _is_nameless(one.triple))
    return next(nameless, Place(entries[0].name if entries else "", 1, 1))


def _is_nameless(triple: ox.Triple) -> bool:
    return isinstance(triple.object, ox.BlankNode) or isinstance(triple.subject, ox.BlankNode)
