"""The meetings that the mentions of an article tell of, the main one chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable

from msgspec.structs import replace

from cfm_kg.extract.context import Context, organizations_of
from cfm_kg.extract.meetings.backrefs import same_day, tells_when, told_last
from cfm_kg.extract.meetings.cluster import LEAD, Cluster, is_dated, is_same, speaks_ahead
from cfm_kg.extract.meetings.councils import SAME_BODY
from cfm_kg.extract.meetings.days import on_the_eve, set_apart, with_day
from cfm_kg.extract.meetings.mentions import MeetingMention, in_headline
from cfm_kg.extract.meetings.settled import settled
from cfm_kg.model import BodyMention, DateMention
from cfm_kg.registry import Body
from cfm_kg.tense import Tense

_SEATED = 2
"""So many people who sit in a council, named by their posts, tell of its meeting."""
_COUNCILS = 3
"""So many councils make a joint meeting; so many people of one post show whose meeting it was."""

_TOGETHER = "joint_sessions"
_OWNER = 4
"""So near stands the noun for the organisation whose members are meant."""


def clusters(
    context: Context, entries: Container[int], mentions: tuple[MeetingMention, ...]
) -> tuple[Cluster, ...]:
    """The meetings; the main one first, the others in text order. `entries` are those of a chronicle."""
    joined = _joined(mentions, context)
    telling = [m for m in joined if m.explicit or is_dated(m) or _leads(m, context) or _acted(m, context)]
    outright = [m for m in telling if m.body != SAME_BODY]
    body = _main_body(outright or _supposed(telling, context), context)
    if body is None or not _fits(body, context):
        body = _main_body([*outright, *_supposed(telling, context)], context)
    if body is None:
        return ()
    telling = [
        m if m.body != SAME_BODY else replace(m, body=same_day(m, outright) or told_last(m, outright) or body)
        for m in telling
    ]
    first = _first(telling, body, context, entries)
    telling = [set_apart(context, m) if m is not first else m for m in telling]
    found = [Cluster(first.body, (with_day(context, first, telling),), main=True)]
    for mention in telling:
        if mention is not first:
            sure = mention.explicit or mention.place is None
            _assign(found, mention if sure else settled(mention, telling, context), context)
    return (on_the_eve(context, found, telling), *found[1:])


def _first(
    telling: list[MeetingMention], body: str, context: Context, entries: Container[int]
) -> MeetingMention:
    """The mention that the main meeting begins with: of a council, and of no meeting before.

    Of a chronicle's entries about one council it is that which names most people.
    """
    ours = [m for m in telling if m.body == body] or telling  # all may lead back to others
    first = next((m for m in ours if not m.previous), ours[0])
    if first.sentence.paragraph not in entries:
        return first
    people: Counter[int] = Counter()
    for sentence in context.told:
        people[sentence.paragraph] += len(sentence.people)
    entered = (m for m in ours if m.explicit and m.sentence.paragraph in entries)
    return max((first, *entered), key=lambda m: people[m.sentence.paragraph])


def _joined(mentions: tuple[MeetingMention, ...], context: Context) -> list[MeetingMention]:
    """Mentions of councils that sit together, named one after another, as mentions of their joint meeting."""
    for joint in context.registry.joint_bodies if mentions else ():
        if _convened(joint, mentions, context):
            return [_as_joint(joint, m) if _lists(joint, m, mentions) else m for m in mentions]
    return _with_others(mentions, context)


def _with_others(mentions: tuple[MeetingMention, ...], context: Context) -> list[MeetingMention]:
    """Mentions of those who met "together with" two other councils, as one mention of the joint meeting."""
    found: dict[tuple[int, int], MeetingMention] = {(m.sentence.index, m.at): m for m in mentions}
    for joint in context.registry.joint_bodies if len(mentions) >= _COUNCILS else ():
        for index in {m.sentence.index for m in mentions if context.has(_TOGETHER, m.sentence)}:
            listed = [m for m in mentions if m.sentence.index == index and m.body in joint.joint_of]
            if len({m.body for m in listed}) == len(joint.joint_of) >= _COUNCILS:
                found |= {(index, listed[0].at): _as_joint(joint, listed[0])}
                found = {at: m for at, m in found.items() if m not in listed}
    return list(found.values())


def _as_joint(joint: Body, mention: MeetingMention) -> MeetingMention:
    return replace(mention, body=joint.iri, explicit=True) if mention.body in joint.joint_of else mention


def _convened(body: Body, mentions: tuple[MeetingMention, ...], context: Context) -> bool:
    """Whether all councils of a joint body are named in one sentence, and people of each in the article."""
    if len(body.joint_of) < _COUNCILS or body.organization != context.organization:
        return False
    return all(context.seated(b) >= _SEATED for b in body.joint_of) and any(
        _lists(body, m, mentions) for m in mentions
    )


def _lists(joint: Body, mention: MeetingMention, mentions: tuple[MeetingMention, ...]) -> bool:
    together = {m.body for m in mentions if m.sentence.index == mention.sentence.index}
    return set(joint.joint_of) <= together


def _fits(body: str, context: Context) -> bool:
    """Whether those whom the article names most sit in a council."""
    known = context.registry.bodies[body]
    ours = known.organization == context.organization
    return ours and context.role in {known.member_role, *context.joint_roles(known)}


def _supposed(telling: Iterable[MeetingMention], context: Context) -> list[MeetingMention]:
    """Mentions that leave the council open, taken for the council of those who are named."""
    gathered = _gathered(context)
    return [replace(m, body=gathered) for m in telling if m.body == SAME_BODY and gathered]


def _gathered(context: Context) -> str | None:
    """Which council met, where only the organisation is named: the one whose members are."""
    for body in context.registry.bodies.values():
        if body.organization == context.organization and body.member_role == context.role:
            return body.iri if context.seated(body.iri) >= _SEATED else None
    return None


def _leads(mention: MeetingMention, context: Context) -> bool:
    """Whether a council stands in the headline, or in the lead with a day or place."""
    if in_headline(mention):
        return True
    return _in_lead(mention, context) and (
        mention.date is not None or mention.place is not None or _sits(mention)
    )


def _in_lead(mention: MeetingMention, context: Context) -> bool:
    """Whether a mention stands at the beginning of the story."""
    return mention.sentence.index < context.opening + LEAD


def _sits(mention: MeetingMention) -> bool:
    """Whether those who sit in a council are named rather than the council."""
    return "MEMBERS" in mention.sentence.units[mention.at].values


def _acted(mention: MeetingMention, context: Context) -> bool:
    """Those who sit in the council that the article is about did something on a day."""
    if mention.body == SAME_BODY or not _sits(mention) or mention.date is None:
        return False
    if _fits(mention.body, context):
        return mention.date.day is not None
    ours = context.registry.bodies[mention.body].organization == context.organization
    sure = mention.date.day is not None or mention.tense is Tense.AHEAD
    return ours and sure and mention.place is not None and not _bare_year(mention.date)


def _bare_year(date: DateMention) -> bool:
    return date.month is None


def _main_body(mentions: Iterable[MeetingMention], context: Context) -> str | None:
    """The council that the article is about: named early, as meeting, dated, of its organisation, with
    those who sit in it named. None where no mention is more than a passing one."""
    weights: Counter[str] = Counter()
    first: dict[str, int] = {}
    mentions = tuple(mentions)
    for mention in [m for m in mentions if not m.beside] or mentions:
        body = context.registry.bodies[mention.body]
        if not first:
            weights[mention.body] += 1
        if mention.body not in first:
            first[mention.body] = mention.sentence.index
            weights[mention.body] += 3 * _fits(mention.body, context)
        weight = 3 if in_headline(mention) else 2 if _in_lead(mention, context) else 1
        aside = mention.previous or mention.ahead or speaks_ahead(mention)
        ours = body.organization == context.organization
        weights[mention.body] += weight + (mention.date is not None) + mention.explicit + ours - aside
    ranked = sorted(
        weights.items(), key=lambda pair: (not _attended(pair[0], context), -pair[1], first[pair[0]], pair[0])
    )
    told = (body for body, _ in ranked if _told(body, mentions, context))
    return next(told, None) or next((m.body for m in mentions if _of_the_organization(m, context)), None)


def _attended(body: str, context: Context) -> bool:
    """Whether the article names several of those who sit in a council, more than of any other."""
    return _fits(body, context) and context.people.get(context.role or "", 0) >= _COUNCILS


def _told(body: str, mentions: Iterable[MeetingMention], context: Context) -> bool:
    """Whether a council's meeting is told of: outright, or by naming some of those who sit in it."""
    told = [m for m in mentions if m.body == body]
    if any(m.named and (m.explicit or is_dated(m)) for m in told):
        return True
    if any(_headed(m, context) for m in told):
        return True
    few = any(m.explicit and not _sits(m) for m in told)
    return context.seated(body) >= (_SEATED if few else _COUNCILS)


def _of_the_organization(mention: MeetingMention, context: Context) -> bool:
    """Whether those who sit in a council, told to meet on a day at a place, are called its organisation's by
    the noun for it ("the Organization's foreign ministers meet in Minsk on 17 July")."""
    day = mention.date.date if mention.date is not None else None
    ours = context.registry.bodies[mention.body].organization == context.organization
    if not (ours and mention.explicit and mention.place and day is not None and day.exact):
        return False
    beside = mention.sentence.units[max(0, mention.at - _OWNER) : mention.at + _OWNER]
    return any("ORGNOUN" in unit.values for unit in beside)


def _headed(mention: MeetingMention, context: Context) -> bool:
    """Whether a council's name, told with a day and place, leaves out the organisation that heads a text."""
    named, day = mention.sentence.units[mention.at].mention, mention.date.date if mention.date else None
    known = context.registry.bodies[mention.body]
    if day is None or day.exact is None or mention.place is None or not mention.explicit:
        return False
    if not isinstance(named, BodyMention) or known.iri not in named.bodies or _sits(mention):
        return False
    head = (s for s in context.sentences[: context.opening] if "ORG" in s.classes or "GATHERING" in s.classes)
    return any(known.organization in organizations_of(u, context.registry) for s in head for u in s.units)


def _assign(found: list[Cluster], mention: MeetingMention, context: Context) -> None:
    for i, cluster in enumerate(found):
        if cluster.body == mention.body and is_same(cluster, mention, context.published, context.opening):
            found[i] = replace(cluster, mentions=(*cluster.mentions, mention))
            return
    awaited = mention.ahead and mention.tense is Tense.AHEAD and mention.place is not None
    if (tells_when(mention) and (mention.explicit or is_dated(mention))) or (mention.explicit and awaited):
        found.append(Cluster(mention.body, (mention,)))
