"""Reading the registry's Turtle files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple, TypeVar

import pyoxigraph as ox

from cfm_kg.dates import Interval, PartialDate
from cfm_kg.errors import CfmError
from cfm_kg.registry.model import (
    Body,
    Concept,
    Country,
    Membership,
    Name,
    Organization,
    Person,
    Place,
    Post,
    Tenure,
)
from cfm_kg.registry.registry import Registry
from cfm_kg.vocab import (
    CFM,
    RDF_TYPE,
    RDFS_LABEL,
    SKOS,
    SKOS_ALT_LABEL,
    SKOS_HIDDEN_LABEL,
    SKOS_PREF_LABEL,
    shipped_triples,
)

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
T = TypeVar("T")
Facts = dict[str, dict[str, list[Term]]]


class Entries(NamedTuple):
    """All that a registry holds, by IRI, as plain values that can be kept."""

    countries: dict[str, Country]
    organizations: dict[str, Organization]
    bodies: dict[str, Body]
    places: dict[str, Place]
    posts: dict[str, Post]
    people: dict[str, Person]
    concepts: dict[str, Concept]


def load(files: Iterable[Path]) -> Registry:
    """Read a registry. Raises CfmError where a file is not Turtle or lacks what it must have."""
    return Registry(*read_entries(files))


def read_entries(files: Iterable[Path]) -> Entries:
    """Read what a registry holds. Raises CfmError where a file is not Turtle or lacks what it must have."""
    facts: Facts = defaultdict(lambda: defaultdict(list))
    for path in sorted(files):
        for triple in shipped_triples(path):
            facts[_iri(triple.subject)][triple.predicate.value].append(triple.object)
    reader = _Reader(facts)
    return Entries(
        reader.all("Country", reader.country),
        reader.all("Organization", reader.organization),
        reader.all("Body", reader.body),
        reader.all("Place", reader.place),
        reader.all("Post", reader.post),
        reader.all("Person", reader.person),
        reader.all("Role", reader.concept) | reader.all("Topic", reader.concept),
    )


class _Reader:
    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._of_class: dict[str, list[str]] = defaultdict(list)
        for subject, properties in facts.items():
            for kind in properties.get(RDF_TYPE, ()):
                self._of_class[_iri(kind)].append(subject)

    def all(self, name: str, make: Callable[[str], T]) -> dict[str, T]:
        return {subject: make(subject) for subject in sorted(self._of_class[CFM(name)])}

    def concept(self, iri: str) -> Concept:
        kind = "ROLE" if CFM("Role") in map(_iri, self._facts[iri][RDF_TYPE]) else "TOPIC"
        names = self._names(iri, SKOS_PREF_LABEL) + self._names(iri, SKOS_ALT_LABEL)
        hidden = self._names(iri, SKOS_HIDDEN_LABEL)
        label = next((n.text for n in names if n.language == "en"), iri)
        broader = tuple(_iri(o) for o in self._facts[iri].get(SKOS("broader"), ()))
        return Concept(iri, label, names + hidden, kind, broader)

    def country(self, iri: str) -> Country:
        memberships = tuple(
            Membership(iri, self._link(m, "organization"), self._interval(m))
            for m in sorted(self._links(iri, "membership"))
        )
        return Country(
            *self._thing(iri),
            self._text(iri, "isoCode"),
            self._names(iri, CFM("demonym")),
            next(iter(self._links(iri, "capital")), None),
            memberships,
        )

    def organization(self, iri: str) -> Organization:
        return Organization(
            *self._thing(iri), self._names(iri, CFM("acronym")), next(iter(self._links(iri, "partOf")), None)
        )

    def body(self, iri: str) -> Body:
        return Body(
            *self._thing(iri),
            self._link(iri, "partOf"),
            self._names(iri, CFM("councilName")) + self._names(iri, SKOS_HIDDEN_LABEL),
            self._names(iri, CFM("informalName")),
            next(iter(self._links(iri, "memberRole")), None),
            tuple(sorted(self._links(iri, "jointOf"))),
            next(iter(self._links(iri, "chairRole")), None),
        )

    def place(self, iri: str) -> Place:
        return Place(*self._thing(iri), self._link(iri, "country"))

    def post(self, iri: str) -> Post:
        return Post(
            iri,
            self._thing(iri)[1],
            self._link(iri, "role"),
            next(iter(self._links(iri, "country")), None),
            next(iter(self._links(iri, "organization")), None),
        )

    def person(self, iri: str) -> Person:
        gender = self._facts[iri].get(CFM("gender"))
        return Person(
            *self._thing(iri),
            self._names(iri, CFM("familyName")),
            _lexical(gender[0]) if gender else None,
            tuple(self._tenure(t) for t in sorted(self._links(iri, "tenure"))),
        )

    def _tenure(self, iri: str) -> Tenure:
        acting = self._facts[iri].get(CFM("acting"), [])
        return Tenure(
            iri,
            self._link(iri, "person"),
            self._link(iri, "post"),
            self._interval(iri),
            any(_lexical(a) == "true" for a in acting),
        )

    def _thing(self, iri: str) -> tuple[str, str, tuple[Name, ...]]:
        names = self._names(iri, RDFS_LABEL) + self._names(iri, SKOS_ALT_LABEL)
        if not names:
            raise CfmError(f"<{iri}> has no label", why="the registry names it", remedy="add rdfs:label")
        return iri, next((n.text for n in names if n.language == "en"), names[0].text), names

    def _names(self, iri: str, predicate: str) -> tuple[Name, ...]:
        return tuple(
            Name(o.value, o.language)
            for o in self._facts[iri].get(predicate, ())
            if isinstance(o, ox.Literal)
        )

    def _links(self, iri: str, name: str) -> list[str]:
        return [_iri(o) for o in self._facts[iri].get(CFM(name), ())]

    def _link(self, iri: str, name: str) -> str:
        links = self._links(iri, name)
        if not links:
            raise CfmError(f"<{iri}> has no cfm:{name}", remedy="add it to the registry")
        return links[0]

    def _text(self, iri: str, name: str) -> str:
        values = self._facts[iri].get(CFM(name), [])
        if not values:
            raise CfmError(f"<{iri}> has no cfm:{name}", remedy="add it to the registry")
        return _lexical(values[0])

    def _interval(self, iri: str) -> Interval:
        bounds = [self._facts[iri].get(CFM(name)) for name in ("start", "end")]
        return Interval(*(PartialDate.parse(_lexical(b[0])) if b else None for b in bounds))


def _iri(term: object) -> str:
    if not isinstance(term, ox.NamedNode):
        raise CfmError(f"{term} is not an IRI", why="the registry names everything", remedy="give it an IRI")
    return term.value


def _lexical(term: Term) -> str:
    assert isinstance(term, ox.Literal | ox.NamedNode)
    return term.value
