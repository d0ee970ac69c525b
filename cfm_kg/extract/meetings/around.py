"""What stands around the words for a council: the date and the place that go with it."""

from __future__ import annotations

import re

from cfm_kg.extract.context import Context
from cfm_kg.extract.meetings.clauses import (
    aside,
    began_something,
    clause,
    own_clause,
    told_of_another,
    told_of_else,
)
from cfm_kg.extract.meetings.datelines import dateline_place
from cfm_kg.model import BodyMention, DateMention, Span
from cfm_kg.units import Sentence, Unit

_LISTING = frozenset({"GLUE", "EXTRA", "MEMBERSTATES", "ORG"})
_EVENTS = frozenset({"BODY", "MEMBERS", "GATHERING"})
_OCCASIONS = frozenset({"EVENT", "MEET", "HELD", "SITTING", "INFORMAL", "FORUM", "BODY", "MEMBERS"})
_YEAR_REACH = 4
"""A year alone dates a meeting only from so near."""
_YEAR_FAR = 8
"""From so near where a word before it says that it tells when."""
_FAR = 50
"""So much farther seems a date that stands by another council."""
_APPOSED = 5
"""Of so many letters at most are a comma and a preposition between two dates."""
_POSS = ("'", "’")
_LEADING = frozenset({"TOHIGHER", "DET", "ACT", "ACTBASE"})
"""What stands before the date of a noun ("to the July summit")."""


def near(sentence: Sentence, at: int, kind: str, reach: int) -> bool:
    """Whether a unit of a class stands at most `reach` units before, or two after."""
    if kind not in sentence.classes:
        return False
    return any(kind in unit.values for unit in sentence.units[max(0, at - reach) : at + 3])


def nearest_date(context: Context, sentence: Sentence, at: int) -> DateMention | None:
    """The date that goes with a unit: the nearest in its clause with no other council between."""
    first, last = clause(sentence, at)
    eve = eve_of(context, sentence, at)
    found: list[tuple[int, DateMention]] = []
    for i, unit in sentence.mentions:
        mention = unit.mention
        if (
            not first <= i < last
            or not isinstance(mention, DateMention)
            or context.in_dateline(sentence, sentence.units[i])
        ):
            continue
        if _of_something(sentence, i) or of_another(sentence, i, at) or _council_between(sentence, at, i):
            continue
        if eve is not None and _of_what_came_by(sentence, eve, at, i):
            continue
        if began_something(sentence, at, i) or (i < at and told_of_another(sentence, at, i)):
            continue
        if i > at and told_of_else(sentence, at, i, context.published):
            continue
        distance = abs(i - at)
        reach = _YEAR_FAR + aside(sentence, at) if i > at and _tells_when(sentence, i) else _YEAR_REACH
        if distance > reach and _bare_year(sentence.units[i]):
            continue
        found.append((distance + _FAR * _council_beyond(sentence, at, i), mention))
    own = own_clause(sentence, at)
    found = [pair for pair in found if pair[1].span.start in own] or found
    nearest = min(
        found,
        key=lambda pair: (pair[1].day is None and pair[1].date is None, pair[0], -_exact(pair[1])),
        default=None,
    )
    return _more_exact(nearest, found) if nearest else None


def _tells_when(sentence: Sentence, year: int) -> bool:
    """Whether a word before a year says that it tells when something is ("in 2017", "planned for 2017")."""
    planned = year > 1 and "FUTURE" in sentence.units[year - 2].values
    return planned or "WHENWORD" in sentence.units[year - 1].values


def _exact(date: DateMention) -> int:
    return date.date.precision if date.date else 0


def eve_of(context: Context, sentence: Sentence, at: int, *, attended: bool = True) -> int | None:
    """Where a word says that something else happened before or after the meeting named at `at`; `attended`
    tells whether to heed what those did who had been at it."""
    told = context.matches("about_meetings", sentence)
    found = (match for rule, match in told if attended or "indirect" not in rule.means)
    return next((match.start("eve") for match in found if match.start("body") == at), None)


def _of_what_came_by(sentence: Sentence, eve: int, at: int, other: int) -> bool:
    """Whether a day or place is that of what happened before or after a meeting, not the meeting's own."""
    if other < eve:
        return True
    between = sentence.units[at + 1 : other]
    if between and between[0].text == "," and any("OWNCLAUSE" in unit.values for unit in between[1:2]):
        return False
    # "On the eve of the summit, on 27 May, the ministers …" opens with when, and goes on with the day.
    if eve <= 1 and 0 < len(between) <= 2 and between[0].text == ",":
        return True
    # Its own verb may follow a council's name ("before the presidents meet in …").
    return any(not _EVENTS.isdisjoint(u.values) or (i and "MEET" in u.values) for i, u in enumerate(between))


def _more_exact(nearest: tuple[int, DateMention], found: list[tuple[int, DateMention]]) -> DateMention:
    """The nearest date that says a date's day ("the December session, to be held on the 20th"), or says it
    outright beside a relative one ("on Friday (July 14)")."""
    distance, date = nearest
    outright = [d for far, d in found if not d.relative and d.day and abs(far - distance) <= _YEAR_REACH]
    if not date.relative:  # "a day later, on 10 December 2010"
        outright = [d for d in outright if date.chain and not d.chain and _follows(date, d)]
    if date.day and outright:
        return outright[0]
    if date.date is None or date.date.precision == 3:
        return date
    finer = [
        p
        for p in found
        if p[0] < _FAR and p[1].date and p[1].date != date.date and date.date.covers(p[1].date)
    ]
    return min(finer, key=lambda pair: pair[0])[1] if finer else date


def _follows(date: DateMention, other: DateMention) -> bool:
    """Whether a date stands right behind another one, but for a comma and a preposition."""
    return 0 < other.span.start - date.span.end <= _APPOSED


def _of_something(sentence: Sentence, at: int) -> bool:
    """Whether a date belongs to a document, an anniversary or a title ("the treaty of April 8")."""
    units = sentence.units
    before = units[max(0, at - 3) : at]
    if any("WHENREL" in u.values for u in units[at + 1 : at + 3]):
        return False
    if any("DOCNOUN" in u.values for u in before):
        return True
    if any("UNTIL" in u.values for u in before) or (before and "TOCOME" in before[-1].values):
        owned = at + 2 < len(units) and units[at + 1].text.startswith(_POSS)
        event = units[at + 1 + owned : at + 2 + owned]
        return all("EVENT" not in u.values and not (owned and _EVENTS & u.values.keys()) for u in event)
    if before and "FROMWHEN" in before[-1].values:
        return units[at].mention is None or getattr(units[at].mention, "end", None) is None
    return bool(before) and "DET" in before[-1].values and at + 1 < len(units) and _is_noun(units[at + 1])


def _is_noun(unit: Unit) -> bool:
    """Whether a word after a date can be what the date is put before ("the April 22 attack")."""
    if unit.values:
        return "COMMON" in unit.values and not _OCCASIONS & unit.values.keys()
    return unit.text.isalpha() and unit.text.islower()


def of_another(sentence: Sentence, date: int, at: int) -> bool:
    """Whether a date belongs to another meeting than the one at `at` ("the papers for today's summit",
    "send the papers to the July summit")."""
    units = sentence.units
    if date + 1 < len(units) and _names_another(units[date + 1], units[at]):
        return date > 0 and not _LEADING.isdisjoint(units[date - 1].values)
    if date + 2 >= len(units) or not units[date + 1].text.startswith(_POSS):
        return False
    owned = range(date + 2, min(date + 5, len(units)))
    event = next((i for i in owned if not _EVENTS.isdisjoint(units[i].values)), None)
    return event is not None and not 0 <= at - event <= _YEAR_REACH


def _names_another(unit: Unit, ours: Unit) -> bool:
    """Whether a unit names a council, and none that another unit may mean."""
    named, own = unit.mention, ours.mention
    if not isinstance(named, BodyMention) or not isinstance(own, BodyMention):
        return False
    return set(named.bodies).isdisjoint(own.bodies)


def _bare_year(unit: Unit) -> bool:
    return "YEARDATE" in unit.values and not any("SEASON" in part.values for part in unit.parts)


def _council_between(sentence: Sentence, at: int, other: int) -> bool:
    """Whether another council stands between two units, one that is not listed together with the first."""
    low, high = sorted((at, other))
    listed = True
    for unit in sentence.units[at + 1 : high] if at == low else sentence.units[high - 1 : low : -1]:
        if isinstance(unit.mention, BodyMention) and (unit.mention.named or "BODY" in unit.values):
            if not listed:
                return True
        elif _LISTING.isdisjoint(unit.values) and unit.text != ",":
            listed = False
    return False


def _council_beyond(sentence: Sentence, at: int, date: int) -> bool:
    """Whether beyond a date another council stands much nearer to it than the one at `at`."""
    step = 1 if date > at else -1
    reach = abs(date - at) // 2
    beyond = (date + step * k for k in range(1, reach))
    return any(
        0 <= i < len(sentence.units) and "BODY" in sentence.units[i].values and sentence.units[i].mention
        for i in beyond
    )


def nearest_place(context: Context, sentence: Sentence, at: int) -> tuple[str | None, Span | None]:
    """The place that goes with a unit, by the pack's ways of saying where."""
    best: tuple[int, str, Span] | None = None
    first, last = clause(sentence, at)
    eve = eve_of(context, sentence, at)
    for _, match in context.matches("meeting_places", sentence):
        found = _place(context, sentence.units, match)
        if found is None or _council_between(sentence, at, found[0]):
            continue
        if began_something(sentence, at, found[0]):
            continue
        if found[0] < at and told_of_another(sentence, at, found[0]):
            continue
        if eve is not None and _of_what_came_by(sentence, eve, at, found[0]):
            continue
        index, place = found
        span = sentence.units[index].span
        if not first <= index < last or context.in_dateline(sentence, sentence.units[index]):
            continue
        distance = abs(index - at)
        if best is None or distance < best[0]:
            best = (distance, place, span)
    return (best[1], best[2]) if best else (None, None)


def _place(context: Context, units: tuple[Unit, ...], match: re.Match[str]) -> tuple[int, str] | None:
    if "dateline" in match.re.groupindex:
        index, here = match.start("dateline"), dateline_place(context)
        return (index, here) if here else None
    if "place" in match.re.groupindex:
        index = match.start("place")
        place = units[index].value("PLACE")
        return (index, place) if place else None
    index = match.start("land")
    country = context.registry.countries.get(
        units[index].value("DEMONYM") or units[index].value("COUNTRY") or ""
    )
    return (index, country.capital) if country and country.capital else None
