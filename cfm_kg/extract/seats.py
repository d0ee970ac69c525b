"""Who sits in a council, by post and country."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from cfm_kg.dates import PartialDate
from cfm_kg.extract.context import Context
from cfm_kg.extract.ranks import (
    ALSO_LEADING,
    BELOW_LEADERS,
    CHAIRMAN,
    ENVOYS,
    GENERIC,
    HIGHER,
    LEADERS,
    LESSER,
    MINISTERS,
    OF_GOVERNMENT,
    SECRETARIES,
    SUBSTITUTES,
    role_word,
)
from cfm_kg.model import MeetingFrame, Office, PersonMention
from cfm_kg.registry import DEPUTIES, Registry


def understood(offices: Iterable[Office], role: str | None, registry: Registry) -> tuple[Office, ...]:
    """Offices with "deputy" alone made the deputy of those who hold `role`."""
    return tuple(
        replace(office, role=deputy)
        if role is not None and (deputy := registry.deputy(office.role, role)) is not None
        else office
        for office in offices
    )


class Seats(msgspec.Struct, frozen=True, gc=False):
    """The seats of one council on the day of a meeting."""

    registry: Registry
    organization: str
    role: str | None
    joint_roles: frozenset[str]
    countries: frozenset[str]
    host: str | None
    on: PartialDate | None
    sitting: frozenset[str]
    """The roles of those who sit here."""

    def specified(self, person: PersonMention) -> PersonMention:
        """Somebody with the post that the text leaves out: "the Russian minister", "his deputy"."""
        if any(office.role in DEPUTIES for office in person.roles):
            return replace(person, roles=understood(person.roles, self.role, self.registry))
        plain = not {office.role for office in person.roles} - GENERIC
        if person.name is None and plain and person.country in self.countries:
            return self.seated(person)
        return person

    def seated(self, person: PersonMention) -> PersonMention:
        """Somebody with the post of those who sit here."""
        if self.role is None or self.joint_roles:
            return person
        return replace(person, roles=(Office(self.role, person.span, person.country),))

    def country_of(self, person: PersonMention | None) -> str | None:
        """For whom somebody comes: by the text, else by the registry on the day."""
        if person is None:
            return None
        said = person.country or next((o.country for o in person.roles if o.country), None)
        if said is not None:
            return said
        held = {post.country for c in person.candidates for post in self.registry.posts_of(c, self.on)} - {
            None
        }
        return held.pop() if len(held) == 1 else None

    def member(self, person: PersonMention) -> bool:
        """Whether somebody sits in the council: by the post that the text gives, or by the registry."""
        country = person.country or next((o.country for o in person.roles if o.country), None)
        if country is not None and self.countries and country not in self.countries and country != self.host:
            return False
        if any(o.organization for o in person.roles):
            return False
        roles = {office.role for office in person.roles} - GENERIC
        if roles & self.sitting:
            return True
        if roles - HIGHER:
            lesser = any(role_word(role, LESSER) for role in roles - HIGHER)
            return not lesser and bool(self._wider(roles) & self.sitting)
        return self._by_registry(person) if person.name else False

    def _wider(self, roles: set[str]) -> set[str]:
        """The roles of which others are a kind ("state secretary of the security council")."""
        concepts = (self.registry.concepts.get(role) for role in roles)
        return {wider for concept in concepts if concept is not None for wider in concept.broader}

    def barred(self, person: PersonMention) -> bool:
        """Whether a post that the registry knows of keeps somebody from sitting here on the day."""
        if self._by_registry(person) or not person.name:
            return False
        posts = [post for c in person.candidates for post in self.registry.posts_of(c, self.on)]
        ours = any(post.organization == self.organization for post in posts)
        return bool(posts) and (not ours or self.serves(person))

    def guest(self, person: PersonMention) -> bool:
        """Whether somebody holds a member's post for a country that is none, or leads another secretariat."""
        if self.of_another(person):
            return True
        country = self.country_of(person)
        if country is None or not self.countries or country in self.countries or country == self.host:
            return False
        if not person.roles:
            return any(
                post.role in self.sitting
                for c in person.candidates
                for post in self.registry.posts_of(c, self.on)
            )
        envoy = any(role_word(o.role, ENVOYS) for o in person.roles)
        envoy = envoy or (bool(self.sitting & LEADERS) and any(o.role in BELOW_LEADERS for o in person.roles))
        return envoy or any(o.role in self.sitting and not o.organization for o in person.roles)

    def visitor(self, person: PersonMention, seated: bool) -> bool:
        """Whether somebody, unless `seated` for it, holds a post of a country that is no member."""
        country = self.country_of(person)
        foreign = country is not None and country not in self.countries and country != self.host
        return foreign and bool(self.countries) and (seated or bool({o.role for o in person.roles} - GENERIC))

    def of_another(self, person: PersonMention) -> bool:
        """Whether somebody leads the secretariat of another organisation."""
        return any(
            office.role in SECRETARIES and not self._ours(office.organization) for office in person.roles
        )

    def _ours(self, organization: str | None) -> bool:
        """Whether an organisation, if any is told, is the council's or an organ of it."""
        if organization is None or organization == self.organization:
            return True
        return self.registry.organizations[organization].part_of == self.organization

    def called_chairman(self, person: PersonMention) -> bool:
        """Whether a member is called the chairman and no more."""
        return [o.role for o in person.roles if o.organization is None] == [CHAIRMAN]

    def peer(self, person: PersonMention) -> bool:
        """Whether somebody, of whom only name and country are known, may sit here for that country."""
        if {o.role for o in person.roles} - GENERIC or person.organization or person.country is None:
            return False
        posts = (post for c in person.candidates for post in self.registry.posts_of(c, self.on))
        if any(post.country == person.country or post.organization for post in posts):
            return False
        return person.country in self.countries or not self.countries

    def _by_registry(self, person: PersonMention) -> bool:
        for candidate in person.candidates:
            for post in self.registry.posts_of(candidate, self.on):
                if post.role in self.sitting and (not self.countries or post.country in self.countries):
                    return True
        return False

    def serves(self, person: PersonMention) -> bool:
        """Whether somebody leads the organisation's secretariat."""
        if any(o.role in SECRETARIES and self._ours(o.organization) for o in person.roles):
            return True
        return not person.roles and any(
            post.role in SECRETARIES and post.organization is not None and self._ours(post.organization)
            for candidate in person.candidates
            for post in self.registry.posts_of(candidate, self.on)
        )

    def may_substitute(self, person: PersonMention) -> bool:
        """Whether somebody's post lets him stand in for a member."""
        country = self.country_of(person)
        if self.member(person) or (country is not None and self.countries and country not in self.countries):
            return False
        return any(
            role_word(office.role, SUBSTITUTES if country else ENVOYS)
            and (office.role not in HIGHER or bool(self.sitting & LEADERS))
            and (office.organization in (None, self.organization) or office.country is not None)
            for office in person.roles
        )

    def envoy(self, person: PersonMention) -> bool:
        """Whether somebody's post lets him stand in for a member wherever he is named."""
        return any(role_word(office.role, ENVOYS) for office in person.roles)

    def below_leader(self, person: PersonMention) -> bool:
        """Whether somebody's post lets him stand in where heads of state or government sit."""
        if not self.sitting & LEADERS or self.country_of(person) not in {*self.countries, self.host} - {None}:
            return False
        return any(o.role in BELOW_LEADERS and not o.organization for o in person.roles)

    def of_government(self, person: PersonMention) -> bool:
        """Whether somebody is of a member's government, where others of governments sit."""
        if self.country_of(person) not in self.countries or any(o.organization for o in person.roles):
            return False
        return any(role_word(o.role, (MINISTERS,)) or o.role in OF_GOVERNMENT for o in person.roles)


def seats_of(context: Context, meeting: MeetingFrame) -> Seats:
    """The seats of a meeting's council."""
    registry = context.registry
    body = registry.bodies[meeting.body]
    on = meeting.date.date if meeting.date and meeting.date.date else context.published
    joint = frozenset(role for b in body.joint_of if (role := registry.bodies[b].member_role) is not None)
    countries = registry.members(body.organization, on)
    role = body.member_role
    own = {role, ALSO_LEADING.get(role, role)} if role else set()
    return Seats(registry, body.organization, role, joint, countries, meeting.host_country, on, joint | own)
