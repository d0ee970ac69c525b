"""Deputies and envoys who sat in a council for somebody: a seat has one occupant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec.structs import replace

from cfm_kg.extract.context import Context
from cfm_kg.extract.seats import Seats
from cfm_kg.model import Evidence, Participation, Stance
from cfm_kg.packs.language import Language
from cfm_kg.units import Sentence

_SIGNS = ("INSTEAD", "SITS_IN", "ABSENT", "ILL", "AWAY")
_STANDINS = ("STANDIN", "DEPUTY", "DEPUTIES", "VICE", "INSTEAD", "SITS_IN")
Found = tuple[int, Participation]
"""The index of a sentence, and who took part by it."""


def stood_in(found: list[Found], context: Context, seats: Seats) -> Iterator[Participation]:
    """Participations, with those absent for whom others are told to have come."""
    replaced: dict[int, int] = {}
    for i, (index, part) in enumerate(found):
        if _substitutes(part, seats):
            for j in _seat_holders(found, index, part, seats):
                if _told_so(context.sentences, {index, found[j][0]}):
                    replaced.setdefault(j, i)
    rows = {i: j for j, i in replaced.items()}
    for i, (_, part) in enumerate(found):
        if i in replaced:
            yield replace(part, stance=Stance.ABSENT, evidence=Evidence(part.evidence.span, "stood-in-for"))
        elif i in rows:
            yield replace(part, on_behalf_of=found[rows[i]][1].person)
        else:
            yield part


def _substitutes(part: Participation, seats: Seats) -> bool:
    person = part.person
    return part.stance is Stance.PRESENT and person is not None and seats.may_substitute(person)


def _seat_holders(found: list[Found], index: int, substitute: Participation, seats: Seats) -> Iterable[int]:
    """The member of the substitute's country, where only what tells of the substitute names him."""
    country = seats.country_of(substitute.person)
    if country is None or seats.joint_roles:
        return ()
    same = [
        j
        for j, (_, part) in enumerate(found)
        if part.person is not None
        and part.stance is not Stance.CHAIR
        and seats.member(part.person)
        and seats.country_of(part.person) == country
    ]
    return same if all(index - 1 <= found[j][0] <= index for j in same) else ()


def _told_so(sentences: tuple[Sentence, ...], indexes: Iterable[int]) -> bool:
    return any(not sentences[index].classes.isdisjoint(_SIGNS) for index in indexes)


def empty_seats(parts: Iterable[Participation], context: Context, seats: Seats) -> Iterator[Participation]:
    """The countries whose members were missing and for which nobody else is told to have come."""
    told = tuple(parts)
    came = {
        part.country or seats.country_of(part.person) for part in told if part.stance is not Stance.ABSENT
    }
    plain = _of_lands(context.language)
    for part in told:
        country = seats.country_of(part.person)
        missed = part.stance is Stance.ABSENT and part.evidence.rule in plain and country not in came
        if missed and country in seats.countries and not _replaced(context, part.evidence):
            yield replace(part, person=None, country=country)


@lru_cache
def _of_lands(language: Language) -> frozenset[str]:
    """The rules for those whose country was missing with them."""
    return frozenset(rule.name for rule in language.grammar.rules("absences") if rule.means.get("lands"))


def _replaced(context: Context, evidence: Evidence) -> bool:
    """Whether what tells of an absence, or what follows it, speaks of stand-ins."""
    at = next((s.index for s in context.told if s.span.covers(evidence.span)), None)
    near = [s for s in context.told if at is not None and at <= s.index <= at + 1]
    return any(not sentence.classes.isdisjoint(_STANDINS) for sentence in near)
