"""Who took part in a meeting, who presided, who was missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cfm_kg.extract.context import Context
from cfm_kg.extract.seats import Seats, seats_of
from cfm_kg.model import Evidence, MeetingFrame, Participation, PersonMention, Stance
from cfm_kg.units import Sentence, Unit

_LIST = 3
"""So many people in a sentence make a list of those who were there."""
_COUNTRY_KINDS = ("COUNTRY", "DEMONYM")


def find_participations(
    context: Context, meetings: tuple[MeetingFrame, ...]
) -> tuple[Participation, ...]:
    """All who are told to have been at, or missing from, each meeting."""
    found: list[Participation] = []
    owners = {index: meeting for meeting in meetings for index in meeting.sentences}
    for sentence in context.told():
        meeting = owners.get(sentence.index)
        if meeting is not None:
            found.extend(_of_sentence(context, sentence, meeting))
    return tuple(found)


def _of_sentence(context: Context, sentence: Sentence, meeting: MeetingFrame) -> Iterator[Participation]:
    absent = dict(_matched(context, sentence, "absences"))
    chairs = dict(_matched(context, sentence, "chairs"))
    seats = seats_of(context, meeting)
    for at, unit in enumerate(sentence.units):
        if isinstance(unit.mention, PersonMention):
            person = seats.specified(unit.mention)
            stance = _stance(sentence, at, person, meeting, seats, absent, chairs)
            if stance is not None:
                yield Participation(meeting.key, stance[0], Evidence(unit.span, stance[1]), person)
        elif at in absent and "PERSON" not in unit.values:
            country = _country(unit)
            if country is not None:
                evidence = Evidence(unit.span, absent[at])
                yield Participation(meeting.key, Stance.ABSENT, evidence, None, country)
    yield from _lands(context, sentence, meeting, absent)


def _stance(
    sentence: Sentence,
    at: int,
    person: PersonMention,
    meeting: MeetingFrame,
    seats: Seats,
    absent: dict[int, str],
    chairs: dict[int, str],
) -> tuple[Stance, str] | None:
    if at in absent:
        return Stance.ABSENT, absent[at]
    sits = seats.member(person)
    if at in chairs and (sits or meeting.main):
        return (Stance.CHAIR, chairs[at]) if sits or person.name else None
    if _elsewhere(sentence, at):
        return None
    planned = meeting.status != "Held"
    attends = _has(sentence, "ATTEND") or _has(sentence, "INSTEAD") or _has(sentence, "INSTEAD")
    if sits:
        if person.name is None and not attends:
            return None
        if planned and (not attends or _has(sentence, "MAYBE")):
            return None
        if not meeting.main and not attends and not _has(sentence, "REPORTED"):
            return None
        return Stance.PRESENT, "member-of-council-named"
    if person.name is None:
        return None
    if seats.serves(person) and (attends or _has(sentence, "REPORTED")) and not _has(sentence, "OUTSIDE"):
        return Stance.PRESENT, "secretariat-attends"
    if seats.may_substitute(person) and (attends or _people(sentence) >= _LIST):
        return Stance.PRESENT, "substitute-attends"
    return None


def _elsewhere(sentence: Sentence, at: int) -> bool:
    """Whether a person stands behind words for another encounter ("met with", "received by")."""
    for i in range(at - 1, -1, -1):
        if "BILATERAL" in sentence.units[i].values:
            return True
    return False


def _has(sentence: Sentence, kind: str) -> bool:
    return any(kind in unit.values for unit in sentence.units)


def _people(sentence: Sentence) -> int:
    return sum(isinstance(u.mention, PersonMention) and u.mention.name is not None for u in sentence.units)


def _matched(context: Context, sentence: Sentence, group: str) -> Iterator[tuple[int, str]]:
    """Units that the groups `who…` and `land…` of a group's rules caught, with the rule's name."""
    for rule, match in context.language.grammar.matches(group, sentence.codes):
        for name in match.re.groupindex:
            if match.start(name) >= 0:
                yield match.start(name), rule.name


def _lands(
    context: Context, sentence: Sentence, meeting: MeetingFrame, absent: dict[int, str]
) -> Iterator[Participation]:
    """Countries listed as present."""
    if meeting.status != "Held":
        return
    for rule, match in context.language.grammar.matches("present_lands", sentence.codes):
        for at in _range(match, "lands"):
            country = _country(sentence.units[at]) or _capital_of(context, sentence.units[at])
            if country is not None and at not in absent:
                evidence = Evidence(sentence.units[at].span, rule.name)
                yield Participation(meeting.key, Stance.PRESENT, evidence, None, country)


def _range(match: re.Match[str], group: str) -> range:
    return range(*match.span(group)) if match.start(group) >= 0 else range(0)


def _country(unit: Unit) -> str | None:
    return next((unit.values[kind][0] for kind in _COUNTRY_KINDS if kind in unit.values), None)


def _capital_of(context: Context, unit: Unit) -> str | None:
    """The country whose capital stands for it."""
    return context.registry.country_of_capital(unit.value("PLACE"))
