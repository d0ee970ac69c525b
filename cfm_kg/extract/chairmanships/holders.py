"""Which country a wording means that holds, held or will hold a turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
    if kind in (_SPEAKER, _PERSON):
        speaker = context.speaker(sentence) if kind == _SPEAKER else None
        if speaker is not None and country_of(context, speaker) is not None:
            return speaker
        behind = sentence.units[at:] if kind == _SPEAKER else ()
        return _first(context, (*reversed(sentence.units[:at]), *behind)) or _first(
            context, _before(context, sentence)
        )
    for sought in (sentence.units[:at], _before(context, sentence)):
        lands = list(_lands(context, sought))
        if lands:
            # In its own sentence the nearest is meant; of the one before, what that is about.
            return lands[-1] if sought and sought[0] is sentence.units[0] else lands[0]
    return None


def _first(context: Context, units: Iterable[Unit]) -> Unit | None:
    people = (u for u in units if isinstance(u.mention, PersonMention))
    return next((u for u in people if country_of(context, u) is not None), None)


def _lands(context: Context, units: tuple[Unit, ...]) -> Iterator[Unit]:
    """The units that name a country as one that acts; people who speak for one where none does."""
    found = [
        unit
        for unit, after in zip(units, (*units[1:], None), strict=False)
        if ("DEMONYM" not in unit.values or (after is not None and "SIDEWORD" in after.values))
        and country_of(context, unit) is not None
    ]
    plain = [unit for unit in found if unit.mention is None]
    yield from plain or found


def _before(context: Context, sentence: Sentence) -> tuple[Unit, ...]:
    """The units of the sentence before, in the same paragraph or one shortly before it."""
    told = [s for s in context.told if s.index < sentence.index]
    return told[-1].units if told and told[-1].paragraph >= sentence.paragraph - 2 else ()


def _of_capital(context: Context, unit: Unit) -> str | None:
    for place in unit.values.get("PLACE", ()):
        known = context.registry.places.get(place)
        country = context.registry.countries.get(known.country) if known else None
        if country is not None and country.capital == place:
            return country.iri
    return None


def _of_office(context: Context, person: PersonMention) -> str | None:
    """The one country whose posts all bearers of a name have held; none for servants of organisations."""
    if person.organization is not None or any(office.organization for office in person.roles):
        return None
    found = set(_served(context, person.candidates))
    return found.pop() if len(found) == 1 else None


def _served(context: Context, people: tuple[str, ...]) -> Iterator[str | None]:
    registry = context.registry
    for iri in people:
        known = registry.people.get(iri)
        for tenure in known.tenures if known else ():
            post = registry.posts.get(tenure.post)
            if post is not None:
                yield post.country
