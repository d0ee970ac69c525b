"""What users give for parameters, as RDF terms: dates, numbers, names and codes of things."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import product
from typing import Protocol, cast

import pyoxigraph as ox

from cfm_kg.dates import PartialDate
from cfm_kg.errors import CfmError
from cfm_kg.query.catalogue import THINGS, Parameter
from cfm_kg.query.nearest import nearest
from cfm_kg.vocab import BASE, CFM, RDFS, SKOS, XSD, prefixes, slug

Term = ox.NamedNode | ox.Literal
Value = str | int | date | PartialDate | ox.NamedNode | ox.Literal
"""What a parameter can be given as."""

_TAGS = ("en", "ru")
"""Languages of most names in reference data and graphs."""
_IRI = re.compile(r"<(.*)>|([A-Za-z][A-Za-z0-9+.-]*:(?://|[a-z0-9]+:).*)", re.DOTALL)


class Names(Protocol):
    """What a graph calls its things."""

    def mentions(self, iri: str) -> bool:
        """Whether anything is said of a thing, or by it of another."""

    def bearing(self, name: str, kind: str) -> set[str]:
        """IRIs of things of a kind that bear a name: as it is written, else in whatever case."""

    def of_kind(self, kind: str) -> Iterable[tuple[str, str]]:
        """IRI and name of all things whose IRI begins so; a thing may have several names."""


def naming_properties() -> tuple[str, ...]:
    """The properties whose values are names."""
    return RDFS("label"), SKOS("prefLabel"), SKOS("altLabel"), CFM("acronym")


class StoreNames:
    """The names in a store at hand."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def mentions(self, iri: str) -> bool:
        """Whether the store has the thing, in any graph."""
        node = ox.NamedNode(iri)
        found = (self._store.quads_for_pattern(s, None, o, None) for s, o in ((node, None), (None, node)))
        return any(next(quads, None) is not None for quads in found)

    def bearing(self, name: str, kind: str) -> set[str]:
        """IRIs of things of a kind that bear a name, in any graph.

        Those that are written so, or in usual capitals, are found without a look at all names.
        """
        written = {iri for iri in self._written(name) if iri.startswith(kind)}
        if written:
            return written
        wanted = name.casefold()
        return {iri for iri, one in self.of_kind(kind) if one.casefold() == wanted}

    def _written(self, name: str) -> Iterator[str]:
        spelled = {name, name.lower(), name.upper(), name.title(), name.capitalize()}
        literals = [ox.Literal(one, language=tag) for one in spelled for tag in (None, *_TAGS)]
        for known, literal in product(naming_properties(), literals):
            for quad in self._store.quads_for_pattern(None, ox.NamedNode(known), literal, None):
                if isinstance(quad.subject, ox.NamedNode):
                    yield quad.subject.value

    def of_kind(self, kind: str) -> Iterator[tuple[str, str]]:
        """IRI and name of all things of a kind, in any graph; the engine leaves out those of other kinds."""
        properties = " ".join(f"<{name}>" for name in naming_properties())
        found = self._store.query(
            f"SELECT ?thing ?name {{ VALUES ?property {{ {properties} }} ?thing ?property ?name "
            f"FILTER(STRSTARTS(STR(?thing), {ox.Literal(kind)})) }}",
            use_default_graph_as_union=True,
        )
        for thing, name in cast("ox.QuerySolutions", found):
            if isinstance(thing, ox.NamedNode) and isinstance(name, ox.Literal):
                yield thing.value, name.value


def to_term(value: Value, parameter: Parameter, names: Names) -> Term:
    """The term that a value means. Raises CfmError that says what would be accepted."""
    if isinstance(value, ox.NamedNode | ox.Literal):
        return value
    if isinstance(value, date | PartialDate) or parameter.type == "date":
        return _date(value, parameter)
    if parameter.type == "integer" or isinstance(value, int):
        return _integer(value, parameter)
    if parameter.type == "string":
        return ox.Literal(value)
    if parameter.type == "term":
        return _choice(value, parameter)
    iri = _written_iri(value, parameter)
    if iri is not None:
        return iri
    if parameter.type in THINGS:
        return _thing(value.strip(), parameter, names)
    raise _wrong(value, parameter, "an IRI, in full or with a known prefix")


def guessed_term(value: Value, name: str) -> Term:
    """The term for a variable that no header types: an IRI, a whole number, or a string."""
    parameter = Parameter(name, "iri", "")
    if isinstance(value, ox.NamedNode | ox.Literal):
        return value
    if isinstance(value, date | PartialDate):
        return _date(value, parameter)
    if isinstance(value, int) or re.fullmatch(r"[+-]?\d+", value):
        return _integer(value, parameter)
    return _written_iri(value, parameter) or ox.Literal(value)


def _wrong(value: object, parameter: Parameter, accepted: str) -> CfmError:
    return CfmError(
        f"{value!r} is no value for the parameter {parameter.name!r}",
        why=f"it takes a value of type {parameter.type}" + (f": {parameter.text}" if parameter.text else ""),
        remedy=f"give {accepted}",
    )


def _date(value: object, parameter: Parameter) -> ox.Literal:
    if isinstance(value, date):
        value = PartialDate.of(value)
    try:
        day = value if isinstance(value, PartialDate) else PartialDate.parse(str(value).strip())
    except ValueError as error:
        raise _wrong(value, parameter, "a year, month or day such as 2021, 2021-05 or 2021-05-19") from error
    return ox.Literal(str(day), datatype=ox.NamedNode(day.datatype))


def _integer(value: object, parameter: Parameter) -> ox.Literal:
    if not re.fullmatch(r"[+-]?\d+", str(value).strip()):
        raise _wrong(value, parameter, "a whole number")
    return ox.Literal(str(int(str(value))), datatype=ox.NamedNode(XSD("integer")))


def _choice(value: str, parameter: Parameter) -> ox.NamedNode:
    wanted = re.sub(r"[^a-z]", "", value.removeprefix("cfm:").removeprefix(CFM.iri).lower())
    for choice in parameter.choices:
        if choice.lower() == wanted:
            return ox.NamedNode(CFM(choice))
    raise _wrong(value, parameter, "one of " + ", ".join(parameter.choices))


def _written_iri(value: str, parameter: Parameter) -> ox.NamedNode | None:
    if parameter.type == "iri" and re.fullmatch(r"[a-z]+/[^\s<>\"{}|\\^`:]+", value.strip()):
        return ox.NamedNode(f"{BASE}id/{value.strip()}")
    prefix, colon, local = value.partition(":")
    match = _IRI.fullmatch(value.strip())
    if match is not None:
        iri = match.group(1) or match.group(2) or ""
    elif colon and prefix in prefixes():
        iri = prefixes()[prefix] + local
    else:
        return None
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise _wrong(value, parameter, "a valid IRI") from error


def _thing(value: str, parameter: Parameter, names: Names) -> ox.NamedNode:
    """The thing of the parameter's kind that bears this slug, code or name in the graph."""
    kind = f"{BASE}id/{parameter.type}/"
    path = "/".join(slug(part) for part in value.split("/"))
    if path and path == value.lower() and names.mentions(kind + path):
        return ox.NamedNode(kind + path)
    found = names.bearing(value, kind)
    if len(found) == 1:
        return ox.NamedNode(found.pop())
    if found:
        listed = ", ".join(sorted(iri.removeprefix(kind) for iri in found))
        raise _wrong(value, parameter, f"one of {listed}: several bear this name")
    known = list(names.of_kind(kind))
    close = nearest(value, [name for _, name in known] + [iri.removeprefix(kind) for iri, _ in known])
    hint = f"; did you mean {' or '.join(close)}?" if close else ""
    raise _wrong(value, parameter, f"the slug, name or IRI of a {parameter.type} in the graph{hint}")
