"""Offices and people: who is named, with which post, for which country."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from cfm_kg.annotate.chunk import Made, chunk, chunked, extent
from cfm_kg.model import BodyMention, Office, PersonMention, Span
from cfm_kg.packs.grammar import Rule
from cfm_kg.packs.language import Language
from cfm_kg.registry import DEPUTIES, Body, Registry
from cfm_kg.units import Sentence, Unit, Values
from cfm_kg.vocab import local, thing

OFFICE, PERSON, STANDIN, PEER = "OFFICE", "PERSON", "STANDIN", "PEER"
CHAIRMAN, ORGCHAIR = "CHAIRMAN", "ORGCHAIR"
"""Chairmen of whom no more is said, and those of an organisation: a country can be one."""
_STANDINS = ("deputy-minister", "ambassador", "permanent-representative", "charge", "deputy-secretary-of")
_ROLE_KINDS = ("ROLE", "DEPUTY", "DEPARTMENT")
SECRETARIES = tuple(
    thing("role", slug) for slug in ("secretary-general", "executive-secretary", "director-general")
)
"""Titles that heads of organisations' offices have."""
_CHAIRMAN = thing("role", "chairman")
_ROLES = 1 << 12
"""Roles that are remembered: all of the registry."""


def peopled(sentences: Sequence[Sentence], language: Language, registry: Registry) -> list[Sentence]:
    """The sentences with their offices and people joined into mentions."""
    titled = chunked(sentences, language, "offices", _OfficeMaker(registry).make)
    named = chunked(titled, language, "names", _name)
    make = _PersonMaker(registry).make
    found = chunked(named, language, "persons", make)
    for before, sentence in zip(named, found, strict=True):
        if sentence is not before:
            # Somebody found so far (a title with a name) can take on more (the country).
            found[sentence.index] = chunk(sentence, language, "persons", make)
    return found


def person_values(person: PersonMention) -> Values:
    """The classes of a person: `STANDIN` beside `PERSON` where a post lets somebody stand in for another."""
    name = (str(person.name.start if person.name else person.span.start),)
    return {PERSON: name, STANDIN: name} if stands_in(person.roles) else {PERSON: name}


def stands_in(offices: Iterable[Office]) -> bool:
    """Whether one of the offices is such that its holder may sit in for a superior."""
    return any(_stands_in(office.role) for office in offices)


@lru_cache(_ROLES)
def _stands_in(role: str) -> bool:
    return role in DEPUTIES or any(word in local(role) for word in _STANDINS)


class _OfficeMaker:
    """Makes mentions of offices."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def make(self, sentence: Sentence, rule: Rule, match: re.Match[str]) -> Made | None:
        """An office of a country or organisation, or the chair of a council."""
        if rule.means.get("head"):
            return self._head(sentence, match)
        if rule.means.get("bodied"):
            return self._leader(sentence, match)
        if not rule.means.get("chair"):
            kind = rule.means.get("kind")
            made = _office(sentence, match, (kind,) if kind else _ROLE_KINDS)
            return made if made is None or not rule.means.get("accredited") or STANDIN in made[0] else None
        return self._chair(sentence, match)

    def _chair(self, sentence: Sentence, match: re.Match[str]) -> Made | None:
        """The chair of a council, called so."""
        body, role = self._body(sentence, match), _caught(sentence, match, "r1")
        if body is None or body.chair_role is None or role is None or role.value("ROLE") != _CHAIRMAN:
            return None
        span = sentence.over(*extent(match))
        office = Office(body.chair_role, role.span)
        return {OFFICE: (body.chair_role,)}, PersonMention(span, None, (), (office,))

    def _leader(self, sentence: Sentence, match: re.Match[str]) -> Made | None:
        """The head of a body in which nobody sits for a country, by whatever title."""
        body, title = self._body(sentence, match), _caught(sentence, match, "r1")
        if body is None or body.chair_role is None or body.member_role is not None or title is None:
            return None
        span, acting = sentence.over(*extent(match)), _caught(sentence, match, "acting") is not None
        office = Office(body.chair_role, title.span, None, body.organization, acting)
        return {OFFICE: (office.role,)}, PersonMention(span, None, (), (office,), None, body.organization)

    def _body(self, sentence: Sentence, match: re.Match[str]) -> Body | None:
        caught = _caught(sentence, match, "body")
        if caught is None or not isinstance(caught.mention, BodyMention):
            return None
        return self._registry.bodies[caught.mention.bodies[0]]

    def _head(self, sentence: Sentence, match: re.Match[str]) -> Made | None:
        """The head of an organisation's office, under the title that it has there."""
        unit, land = _caught(sentence, match, "r1"), _caught(sentence, match, "land")
        organization = holder(land)[1]
        posts = (self._registry.post(role, organization) for role in SECRETARIES)
        post = next((post for post in posts if post is not None), None)
        if post is None or unit is None or organization is None:
            return None
        span = sentence.over(*extent(match))
        office = Office(post.role, unit.span, None, organization)
        return {OFFICE: (post.role,)}, PersonMention(span, None, (), (office,), None, organization)


def _office(sentence: Sentence, match: re.Match[str], kinds: tuple[str, ...]) -> Made | None:
    span = sentence.over(*extent(match))
    land = _caught(sentence, match, "land")
    country, organization = holder(land)
    offices = tuple(_roles(sentence, match, kinds, country, organization))
    mention = PersonMention(span, None, (), offices, country, organization)
    values = {OFFICE: tuple(o.role for o in offices)}
    if not offices:
        values[PEER] = ()
    elif country is None and values[OFFICE] == (_CHAIRMAN,):
        values[ORGCHAIR if organization else CHAIRMAN] = ()
    return values | ({STANDIN: values[OFFICE]} if stands_in(offices) else {}), mention


def _roles(
    sentence: Sentence,
    match: re.Match[str],
    kinds: tuple[str, ...],
    country: str | None,
    organization: str | None,
) -> Iterator[Office]:
    for group, acting in (("r1", "acting"), ("r2", "acting2"), ("r3", "acting2")):
        unit = _caught(sentence, match, group)
        role = next((v for kind in kinds if (v := unit.value(kind))), None) if unit else None
        if unit is not None and role is not None:
            role = role if ":" in role else role_iri(role)
            yield Office(role, unit.span, country, organization, _caught(sentence, match, acting) is not None)


def holder(land: Unit | None) -> tuple[str | None, str | None]:
    """The country and organisation that a word names."""
    if land is None:
        return None, None
    country = land.value("DEMONYM") or land.value("COUNTRY")
    return country, None if country else land.value("ORG")


def _name(sentence: Sentence, rule: Rule, match: re.Match[str]) -> Made | None:
    first, last = extent(match)
    span = sentence.over(first, last)
    candidates = _candidates(sentence.units[first:last])
    return {PERSON: (sentence.units[first].text,)}, PersonMention(span, span, candidates)


def _candidates(units: tuple[Unit, ...]) -> tuple[str, ...]:
    for kind in ("NAME", "SURNAME"):
        for unit in units:
            if kind in unit.values:
                return unit.values[kind]
    return ()


class _PersonMaker:
    """Makes mentions of people out of a name and what stands beside it."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def make(self, sentence: Sentence, rule: Rule, match: re.Match[str]) -> Made | None:
        """A name with its office and country."""
        named = _caught(sentence, match, "name")
        known = named.mention if named is not None else None
        if known is not None and not isinstance(known, PersonMention):
            return None
        name, candidates = (known.name, known.candidates) if known else (_unknown(sentence, match), ())
        if name is None:
            return None
        held = _caught(sentence, match, "office")
        office = held.mention if held is not None and isinstance(held.mention, PersonMention) else None
        land = _caught(sentence, match, "land")
        country, organization = holder(land)
        if known and office and known.country and office.country not in (None, known.country):
            return None
        if country is None and land is not None and "PLACE" in land.values:
            country = self._registry.country_of_capital(land.value("PLACE"))
            if country is None:
                return None
        if (rule.means.get("fits") or (land is not None and "PLACE" in land.values)) and not self._fits(
            country, candidates
        ):
            return None
        values, person = _joined(
            sentence.over(*extent(match)), name, candidates, known, office, country, organization
        )
        peer = held is not None and PEER in held.values
        return ({**values, PEER: ()} if peer else values), person

    def _fits(self, country: str | None, candidates: tuple[str, ...]) -> bool:
        """Whether none, or some, of the posts of those who bear a name are of a country."""
        posts = {p.country for c in candidates for p in self._registry.posts_of(c, None)} - {None}
        return not posts or country in posts


def _joined(
    span: Span,
    name: Span,
    candidates: tuple[str, ...],
    known: PersonMention | None,
    office: PersonMention | None,
    country: str | None,
    organization: str | None,
) -> Made:
    parts = [part for part in (known, office) if part is not None]
    country = country or next((p.country for p in parts if p.country), None)
    organization = organization or next((p.organization for p in parts if p.organization), None)
    roles = tuple(dict.fromkeys(role for part in parts for role in part.roles))
    mention = PersonMention(span, name, candidates, roles, country, organization)
    return person_values(mention), mention


def _unknown(sentence: Sentence, match: re.Match[str]) -> Span | None:
    if "unknown" not in match.re.groupindex or match.start("unknown") < 0:
        return None
    return sentence.over(*match.span("unknown"))


def _caught(sentence: Sentence, match: re.Match[str], group: str) -> Unit | None:
    if group not in match.re.groupindex or match.start(group) < 0:
        return None
    return sentence.units[match.start(group)]


def role_iri(slug: str) -> str:
    """The IRI of a role that a pack names."""
    return thing("role", slug)
