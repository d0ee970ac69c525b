"""Which country a wording means that holds, held or will hold a turn."""

from __future__ import annotations

from collections.abc import Iterator

from cfm_kg.extract.context import Context
from cfm_kg.model import PersonMention
from cfm_kg.units import Sentence, Unit

_SPEAKER, _PERSON = "speaker", "person"
_LANDS = ("COUNTRY", "DEMONYM")


def country_of(context: Context, unit: Unit) -> str | None:
    """The country that a unit names, speaks for, or is the capital of."""
    for kind in _LANDS:
        if kind in unit.values:
            return unit.values[kind][0]
    if isinstance(unit.mention, PersonMention):
        return unit.mention.country or _of_office(context, unit.mention)
    return _of_capital(context, unit)


def person_of(unit: Unit) -> PersonMention | None:
    """The named person, where a unit is one."""
    mention = unit.mention
    return mention if isinstance(mention, PersonMention) and mention.name is not None else None


def antecedent(context: Context, sentence: Sentence, at: int) -> Unit | None:
    """The unit that an "its", "our" or "his" at `at` stands for, or None where that is not clear."""
    kind = sentence.units[at].value("ANAPHOR")
    people_only = kind in (_SPEAKER, _PERSON)
    for unit in reversed(sentence.units[:at]):
        if _fits(context, unit, people_only):
            return unit
    if kind == _SPEAKER:
        for unit in sentence.units[at:]:
            if _fits(context, unit, people_only):
                return unit
    before = _before(context, sentence)
    if before is None:
        return None
    # What a sentence is about comes first in it.
    return next((u for u in before.units if _fits(context, u, people_only)), None)


def _fits(context: Context, unit: Unit, people_only: bool) -> bool:
    if people_only and not isinstance(unit.mention, PersonMention):
        return False
    if "DEMONYM" in unit.values:
        return False
    return country_of(context, unit) is not None


def _before(context: Context, sentence: Sentence) -> Sentence | None:
    """The sentence before, in the same paragraph or the one before it."""
    told = [s for s in context.told() if s.index < sentence.index]
    return told[-1] if told and told[-1].paragraph >= sentence.paragraph - 2 else None


def _of_capital(context: Context, unit: Unit) -> str | None:
    for place in unit.values.get("PLACE", ()):
        known = context.registry.places.get(place)
        country = context.registry.countries.get(known.country) if known else None
        if country is not None and country.capital == place:
            return country.iri
    return None


def _of_office(context: Context, person: PersonMention) -> str | None:
    """The one country whose posts all bearers of a name have held."""
    found = set(_served(context, person.candidates))
    return found.pop() if len(found) == 1 else None


def _served(context: Context, people: tuple[str, ...]) -> Iterator[str]:
    registry = context.registry
    for iri in people:
        known = registry.people.get(iri)
        for tenure in known.tenures if known else ():
            post = registry.posts.get(tenure.post)
            if post is not None and post.country is not None:
                yield post.country
