"""A meeting's date, place, format and status, each with its evidence."""

from __future__ import annotations

from cfm_kg.extract.context import Context
from cfm_kg.extract.meetings.around import near, nearest_place
from cfm_kg.extract.meetings.clauses import in_relative_clause
from cfm_kg.extract.meetings.cluster import Cluster, of_other_days
from cfm_kg.extract.meetings.datelines import beside_publication, dateline_places
from cfm_kg.extract.meetings.duration import spread
from cfm_kg.extract.meetings.formats import EVENTS, IN_PERSON, REACH, VIDEOCONFERENCE, near_word, told_format
from cfm_kg.extract.meetings.labels import labelled_date, labelled_place
from cfm_kg.extract.meetings.mentions import MeetingMention, in_headline
from cfm_kg.extract.meetings.nearby import recent_days
from cfm_kg.model import BlockKind, BodyMention, DateMention, Evidence, MeetingFrame, Span
from cfm_kg.tense import Tense, tense
from cfm_kg.units import Sentence, Unit

HELD, PLANNED, POSTPONED, CANCELLED = "Held", "Planned", "Postponed", "Cancelled"
_OCCASIONS = frozenset({"EVENT", "MEET", "MEMBERS"})
_BEFORE = 3
"""So many words before an event may lie what says that it is an earlier one."""
_NAMED_BEHIND = 5
"""Of so many units from an occasion one may name the council that it is of."""
_LEAD = 5
"""Sentences about a meeting, from the first, in which a place is its place."""


def framed(context: Context, cluster: Cluster, key: int, sentences: frozenset[int]) -> MeetingFrame:
    """All that is told of one meeting itself."""
    owned = [context.sentences[i] for i in sorted(sentences)]
    first = next((m for m in cluster.mentions if m.explicit), cluster.mentions[0])
    date, over = cluster.date, any(m.tense is Tense.BEFORE and m.explicit for m in cluster.mentions)
    if cluster.main and (date is None or (date.date is not None and date.date.month is None)):
        date = labelled_date(context) or _told_date(context, owned, first.sentence.index, over) or date
    stamp = _stamp(context) if cluster.main and date is None and over else None
    date = _stamped(stamp)[0] if stamp is not None else date
    if cluster.main and date is not None:
        date = spread(context, date, owned)
    status, status_span = _status(context, cluster, date)
    if status == POSTPONED:
        date, status = _moved(context, cluster, date)
    form = told_format(context, cluster, owned)
    place, place_span = _stamped(stamp)[1:] if stamp else _place(context, cluster, owned, status, date)
    if place is None and cluster.main:
        place, place_span = labelled_place(context)
    if form is not None and form[0] == VIDEOCONFERENCE:
        place, place_span = None, None
    elif form is None and place is not None and place_span is not None and status != CANCELLED:
        form = (IN_PERSON, place_span)
    host = context.registry.places[place].country if place else None
    return MeetingFrame(
        key,
        cluster.body,
        first.evidence,
        cluster.main,
        date,
        Evidence(date.span, "meeting-date") if date else None,
        place,
        Evidence(place_span, "meeting-place") if place_span else None,
        host,
        Evidence(place_span, "host-of-place") if place_span else None,
        form[0] if form else None,
        Evidence(form[1], "meeting-format") if form else None,
        status,
        Evidence(status_span, "meeting-status"),
        sentences,
    )


def _told_date(context: Context, owned: list[Sentence], index: int, over: bool) -> DateMention | None:
    """A recent date in the story: beside a word for the meeting first, outright first, near its mention.

    Where the meeting is told as over, none that lies behind the publication.
    """
    last = context.published.exact if context.published and over else None
    dated = sorted(
        ((s, told) for s in owned for _, told, day in recent_days(context, s) if last is None or day <= last),
        key=lambda pair: (pair[1].relative, abs(pair[0].index - index)),
    )
    for sentence, date in dated:
        if not sentence.classes.isdisjoint(EVENTS):
            return date
    return dated[0][1] if dated else None


def _stamp(context: Context) -> Sentence | None:
    """The line that tells day, hour and place of what the headline names."""
    publication = context.document.publication
    if publication is None or publication.span is None:
        return None
    lines = (s for s in context.sentences if s.span.covers(publication.span))
    return next((s for s in lines if s.kind is BlockKind.FURNITURE and "PLACE" in s.classes), None)


def _stamped(stamp: Sentence) -> tuple[DateMention | None, str | None, Span | None]:
    date = next((u.mention for _, u in stamp.mentions if isinstance(u.mention, DateMention)), None)
    place = next(u for u in stamp.units if "PLACE" in u.values)
    return date, place.value("PLACE"), place.span


def _status(context: Context, cluster: Cluster, date: DateMention | None) -> tuple[str, Span]:
    # What the headline says goes first; then what is told last.
    latest_first = (*filter(in_headline, cluster.mentions), *reversed(cluster.mentions))
    for mention in latest_first:
        for kind, status in (("CANCEL", CANCELLED), ("POSTPONE", POSTPONED)):
            unit = _said_of(mention, kind)
            if unit is not None and not _overcome(context, mention.sentence, unit):
                later = _put_off(context, mention) if status == CANCELLED else None
                return (status, unit.span) if later is None else (POSTPONED, later.span)
    published = context.published.exact if context.published else None
    day = date.date if date else None
    if published and day and date:
        if day.first > published:
            return PLANNED, date.span
        if day.last < published:
            return HELD, date.span
    told = (m for m in cluster.mentions if m.date is not None or (m.explicit and not m.previous))
    said = next((m for m in told if m.tense is Tense.BEFORE), None)
    if said is not None and published and day and day.last == published:
        return HELD, said.evidence.span
    if not cluster.main and all(m.tense is Tense.AHEAD for m in cluster.mentions):
        return PLANNED, cluster.mentions[0].evidence.span
    for mention in cluster.mentions:
        for kind, status in (("HELD", HELD), ("FUTURE", PLANNED)):
            unit = near_word(mention.sentence, mention.at, kind)
            if unit is not None:
                return status, unit.span
    span = cluster.mentions[0].evidence.span
    return (PLANNED if cluster.ahead else HELD), span


def _put_off(context: Context, mention: MeetingMention) -> Unit | None:
    """What says in the next sentence that a meeting that will not take place is put off: "It has been …"."""
    following = context.sentences[mention.sentence.index + 1 : mention.sentence.index + 2]
    if not following or following[0].paragraph != mention.sentence.paragraph:
        return None
    units = following[0].units
    back = any("BACKREF" in unit.values for unit in units[:2])
    return next((unit for unit in units if "POSTPONE" in unit.values), None) if back else None


def _moved(context: Context, cluster: Cluster, date: DateMention | None) -> tuple[DateMention | None, str]:
    """The date and status of a meeting put off: planned for the new day, where one is told.

    Otherwise it is known by the day that was fixed, unless it is put off to another time.
    """
    told = {m.sentence.index: m.sentence for m in cluster.mentions}
    for sentence in told.values():
        for _, match in context.matches("moved_days", sentence):
            named = sentence.units[match.start("new")].mention
            if isinstance(named, DateMention) and named.date is not None and named.date.exact is not None:
                return named, PLANNED
            if not cluster.main:
                return None, POSTPONED
    return date, POSTPONED


def _overcome(context: Context, sentence: Sentence, said: Unit) -> bool:
    """Whether a meeting that had been put off was held after all ("…, which had been put off, was held")."""
    told = context.matches("overcome", sentence)
    return any(sentence.units[match.start("hitch")] is said for _, match in told)


def _said_of(mention: MeetingMention, kind: str) -> Unit | None:
    """A word of a class in the sentence of a mention, before another council is named."""
    for unit in mention.sentence.units[max(0, mention.at - REACH) :]:
        if kind in unit.values:
            return unit
        if unit.start > mention.sentence.units[mention.at].start and "BODY" in unit.values:
            return None
    return None


def _place(
    context: Context, cluster: Cluster, owned: list[Sentence], status: str, date: DateMention | None
) -> tuple[str | None, Span | None]:
    for mention in cluster.mentions:
        awaited = status == HELD and mention.date is None and mention.tense is Tense.AHEAD
        if mention.place and (mention.explicit or mention.date) and not awaited:
            return mention.place, mention.place_span
    if not cluster.main:
        return None, None
    # What is told as ahead may only be what somebody hoped of a meeting that is over by now.
    hoped = next((m for m in cluster.mentions if m.place and m.explicit and not m.ahead), None)
    if hoped is not None and date is not None and date.date == context.published:
        return hoped.place, hoped.place_span
    for sentence in owned:
        if sentence.classes.isdisjoint(_OCCASIONS):
            continue
        for i, unit in enumerate(sentence.units):
            if _OCCASIONS.isdisjoint(unit.values) or _of_another(sentence, i, cluster.body):
                continue
            if any("RELATIVE" in u.values for u in sentence.units[max(0, i - _BEFORE) : i]):
                continue  # what somebody did, or should have done: "the man who should have sat there"
            if not _elsewhen(context, sentence, i, status) and not of_other_days(sentence, date):
                place, span = nearest_place(context, sentence, i)
                if place is not None:
                    return place, span
    for sentence in owned[:_LEAD]:
        place, span = nearest_place(context, sentence, 0)
        elsewhen = _elsewhen(context, sentence, 0, status) or of_other_days(sentence, date)
        if span is not None and not elsewhen and not in_relative_clause(sentence, 0, span):
            return place, span
    return _dateline_place(context, cluster) if status == HELD else (None, None)


def _of_another(sentence: Sentence, at: int, body: str) -> bool:
    """Whether an occasion is that of another council, named outright behind it."""
    behind = (u.mention for u in sentence.units[at : at + _NAMED_BEHIND])
    return any(isinstance(m, BodyMention) and m.named and body not in m.bodies for m in behind)


def _elsewhen(context: Context, sentence: Sentence, at: int, status: str) -> bool:
    """Whether a sentence of a report tells of another time than the meeting's."""
    if status != HELD:
        return False
    ahead = tense(sentence, at, context.language.grammar, subject=True) is Tense.AHEAD
    return ahead or near(sentence, at, "PREVIOUS", _BEFORE)


def _dateline_place(context: Context, cluster: Cluster) -> tuple[str | None, Span | None]:
    """Where no place is told: the dateline's, of a report from a member state on the day."""
    date = cluster.date.date.exact if cluster.date and cluster.date.date else None
    published = context.published.exact if context.published else None
    if date and published and not 0 <= (published - date).days <= 1:
        return None, None
    members = context.registry.members(context.registry.bodies[cluster.body].organization, context.published)
    for unit in (*dateline_places(context), *(beside_publication(context) if date else ())):
        place = unit.value("PLACE")
        if place and context.registry.places[place].country in members:
            return place, unit.span
    return None, None
