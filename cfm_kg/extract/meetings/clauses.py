"""Clauses within a sentence that tell of something else than the council named in it."""

from __future__ import annotations

from cfm_kg.model import BodyMention, Span
from cfm_kg.units import Sentence

_EVER_SINCE = "ever-since"
"""What the words mean behind which a date is that of something else, which goes on."""
_PEOPLE = frozenset({"PERSON", "OFFICE"})
_PREPOSITION = "TITLEOF"


def in_relative_clause(sentence: Sentence, at: int, said: Span) -> bool:
    """Whether what is said behind a unit is told of somebody else ("a first for both, who in May …")."""
    between = (unit for unit in sentence.units[at + 1 :] if unit.start < said.start)
    return any("RELATIVE" in unit.values for unit in between)


def began_something(sentence: Sentence, at: int, date: int) -> bool:
    """Whether something else has gone on from a date ("the first meeting since war broke out in May")."""
    for unit in sentence.units[date - 1 : at : -1]:
        if unit.text == "," or unit.value("EVE") == _EVER_SINCE:
            return unit.text != ","
    return False


def told_of_another(sentence: Sentence, at: int, said: int) -> bool:
    """Whether a date or place stands in a clause before a council that is told of others ("the foreign
    ministers, who met on 3 April, and the defence ministers")."""
    if "RELATIVE" not in sentence.classes:
        return False
    opened = next((j for j in range(said - 1, 1, -1) if "RELATIVE" in sentence.units[j].values), None)
    if opened is None or not any(u.text == "," for u in sentence.units[said + 1 : at]):
        return False
    return sentence.units[opened - 1].text == "," and isinstance(
        sentence.units[opened - 2].mention, BodyMention
    )


def told_of_somebody(sentence: Sentence, at: int, said: int) -> bool:
    """Whether a date behind a council stands in a clause that is told of a person ("it was led by the
    minister, who took office on 2 May")."""
    if "RELATIVE" not in sentence.classes:
        return False
    units = sentence.units
    opened = next((j for j in range(said - 1, at, -1) if "RELATIVE" in units[j].values), None)
    if opened is None or any(unit.text == "," for unit in units[opened + 2 : said]):
        return False
    before = (unit for unit in units[opened - 1 : at : -1] if unit.text != ",")
    named = next((unit for unit in before if _PREPOSITION not in unit.values), units[at])
    return not _PEOPLE.isdisjoint(named.values)


def aside(sentence: Sentence, at: int) -> int:
    """How many units long is what commas set off right behind a unit ("the summit, the third this year,")."""
    commas = [i for i, unit in enumerate(sentence.units) if i > at and unit.text == ","]
    return commas[1] - at if len(commas) > 1 and commas[0] == at + 1 else 0


def own_clause(sentence: Sentence, at: int) -> range:
    """Where in the text stands what a relative clause right behind a council tells of it."""
    opened = at + 2 if sentence.units[at + 1 : at + 2] and sentence.units[at + 1].text == "," else at + 1
    if opened >= len(sentence.units) or "RELATIVE" not in sentence.units[opened].values:
        return range(0)
    ends = (u.start for u in sentence.units[opened + 1 :] if u.text == ",")
    return range(sentence.units[opened].start, next(ends, sentence.units[-1].end))
