"""Posts that the text gives to those it names."""

from __future__ import annotations

from cfm_kg.extract.context import Context
from cfm_kg.extract.seats import DEPUTIES, understood
from cfm_kg.model import Evidence, PostHeld
from cfm_kg.vocab import thing

_GENERIC = DEPUTIES | {thing("role", slug) for slug in ("deputy-minister", "head-of-delegation", "chairman")}


def find_posts(context: Context) -> tuple[PostHeld, ...]:
    """Each named person with each post that stands beside the name."""
    found: list[PostHeld] = []
    for sentence in context.sentences:
        for _, unit, person in sentence.people:
            if person.name is not None:
                found.extend(
                    PostHeld(person, office, Evidence(unit.span, "post-beside-name"))
                    for office in understood(person.roles, context.role, context.registry)
                    if office.role not in _GENERIC
                )
    return tuple(found)
