"""One meeting with its mentions, and whether a further mention tells of it too."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from cfm_kg.dates import PartialDate
from cfm_kg.extract.meetings.mentions import MeetingMention, in_headline
from cfm_kg.model import BlockKind, DateMention
from cfm_kg.tense import Tense
from cfm_kg.units import Sentence

LEAD = 4
"""Sentences that count as the lead of an article."""
_DAY = 3
_NEWS = timedelta(days=120)
"""News are told of what happened since, or of a day that is told with it."""
_RECENT = timedelta(days=21)
"""A chronicle's entry is of no meeting farther back than this whose day is not told."""


class Cluster(msgspec.Struct, frozen=True, gc=False):
    """One meeting with all its mentions, in text order."""

    body: str
    mentions: tuple[MeetingMention, ...]
    main: bool = False

    @property
    def date(self) -> DateMention | None:
        """The most exact date that a mention gives, the first of these; the meeting's own before all."""
        itself = next((m.date for m in self.mentions if m.itself and m.date is not None), None)
        if itself is not None:
            return itself
        dated = [
            m.date for m in self.mentions if m.date is not None and (m.explicit or is_dated(m) or self.main)
        ]
        best = max(dated, key=lambda d: d.date.precision if d.date else 0, default=None)
        if best is None or best.end is None:
            return best
        return self._own_day(best) or best

    def _own_day(self, several: DateMention) -> DateMention | None:
        """The one day on which the story says the council sat, of several that only the headline tells."""
        if not any(m.date is several and in_headline(m) for m in self.mentions):
            return None
        told = (m for m in self.mentions if m.explicit and m.named and m.tense is Tense.BEFORE)
        days = {m.date.date: m.date for m in told if m.date is not None and not in_headline(m)}
        day = next(iter(days.values()), None) if len(days) == 1 else None
        single = day is not None and day.end is None and day.date is not None and day.date.precision == _DAY
        return day if single else None

    @property
    def place(self) -> str | None:
        """The first place that a mention gives."""
        return next(
            (m.place for m in self.mentions if m.place and (m.explicit or is_dated(m) or self.main)), None
        )

    @property
    def ahead(self) -> bool:
        """Whether it is only spoken of as coming."""
        return all(m.ahead or speaks_ahead(m) for m in self.mentions)


def is_same(cluster: Cluster, mention: MeetingMention, published: PartialDate | None, opening: int) -> bool:
    """Whether a mention tells of a cluster's meeting, by date, place and tense.

    `opening` is the first sentence of the story.
    """
    known, said = cluster.date, mention.date
    if published is None and mention.ahead and said is not None and _vague(said) and not cluster.ahead:
        return False
    if known is not None and said is not None:
        if _loosely_said(known, said, mention) and not is_long_ago(said, published):
            return True
        return is_compatible(known, said) and not (_vague(said) and _yet_to_come(cluster, mention, published))
    leads = mention.sentence.index < max(opening, 1) + LEAD
    if known is None and leads and all(in_headline(m) for m in cluster.mentions):
        return True
    if mention.place and cluster.place and mention.place != cluster.place:
        return False
    if (
        known is None
        and said is not None
        and is_long_ago(said, published, _RECENT if _opens_with_day(mention) else _NEWS)
    ):
        return False
    if mention.sentence.kind is BlockKind.HEADLINE:
        return True
    if mention.previous:
        return all(m.previous for m in cluster.mentions)
    if mention.ahead or said is not None:
        return cluster.ahead or not (mention.ahead or _yet_to_come(cluster, mention, published))
    return True


def is_dated(mention: MeetingMention) -> bool:
    """A council named outright with a day meets on it, even where no word says so."""
    date = mention.date.date if mention.date else None
    return mention.named and ((date is not None and date.precision == _DAY) or _placed(mention))


def _placed(mention: MeetingMention) -> bool:
    return mention.named and mention.date is not None and mention.place is not None


def _opens_with_day(mention: MeetingMention) -> bool:
    """Whether a sentence begins with the mention's day ("10 January: the council meets …")."""
    first = next((unit for unit in mention.sentence.units if unit.mention or unit.text.isalpha()), None)
    return first is not None and first.mention is not None and first.mention is mention.date


def is_long_ago(date: DateMention | None, published: PartialDate | None, news: timedelta = _NEWS) -> bool:
    """Whether a day lies so far behind the publication that it is no news."""
    if date is None or date.date is None or published is None:
        return False
    return published.first - date.date.last > news


def _vague(date: DateMention) -> bool:
    return date.date is None or date.date.precision < _DAY


def _yet_to_come(cluster: Cluster, mention: MeetingMention, published: PartialDate | None) -> bool:
    """Whether a mention tells of something ahead, where the cluster's meeting has been held."""
    if mention.tense is not Tense.AHEAD:
        return False
    known = cluster.date.date if cluster.date else None
    if known is not None and published is not None:
        return known.last <= published.last
    return any(m.tense is Tense.BEFORE for m in cluster.mentions)


def _loosely_said(known: DateMention, said: DateMention, mention: MeetingMention) -> bool:
    """Whether a relative date ("today's meeting") only repeats a meeting whose date is stated outright."""
    if mention.previous or mention.ahead or (_vague(said) and mention.tense is Tense.AHEAD):
        return False
    return said.relative and not known.relative


def is_compatible(one: DateMention, other: DateMention) -> bool:
    """Whether two dates can be those of one meeting."""
    if one.date is None or other.date is None:
        return one.month == other.month and one.day == other.day
    if one.end is not None and other.date.precision == _DAY:
        return one.date.first <= other.date.first <= one.end.last
    if other.end is not None and one.date.precision == _DAY:
        return other.date.first <= one.date.first <= other.end.last
    return one.date.compatible(other.date)


def speaks_ahead(mention: MeetingMention) -> bool:
    """Whether words for the future stand near a mention."""
    sentence, at = mention.sentence, mention.at
    if "FUTURE" not in sentence.classes:
        return False
    return any("FUTURE" in unit.values for unit in sentence.units[max(0, at - 8) : at + 9])


def of_other_days(sentence: Sentence, date: DateMention | None) -> bool:
    """Whether all the days that a sentence tells are others than the meeting's."""
    told = [u.mention for _, u in sentence.mentions if isinstance(u.mention, DateMention)]
    days = [day for day in told if day.date is not None and day.date.month and not day.relative]
    return date is not None and bool(days) and not any(is_compatible(date, day) for day in days)
