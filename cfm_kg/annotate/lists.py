"""Lists of people: the office, or the countries, that a text says once for all whom it lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from cfm_kg.annotate.chunk import joined
from cfm_kg.annotate.people import PEER, PERSON, SECRETARIES, STANDIN, holder, person_values, role_iri
from cfm_kg.model import Office, PersonMention
from cfm_kg.packs.language import Language
from cfm_kg.registry import Registry
from cfm_kg.units import Sentence, Unit, Values

_LIST_GLUE = frozenset({"COUNTRY", "ORG", "MEMBERSTATES", "HONORIFIC", "GLUE", "MARK", "PLACE"})
_BESIDE = "BESIDE"
"""Words that put one more, of whom a country is told, beside those of a list ("with", "together with")."""
_PLURALS = frozenset({"ROLE_PL", "DEPUTIES"})
_LIST_MARKS = frozenset(",;()-–—:•")
_ABSENCES = "absences"
"""The rules for those who stayed away: a list of deputies may name them as well."""
_MINISTER = "minister"
"""Of "deputies for two ministers" those who are listed are the deputies."""
_ROUNDS = 2
"""Whose country is found in one round can lend it to his deputy in the next."""
Piece = tuple[int, int, Values, PersonMention]


def listed(sentence: Sentence, language: Language, registry: Registry) -> Sentence:
    """The sentence with what it says of several people at once given to each of them."""
    sentence = paired(sentence, language)
    sentence = carried_on(sentence, language)
    sentence = distributed(sentence, language)
    sentence = likened(sentence, language, registry)
    sentence = in_row(sentence, language)
    sentence = subordinated(sentence, language, registry)
    for _ in range(_ROUNDS):
        before, sentence = sentence, attributed(sentence, language, registry)
        if sentence is before:
            break
    return sentence


def paired(sentence: Sentence, language: Language) -> Sentence:
    """Countries and people that stand in two lists of one length, put together one by one."""
    pieces: dict[int, Piece] = {}
    for rule, match in language.grammar.matches("respective", sentence.codes, sentence.met):
        lands = [unit for unit in _within(sentence, match, "lands") if holder(unit)[0]]
        people = [i for i in range(*match.span("people")) if _named(sentence.units[i])]
        if len(lands) != len(people) or len(lands) < 2:
            continue
        slugs = [
            slug for unit in _within(sentence, match, "plural") for slug in unit.values.get("ROLE_PL", ())
        ]
        for at, land in zip(people, lands, strict=True):
            country = holder(land)[0]
            unit = sentence.units[at]
            assert isinstance(unit.mention, PersonMention)
            roles = unit.mention.roles or tuple(Office(role_iri(s), land.span, country) for s in slugs[:1])
            person = replace(unit.mention, country=country, roles=roles)
            peer: Values = {PEER: ()} if rule.means.get("peers") else {}
            pieces[at] = (at, at + 1, {**person_values(person), **peer}, person)
    return joined(sentence, language, pieces.values()) if pieces else sentence


def carried_on(sentence: Sentence, language: Language) -> Sentence:
    """The sentence with an office said once ("the minister of A, X, of B, Y") given to all."""
    pieces: dict[int, Piece] = {}
    for _, match in language.grammar.matches("carried_on", sentence.codes, sentence.met):
        first, country = sentence.units[match.start("first")].mention, None
        if not isinstance(first, PersonMention) or not any(office.country for office in first.roles):
            continue
        for at in range(*match.span("people")):
            unit = sentence.units[at]
            if not _named(unit):
                country = holder(unit)[0] or country
            elif country and isinstance(unit.mention, PersonMention) and not unit.mention.roles:
                roles = tuple(replace(office, country=country) for office in first.roles if office.country)
                person = replace(unit.mention, country=country, roles=roles)
                pieces[at] = (at, at + 1, person_values(person), person)
                country = None
    return joined(sentence, language, pieces.values()) if pieces else sentence


def attributed(sentence: Sentence, language: Language, registry: Registry) -> Sentence:
    """The sentence with the country for which somebody came ("Minsk was represented by …") given to him."""
    pieces: dict[int, Piece] = {}
    for _, match in language.grammar.matches("delegates", sentence.codes, sentence.met):
        land = next(_within(sentence, match, "land"), None) or next(_within(sentence, match, "land2"))
        country = _land(land, registry)
        if country is None:
            continue
        for at in _those_who(match):
            person = sentence.units[at].mention
            if not isinstance(person, PersonMention) or person.country or _of_organization(person):
                continue
            if at not in pieces:
                held = tuple(replace(o, country=country) for o in person.roles)
                told = replace(person, country=country, roles=held)
                pieces[at] = (at, at + 1, sentence.units[at].values, told)
    return joined(sentence, language, pieces.values()) if pieces else sentence


def _those_who(match: re.Match[str]) -> Iterable[int]:
    """The units of those who came for a country: one, or a delegation."""
    return range(*match.span("people")) if "people" in match.re.groupindex else (match.start("who"),)


def subordinated(sentence: Sentence, language: Language, registry: Registry) -> Sentence:
    """The sentence with "his deputy" behind the head of an office made the deputy of that head."""
    if STANDIN not in sentence.classes:
        return sentence
    pieces: list[Piece] = []
    head: Office | None = None
    for at, unit in enumerate(sentence.units):
        person = unit.mention
        if not isinstance(person, PersonMention):
            continue
        roles = _deputies_of(person.roles, head, registry)
        if roles != person.roles:
            told = replace(person, roles=roles)
            pieces.append((at, at + 1, unit.values, told))
        elif person.name is not None:
            head = next((o for o in person.roles if o.role in SECRETARIES), None)
    return joined(sentence, language, pieces) if pieces else sentence


def _deputies_of(offices: tuple[Office, ...], head: Office | None, registry: Registry) -> tuple[Office, ...]:
    """Offices with "deputy" alone made the deputy of a head of office."""
    if head is None:
        return offices
    return tuple(
        replace(head, role=deputy, span=office.span)
        if not office.country and (deputy := registry.deputy(office.role, head.role)) is not None
        else office
        for office in offices
    )


def likened(sentence: Sentence, language: Language, registry: Registry) -> Sentence:
    """The sentence with the post of one who sits in a council given to "his counterpart" of a country."""
    if PEER not in sentence.classes:
        return sentence
    like: Office | None = None
    pieces: list[Piece] = []
    for at, unit in enumerate(sentence.units):
        person = unit.mention
        if not isinstance(person, PersonMention):
            continue
        if PEER not in unit.values:
            seated = [office for office in person.roles if office.role in registry.seated_roles]
            like = seated[0] if len(seated) == 1 else None
        elif like is not None and person.name is not None and not person.roles:
            country = person.country or _country_of(person, like.role, registry)
            if country not in (None, like.country):  # nobody is the counterpart of his own superior
                told = replace(
                    person, country=country, roles=(replace(like, country=country, organization=None),)
                )
                pieces.append((at, at + 1, person_values(told), told))
    return joined(sentence, language, pieces) if pieces else sentence


def _country_of(person: PersonMention, role: str, registry: Registry) -> str | None:
    """The one country for which somebody who bears the name has held a role."""
    posts = (post for one in person.candidates for post in registry.posts_of(one, None))
    countries = {post.country for post in posts if post.role == role}
    return countries.pop() if len(countries) == 1 else None


def in_row(sentence: Sentence, language: Language) -> Sentence:
    """The sentence with the country at the head of a row of names given to all of them."""
    first = sentence.units[0].mention
    if not isinstance(first, PersonMention) or first.country is None or len(sentence.units) < 2:
        return sentence
    pieces: list[Piece] = []
    for at, unit in enumerate(sentence.units[1:], 1):
        person = unit.mention
        if not isinstance(person, PersonMention) or person.country or person.roles or not person.name:
            return sentence
        told = replace(person, country=first.country)
        pieces.append((at, at + 1, unit.values, told))
    return joined(sentence, language, pieces)


def _land(unit: Unit, registry: Registry) -> str | None:
    """The country of a country's name, its capital, or somebody who holds posts of one country only."""
    if not isinstance(unit.mention, PersonMention):
        return holder(unit)[0] or registry.country_of_capital(unit.value("PLACE"))
    if unit.mention.country:
        return unit.mention.country
    lands = {post.country for c in unit.mention.candidates for post in registry.posts_of(c, None)}
    return next(iter(lands)) if len(lands) == 1 else None


def _of_organization(person: PersonMention) -> bool:
    return person.organization is not None or any(o.organization for o in person.roles)


def distributed(sentence: Sentence, language: Language) -> Sentence:
    """The sentence with a plural office ("foreign ministers A, B and C") given to each it heads."""
    if sentence.classes.isdisjoint(_PLURALS):
        return sentence
    office: Office | None = None
    deputies = beside = False
    stayed = {
        match.start("who")
        for _, match in language.grammar.matches(_ABSENCES, sentence.codes, sentence.met)
        if "who" in match.re.groupindex
    }
    pieces: list[Piece] = []
    for i, unit in enumerate(sentence.units):
        if not _PLURALS.isdisjoint(unit.values):
            slug = unit.value("ROLE_PL") or unit.values["DEPUTIES"][0]
            if slug == _MINISTER and (deputies or stayed):
                continue
            office, deputies, beside = Office(role_iri(slug), unit.span), "DEPUTIES" in unit.values, False
        elif isinstance(unit.mention, PersonMention):
            alone = beside and unit.mention.country is None
            if alone or unit.mention.name is None or unit.mention.roles or _speaks(sentence, i):
                office = None
            elif office is not None and not (deputies and i in stayed):
                person = replace(unit.mention, roles=(replace(office, country=unit.mention.country),))
                pieces.append((i, i + 1, person_values(person), person))
        elif pieces and _BESIDE in unit.values:
            beside = True
        elif not deputies and _LIST_GLUE.isdisjoint(unit.values) and unit.text not in _LIST_MARKS:
            office = None
    return joined(sentence, language, pieces) if pieces else sentence


def _speaks(sentence: Sentence, at: int) -> bool:
    """Whether somebody between a comma and a verb of speaking says what stands before him."""
    beside = sentence.units[at - 1 : at + 2]
    return len(beside) == 3 and beside[0].text == "," and "SAID" in beside[2].values


def _within(sentence: Sentence, match: re.Match[str], group: str) -> Iterator[Unit]:
    if group in match.re.groupindex and match.start(group) >= 0:
        yield from sentence.units[slice(*match.span(group))]


def _named(unit: Unit) -> bool:
    return PERSON in unit.values and isinstance(unit.mention, PersonMention) and unit.mention.name is not None
