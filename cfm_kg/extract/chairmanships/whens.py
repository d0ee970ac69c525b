"""The date that goes with a wording for a turn, and what it dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

import msgspec

from cfm_kg.dates import PartialDate
from cfm_kg.extract.context import Context
from cfm_kg.model import DateMention, Span
from cfm_kg.packs.grammar import Rule
from cfm_kg.units import Sentence, Unit

_GAP = 5
_CLAUSE = 14
_EVENT_GAP = 12
_HALF_YEAR = 183
_DATED = 3
"""So many units on, a date that follows a session is its day ("the session of 14 October")."""
_OF_ANOTHER = ("CHAIRED", "IN_CHAIR")
"""Behind such words, a date is that of the turn told of there ("having presided in 2021, …")."""
_APART = "apart"
"""The group of words that tell of the turn before, dates and all ("which it has held this year")."""
_SESSIONS = ("EVENT", "INFORMAL", "BODY")
_TO_SESSION = 8
"""So many units at most are from "since" to the day of the session that it names."""
_TERM = 3
"""So many units on, a year is that for which something is taken over ("for the year 2022")."""
_NEW = 2
"""Up to this month a year is new."""
_FRONT = 5
"""A date among so many first units of a sentence dates all that it tells."""


class Dates(Enum):
    """What a date says of a turn."""

    YEAR = "year"
    """The turn is that of this year, or of the interval that begins with it."""
    START = "start"
    END = "end"
    EVENT = "event"
    """Something happened then, within the turn."""


class When(msgspec.Struct, frozen=True, gc=False):
    """A date that goes with a turn. `date` is None where the text names a session instead of a day."""

    dates: Dates
    date: PartialDate | None
    span: Span
    until: PartialDate | None = None
    """The end of an interval."""


def when_of(
    context: Context, sentence: Sentence, rule: Rule, match: re.Match[str], ahead: bool
) -> When | None:
    """What dates a turn: a date within the wording, right behind or before it, or in its clause."""
    begins = bool(rule.means.get("handover") or rule.means.get("begins"))
    ends = bool(rule.means.get("ends"))
    aside = bool(rule.means.get("aside"))
    clause = begins or ends or bool(rule.means.get("clause"))
    for at in _near(context, sentence, match, clause, aside):
        found = _read(context, sentence, at, begins, ends, ahead)
        if found is not None:
            return found
    if begins and not aside:
        return _session(context, sentence, match, ahead) or _told_before(context, sentence, match, ahead)
    if begins:
        return None
    return None if ends else _event(context, sentence, match)


def _near(
    context: Context, sentence: Sentence, match: re.Match[str], clause: bool, aside: bool
) -> Iterator[int]:
    """Units with a date: inside the wording, behind it, then before it."""
    units = sentence.units
    apart = range(*match.span(_APART)) if _APART in match.re.groupindex else range(0)
    yield from (i for i in range(match.start(), match.end()) if _date(units[i]) and i not in apart)
    reach = _CLAUSE if clause else _GAP
    halted = aside or _opens_aside(sentence, match)
    for i in range(match.end(), min(len(units), match.end() + reach)):
        if _date(units[i]):
            yield i
            break
        if "MONTH" in units[i].values and any(_date(unit) for unit in units[i + 2 : i + 3]):
            yield i + 2  # "from July to December 2015"
            break
        if "CLAUSEEND" in units[i].values or (halted and "ASIDEEND" in units[i].values):
            break
        if not (clause or "DATEGAP" in units[i].values):
            break
    for i in range(match.start() - 1, max(-1, match.start() - 1 - _GAP), -1):
        if _date(units[i]) and not context.in_dateline(sentence, units[i]):
            if not _of_another(units, i):
                yield i
            break
        if "DATEGAP" not in units[i].values:
            break
    for i in range(match.start() if clause and not aside else 0):
        dated = i < _FRONT and _date(units[i]) and not context.in_dateline(sentence, units[i])
        if dated and not _of_another(units, i):
            yield i


def _opens_aside(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether words on the one who hands over follow ("from A, the chair in 2020")."""
    priors = [group for name, group in match.re.groupindex.items() if name.startswith("prior")]
    if match.end() not in [match.end(group) for group in priors]:
        return False
    after = sentence.units[match.end() : match.end() + 2]
    return len(after) == 2 and "ASIDEEND" in after[0].values and "ASIDEBEGIN" in after[1].values


def _of_another(units: tuple[Unit, ...], at: int) -> bool:
    """Whether a date before a wording is that of a turn told of in a clause of its own."""
    for unit in reversed(units[:at]):
        if _date(unit) or "ASIDEEND" in unit.values or "CLAUSEEND" in unit.values:
            return False
        if any(kind in unit.values for kind in _OF_ANOTHER):
            return True
    return False


def _read(
    context: Context, sentence: Sentence, at: int, begins: bool, ends: bool, ahead: bool
) -> When | None:
    unit = sentence.units[at]
    mention = _date(unit)
    if mention is None:
        return None
    before = sentence.units[max(0, at - 2) : at]
    if any(kind in u.values for u in before for kind in _SESSIONS):
        before = sentence.units[max(0, at - _TO_SESSION) : at]
    if any("UNTIL" in u.values for u in before) or ends:
        return When(Dates.END, _coming(context, mention) if ahead else mention.date, unit.span)
    if mention.date is None:
        return When(Dates.START, None, unit.span) if begins else None
    termed = any("FORTERM" in u.values for u in sentence.units[max(0, at - _TERM) : at])
    if mention.date.month is None and begins and termed:
        return When(Dates.YEAR, mention.date, unit.span, _last_year(unit, mention.date))
    if begins or any("STARTING" in u.values for u in before):
        ahead = ahead or (any("ASOF" in u.values for u in before) and _nearer_ahead(context, mention))
        start = _coming(context, mention) if ahead else mention.date
        if start is not None and start.month is None and _late(sentence, at):
            start = PartialDate(start.year, 12)
        return When(Dates.START, start, unit.span, mention.end)
    if mention.date.month is None:
        return When(Dates.YEAR, mention.date, unit.span, _last_year(unit, mention.date))
    return When(Dates.EVENT, mention.date, unit.span)


def _late(sentence: Sentence, at: int) -> bool:
    """Whether a year is named by its last weeks ("the end of last year")."""
    return any("LATE" in u.values for u in sentence.units[max(0, at - 3) : at])


def _coming(context: Context, mention: DateMention) -> PartialDate | None:
    """The date; where its year was only inferred, the first such date after publication."""
    date, published = mention.date, context.published
    if date is None or published is None or date.month is None or not mention.chain or mention.relative:
        return date
    late = date.last < published.first
    return PartialDate(date.year + 1, date.month, date.day) if late else date


def _nearer_ahead(context: Context, mention: DateMention) -> bool:
    """Whether "as of 1 January", told in autumn, is the coming one: the last is further off."""
    date, published = mention.date, context.published
    return date is not None and published is not None and (published.first - date.first).days > _HALF_YEAR


def _last_year(unit: Unit, first: PartialDate) -> PartialDate | None:
    """The other end of "2023-2024"."""
    years = [int(part.text) for part in unit.parts if part.text.isdigit()]
    if len(years) < 2:
        return None
    last = years[-1] if years[-1] > 100 else first.year // 100 * 100 + years[-1]
    return PartialDate(last) if last > first.year else None


def _session(context: Context, sentence: Sentence, match: re.Match[str], ahead: bool) -> When | None:
    """A turn that begins with a meeting ("following that session") begins on its day."""
    units = sentence.units
    low, high = match.start(), match.end()
    while low > 0 and "CLAUSEEND" not in units[low - 1].values:
        low -= 1
    while high < len(units) and "CLAUSEEND" not in units[high].values:
        high += 1
    for at, unit in enumerate(units[low:high], low):
        if "YEAREND" in unit.values and context.published is not None:
            return When(Dates.START, _turn_of_year(context.published, sentence), unit.span)
        if "MEET" in unit.values or any(kind in unit.values for kind in _SESSIONS):
            season = units[at - 1].value("SEASON") if ahead and at else None
            if season is not None and season[-1:].isdigit() and context.published is not None:
                return When(Dates.START, _end_of(season, context.published), unit.span)
            dated = (m.date for u in units[at + 1 : at + _DATED] if (m := _date(u)) is not None)
            return When(Dates.START, next(dated, None), unit.span)
    return None


def _turn_of_year(published: PartialDate, sentence: Sentence) -> PartialDate:
    """The last month of the year; in the first weeks of one, what has happened did so with its beginning."""
    just = "FUTURE" not in sentence.classes and published.month is not None and published.month <= _NEW
    return PartialDate(published.year, 1 if just else 12)


def _end_of(season: str, published: PartialDate) -> PartialDate:
    """The last month of the season to come, of which the months are given ("9-11")."""
    month = int(season.rpartition("-")[2])
    past = published.month is not None and month < published.month
    return PartialDate(published.year + past, month)


def _told_before(context: Context, sentence: Sentence, match: re.Match[str], ahead: bool) -> When | None:
    """The day named last before a semicolon, with which a turn begins "there and then"."""
    units = sentence.units[: match.start()]
    broken = next((i for i in range(len(units) - 1, -1, -1) if "CLAUSEEND" in units[i].values), 0)
    for unit in reversed(units[:broken]):
        mention = _date(unit)
        if mention is not None and mention.date is not None and mention.date.day is not None:
            start = _coming(context, mention) if ahead else mention.date
            return When(Dates.START, start, unit.span)
    return None


def _event(context: Context, sentence: Sentence, match: re.Match[str]) -> When | None:
    """The date of what happened "during" a turn."""
    units = sentence.units
    start = match.start()
    if not any("WITHIN" in u.values for u in units[max(0, start - 4) : start]):
        return None
    for i in range(start - 1, max(-1, start - 1 - _EVENT_GAP), -1):
        if "CLAUSEEND" in units[i].values:
            return None
        mention = _date(units[i])
        date = mention.date if mention is not None else None
        if date is not None and date.month is not None and not context.in_dateline(sentence, units[i]):
            return When(Dates.EVENT, date, units[i].span)
    return None


def _date(unit: Unit) -> DateMention | None:
    return unit.mention if isinstance(unit.mention, DateMention) else None
