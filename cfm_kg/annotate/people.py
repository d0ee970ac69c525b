"""Offices and people: who is named, with which post, for which country."""

from __future__ import annotations

import re
from dataclasses import replace
from collections.abc import Iterator

from cfm_kg.annotate.chunk import Made, chunked, extent, joined
from cfm_kg.model import BodyMention, Office, PersonMention, Span
from cfm_kg.packs.grammar import Rule
from cfm_kg.packs.language import Language
from cfm_kg.registry import Registry
from cfm_kg.units import Sentence, Unit, Values
from cfm_kg.vocab import thing

OFFICE, PERSON = "OFFICE", "PERSON"
_LIST_GLUE = frozenset({"COUNTRY", "ORG", "MEMBERSTATES", "HONORIFIC", "GLUE", "MARK"})
_LIST_MARKS = frozenset(",;()-–—:")
_ROUNDS = 2
"""A person found in one round (a title with a name) can take on more in the next (the country)."""


def peopled(sentence: Sentence, language: Language, registry: Registry) -> Sentence:
    """The sentence with its offices and people joined into mentions."""
    sentence = chunked(sentence, language, "offices", _OfficeMaker(registry).make)
    sentence = chunked(sentence, language, "names", _name)
    for _ in range(_ROUNDS):
        sentence = chunked(sentence, language, "persons", _person)
    return attributed(distributed(sentence, language), language, registry)


def attributed(sentence: Sentence, language: Language, registry: Registry) -> Sentence:
    """The sentence with the country for which somebody came ("Minsk was represented by …") given to him."""
    pieces: dict[int, tuple[int, int, Values, PersonMention]] = {}
    for _, match in language.grammar.matches("delegates", sentence.codes):
        at, land = match.start("who"), sentence.units[match.start("land")]
        person = sentence.units[at].mention
        if not isinstance(person, PersonMention) or person.country or _of_organization(person):
            continue
        country = _holder(land)[0] or registry.country_of_capital(land.value("PLACE"))
        if country is not None and at not in pieces:
            held = tuple(replace(o, country=country) for o in person.roles)
            pieces[at] = (at, at + 1, sentence.units[at].values, replace(person, country=country, roles=held))
    return joined(sentence, language, pieces.values()) if pieces else sentence


def _of_organization(person: PersonMention) -> bool:
    return person.organization is not None or any(o.organization for o in person.roles)


def distributed(sentence: Sentence, language: Language) -> Sentence:
    """The sentence with a plural office ("foreign ministers A, B and C") given to each it heads."""
    office: Office | None = None
    pieces = []
    for i, unit in enumerate(sentence.units):
        slug = unit.value("ROLE_PL")
        if slug is not None:
            office = Office(role_iri(slug), unit.span)
        elif isinstance(unit.mention, PersonMention):
            if unit.mention.name is None or unit.mention.roles:
                office = None
            elif office is not None:
                held = replace(office, country=unit.mention.country)
                pieces.append((i, i + 1, unit.values, replace(unit.mention, roles=(held,))))
        elif not _LIST_GLUE & unit.values.keys() and unit.text not in _LIST_MARKS:
            office = None
    return joined(sentence, language, pieces) if pieces else sentence


class _OfficeMaker:
    """Makes mentions of offices."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def make(self, sentence: Sentence, rule: Rule, match: re.Match[str]) -> Made | None:
        """An office of a country or organisation, or the chair of a council."""
        if not rule.means.get("chair"):
            return _office(sentence, match)
        body, role = _caught(sentence, match, "body"), _caught(sentence, match, "r1")
        named = body.mention.bodies[0] if body and isinstance(body.mention, BodyMention) else None
        chair = self._registry.bodies[named].chair_role if named else None
        if chair is None or role is None or not role.value("ROLE") == thing("role", "chairman"):
            return None
        span = sentence.over(*extent(match))
        return {OFFICE: (chair,)}, PersonMention(span, None, (), (Office(chair, role.span),))


def _office(sentence: Sentence, match: re.Match[str]) -> Made | None:
    span = sentence.over(*extent(match))
    land = _caught(sentence, match, "land")
    country, organization = _holder(land)
    offices = tuple(_roles(sentence, match, country, organization))
    mention = PersonMention(span, None, (), offices, country, organization)
    return {OFFICE: tuple(o.role for o in offices)}, mention


def _roles(
    sentence: Sentence, match: re.Match[str], country: str | None, organization: str | None
) -> Iterator[Office]:
    for group, acting in (("r1", "acting"), ("r2", "acting2"), ("r3", "acting2")):
        unit = _caught(sentence, match, group)
        role = unit.value("ROLE") if unit else None
        if unit is not None and role is not None:
            yield Office(
                role, unit.span, country, organization, _caught(sentence, match, acting) is not None
            )


def _holder(land: Unit | None) -> tuple[str | None, str | None]:
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


def _person(sentence: Sentence, rule: Rule, match: re.Match[str]) -> Made | None:
    named = _caught(sentence, match, "name")
    known = named.mention if named is not None else None
    if known is not None and not isinstance(known, PersonMention):
        return None
    name, candidates = (known.name, known.candidates) if known else (_unknown(sentence, match), ())
    if name is None:
        return None
    held = _caught(sentence, match, "office")
    office = held.mention if held is not None and isinstance(held.mention, PersonMention) else None
    country, organization = _holder(_caught(sentence, match, "land"))
    return _joined(sentence.over(*extent(match)), name, candidates, known, office, country, organization)


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
    return {PERSON: (str(name.start),)}, mention


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
