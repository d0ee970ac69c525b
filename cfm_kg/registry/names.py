"""The names that the registry offers to be found in texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cfm_kg.registry.model import Name, Person
from cfm_kg.registry.registry import Registry

_INDICATOR_A = 0x1F1E6


class Wording(NamedTuple):
    """A wording, the class of mention that it makes, and the thing's IRI."""

    wording: str
    kind: str
    iri: str


def wordings(registry: Registry, language: str) -> Iterator[Wording]:
    """Every name in a language, with names that have none."""
    for country in registry.countries.values():
        yield from _exact(country.names, "COUNTRY", country.iri, language)
        yield from _exact(country.demonyms, "DEMONYM", country.iri, language)
        yield Wording(_flag(country.code), "COUNTRY", country.iri)
    for organization in registry.organizations.values():
        yield from _exact(organization.names + organization.acronyms, "ORG", organization.iri, language)
    for place in registry.places.values():
        yield from _exact(place.names, "PLACE", place.iri, language)
    for body in registry.bodies.values():
        yield from _loose(body.names, "BODY", body.iri, language)
        yield from _loose(body.council_names, "COUNCIL", body.iri, language)
        yield from _loose(body.informal_names, "INFORMAL", body.iri, language)
    for person in registry.people.values():
        yield from _person(person, language)
    for concept in registry.concepts.values():
        yield from _loose(concept.names, concept.kind, concept.iri, language)


def _flag(code: str) -> str:
    """The flag as typed: the regional indicator symbols of an ISO 3166-1 code."""
    return "".join(chr(_INDICATOR_A + ord(letter) - ord("A")) for letter in code)


def _person(person: Person, language: str) -> Iterator[Wording]:
    families = {n.text for n in person.family_names if _speaks(n, language)}
    yield from (Wording(family, "SURNAME", person.iri) for family in sorted(families))
    for name in person.names:
        if _speaks(name, language):
            yield Wording(name.text, "NAME", person.iri)
            first = name.text.split()[0]
            if first not in families and len(first) > 2:
                yield Wording(first, "GIVEN", person.iri)


def _exact(names: Iterable[Name], kind: str, iri: str, language: str) -> Iterator[Wording]:
    return (Wording(n.text, kind, iri) for n in names if _speaks(n, language))


def _loose(names: Iterable[Name], kind: str, iri: str, language: str) -> Iterator[Wording]:
    """Names that outlets write with and without capitals; acronyms keep theirs."""
    for name in names:
        if _speaks(name, language):
            words = (w if len(w) > 1 and w.isupper() else w.lower() for w in name.text.split())
            yield Wording(" ".join(words), kind, iri)


def _speaks(name: Name, language: str) -> bool:
    return name.language is None or name.language == language
