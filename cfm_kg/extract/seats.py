"""Who sits in a council, by post and country."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cfm_kg.dates import PartialDate
from cfm_kg.extract.context import Context
from cfm_kg.model import MeetingFrame, Office, PersonMention
from cfm_kg.registry import Registry
from cfm_kg.vocab import thing

SECRETARIES = frozenset(
    thing("role", slug)
    for slug in (
        "secretary-general",
        "deputy-secretary-general",
        "first-deputy-secretary-general",
        "executive-secretary",
        "chief-of-the-joint-staff",
    )
)
_GENERIC = frozenset(thing("role", slug) for slug in ("minister", "head-of-delegation"))
_SUBSTITUTES = ("deputy", "ambassador", "permanent-representative", "secretary", "representative", "adviser")


@dataclass(frozen=True, slots=True)
class Seats:
    """The seats of one council on the day of a meeting."""

    registry: Registry
    organization: str
    role: str | None
    joint_roles: frozenset[str]
    countries: frozenset[str]
    host: str | None
    on: PartialDate | None

    def specified(self, person: PersonMention) -> PersonMention:
        """Somebody unnamed ("the Russian minister") with the post that sits here for his country."""
        plain = not {office.role for office in person.roles} - _GENERIC
        if person.name is None and self.role and plain and person.country in self.countries:
            return replace(person, roles=(Office(self.role, person.span, person.country),))
        return person

    def member(self, person: PersonMention) -> bool:
        """Whether somebody sits in the council in person: by the post that the text gives, or by the registry."""
        country = person.country or next((o.country for o in person.roles if o.country), None)
        if country is not None and self.countries and country not in self.countries and country != self.host:
            return False
        if any(o.organization for o in person.roles):
            return False
        roles = {office.role for office in person.roles} - _GENERIC
        if roles:
            return bool(roles & self._seated)
        return self._by_registry(person) if person.name else False

    @property
    def _seated(self) -> frozenset[str]:
        return self.joint_roles | ({self.role} if self.role else frozenset())

    def _by_registry(self, person: PersonMention) -> bool:
        for candidate in person.candidates:
            for post in self.registry.posts_of(candidate, self.on):
                if post.role in self._seated and (not self.countries or post.country in self.countries):
                    return True
        return False

    def serves(self, person: PersonMention) -> bool:
        """Whether somebody leads the organisation's secretariat."""
        if any(o.role in SECRETARIES and o.organization in (None, self.organization) for o in person.roles):
            return True
        return not person.roles and any(
            post.role in SECRETARIES and post.organization == self.organization
            for candidate in person.candidates
            for post in self.registry.posts_of(candidate, self.on)
        )

    def may_substitute(self, person: PersonMention) -> bool:
        """Whether somebody's post lets him stand in for a member."""
        return any(
            any(word in office.role.rsplit("/", 1)[-1] for word in _SUBSTITUTES)
            and office.organization in (None, self.organization)
            for office in person.roles
        )


def seats_of(context: Context, meeting: MeetingFrame) -> Seats:
    """The seats of a meeting's council."""
    registry = context.registry
    body = registry.bodies[meeting.body]
    on = meeting.date.date if meeting.date and meeting.date.date else context.published
    joint = frozenset(
        role for b in body.joint_of if (role := registry.bodies[b].member_role) is not None
    )
    countries = registry.members(body.organization, on)
    return Seats(registry, body.organization, body.member_role, joint, countries, meeting.host_country, on)
