"""Posts that the text gives to those it names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cfm_kg.dates import PartialDate
from cfm_kg.model import Office, PostHeld
from cfm_kg.registry import Registry
from cfm_kg.resolve.claims import ClaimBook
from cfm_kg.resolve.people import PeopleResolver, Resolved
from cfm_kg.resolve.posts import GENERIC, PostBook
from cfm_kg.vocab import thing

_SECRETARY_GENERAL = thing("role", "secretary-general")
_IN_OFFICE = thing("role", "chairman-in-office")
"""Who presides over an organisation: no post that the country of a minister has."""
_HEAD_OF_STATE = thing("role", "head-of-state")
"""What presidents and monarchs are."""


@dataclass(slots=True)
class ToldPosts:
    """States who holds which post, as the text says beside a name."""

    book: ClaimBook
    people: PeopleResolver
    posts: PostBook
    registry: Registry
    told: Iterable[PostHeld]
    on: PartialDate | None
    """The day of the main meeting, or else of publication."""
    host: str | None
    """The organisation whose council meets, for which a bare title is held."""

    def state(self) -> None:
        """State all."""
        for held in self.told:
            resolved = self.people.resolve(held.person, self.on)
            if resolved is None:
                continue
            post = self._post_said(held, resolved)
            if post is not None:
                self.people.describe(self.book, resolved)
                self.posts.held(resolved.iri, post, held.evidence, resolved.resolution)

    def _post_said(self, held: PostHeld, resolved: Resolved) -> str | None:
        """The post that the text gives; where it leaves out for whom, as the registry has it."""
        office, person = held.office, held.person
        country = office.country or (None if self._of_organization(office) else person.country)
        shared = None if any(o.organization for o in person.roles) else person.organization
        organization = office.organization or (None if country else shared)
        if person.country is None or country is None or office.role == _HEAD_OF_STATE:
            narrower = self._narrower(office.role, resolved)
            if narrower is not None:
                return narrower
        if office.role == _IN_OFFICE and office.organization is None:
            return None
        if office.role in GENERIC:
            return self._narrower(office.role, resolved)
        if country is None and organization is None:
            for on in (self.on, None):
                for post in self.registry.posts_of(resolved.iri, on):
                    if post.role == office.role:
                        return post.iri
            country, organization = self._implied_holder(office.role, resolved)
        return self.posts.post(office.role, country, organization)

    def _narrower(self, role: str, resolved: Resolved) -> str | None:
        """The post, in the registry, whose role is a kind of the one said ("spokeswoman" of a ministry)."""
        for post in self.registry.posts_of(resolved.iri, self.on):
            concept = self.registry.concepts.get(post.role)
            if concept is not None and role in concept.broader:
                return post.iri
        return None

    def _of_organization(self, office: Office) -> bool:
        """Whether a post is an organisation's: by the text, or because the registry knows no other."""
        of_country, of_organization = self.registry.holders_of(office.role)
        return office.organization is not None or bool(of_organization and not of_country)

    def _implied_holder(self, role: str, resolved: Resolved) -> tuple[str | None, str | None]:
        """Whom a bare role is held for: where the person's other posts are, else the host organisation."""
        countries = {p.country for p in self.registry.posts_of(resolved.iri, None) if p.country}
        of_country, of_organization = self.registry.holders_of(role)
        if len(countries) == 1 and (of_country or not of_organization):
            return countries.pop(), None
        # A bare secretary general whom nobody knows is that of the organisation that meets.
        ours = role == _SECRETARY_GENERAL and not resolved.known
        return None, self.host if ours or self.host in of_organization else None
