"""Look-ups in the reference data, as of a date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from cfm_kg.dates import PartialDate
from cfm_kg.registry.model import (
    Body,
    Concept,
    Country,
    Membership,
    Organization,
    Person,
    Place,
    Post,
    Tenure,
)
from cfm_kg.vocab import local, thing

DEPUTIES = frozenset(thing("role", slug) for slug in ("deputy", "first-deputy"))
"""Somebody's deputy, of whom the text does not say in which office."""
_REMEMBERED = 1 << 12
"""Answers as of a date that are remembered: those of many articles."""


class Registry:
    """All reference data by IRI."""

    def __init__(
        self,
        countries: Mapping[str, Country],
        organizations: Mapping[str, Organization],
        bodies: Mapping[str, Body],
        places: Mapping[str, Place],
        posts: Mapping[str, Post],
        people: Mapping[str, Person],
        concepts: Mapping[str, Concept],
    ) -> None:
        self.countries = countries
        self.organizations = organizations
        self.bodies = bodies
        self.places = places
        self.posts = posts
        self.people = people
        self.concepts = concepts
        self._holders: dict[str, list[Tenure]] = defaultdict(list)
        for person in people.values():
            for tenure in person.tenures:
                self._holders[tenure.post].append(tenure)
        self._capitals = {c.capital: c.iri for c in countries.values() if c.capital}
        self._post_of = {(p.role, p.country or p.organization): p for p in posts.values()}
        self._memberships: dict[str, list[Membership]] = defaultdict(list)
        for country in countries.values():
            for membership in country.memberships:
                self._memberships[membership.organization].append(membership)
        self.convening = frozenset(body.organization for body in bodies.values())
        """The organisations that have councils."""
        self.seated_roles = frozenset(body.member_role for body in bodies.values() if body.member_role)
        """The roles of those who sit in a council."""
        self.joint_bodies = tuple(body for body in bodies.values() if len(body.joint_of) > 1)
        """The bodies that several councils form together."""
        self._members_on = lru_cache(_REMEMBERED)(self._find_members)
        self._posts_on = lru_cache(_REMEMBERED)(self._find_posts)
        self.holders_of = lru_cache(_REMEMBERED)(self._find_holders)
        """The countries, and the organisations, that have posts of a role."""

    def post(self, role: str, holder: str | None) -> Post | None:
        """The post with this role for a country or organisation (IRIs)."""
        return self._post_of.get((role, holder))

    def deputy(self, role: str, of: str) -> str | None:
        """The role of a deputy of those who hold another, where `role` says that he is one and no more."""
        if role not in DEPUTIES:
            return None
        found = thing("role", f"{local(role)}-{local(of)}")
        return found if found in self.concepts else None

    def holders(self, post: str, on: PartialDate) -> tuple[Tenure, ...]:
        """Who may have held a post on a date; the certain ones first."""
        found = [t for t in self._holders.get(post, ()) if t.interval.may_hold(on)]
        return tuple(sorted(found, key=lambda t: (not t.interval.certainly_holds(on), t.acting, t.iri)))

    def tenures(self, post: str) -> tuple[Tenure, ...]:
        """All tenures of a post."""
        return tuple(self._holders.get(post, ()))

    def posts_of(self, person: str, on: PartialDate | None) -> tuple[Post, ...]:
        """The posts that a person may have held on a date, or ever where it is None."""
        return self._posts_on(person, on)

    def _find_posts(self, person: str, on: PartialDate | None) -> tuple[Post, ...]:
        known = self.people.get(person)
        if known is None:
            return ()
        return tuple(
            self.posts[t.post]
            for t in known.tenures
            if t.post in self.posts and (on is None or t.interval.may_hold(on))
        )

    def _find_holders(self, role: str) -> tuple[frozenset[str], frozenset[str]]:
        posts = [post for post in self.posts.values() if post.role == role]
        lands = frozenset(post.country for post in posts if post.country)
        return lands, frozenset(post.organization for post in posts if post.organization)

    def country_of_capital(self, place: str | None) -> str | None:
        """The country whose capital a place is."""
        return self._capitals.get(place) if place else None

    def members(self, organization: str, on: PartialDate | None) -> frozenset[str]:
        """The countries that belong to an organisation on a date, or ever where it is None."""
        return self._members_on(organization, on)

    def _find_members(self, organization: str, on: PartialDate | None) -> frozenset[str]:
        memberships = self._memberships.get(organization, ())
        return frozenset(m.country for m in memberships if on is None or m.interval.may_hold(on))
