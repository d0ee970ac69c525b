"""Posts that the text gives to those it names."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from cfm_kg.extract.context import Context
from cfm_kg.extract.seats import understood
from cfm_kg.model import Evidence, Office, PersonMention, PostHeld
from cfm_kg.registry import DEPUTIES
from cfm_kg.units import Sentence
from cfm_kg.vocab import thing

_GIVEN, _GIVEN_TO_HIM = "posts_told", "posts_told_of_him"
_SPOKESPERSON = thing("role", "spokesperson-of-the-ministry-of-foreign-affairs")
_FRONT = 4
"""Among so many first sentences is the one with the dateline."""
_START = 2
"""So many units begin a sentence with the place of what it tells."""
_GENERIC = DEPUTIES | {thing("role", slug) for slug in ("deputy-minister", "head-of-delegation", "chairman")}


def find_posts(context: Context) -> tuple[PostHeld, ...]:
    """Each named person with each post that stands beside the name."""
    found: list[PostHeld] = []
    given = context.places(_GIVEN)
    named: PersonMention | None = None
    paragraph = -1
    for sentence in context.sentences:
        if sentence.paragraph != paragraph:
            named, paragraph = None, sentence.paragraph
        if sentence.index in given:
            found.extend(_told(context, sentence))
        people = sentence.people
        if people:
            if named is not None:
                found.extend(_told_of(context, sentence, named))
            named = _meant(sentence)
        for _, unit, person in people:
            if person.name is None:
                continue
            evidence = Evidence(unit.span, "post-beside-name")
            found.extend(
                PostHeld(person, _at_home(context, sentence, person, office), evidence)
                for office in understood(person.roles, context.role, context.registry)
                if office.role not in _GENERIC
            )
    return tuple(found)


def _meant(sentence: Sentence) -> PersonMention | None:
    """Whom "he" means behind a sentence with people: the only one."""
    _, _, person = sentence.people[0]
    return person if len(sentence.people) == 1 and person.name is not None else None


def _told_of(context: Context, sentence: Sentence, named: PersonMention) -> Iterator[PostHeld]:
    """Posts given to the one named before: "he was …", or "the president of …" where the registry agrees."""
    for rule, match in context.matches(_GIVEN_TO_HIM, sentence):
        held = sentence.units[match.start("office")].mention
        if isinstance(held, PersonMention) and held.name is None:
            for office in held.roles:
                if office.role not in _GENERIC:
                    yield PostHeld(named, office, Evidence(sentence.over(*match.span()), rule.name))
    at, unit, person = sentence.people[0]
    if at > 1 or person.name is not None or len(named.candidates) != 1:
        return
    holds = context.registry.posts_of(named.candidates[0], context.published)
    for office in person.roles:
        if office.country and any((p.role, p.country) == (office.role, office.country) for p in holds):
            yield PostHeld(named, office, Evidence(unit.span, "office-of-one-named"))


def _at_home(context: Context, sentence: Sentence, person: PersonMention, office: Office) -> Office:
    """The post of an unknown spokesman of a ministry made that of the country from which is reported."""
    if office.role != _SPOKESPERSON or person.candidates or person.country or office.country:
        return office
    before = [unit for unit in sentence.units[:_START] if unit.span.end <= person.span.start]
    opening = (
        unit for told in context.told[:_FRONT] for unit in told.units if context.in_dateline(told, unit)
    )
    for unit in (*before, *opening):
        place = unit.value("PLACE")
        if place is not None:
            return replace(office, country=context.registry.places[place].country)
    return office


def _told(context: Context, sentence: Sentence) -> Iterator[PostHeld]:
    """Posts that the verb gives to somebody ("has been Secretary General since May")."""
    for rule, match in context.matches(_GIVEN, sentence):
        person, held = (sentence.units[match.start(group)].mention for group in ("name", "office"))
        if not isinstance(person, PersonMention) or not isinstance(held, PersonMention):
            continue
        if person.name is None:
            continue
        known = {office.role for office in person.roles}
        for office in held.roles:
            if office.role not in _GENERIC and office.role not in known:
                yield PostHeld(person, office, Evidence(sentence.over(*match.span()), rule.name))
