"""Clauses within a sentence that tell of something else than the council named in it."""

from __future__ import annotations

from datetime import timedelta

from cfm_kg.dates import PartialDate
from cfm_kg.model import BodyMention, DateMention, Span
from cfm_kg.units import Sentence, Unit

_EVER_SINCE = "ever-since"
"""What the words mean behind which a date is that of something else, which goes on."""
_PEOPLE = frozenset({"PERSON", "OFFICE"})
_PREPOSITION = "TITLEOF"
_OCCASIONS = frozenset({"EVENT", "MEET", "BODY", "MEMBERS", "GATHERING", "BACKREF"})
_LONG_AGO = timedelta(days=365)
_COLON = ":"
_LABELLED = frozenset({"DATE", "PLACE"})
_CLAUSE_ENDS = frozenset(";:")
_LABELS = frozenset({"DATE", "PLACE", "WHENWORD", "ABOUT", "ADV", "GLUE"})
"""Of such units is a label that says when and where: "Almaty, 21 June: the Council …"."""
_LABEL = 8
"""Of so many units at most is a label, with its colon."""


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


def told_of_else(sentence: Sentence, at: int, said: int, published: PartialDate | None) -> bool:
    """Whether a date behind a council stands in a clause that is told of a person or of the place."""
    return _told_of_somebody(sentence, at, said) or _told_of_the_place(sentence, at, said, published)


def _told_of_somebody(sentence: Sentence, at: int, said: int) -> bool:
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


def _told_of_the_place(sentence: Sentence, at: int, said: int, published: PartialDate | None) -> bool:
    """Whether a day of long ago is that of what had happened where a council met ("in Minsk, where the treaty
    was signed on 29 May 2014")."""
    date, units = sentence.units[said].mention, sentence.units
    if "WHERECLAUSE" not in sentence.classes or not isinstance(date, DateMention) or date.date is None:
        return False
    if published is None or published.first - date.date.last < _LONG_AGO:
        return False
    opened = next((j for j in range(said - 1, at, -1) if "WHERECLAUSE" in units[j].values), None)
    if opened is None or units[opened - 1].text != ",":
        return False
    return all(_OCCASIONS.isdisjoint(u.values) and u.text != "," for u in units[opened + 1 : said])


def aside(sentence: Sentence, at: int) -> int:
    """How many units long is what commas set off right behind a unit ("the summit, the third this year,")."""
    commas = [i for i, unit in enumerate(sentence.units) if i > at and unit.text == ","]
    return commas[1] - at if len(commas) > 1 and commas[0] == at + 1 else 0


def own_clause(sentence: Sentence, at: int) -> range:
    """Where in the text stands what a relative clause right behind a council tells of it."""
    comma = bool(sentence.units[at + 1 : at + 2]) and sentence.units[at + 1].text == ","
    opened = at + 1 + comma
    if opened >= len(sentence.units) or not _tells_of_it(sentence.units[opened : opened + 2], aside=comma):
        return range(0)
    ends = (u.start for u in sentence.units[opened + 1 :] if u.text == ",")
    return range(sentence.units[opened].start, next(ends, sentence.units[-1].end))


def _tells_of_it(first: tuple[Unit, ...], *, aside: bool) -> bool:
    """Whether a clause begins that is told of the noun before it, or says which one of those to come is meant
    ("the summit that is to mark …")."""
    if "RELATIVE" in first[0].values or aside:
        return "RELATIVE" in first[0].values
    return "OWNCLAUSE" in first[0].values and any("FUTURE" in unit.values for unit in first)


def clause(sentence: Sentence, at: int) -> tuple[int, int]:
    """The units around `at` up to a semicolon or colon.

    A label of when and where belongs to what it heads; a label itself takes what stands behind its colon
    ("Summit: Astana, 15 June").
    """
    first = last = at
    labelled = sentence.units[at + 1 : at + 3]
    if len(labelled) > 1 and labelled[0].text == _COLON and not _LABELLED.isdisjoint(labelled[1].values):
        last += 2
    while first > 0 and sentence.units[first - 1].text not in _CLAUSE_ENDS:
        first -= 1
    label = _label_start(sentence, first - 1)
    if label is not None:
        first = label
    while last < len(sentence.units) and sentence.units[last].text not in _CLAUSE_ENDS:
        last += 1
    return first, last


def _label_start(sentence: Sentence, end: int) -> int | None:
    """Where a label of when and where begins that ends at a mark, in the sentence or behind a semicolon."""
    start = end
    while start > 0 and sentence.units[start - 1].text not in _CLAUSE_ENDS:
        start -= 1
    label = (u.text == "," or not _LABELS.isdisjoint(u.values) for u in sentence.units[start:end])
    return start if 0 < end - start < _LABEL and all(label) else None
