"""What a test article says, before it is put into words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Country:
    """A member state; `code` is its ISO 3166-1 alpha-2 code."""

    code: str
    name: str
    demonym: str


@dataclass(frozen=True, slots=True)
class Official:
    """Who sits in a council for a country, at the time of a meeting; `role` is a slug."""

    name: str
    spellings: tuple[str, ...]
    surname: str
    country: Country
    role: str


@dataclass(frozen=True, slots=True)
class City:
    """Where a meeting is held."""

    name: str
    country: Country
    capital: bool


@dataclass(frozen=True, slots=True)
class Council:
    """A body with the names that the registry gives it; `higher` is the council of heads."""

    body: str
    organization: str
    short: str
    long: str
    names: tuple[str, ...]
    role: str
    higher: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: type and action as gold facts write them, the title without the noun before it."""

    type: str
    title: str
    action: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many documents the text counts."""

    type: str
    action: str
    number: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A country's turn at the head of the organisation; `ahead` where it is yet to come."""

    country: Country
    year: int
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """One meeting as one article tells of it, and when the article was published."""

    council: Council
    day: date
    published: date
    members: tuple[Official, ...]
    """All who sit in the council at that time: what the text may draw on."""
    status: str = "held"
    format: str | None = "in-person"
    city: City | None = None
    chair: Official | None = None
    participants: tuple[Official, ...] = ()
    countries: tuple[Country, ...] = ()
    absent: Country | None = None
    papers: tuple[Paper, ...] = ()
    count: Count | None = None
    turn: Turn | None = None

    @property
    def present(self) -> tuple[Country, ...]:
        """The countries that the text says took part."""
        named = (*((self.chair,) if self.chair else ()), *self.participants)
        return tuple(dict.fromkeys((*(one.country for one in named), *self.countries)))
