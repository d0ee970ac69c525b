"""The things that the registry describes."""

from __future__ import annotations

from dataclasses import dataclass

from cfm_kg.dates import Interval


@dataclass(frozen=True, slots=True)
class Name:
    """A wording in a language."""

    text: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Thing:
    """What all have: an IRI, a label to show and all names."""

    iri: str
    label: str
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Membership:
    """A country belongs to an organisation for a time."""

    country: str
    organization: str
    interval: Interval


@dataclass(frozen=True, slots=True)
class Country(Thing):
    """A state; `code` is ISO 3166-1 alpha-2."""

    code: str
    demonyms: tuple[Name, ...]
    capital: str | None
    memberships: tuple[Membership, ...]


@dataclass(frozen=True, slots=True)
class Organization(Thing):
    """An international organisation."""

    acronyms: tuple[Name, ...]
    part_of: str | None


@dataclass(frozen=True, slots=True)
class Body(Thing):
    """A council of an organisation. `council_names` lack the organisation's name."""

    organization: str
    council_names: tuple[Name, ...]
    informal_names: tuple[Name, ...]
    member_role: str | None
    joint_of: tuple[str, ...]
    chair_role: str | None


@dataclass(frozen=True, slots=True)
class Place(Thing):
    """A city or resort."""

    country: str


@dataclass(frozen=True, slots=True)
class Post:
    """A role held for a country or an organisation."""

    iri: str
    label: str
    role: str
    country: str | None
    organization: str | None


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person holds a post for a time."""

    iri: str
    person: str
    post: str
    interval: Interval
    acting: bool


@dataclass(frozen=True, slots=True)
class Person(Thing):
    """Somebody who holds or held posts."""

    family_names: tuple[Name, ...]
    gender: str | None
    tenures: tuple[Tenure, ...]


@dataclass(frozen=True, slots=True)
class Concept(Thing):
    """A role or a topic; `kind` is `ROLE` or `TOPIC`."""

    kind: str
    broader: tuple[str, ...] = ()
