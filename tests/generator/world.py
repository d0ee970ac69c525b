"""The registry as the generator sees it: councils, who sat in them when, and cities."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from cfm_kg.dates import PartialDate
from cfm_kg.evaluate.matching import same_person
from cfm_kg.reading import shipped_registry
from cfm_kg.registry import Name, Person, Registry
from cfm_kg.registry.model import Body
from cfm_kg.vocab import local, thing

from .facts import City, Council, Country, Official
from .phrasebook import Phrasebook, phrasebook

ENGLISH = "en"
FEWEST = 4
"""A council with fewer known members is not drawn."""


class World:
    """What facts are drawn from. Nothing here changes; look-ups are remembered."""

    def __init__(self, registry: Registry, book: Phrasebook) -> None:
        self._registry = registry
        self.councils = tuple(self._council(slug, book.rest["heads"]) for slug in book.rest["bodies"])
        self._countries = {
            iri: Country(c.code, c.label, _english(c.demonyms)[0])
            for iri, c in registry.countries.items()
            if _english(c.demonyms)
        }
        self._people: dict[tuple[str, str, str], Official] = {}
        self._circles: dict[tuple[str, int, int], tuple[Official, ...]] = {}
        self._cities: dict[str, tuple[City, ...]] = {}
        for place in registry.places.values():
            country = self._countries.get(place.country)
            if country is not None and country.name != place.label:
                capital = registry.country_of_capital(place.iri) == place.country
                city = City(place.label, country, capital)
                self._cities[country.code] = (*self._cities.get(country.code, ()), city)

    def circle(self, council: Council, year: int, month: int) -> tuple[Official, ...]:
        """Who sat in the council throughout a month, without anybody in doubt, by country."""
        key = (council.body, year, month)
        if key not in self._circles:
            self._circles[key] = tuple(self._officials(council, PartialDate(year, month)))
        return self._circles[key]

    def cities(self, country: Country) -> tuple[City, ...]:
        """The country's cities."""
        return self._cities.get(country.code, ())

    def _council(self, slug: str, heads: dict[str, str]) -> Council:
        body: Body = self._registry.bodies[thing("body", slug)]
        organization = self._registry.organizations[body.organization]
        higher = self._registry.bodies[thing("body", heads[local(organization.iri)])]
        assert body.member_role is not None
        return Council(
            slug,
            local(organization.iri),
            _english(organization.acronyms)[0],
            organization.label,
            tuple(name for name in _english(body.council_names) if len(name.split()) > 1),
            local(body.member_role),
            f"the {_english(higher.council_names)[0]}",
        )

    def _officials(self, council: Council, on: PartialDate) -> Iterable[Official]:
        role = thing("role", council.role)
        for iri in sorted(self._registry.members(thing("organization", council.organization), on)):
            post = self._registry.post(role, iri)
            held = self._registry.holders(post.iri, on) if post else ()
            if len(held) == 1 and not held[0].acting and held[0].interval.certainly_holds(on):
                yield self._official(held[0].person, self._countries[iri], council.role)

    def _official(self, iri: str, country: Country, role: str) -> Official:
        key = (iri, country.code, role)
        if key not in self._people:
            self._people[key] = _official(self._registry.people[iri], country, role)
        return self._people[key]


def _official(person: Person, country: Country, role: str) -> Official:
    every = dict.fromkeys((person.label, *_english(person.names)))
    names = tuple(name for name in every if same_person(name, person.label))
    own = [name for name in _english(person.family_names) if name in person.label]
    return Official(person.label, names, (own or [person.label.split()[-1]])[0], country, role)


def _english(names: Iterable[Name]) -> list[str]:
    return [name.text for name in names if name.language == ENGLISH]


@cache
def world() -> World:
    """The shipped registry's world."""
    return World(shipped_registry(), phrasebook())
