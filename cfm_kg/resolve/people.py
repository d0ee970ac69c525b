"""Who is meant: registry people in office on the day, or people that only the text knows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import msgspec

from cfm_kg.dates import PartialDate
from cfm_kg.model import Literal, PersonMention, Resolution
from cfm_kg.registry import Person, Post, Registry
from cfm_kg.resolve.claims import ClaimBook
from cfm_kg.resolve.names import alike, given_agree, words
from cfm_kg.units import Annotated
from cfm_kg.vocab import CFM, RDF_TYPE, RDFS_LABEL, slug, thing

_REMEMBERED = 1 << 14
"""Names said of people of the registry that are remembered: those of many articles."""


class Resolved(msgspec.Struct, frozen=True, gc=False):
    """A person's IRI and label with the reason; `known` where the registry has the person."""

    iri: str
    label: str
    known: bool
    resolution: Resolution


class PeopleResolver:
    """Resolves the people of one article."""

    def __init__(self, annotated: Annotated, registry: Registry) -> None:
        self._document = annotated.document
        self._registry = registry
        self._full_names = tuple(self._named_in_full(annotated))
        self._resolved: dict[tuple[PersonMention, PartialDate | None], Resolved | None] = {}

    def _named_in_full(self, annotated: Annotated) -> Iterable[PersonMention]:
        """Mentions that give more than a surname: a later surname alone refers to them."""
        for sentence in annotated.sentences:
            for _, _, person in sentence.people:
                if person.name is not None and len(words(self._document.quote(person.name))) > 1:
                    yield person

    def resolve(self, person: PersonMention, on: PartialDate | None) -> Resolved | None:
        """The person meant, as of a date; None where nobody can be told."""
        key = person, on
        try:
            return self._resolved[key]
        except KeyError:
            found = self._resolved[key] = self._resolve(person, on)
            return found

    def describe(self, book: ClaimBook, person: Resolved) -> None:
        """State that somebody is a person, with the label where it is not the registry's."""
        book.describe(person.iri, RDF_TYPE, CFM("Person"))
        if not person.known or person.label != self._registry.people[person.iri].label:
            book.describe(person.iri, RDFS_LABEL, Literal(person.label, language="en"))

    def _resolve(self, person: PersonMention, on: PartialDate | None) -> Resolved | None:
        if person.name is None:
            return self._holder(person, on)
        wording = self._document.quote(person.name)
        said = words(wording)
        candidates = [c for c in person.candidates if _bears(self._registry, c, said)]
        if not candidates and person.roles:
            candidates = self._spelled_alike(person, said, on)
        if not candidates:
            return self._unknown(person, said, wording, on)
        if len(said) == 1 and not any(self._registry.posts_of(c, on) for c in candidates):
            fuller = self._fuller(said)
            if fuller is not None and fuller.name != person.name and not self._among(fuller, candidates):
                return self.resolve(fuller, on)
        if len(candidates) == 1:
            return self._known(candidates[0], wording, person, on, [])
        ranked = sorted(candidates, key=lambda c: (-self._fit(c, person, on), c))
        best, rest = ranked[0], ranked[1:]
        if rest and self._fit(rest[0], person, on) == self._fit(best, person, on):
            earlier = self._mentioned_before(said, candidates)
            if earlier is None:
                return None
            best = earlier
        return self._known(best, wording, person, on, [c for c in ranked if c != best])

    def _among(self, fuller: PersonMention, candidates: list[str]) -> bool:
        """Whether somebody named in full is one of those who bear the surname."""
        said = words(self._document.quote(fuller.name)) if fuller.name else ()
        return any(_bears(self._registry, c, said) for c in candidates)

    def _fit(self, candidate: str, person: PersonMention, on: PartialDate | None) -> int:
        """How well a candidate's posts fit what the text says; higher is better."""
        now = self._registry.posts_of(candidate, on)
        ever = self._registry.posts_of(candidate, None)
        fit = 1 if now else 0
        roles = {office.role for office in person.roles}
        fit += 4 * any(post.role in roles for post in now) + any(post.role in roles for post in ever)
        if person.country:
            fit += 4 if any(post.country == person.country for post in ever) else -4
        return fit

    def _spelled_alike(
        self, person: PersonMention, said: tuple[str, ...], on: PartialDate | None
    ) -> list[str]:
        """Holders of the post that the text gives whose surname is a spelling of the one said."""
        found = []
        for post in self._posts(person):
            tenures = self._registry.holders(post.iri, on) if on else self._registry.tenures(post.iri)
            for tenure in tenures:
                known = self._registry.people[tenure.person]
                if any(alike(said[-1], n.text) for n in known.family_names):
                    found.append(tenure.person)
        return list(dict.fromkeys(found))

    def _posts(self, person: PersonMention) -> Iterable[Post]:
        for office in person.roles:
            holder = office.country or person.country or office.organization or person.organization
            post = self._registry.post(office.role, holder)
            if post is not None:
                yield post

    def _holder(self, person: PersonMention, on: PartialDate | None) -> Resolved | None:
        """Who holds the post that stands for a person ("the Armenian foreign minister")."""
        if on is None:
            return None
        for post in self._posts(person):
            tenures = self._registry.holders(post.iri, on)
            if len({t.person for t in tenures}) == 1:
                known = self._registry.people[tenures[0].person]
                wording = self._document.quote(person.span)
                reason = f"holds {post.label} on {on}"
                return Resolved(known.iri, known.label, True, Resolution(wording, known.iri, reason))
        return None

    def _mentioned_before(self, said: tuple[str, ...], candidates: list[str]) -> str | None:
        named = {c for person in self._full_names for c in person.candidates if len(person.candidates) == 1}
        both = [c for c in candidates if c in named]
        return both[0] if len(both) == 1 else None

    def _known(
        self, iri: str, wording: str, person: PersonMention, on: PartialDate | None, others: list[str]
    ) -> Resolved:
        known = self._registry.people[iri]
        posts = ", ".join(post.label for post in self._registry.posts_of(iri, on)) or "no post known"
        rejected = tuple((other, self._why_not(other, person, on)) for other in others)
        reason = f"named so in the registry; on {on or 'an unknown date'}: {posts}"
        label = _former_name(self._registry, iri, wording) or known.label
        return Resolved(iri, label, True, Resolution(wording, iri, reason, rejected))

    def _why_not(self, other: str, person: PersonMention, on: PartialDate | None) -> str:
        posts = ", ".join(post.label for post in self._registry.posts_of(other, on))
        return f"fits less: {posts or 'held no post'} on {on or 'an unknown date'}"

    def _unknown(
        self, person: PersonMention, said: tuple[str, ...], wording: str, on: PartialDate | None
    ) -> Resolved | None:
        """A person that the registry does not know, under the fullest name that the article gives."""
        fuller = self._fuller(said)
        if fuller is not None and fuller.name != person.name:
            return self.resolve(fuller, on)
        if len(said) < 2 and not person.roles:
            return None
        label = " ".join(wording.replace("\n", " ").split())
        iri = thing("person", slug(label))
        reason = "the registry has nobody of this name; found by title and name"
        return Resolved(iri, label, False, Resolution(wording, iri, reason))

    def _fuller(self, said: tuple[str, ...]) -> PersonMention | None:
        for person in self._full_names:
            full = words(self._document.quote(person.name)) if person.name else ()
            if len(full) <= len(said):
                continue
            if alike(full[-1], said[-1]) and given_agree(said[:-1], full[:-1]):
                return person
            if said == full[:1]:  # a family name that stands first
                return person
        return None


@lru_cache(_REMEMBERED)
def _former_name(registry: Registry, person: str, wording: str) -> str | None:
    """The full name that an article uses where it is another than the usual one, not a spelling of it."""
    known, said = registry.people[person], words(wording)
    if any(alike(said[-1], part) for part in words(known.label)):
        return None
    name = " ".join(wording.split())
    full = [n.text for n in known.names if n.language == "en" and len(words(n.text)) > 1]
    return name if name in full else next((n for n in full if alike(words(n)[-1], said[-1])), None)


@lru_cache(_REMEMBERED)
def _bears(registry: Registry, person: str, said: tuple[str, ...]) -> bool:
    """Whether words said fit one of the names of a person that the registry knows."""
    known = registry.people[person]
    return any(_names_agree(said, words(name.text), known) for name in known.names)


def _names_agree(said: tuple[str, ...], full: tuple[str, ...], known: Person) -> bool:
    """Whether words said fit a full name: a surname, with given names that do not contradict."""
    families = [n.text for n in known.family_names] or [full[-1]]
    surname = next((w for w in reversed(said) if any(alike(w, f) for f in families)), None)
    if surname is None:
        return " ".join(said) == " ".join(full)
    rest = tuple(w for w in said if w != surname)
    given = tuple(w for w in full if not any(alike(w, f) for f in families))
    return given_agree(rest, given)
