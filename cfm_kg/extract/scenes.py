"""Sentences that tell of a meeting, with what their words say of those they name."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache

import msgspec

from cfm_kg.dates import PartialDate
from cfm_kg.extract.context import Context
from cfm_kg.extract.interventions import OUTSIDE as SPOKEN_OUTSIDE
from cfm_kg.extract.seats import Seats
from cfm_kg.kept import kept
from cfm_kg.model import BlockKind, BodyMention, DateMention, MeetingFrame
from cfm_kg.packs.language import Language
from cfm_kg.units import Sentence

_HELD = "Held"
_CALLED_OFF = ("Postponed", "Cancelled")
_LAND = "COUNTRY"
_ITEM = 10
"""So many units at most has an item that ends a list."""
_DAYS = timedelta(days=3)
_LABEL = 12
"""So many units at most has a label, or a question in its place."""
_ITEM_ENDS = frozenset(";,")
_SITTINGS = ("EVENT", "BODY")
_TEAMS = ("DELEGATE", "DELEGATES")


class Scene(msgspec.Struct, frozen=True, dict=True):
    """A sentence that tells of a meeting, with what its words say of those it names."""

    context: Context
    sentence: Sentence
    meeting: MeetingFrame
    seats: Seats
    in_list: bool
    """Whether a list of those present goes on with it."""

    @kept
    def absent(self) -> dict[int, str]:
        """The units told to have been missing, each with the rule that says so."""
        return dict(matched(self.context, self.sentence, "absences"))

    @kept
    def bystanders(self) -> frozenset[int]:
        """The units that are mentioned for something else than having come."""
        return frozenset(at for at, _ in matched(self.context, self.sentence, "bystanders"))

    @kept
    def awaited(self) -> frozenset[int]:
        """The units told to be expected."""
        return frozenset(at for at, _ in matched(self.context, self.sentence, "awaited"))

    @kept
    def guests_there(self) -> frozenset[int]:
        """The units told, each by itself, to have been there or to have spoken to those who met."""
        return frozenset(at for at, _ in matched(self.context, self.sentence, "guests_there"))

    @kept
    def told_by(self) -> frozenset[int]:
        """The units that are the source of what is told."""
        return frozenset(at for at, _ in matched(self.context, self.sentence, "told_by"))

    @kept
    def chairs(self) -> dict[int, str]:
        """The units told to have presided."""
        found = matched(self.context, self.sentence, "chairs")
        return {at: rule for at, rule in found if _sure(self.context, self.sentence, at, rule)}

    @property
    def other_chairs(self) -> frozenset[int]:
        """The units told to be chairmen of something else."""
        return frozenset(at for at, _ in matched(self.context, self.sentence, "other_chairs"))

    @property
    def attends(self) -> bool:
        """Whether words say that somebody came."""
        return self.in_list or self.has("ATTEND") or self.has("INSTEAD")

    @property
    def took_part(self) -> bool:
        """Whether words say that somebody was at this meeting, and at no other that is named."""
        if not self.has("TOOK_PART") or self.has("SAID") or self.has("FUTURE"):
            return False
        bodies = (u.mention.bodies for u in self.sentence.units if isinstance(u.mention, BodyMention))
        return all(self.meeting.body in named for named in bodies)

    @property
    def outside(self) -> bool:
        """Whether words say that something was spoken elsewhere."""
        return self.context.has(SPOKEN_OUTSIDE, self.sentence)

    @property
    def seat_taken(self) -> bool:
        """Whether words say who had a country's seat."""
        return self.context.has("present_lands", self.sentence)

    @property
    def people(self) -> int:
        """How many people are named."""
        return sum([person.name is not None for _, _, person in self.sentence.people])

    @property
    def planned(self) -> bool:
        """Whether the meeting is yet to be held, or was not."""
        return self.meeting.status != _HELD

    @property
    def called_off(self) -> bool:
        """Whether the meeting was put off or cancelled, and nothing tells who was to come."""
        expected = not self.has("SAID") and (self.has("FUTURE") or self.has("CONFIRMED"))
        return self.meeting.status in _CALLED_OFF and not expected

    @property
    def asks(self) -> bool:
        """Whether it only asks of what is to come."""
        return self.planned and self.sentence.units[-1].text == "?"

    @property
    def of_another_day(self) -> bool:
        """Whether the sentence names a date that is not about the meeting's."""
        day = self.meeting.date.date if self.meeting.date is not None else None
        dates = (u.mention.date for u in self.sentence.units if isinstance(u.mention, DateMention))
        return any(date is not None and (day is None or _apart(date, day)) for date in dates)

    def has(self, kind: str) -> bool:
        """Whether a word of a class is in the sentence."""
        return _has(self.sentence, kind)


def _apart(one: PartialDate, other: PartialDate) -> bool:
    """Whether two dates cannot be told of one meeting, the day after which is "today" for some."""
    return one.first - other.last > _DAYS or other.first - one.last > _DAYS


def matched(context: Context, sentence: Sentence, group: str) -> list[tuple[int, str]]:
    """Units that the named groups of a group's rules caught, with the rule's name."""
    return [
        (at, rule.name)
        for rule, match in context.matches(group, sentence)
        for name in match.re.groupindex
        for at in caught(match, name)
    ]


def caught(match: re.Match[str], group: str) -> range:
    """The units that a named group of a match caught."""
    return range(*match.span(group)) if match.start(group) >= 0 else range(0)


@lru_cache
def weak_rules(language: Language) -> frozenset[str]:
    """The rules that find hosts, who need not preside."""
    return frozenset(rule.name for rule in language.grammar.rules("chairs") if rule.means.get("weak"))


def _sure(context: Context, sentence: Sentence, at: int, rule: str) -> bool:
    if rule in _rules_of_it(context.language) and not _behind_sitting(context, sentence):
        return False
    return rule not in weak_rules(context.language) or not elsewhere(sentence, at)


@lru_cache
def _rules_of_it(language: Language) -> frozenset[str]:
    """The rules that find who led "it"."""
    return frozenset(rule.name for rule in language.grammar.rules("chairs") if rule.means.get("of_it"))


def _behind_sitting(context: Context, sentence: Sentence) -> bool:
    """Whether the sentence before, of the same paragraph, speaks of a meeting and of no delegation."""
    before = context.sentences[sentence.index - 1] if sentence.index else sentence
    if before.paragraph != sentence.paragraph or any(_has(before, kind) for kind in _TEAMS):
        return False
    return any(_has(before, kind) for kind in _SITTINGS)


def opens_list(sentence: Sentence) -> bool:
    """Whether a sentence says who was there and leaves the names to the items that follow."""
    return sentence.units[-1].text == ":" and (_has(sentence, "ATTEND") or _has(sentence, "SPEAKS"))


def behind_label(context: Context, sentence: Sentence) -> bool:
    """Whether the line before is a label that leaves the name of who presided to this one."""
    label = context.sentences[sentence.index - 1]
    return sentence.index > 0 and len(label.units) <= _LABEL and context.has("chair_labels", label)


def is_item(sentence: Sentence) -> bool:
    """Whether a sentence can be an item of a list of people."""
    if sentence.kind is BlockKind.LIST_ITEM or sentence.units[-1].text in _ITEM_ENDS:
        return True
    return bool(sentence.people) and sum(unit.text[0].isalnum() for unit in sentence.units) <= _ITEM


def goes_on(sentence: Sentence) -> bool:
    """Whether a list goes on after an item, which may be a row with a country and who came for it."""
    if sentence.kind is BlockKind.LIST_ITEM or sentence.units[-1].text in _ITEM_ENDS:
        return True
    return _LAND in sentence.units[0].values and is_item(sentence)


def elsewhere(sentence: Sentence, at: int) -> bool:
    """Whether a person stands behind words for another encounter ("met with", "received by")."""
    return _has(sentence, "BILATERAL") and any("BILATERAL" in unit.values for unit in sentence.units[:at])


def _has(sentence: Sentence, kind: str) -> bool:
    return kind in sentence.classes
