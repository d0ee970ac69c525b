"""The day of a meeting, told in another sentence than the one that names the council."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cfm_kg.extract.context import Context
from cfm_kg.extract.meetings.around import of_another
from cfm_kg.extract.meetings.cluster import LEAD
from cfm_kg.extract.meetings.mentions import MeetingMention
from cfm_kg.model import BlockKind, DateMention
from cfm_kg.tense import Tense, tense
from cfm_kg.units import Sentence

_DAYS = 21
"""So far from the publication a day may lie that news is told of."""
_ALONE = 5
"""So many units at most has a sentence that tells a day alone."""
_FEW = 9
"""So many units at most has a sentence that sets a day for those that follow."""
_NAMED = frozenset({"PERSON", "OFFICE", "BODY", "MEMBERS", "GATHERING", "ORG", "COUNTRY", "DEMONYM", "PLACE"})
_REACH = 3
"""So many sentences before or after."""


def told_nearby(context: Context, mention: MeetingMention) -> DateMention | None:
    """The nearest recent day in the paragraph of a mention that has none, where no other council is named."""
    published = context.published.exact if context.published else None
    if mention.sentence.kind is BlockKind.HEADLINE or mention.ahead or mention.tense is Tense.AHEAD:
        return None
    if published is None:
        return _day_alone(context, mention)
    index = mention.sentence.index
    around = context.sentences[max(0, index - _REACH) : index + _REACH + 1]
    near = sorted(
        (s for s in around if s.paragraph == mention.sentence.paragraph and s is not mention.sentence),
        key=lambda s: (abs(s.index - index), s.index),
    )
    return next((found for s in near if (found := _recent_day(context, s, published)) is not None), None)


def set_on(context: Context, mention: MeetingMention) -> DateMention | None:
    """The day set by a paragraph's first sentence that names nobody ("It had begun on Tuesday.")."""
    first = context.sentences[max(0, mention.sentence.index - 1)]
    opens = first.index == 0 or context.sentences[first.index - 1].paragraph != first.paragraph
    within = first.paragraph == mention.sentence.paragraph and first is not mention.sentence
    if mention.tense is not Tense.BEFORE or not (opens and within) or len(first.units) > _FEW:
        return None
    published = context.published.exact if context.published else None
    return _recent_day(context, first, published) if published and first.classes.isdisjoint(_NAMED) else None


def told_before(context: Context, mention: MeetingMention) -> DateMention | None:
    """The recent day told last in the lead of the story before a mention."""
    published = context.published.exact if context.published else None
    last = min(mention.sentence.index, context.opening + LEAD)
    before = reversed(context.sentences[context.opening : last]) if published else ()
    return next((found for s in before if published and (found := _recent_day(context, s, published))), None)


def _day_alone(context: Context, mention: MeetingMention) -> DateMention | None:
    """The day that is all that the sentence before says ("It is Wednesday, 22 May 2019.")."""
    before = context.sentences[max(0, mention.sentence.index - 1)]
    if before.paragraph != mention.sentence.paragraph or len(before.units) > _ALONE:
        return None
    told = [u.mention for _, u in before.mentions]
    day = told[0] if len(told) == 1 and before is not mention.sentence else None
    return day if isinstance(day, DateMention) and day.date and day.date.exact else None


def _recent_day(context: Context, sentence: Sentence, published: date) -> DateMention | None:
    """A day of a sentence that tells of what has just happened."""
    if "BODY" in sentence.classes:
        return None
    for at, told, day in recent_days(context, sentence):
        if day <= published and tense(sentence, at, context.language.grammar) is not Tense.AHEAD:
            return told
    return None


def recent_days(context: Context, sentence: Sentence) -> Iterator[tuple[int, DateMention, date]]:
    """The days near the publication that a sentence names outside its dateline: where, as told, and which."""
    published = context.published.exact if context.published else None
    for at, unit in sentence.mentions if published else ():
        told = unit.mention
        if not isinstance(told, DateMention) or context.in_dateline(sentence, unit):
            continue
        day = told.date.exact if told.date else None
        if day is None or published is None or of_another(sentence, at, at):
            continue
        if abs((day - published).days) <= _DAYS:
            yield at, told, day
