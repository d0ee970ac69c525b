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

_GIVEN = "posts_told"
_SPOKESPERSON = thing("role", "spokesperson-of-the-ministry-of-foreign-affairs")
_FRONT = 4
"""Among so many first sentences is the one with the dateline."""
_START = 2
"""So many units begin a sentence with the place of what it tells."""
_GENERIC = DEPUTIES | {thing("role", slug) for slug in ("deputy-minister", "head-of-delegation", "chairman")}


def find_posts(context: Context) -> tuple[PostHeld, ...]:
    """Each named person with each post that stands beside the name."""
    found: list[PostHeld] = []
    for sentence in context.sentences:
        if context.has(_GIVEN, sentence):
            found.extend(_told(context, sentence))
        for _, unit, person in sentence.people:
            if person.name is None:
                continue
            evidence = Evidence(unit.span, "post-beside-name")
            found.extend(
                PostHeld(person, _at_home(context, sentence, person, office), evidence)
                for office in understood(person.roles, context.role, context.registry)
                if office.role not in _GENERIC
            )
    return tuple(found)


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
        if person.name is None or person.roles:
            continue
        for office in held.roles:
            if office.role not in _GENERIC:
                yield PostHeld(person, office, Evidence(sentence.over(*match.span()), rule.name))
