"""In which year each turn lies."""

from __future__ import annotations

from collections.abc import Iterable

from cfm_kg.dates import PartialDate
from cfm_kg.extract.chairmanships.frames import Dated, frames
from cfm_kg.extract.chairmanships.readings import NEXT, NOW, PAST, TurnReading
from cfm_kg.extract.chairmanships.whens import Dates
from cfm_kg.extract.context import Context
from cfm_kg.model import MeetingFrame, TurnFrame

_MIDYEAR = 7
"""A turn of twelve months that begins from here on lies mostly in the year after."""
_LATE, _EARLY = 11, 1
"""A turn that begins from November on lies mostly in the year after; one from January, in that year."""
_TIMELY_DAYS = 400
"""A meeting that lies further from the publication is history: what is current is not told of its day."""


def turns_of(
    context: Context, meetings: tuple[MeetingFrame, ...], readings: tuple[TurnReading, ...]
) -> tuple[TurnFrame, ...]:
    """One frame a turn, in text order."""
    reckoner = _Reckoner(context, meetings, readings)
    grouped: dict[tuple[str, str], list[Dated]] = {}
    for reading in readings:
        found = reckoner.dated(reading)
        grouped.setdefault((reading.organization, reading.country), []).append(found)
    return tuple(frame for dated in grouped.values() for frame in frames(dated))


class _Reckoner:
    """Reckons years, knowing when the article's meeting was and who heads each organisation now."""

    def __init__(
        self, context: Context, meetings: tuple[MeetingFrame, ...], readings: Iterable[TurnReading]
    ) -> None:
        self._owners = {index: meeting for meeting in meetings for index in meeting.sentences}
        self._main = next((m for m in meetings if m.main), None)
        self._published = context.published
        self._readings = tuple(readings)

    def dated(self, reading: TurnReading) -> Dated:
        """The year of a reading."""
        year, rank, chain = self._year(reading)
        return Dated(reading, year, rank, chain)

    def _year(self, reading: TurnReading) -> tuple[int | None, int, tuple[str, ...]]:
        when = reading.when
        if when is not None and when.date is not None:
            if when.dates is Dates.YEAR:
                return when.date.year, 0, (f"stated: {when.date.year}",)
            if when.dates is Dates.START:
                return self._begun(reading, when.date)
            if when.dates is Dates.EVENT:
                return when.date.year, 2, (f"was on at {when.date}",)
            if reading.phase == PAST or (reading.phase == NEXT and when.date.month is None):
                return when.date.year, 2, (f"ends {when.date}",)
        if reading.successor is not None:
            return self._before(reading, reading.successor)
        if reading.phase == NEXT or reading.handover or self._follows_another(reading):
            return self._next(reading)
        if reading.phase == NOW and self._has_another(reading):
            return None, 9, ("the turn of a different country is on",)
        if reading.phase == NOW:
            return self._current(3 if reading.stated else 4)
        return None, 9, ("nothing dates it",)

    def _begun(self, reading: TurnReading, start: PartialDate) -> tuple[int | None, int, tuple[str, ...]]:
        """The year of a turn that begins on a date.

        One begun in a year, no month told, or handed over in its second half, takes the next where it is
        still on.
        """
        mostly_next = start.month is None or (reading.handover and start.month >= _MIDYEAR)
        on = reading.phase == NOW or (start.month is not None and self._is_over(start))
        now = self._present()[0] if on and mostly_next else None
        if now is not None and now.year == start.year + 1 and _within_a_year(start, now):
            return now.year, 1, (f"begun {start} and still on",)
        late = _MIDYEAR if reading.yearlong else _LATE
        return _begun(start, late), 1, (f"begins {start}",)

    def _is_over(self, date: PartialDate) -> bool:
        """Whether a date lies before publication, in whatever tense it is told."""
        return self._published is not None and date.last < self._published.first

    def _has_another(self, reading: TurnReading) -> bool:
        """Whether a turn of which the text does not say that it is on cannot be, as it dates another one."""
        if reading.stated:
            return False
        now = self._present()[0]
        return now is not None and any(
            r.country != reading.country and r.stated and r.phase == NOW and _dated_by(r, now)
            for r in self._readings
            if r.organization == reading.organization
        )

    def _follows_another(self, reading: TurnReading) -> bool:
        """Whether a turn told of among things to come cannot be on, as another country's is."""
        if reading.stated or not reading.ahead:
            return False
        same = [r for r in self._readings if r.organization == reading.organization]
        stated = any(r.country == reading.country and r.stated and r.phase == NOW for r in same)
        return not stated and any(r.country != reading.country and r.stated and r.phase == NOW for r in same)

    def _current(self, rank: int) -> tuple[int | None, int, tuple[str, ...]]:
        """A current turn takes the meeting's year, or else the publication's."""
        now, why = self._present()
        return (now.year, rank, (why,)) if now is not None else (None, 9, (why,))

    def _present(self) -> tuple[PartialDate | None, str]:
        """When what the article calls current is so: at its meeting, or else when it is published."""
        date = self._main.date.date if self._main is not None and self._main.date is not None else None
        if date is not None and self._timely(date):
            return date, f"current at the meeting of {date}"
        if self._published is not None:
            return self._published, f"current when published, {self._published}"
        return None, "nothing dates it"

    def _timely(self, date: PartialDate) -> bool:
        """Whether an article that calls a turn current can mean the day of that meeting."""
        published = self._published
        return published is None or abs((date.first - published.first).days) <= _TIMELY_DAYS

    def _next(self, reading: TurnReading) -> tuple[int | None, int, tuple[str, ...]]:
        when = reading.when
        # What "passes" or "takes over" now, with no date, does so at the meeting.
        present = reading.handover and reading.phase == NEXT and not reading.ahead
        present = present and not self._year_of_head_told(reading)
        if present or (when is not None and when.date is None):
            day = self._session(reading)
            late = _MIDYEAR if reading.yearlong else _LATE
            return (_begun(day, late), 2, (f"begins with the meeting of {day}",)) if day else (None, 9, ())
        if reading.handover and reading.phase == NOW:
            return self._current(3)
        end = self._end_of_head(reading)
        if end is not None:
            return _begun(end), 4, (f"follows the current turn, which ends {end}",)
        current = self._head_now(reading)
        if current is None:
            return None, 9, ("it is not told whose turn it follows, or when that is",)
        return current + 1, 5, (f"follows the current turn of {current}",)

    def _session(self, reading: TurnReading) -> PartialDate | None:
        """The day of the meeting that the sentence tells of."""
        meeting = self._owners.get(reading.sentence, self._main)
        for known in (meeting, self._main):
            if known is not None and known.date is not None:
                return known.date.date
        return None

    def _head_now(self, reading: TurnReading) -> int | None:
        """The year of the current turn, where the article tells of one by another country."""
        for other in self._readings:
            same = other.organization == reading.organization and other.country != reading.country
            if same and other.phase == NOW and other.successor is None:
                year = self._year(other)[0]
                if year is not None:
                    return year
        if reading.handover:
            return self._current(5)[0]
        return None

    def _end_of_head(self, reading: TurnReading) -> PartialDate | None:
        """The month or day in which another country's turn, which is on, ends by the text."""
        for other in self._readings:
            same = other.organization == reading.organization and other.country != reading.country
            when = other.when
            if same and other.phase == NOW and when is not None and when.dates is Dates.END:
                return when.date if when.date is not None and when.date.month is not None else None
        return None

    def _year_of_head_told(self, reading: TurnReading) -> bool:
        """Whether the text itself says which year is another country's."""
        return any(
            r.when is not None and r.when.dates is Dates.YEAR and r.phase in (NOW, PAST)
            for r in self._readings
            if r.organization == reading.organization and r.country != reading.country
        )

    def _before(
        self, reading: TurnReading, successor: TurnReading
    ) -> tuple[int | None, int, tuple[str, ...]]:
        """The year of one who hands over."""
        start = successor.when.date if successor.when is not None else None
        month = start.month if start is not None else None
        turned = month is not None and not _EARLY < month < _LATE
        past = start is not None and start.month is not None and self._is_over(start)
        if reading.phase == NOW and not turned and not past:
            return self._current(4)
        year = self._year(successor)[0]
        if year is None:
            return None, 9, ("nothing dates the turn that follows it",)
        return year - 1, 5, (f"precedes the turn of {year}",)


def _dated_by(reading: TurnReading, now: PartialDate) -> bool:
    """Whether the text itself says that a turn is that of this year, or has begun in it."""
    when = reading.when
    if when is None or when.date is None or when.date.year != now.year:
        return False
    return when.dates is Dates.YEAR or (when.dates is Dates.START and when.date.first <= now.first)


def _begun(date: PartialDate, late: int = _LATE) -> int:
    """The year in which most of a turn lies that begins on a date; from the month `late` on, the next."""
    return date.year + 1 if date.month is not None and date.month >= late else date.year


def _within_a_year(start: PartialDate, now: PartialDate) -> bool:
    """Whether a turn begun the year before can be on: turns last a year, or till the end of the next."""
    return start.month is None or now.month is None or now.month < start.month or start.month >= _LATE
