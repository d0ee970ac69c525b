"""What the shapes want of a property's values: things of a class, dates, a datatype, a language tag."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from cfm_kg.validate.shapes import shapes
from cfm_kg.validate.statements import text_of
from cfm_kg.vocab import RDF, SH, XSD


def allowed_values(path: str) -> Iterator[str]:
    """The values that some shape lists for a property."""
    stated = shapes().stated
    for shape, spelled in shapes().paths.items():
        if spelled == path:
            yield from map(text_of, stated.items(stated.value(shape, SH("in"))))


@cache
def class_of(path: str) -> str:
    """The one class of a property's values; empty where there is none, or more than one."""
    return _things().get(path, "")


@cache
def _things() -> Mapping[str, str]:
    classes: dict[str, set[str]] = {}
    for path, kind in _paths(SH("class")):
        classes.setdefault(path, set()).add(kind)
    return {path: next(iter(kinds)) for path, kinds in classes.items() if len(kinds) == 1}


@cache
def dated() -> frozenset[str]:
    """Properties whose values are dates, as exact as known."""
    by_node = {path for path, node in _paths(SH("node")) if node.endswith("#partial-date")}
    return frozenset(by_node | {path for path, kind in _paths(SH("datatype")) if kind == XSD("gYear")})


@cache
def datatypes() -> Mapping[str, str]:
    """Properties whose values have one datatype, with it."""
    return dict(_paths(SH("datatype")))


@cache
def tagged() -> frozenset[str]:
    """Properties whose values must have a language tag wherever they are used."""
    return frozenset(path for path, kind in _paths(SH("datatype")) if kind == RDF("langString"))


def _paths(predicate: str) -> Iterator[tuple[str, str]]:
    """The paths of property shapes that have a constraint, with its value."""
    for shape, path in shapes().paths.items():
        value = shapes().stated.text(shape, predicate)
        if value is not None and not set("^|") & set(path):
            yield path, value
