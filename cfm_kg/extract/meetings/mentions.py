"""Where a text speaks of a meeting, and what stands next to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec
from msgspec.structs import replace

from cfm_kg.extract.context import Context
from cfm_kg.extract.meetings.around import eve_of, near, nearest_date, nearest_place
from cfm_kg.extract.meetings.clauses import in_relative_clause
from cfm_kg.extract.meetings.councils import SAME_BODY, authors, body_of, of_others, theirs
from cfm_kg.extract.meetings.entries import Entry, find_labels
from cfm_kg.extract.meetings.shifts import shifted_date
from cfm_kg.model import BlockKind, BodyMention, DateMention, Evidence, Span
from cfm_kg.packs.grammar import Rule
from cfm_kg.tense import Tense, tense
from cfm_kg.units import Sentence

GROUP = "meeting_mentions"

_MIMICS = 6
"""So many units before a council may say that its meeting is only played ("a model session of the …")."""
_BRACKETS = ("(", ")")
_WHERE = frozenset({"EXTRA", "PLACE", "WHENWORD"})
_SUBTITLE = frozenset({"DATE", "PLACE", "COUNTRY"})


class MeetingMention(msgspec.Struct, frozen=True, gc=False):
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
    itself: bool
    """Whether the wording tells the meeting from what goes with it ("the meeting proper is on the 6th")."""
    beside: bool
    """Whether it only says when something else happened ("on the eve of the summit")."""
    tense: Tense | None


def mentions(context: Context, entries: Mapping[int, Entry]) -> tuple[MeetingMention, ...]:
    """All mentions in text order; `entries` are those of a chronicle, by paragraph."""
    found = []
    labels = find_labels(context)
    for sentence in context.told:
        matched = _matched(context, sentence)
        for at in sorted({*matched, *[at for at, _ in sentence.mentions]}):
            unit = sentence.units[at]
            if isinstance(unit.mention, BodyMention) and (at in matched or not authors(sentence, at)):
                body = body_of(context, unit, labels.get(sentence.paragraph))
                if (
                    body is not None
                    and not of_others(sentence, at)
                    and ("MIMIC" not in sentence.classes or not near(sentence, at, "MIMIC", _MIMICS))
                    and (body == SAME_BODY or context.registry.bodies[body].member_role)
                ):
                    found.append(_mention(context, sentence, at, body, matched.get(at)))
                    found += _told_again(context, found[-1])
            elif at in matched:
                meant = theirs(context, sentence, at) if matched[at].means.get("anaphor") else None
                found.append(_mention(context, sentence, at, meant or SAME_BODY, matched[at]))
    return tuple(_entered(context, [_continued(context, mention) for mention in found], entries))


def _entered(
    context: Context, found: Iterable[MeetingMention], entries: Mapping[int, Entry]
) -> Iterator[MeetingMention]:
    """Mentions, the first of each entry of a chronicle with the day and place that open it."""
    opened: set[int] = set()
    for mention in found:
        entry = entries.get(mention.sentence.paragraph)
        leads = entry is not None and _begins(mention, entry)
        passing = mention.beside or not (mention.explicit or leads)
        if entry is None or mention.sentence.paragraph in opened or passing:
            yield mention
            continue
        opened.add(mention.sentence.paragraph)
        yield mention if _dated_apart(mention, entry) else _of_entry(context, mention, entry)


def _dated_apart(mention: MeetingMention, entry: Entry) -> bool:
    """Whether a mention has a day of its own in an entry."""
    return mention.date is not None and mention.date != entry.date


def _of_entry(context: Context, mention: MeetingMention, entry: Entry) -> MeetingMention:
    """A mention with the day and place of its entry; the chronicle's title says whose council is meant."""
    place = (mention.place, mention.place_span) if mention.place else (entry.place, entry.place_span)
    ours = (
        mention.body != SAME_BODY
        and context.registry.bodies[mention.body].organization == context.organization
    )
    return replace(
        mention,
        date=entry.date,
        place=place[0],
        place_span=place[1],
        explicit=True,
        named=mention.named or ours,
    )


def _begins(mention: MeetingMention, entry: Entry) -> bool:
    """Whether a council is the first thing that an entry tells of, or the first but for where."""
    before = (u for u in mention.sentence.units[: mention.at] if u.start >= entry.end)
    return all(unit.text == "," or not _WHERE.isdisjoint(unit.values) for unit in before)


def _continued(context: Context, mention: MeetingMention) -> MeetingMention:
    """A mention without a day, with that of a next sentence that goes back to it ("It is due …")."""
    following = mention.sentence.index + 1
    vague = mention.date is None or mention.date.month is None
    if not vague or not mention.explicit or following >= len(context.sentences):
        return mention
    sentence = context.sentences[following]
    titled = mention.date is None and _is_title(mention)
    if titled and _is_subtitle(sentence, bracketed=in_headline(mention)):
        return _dated_by(mention, sentence)
    back = next((i for i, unit in enumerate(sentence.units[:2]) if _goes_back(context, sentence, i)), None)
    if back is None or sentence.paragraph != mention.sentence.paragraph:
        return mention
    date = nearest_date(context, sentence, back)
    if date is None or in_relative_clause(sentence, back, date.span) or not _refines(mention.date, date):
        return mention
    place, span = (mention.place, mention.place_span)
    if place is None:
        place, span = nearest_place(context, sentence, back)
    return replace(mention, date=date, place=place, place_span=span)


def _goes_back(context: Context, sentence: Sentence, at: int) -> bool:
    """Whether a unit stands for the meeting told of before: outright, or as one that is still to come."""
    unit = sentence.units[at]
    if "BACKREF" in unit.values:
        return True
    ahead = at == 1 and tense(sentence, at, context.language.grammar, subject=True) is Tense.AHEAD
    return ahead and "SITTING" in unit.values and "DET" in sentence.units[0].values


def _refines(known: DateMention | None, said: DateMention) -> bool:
    """Whether a date says more exactly what is known, if anything is."""
    if known is None or known.date is None or said.date is None:
        return True
    return known.date.covers(said.date)


def _is_title(mention: MeetingMention) -> bool:
    """Whether a mention stands in a headline, or ends a line that is no sentence."""
    return in_headline(mention) or mention.at == len(mention.sentence.units) - 1


def _is_subtitle(sentence: Sentence, *, bracketed: bool) -> bool:
    """Whether a line tells nothing but when, and where, what the line above names was.

    Below a headline it must be in brackets: it is a dateline otherwise.
    """
    inside = sentence.units[1:-1]
    if (sentence.units[0].text, sentence.units[-1].text) != _BRACKETS:
        if bracketed or sentence.classes.isdisjoint({"PLACE"}):
            return False
        inside = sentence.units
    return all(not _SUBTITLE.isdisjoint(u.values) or u.text == "," for u in inside)


def _dated_by(mention: MeetingMention, sentence: Sentence) -> MeetingMention:
    """A mention with the day and the place that a line names."""
    date = next((u.mention for _, u in sentence.mentions if isinstance(u.mention, DateMention)), None)
    named = next((unit for unit in sentence.units if "PLACE" in unit.values), None)
    if date is None:
        return mention
    place = (named.value("PLACE"), named.span) if named else (mention.place, mention.place_span)
    return replace(mention, date=date, place=place[0], place_span=place[1])


def _matched(context: Context, sentence: Sentence) -> dict[int, Rule]:
    """For each council's unit that a rule takes for a meeting, the rule."""
    found: dict[int, Rule] = {}
    for rule, match in context.matches(GROUP, sentence):
        found.setdefault(match.start("body"), rule)
    return found


def _mention(context: Context, sentence: Sentence, at: int, body: str, rule: Rule | None) -> MeetingMention:
    named = sentence.units[at].mention
    informal = any("INFORMAL" in part.values for part in sentence.units[at].parts)
    joint = body != SAME_BODY and bool(context.registry.bodies[body].joint_of)
    place, place_span = nearest_place(context, sentence, at)
    return MeetingMention(
        sentence,
        at,
        body,
        Evidence(sentence.units[at].span, rule.name if rule else "council-named"),
        rule is not None or joint,
        isinstance(named, BodyMention) and (named.named or informal),
        shifted_date(context, sentence, at) or nearest_date(context, sentence, at),
        place,
        place_span,
        near(sentence, at, "PREVIOUS", 5),
        _to_come(sentence, at),
        rule is not None and "exact" in rule.means,
        eve_of(context, sentence, at, attended=False) is not None,
        tense(sentence, at, context.language.grammar, subject=True),
    )


def _told_again(context: Context, mention: MeetingMention) -> Iterator[MeetingMention]:
    """The further sittings that the words of a mention tell ("… and in Bishkek on 9 June")."""
    sentence = mention.sentence
    for _, match in context.matches("told_again", sentence) if mention.explicit else ():
        at, named = match.start("date"), sentence.units[match.start("place")]
        date = sentence.units[at].mention
        if match.start("body") == mention.at and isinstance(date, DateMention):
            place = named.value("PLACE")
            yield replace(mention, at=at, date=date, place=place, place_span=named.span)


def _to_come(sentence: Sentence, at: int) -> bool:
    """Whether a word beside a council says that it is still to come; behind it "on the eve" is of another."""
    if "AHEAD" not in sentence.classes:
        return False
    behind = (unit for unit in sentence.units[at + 1 : at + 3] if "EVE" not in unit.values)
    return any("AHEAD" in unit.values for unit in (*sentence.units[max(0, at - 5) : at + 1], *behind))


def in_headline(mention: MeetingMention) -> bool:
    """Whether the mention stands in the headline."""
    return mention.sentence.kind is BlockKind.HEADLINE
