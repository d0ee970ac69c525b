"""The day of a meeting that the words for it leave open: from sentences near, or from another meeting."""

from __future__ import annotations

from msgspec.structs import replace

from cfm_kg.extract.context import Context
from cfm_kg.extract.meetings.around import eve_of
from cfm_kg.extract.meetings.cluster import LEAD, Cluster, is_long_ago
from cfm_kg.extract.meetings.mentions import MeetingMention
from cfm_kg.extract.meetings.nearby import set_on, told_before, told_nearby
from cfm_kg.model import DateMention

_DAY_BEFORE = "day-before"
"""What the words mean that tell of the eve itself, of those that tell of a time before or after."""


def with_day(context: Context, first: MeetingMention, telling: list[MeetingMention]) -> MeetingMention:
    """The main meeting's first mention, with the day told near it or near the next ones in the lead."""
    lead = [m for m in telling if m.body == first.body and not m.previous][:LEAD]
    opening = {m.sentence.index for m in lead[:2]}
    dated = [m for m in lead if m.sentence.index in opening and m.date is not None and not m.ahead]
    earlier = (
        first.date is None and bool(dated) and all(is_long_ago(m.date, context.published) for m in dated)
    )
    if dated and not earlier:
        return first
    days = (told_nearby(context, mention) for mention in lead if mention.date is None)
    day = next((day for day in days if day is not None), None)
    return replace(first, date=day or (told_before(context, first) if earlier else None) or first.date)


def set_apart(context: Context, mention: MeetingMention) -> MeetingMention:
    """A meeting without a day of its own, with that which the sentence before it sets."""
    if mention.date is not None or not mention.explicit:
        return mention
    return replace(mention, date=set_on(context, mention))


def on_the_eve(context: Context, found: list[Cluster], telling: list[MeetingMention]) -> Cluster:
    """The main meeting, undated, with the day before that of the one on whose eve it is told to be."""
    main = found[0]
    told = {m.sentence.index: m for m in main.mentions} if main.date is None else {}
    for other in telling:
        mention = told.get(other.sentence.index)
        known = next((c.date for c in found[1:] if c.body == other.body and c.date is not None), None)
        if mention is None or known is None or known.date is None or known.date.exact is None:
            continue
        eve = eve_of(context, other.sentence, other.at) if other.beside else None
        if eve is None or other.sentence.units[eve].value("EVE") != _DAY_BEFORE:
            continue
        day = known.date.shift(-1)
        date = DateMention(known.span, day, None, day.month, day.day, (f"the eve of {known.date}",), True)
        rest = (m for m in main.mentions if m is not mention)
        return replace(main, mentions=(replace(mention, date=date), *rest))
    return main
