"""Who took part, with which post, for which country."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from cfm_kg.dates import PartialDate
from cfm_kg.model import (
    Dropped,
    Evidence,
    Extraction,
    MeetingFrame,
    Participation,
    PersonMention,
    Stance,
)
from cfm_kg.registry import Post, Registry
from cfm_kg.resolve.claims import ClaimBook
from cfm_kg.resolve.meetings import MeetingNames, day_of
from cfm_kg.resolve.people import PeopleResolver, Resolved
from cfm_kg.resolve.posts import GENERIC, PostBook
from cfm_kg.vocab import CFM, RDF_TYPE, local


class _Seat(msgspec.Struct, frozen=True, gc=False):
    """One person's mentions at one meeting."""

    resolved: Resolved
    mentions: tuple[Participation, ...]


@dataclass(slots=True)
class Attendance:
    """States the participations of one article, and posts that a seat in a council gives."""

    book: ClaimBook
    names: MeetingNames
    people: PeopleResolver
    posts: PostBook
    registry: Registry
    extraction: Extraction
    published: PartialDate | None

    def state(self) -> tuple[Dropped, ...]:
        """State all; returns the people who could not be told."""
        dropped: list[Dropped] = []
        for meeting in self.extraction.meetings:
            told = [p for p in self.extraction.participations if p.meeting == meeting.key]
            dropped += self._meeting(meeting, told)
        return tuple(dropped)

    def _on(self, meeting: MeetingFrame) -> PartialDate | None:
        return day_of(meeting, self.published)

    def _meeting(self, meeting: MeetingFrame, told: list[Participation]) -> Iterator[Dropped]:
        seats: dict[str, list[Participation]] = defaultdict(list)
        resolved: dict[str, Resolved] = {}
        for part in told:
            if part.person is None:
                continue
            found = self.people.resolve(part.person, self._on(meeting))
            if found is None:
                yield Dropped("resolve", "nobody could be told for this name", part.evidence.span)
                continue
            seats[found.iri].append(part)
            resolved.setdefault(found.iri, found)
            self.people.describe(self.book, found)
        absent = {p.country for p in told if p.stance is Stance.ABSENT and p.country}
        for iri, parts in seats.items():
            self._seat(meeting, _Seat(resolved[iri], tuple(parts)))
        for part in told:
            if part.country is not None and part.stance is Stance.PRESENT and part.country not in absent:
                self._claim(meeting, "participantCountry", part.country, part.evidence)
        for part in told:
            if part.stance is Stance.ABSENT and part.country is not None:
                self._absent(meeting, part.country, part.evidence)

    def _absent(self, meeting: MeetingFrame, country: str, evidence: Evidence) -> None:
        if not self.book.stated(self.names.meeting(meeting.key), CFM("participantCountry"), country):
            self._claim(meeting, "absentCountry", country, evidence)

    def _seat(self, meeting: MeetingFrame, seat: _Seat) -> None:
        if any(p.stance is Stance.ABSENT for p in seat.mentions):
            self._capacity(meeting, seat)
            return
        first = seat.mentions[0]
        chairs = [p for p in seat.mentions if p.stance is Stance.CHAIR]
        person, why = seat.resolved.iri, (seat.resolved.resolution,)
        country, post = self._capacity(meeting, seat)
        meeting_iri = self.names.meeting(meeting.key)
        self.book.claim(meeting_iri, "participant", person, first.evidence, why)
        if chairs and not self.book.has(meeting_iri, CFM("chair")):
            self.book.claim(meeting_iri, "chair", person, chairs[0].evidence, why)
        if country is not None:
            self.book.claim(meeting_iri, "participantCountry", country, first.evidence, why)
        part = self.names.part("participation", meeting.key, local(person))
        self.book.describe(part, RDF_TYPE, CFM("Participation"))
        self.book.claim(meeting_iri, "participation", part, first.evidence)
        self.book.claim(part, "person", person, first.evidence, why)
        if country is not None:
            self.book.claim(part, "country", country, first.evidence, why)
        if post is not None:
            self.book.claim(part, "capacity", post, first.evidence, why)
        role = self._role(meeting, seat, post)
        self.book.claim(part, "participationRole", CFM(role), (chairs or seat.mentions)[0].evidence)
        self._on_behalf(meeting, seat, part)

    def _on_behalf(self, meeting: MeetingFrame, seat: _Seat, part: str) -> None:
        """For whom a substitute sat there, where the text names him."""
        for told in seat.mentions:
            other = self.people.resolve(told.on_behalf_of, self._on(meeting)) if told.on_behalf_of else None
            if other is not None and other.iri != seat.resolved.iri:
                self.people.describe(self.book, other)
                self.book.claim(part, "onBehalfOf", other.iri, told.evidence, (other.resolution,))
                return

    def _role(self, meeting: MeetingFrame, seat: _Seat, post: str | None) -> str:
        if any(p.stance is Stance.CHAIR for p in seat.mentions):
            return "Chair"
        if seat.mentions[0].guest:
            return "Guest"
        role, organization = self.posts.described(post) if post else (None, None)
        if organization is not None:
            return "Secretariat"
        return "Member" if role is not None and self._sits(meeting, role) else "Substitute"

    def _sits(self, meeting: MeetingFrame, role: str) -> bool:
        """Whether those who hold a role sit in the council."""
        body = self.registry.bodies[meeting.body]
        seats = {body.member_role, *(self.registry.bodies[b].member_role for b in body.joint_of)}
        concept = self.registry.concepts.get(role)
        return role in seats or (concept is not None and not seats.isdisjoint(concept.broader))

    def _capacity(self, meeting: MeetingFrame, seat: _Seat) -> tuple[str | None, str | None]:
        """For whom somebody sat there, and in which post: the one that gives the seat before others."""
        said = [p.person for p in seat.mentions if p.person is not None]
        country = next((c for person in said if (c := _country(person))), None)
        spoken = {
            office.role
            for person in said
            for office in person.roles
            if person.name and office.span != person.span and office.role not in GENERIC
            if seat.resolved.known or _country(person) or office.organization
        }
        presides = any(part.stance is Stance.CHAIR for part in seat.mentions)
        best = self._known_post(meeting, seat, spoken, presides)
        post, holder = (best.iri, best.country) if best is not None else (None, None)
        if best is None or (country is not None and best.country not in (country, None)):
            post, holder = self._post_of_text(meeting, said, country)
        by_seat = not spoken or (presides and best is not None and best.role not in spoken)
        if post is not None and by_seat and any(person.name for person in said):
            self.posts.held(seat.resolved.iri, post, seat.mentions[0].evidence, seat.resolved.resolution)
        return holder, post

    def _known_post(self, meeting: MeetingFrame, seat: _Seat, spoken: set[str], sits: bool) -> Post | None:
        """The post of the registry in which somebody came: by the text, by the council if he `sits`."""
        held = self.registry.posts_of(seat.resolved.iri, self._on(meeting))
        seated = [post for post in held if self._sits(meeting, post.role)]
        told = [post for post in held if post.role in spoken]
        if any(self._sits(meeting, role) for role in spoken):
            return next((post for post in seated if post.role in spoken), None)
        stands_in = any(role not in {p.role for p in held} for role in spoken)
        if seated and (sits or not stands_in):
            return seated[0]
        return told[0] if told else held[0] if len(held) == 1 and not spoken else None

    def _post_of_text(
        self, meeting: MeetingFrame, said: list[PersonMention], country: str | None
    ) -> tuple[str | None, str | None]:
        """The post that the text gives, the one that gives the seat first, and for which country."""
        offices = [(office, person) for person in said for office in person.roles]
        for office, _ in sorted(offices, key=lambda pair: not self._sits(meeting, pair[0].role)):
            post = self.posts.post(office.role, office.country or country, office.organization)
            if post is not None:
                return post, None if office.organization else country
        return None, country

    def _claim(self, meeting: MeetingFrame, name: str, value: str, evidence: Evidence) -> None:
        self.book.claim(self.names.meeting(meeting.key), name, value, evidence)


def _country(person: PersonMention) -> str | None:
    return person.country or next((o.country for o in person.roles if o.country), None)
