"""Where a text speaks of a meeting, and what stands next to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from cfm_kg.extract.context import Context
from cfm_kg.model import BlockKind, BodyMention, DateMention, Evidence, Span
from cfm_kg.tense import Tense, tense
from cfm_kg.units import Sentence, Unit

GROUP = "meeting_mentions"
SAME_BODY = ""
"""Stands for the council that the article is about ("the next session")."""
_LISTING = frozenset({"GLUE", "EXTRA", "MEMBERSTATES", "ORG"})
_EVENTS = frozenset({"BODY", "MEMBERS", "GATHERING"})
_OCCASIONS = frozenset({"EVENT", "MEET", "HELD", "SITTING", "INFORMAL", "FORUM", "BODY", "MEMBERS"})
_YEAR_REACH = 4
"""A year alone dates a meeting only from so near."""
_YEAR_FAR = 8
"""From so near where a word before it says that it tells when."""
_FAR = 50
"""So much farther seems a date that stands by another council."""
_CLAUSE_ENDS = frozenset(";:")


@dataclass(frozen=True, slots=True)
class MeetingMention:
    """A council named in a way that means a meeting of it."""

    sentence: Sentence
    at: int
    """Index of the council's unit."""
    body: str
    evidence: Evidence
    explicit: bool
    """Whether the wording itself says that a meeting is meant."""
    named: bool
    """Whether the wording says of which organisation."""
    date: DateMention | None
    place: str | None
    place_span: Span | None
    previous: bool
    ahead: bool
    tense: Tense | None


def mentions(context: Context) -> tuple[MeetingMention, ...]:
    """All mentions in text order."""
    found = []
    for sentence in context.told:
        matched = _matched(context, sentence)
        for at in sorted({*matched, *(at for at, _ in sentence.mentions)}):
            unit = sentence.units[at]
            if isinstance(unit.mention, BodyMention) and (at in matched or not _authors(sentence, at)):
                body = body_of(context, unit)
                if body is not None and (body == SAME_BODY or context.registry.bodies[body].member_role):
                    found.append(_mention(context, sentence, at, body, matched.get(at)))
            elif at in matched:
                found.append(_mention(context, sentence, at, SAME_BODY, matched[at]))
    return tuple(_continued(context, mention) for mention in found)


def _continued(context: Context, mention: MeetingMention) -> MeetingMention:
    """A mention without a day, with that of a next sentence that goes back to it ("It is due …")."""
    following = mention.sentence.index + 1
    if mention.date is not None or not mention.explicit or following >= len(context.sentences):
        return mention
    sentence = context.sentences[following]
    back = next((i for i, unit in enumerate(sentence.units[:2]) if "BACKREF" in unit.values), None)
    if back is None or sentence.paragraph != mention.sentence.paragraph:
        return mention
    place, span = (mention.place, mention.place_span)
    if place is None:
        place, span = nearest_place(context, sentence, back)
    return replace(mention, date=nearest_date(context, sentence, back), place=place, place_span=span)


def _authors(sentence: Sentence, at: int) -> bool:
    """Whether a council only stands in the name of a document ("the statement by the foreign ministers")."""
    before = [unit for unit in sentence.units[max(0, at - 5) : at] if "EXTRA" not in unit.values]
    return any("DOCNOUN" in unit.values for unit in before[-2:])


def body_of(context: Context, unit: Unit) -> str | None:
    """The council meant: of the article's organisation where several would fit."""
    registry, organization, mention = context.registry, context.organization, unit.mention
    assert isinstance(mention, BodyMention)
    if "GATHERING" in unit.values:
        ours = any(registry.bodies[b].organization == organization for b in mention.bodies)
        theirs = (b for b in mention.bodies if registry.bodies[b].member_role == context.role)
        return SAME_BODY if ours else next(theirs, None)
    fitting = [b for b in mention.bodies if registry.bodies[b].organization == organization]
    if fitting:
        return fitting[0]
    if mention.named:
        return mention.bodies[0]
    roles = {registry.bodies[b].member_role for b in mention.bodies}
    councils = (b for b in registry.bodies.values() if b.organization == organization)
    same = [b.iri for b in councils if b.member_role in roles]
    return same[0] if len(roles) == 1 and same else None


def _matched(context: Context, sentence: Sentence) -> dict[int, str]:
    """For each council's unit that a rule takes for a meeting, the rule's name."""
    found: dict[int, str] = {}
    for rule, match in context.language.grammar.matches(GROUP, sentence.codes):
        found.setdefault(match.start("body"), rule.name)
    return found


def _mention(context: Context, sentence: Sentence, at: int, body: str, rule: str | None) -> MeetingMention:
    named = sentence.units[at].mention
    informal = any("INFORMAL" in part.values for part in sentence.units[at].parts)
    joint = body != SAME_BODY and bool(context.registry.bodies[body].joint_of)
    place, place_span = nearest_place(context, sentence, at)
    return MeetingMention(
        sentence,
        at,
        body,
        Evidence(sentence.units[at].span, rule or "council-named"),
        rule is not None or joint,
        isinstance(named, BodyMention) and (named.named or informal),
        nearest_date(context, sentence, at),
        place,
        place_span,
        near(sentence, at, "PREVIOUS", 5),
        near(sentence, at, "AHEAD", 5),
        tense(sentence, at, context.language.grammar, subject=True),
    )


def near(sentence: Sentence, at: int, kind: str, reach: int) -> bool:
    """Whether a unit of a class stands at most `reach` units before, or two after."""
    window = sentence.units[max(0, at - reach) : at + 3]
    return any(kind in unit.values for unit in window)


def clause(sentence: Sentence, at: int) -> tuple[int, int]:
    """The units around `at` up to a semicolon or colon."""
    first = last = at
    while first > 0 and sentence.units[first - 1].text not in _CLAUSE_ENDS:
        first -= 1
    while last < len(sentence.units) and sentence.units[last].text not in _CLAUSE_ENDS:
        last += 1
    return first, last


def nearest_date(context: Context, sentence: Sentence, at: int) -> DateMention | None:
    """The date that goes with a unit: the nearest in its clause with no other council between."""
    first, last = clause(sentence, at)
    eve = _on_its_eve(sentence, at)
    found: list[tuple[int, DateMention]] = []
    for i in range(first, last):
        mention = sentence.units[i].mention
        if not isinstance(mention, DateMention) or context.in_dateline(sentence, sentence.units[i]):
            continue
        if _of_something(sentence, i) or of_another(sentence, i, at) or _council_between(sentence, at, i):
            continue
        distance = abs(i - at)
        reach = _YEAR_FAR if i > at and "WHENWORD" in sentence.units[i - 1].values else _YEAR_REACH
        if (distance > reach and _bare_year(sentence.units[i])) or (
            distance > _YEAR_REACH and i < at and eve
        ):
            continue
        found.append((distance + _FAR * _council_beyond(sentence, at, i), mention))
    nearest = min(
        found, key=lambda pair: (pair[1].day is None and pair[1].date is None, pair[0]), default=None
    )
    return _more_exact(nearest, found) if nearest else None


def _on_its_eve(sentence: Sentence, at: int) -> bool:
    """Whether something else is said to have happened before or after a meeting."""
    return any("EVE" in unit.values for unit in sentence.units[max(0, at - 3) : at])


def _more_exact(nearest: tuple[int, DateMention], found: list[tuple[int, DateMention]]) -> DateMention:
    """The nearest date that says a date's day ("the December session, to be held on the 20th"), or says it
    outright beside a relative one ("on Friday (July 14)")."""
    distance, date = nearest
    outright = [d for far, d in found if not d.relative and d.day and abs(far - distance) <= _YEAR_REACH]
    if date.relative and date.day and outright:
        return outright[0]
    if date.date is None or date.date.precision == 3:
        return date
    finer = [
        p
        for p in found
        if p[0] < _FAR and p[1].date and p[1].date != date.date and date.date.covers(p[1].date)
    ]
    return min(finer, key=lambda pair: pair[0])[1] if finer else date


def _of_something(sentence: Sentence, at: int) -> bool:
    """Whether a date belongs to a document, an anniversary or a title ("the treaty of April 8")."""
    units = sentence.units
    before = units[max(0, at - 3) : at]
    if any("DOCNOUN" in u.values or "UNTIL" in u.values for u in before):
        return True
    if before and "FROMWHEN" in before[-1].values:
        return units[at].mention is None or getattr(units[at].mention, "end", None) is None
    return bool(before) and "DET" in before[-1].values and at + 1 < len(units) and _is_noun(units[at + 1])


def _is_noun(unit: Unit) -> bool:
    """Whether a word after a date can be what the date is put before ("the April 22 attack")."""
    if unit.values:
        return "COMMON" in unit.values and not _OCCASIONS & unit.values.keys()
    return unit.text.isalpha() and unit.text.islower()


def of_another(sentence: Sentence, date: int, at: int) -> bool:
    """Whether a date belongs to another meeting than the one at `at` ("the papers for today's summit")."""
    units = sentence.units
    if date + 2 >= len(units) or not units[date + 1].text.startswith(("'", "’")):
        return False
    owned = range(date + 2, min(date + 5, len(units)))
    event = next((i for i in owned if not _EVENTS.isdisjoint(units[i].values)), None)
    return event is not None and not 0 <= at - event <= _YEAR_REACH


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
    for _, match in context.language.grammar.matches("meeting_places", sentence.codes):
        found = _place(context, sentence.units, match)
        if found is None or _council_between(sentence, at, found[0]):
            continue
        index, place = found
        if not first <= index < last or context.in_dateline(sentence, sentence.units[index]):
            continue
        distance = abs(index - at)
        if best is None or distance < best[0]:
            best = (distance, place, sentence.units[index].span)
    return (best[1], best[2]) if best else (None, None)


def _place(context: Context, units: tuple[Unit, ...], match: re.Match[str]) -> tuple[int, str] | None:
    if "place" in match.re.groupindex:
        index = match.start("place")
        place = units[index].value("PLACE")
        return (index, place) if place else None
    index = match.start("land")
    country = context.registry.countries.get(
        units[index].value("DEMONYM") or units[index].value("COUNTRY") or ""
    )
    return (index, country.capital) if country and country.capital else None


def in_headline(mention: MeetingMention) -> bool:
    """Whether the mention stands in the headline."""
    return mention.sentence.kind is BlockKind.HEADLINE
