"""Posts that the text gives to those it names."""

from __future__ import annotations

from collections.abc import Iterator

from cfm_kg.extract.context import Context
from cfm_kg.extract.seats import DEPUTIES, understood
from cfm_kg.model import Evidence, PersonMention, PostHeld
from cfm_kg.units import Sentence
from cfm_kg.vocab import thing

_GIVEN = "posts_told"
_GENERIC = DEPUTIES | {thing("role", slug) for slug in ("deputy-minister", "head-of-delegation", "chairman")}


def find_posts(context: Context) -> tuple[PostHeld, ...]:
    """Each named person with each post that stands beside the name."""
    found: list[PostHeld] = []
    for sentence in context.sentences:
        if context.has(_GIVEN, sentence):
            found.extend(_told(context, sentence))
        for _, unit, person in sentence.people:
            if person.name is not None:
                found.extend(
                    PostHeld(person, office, Evidence(unit.span, "post-beside-name"))
                    for office in understood(person.roles, context.role, context.registry)
                    if office.role not in _GENERIC
                )
    return tuple(found)


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
