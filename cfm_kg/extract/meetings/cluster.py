"""Mentions of one meeting, put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from cfm_kg.extract.context import Context
from cfm_kg.extract.meetings.mentions import SAME_BODY, MeetingMention, in_headline
from cfm_kg.model import BlockKind, DateMention
from cfm_kg.registry import Registry

_LEAD = 4
"""Sentences that count as the lead of an article."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """One meeting with all its mentions, in text order."""

    body: str
    mentions: tuple[MeetingMention, ...]
    main: bool = False

    @property
    def date(self) -> DateMention | None:
        """The most exact date that a mention gives, the first of these."""
        dated = [m.date for m in self.mentions if m.date is not None and (m.explicit or _placed(m))]
        return max(dated, key=lambda d: d.date.precision if d.date else 0, default=None)

    @property
    def place(self) -> str | None:
        """The first place that a mention gives."""
        return next((m.place for m in self.mentions if m.place and (m.explicit or _placed(m))), None)

    @property
    def ahead(self) -> bool:
        """Whether it is only spoken of as coming."""
        return all(m.ahead or _future(m) for m in self.mentions)


def clusters(context: Context, mentions: tuple[MeetingMention, ...]) -> tuple[Cluster, ...]:
    """The meetings; the main one first, the others in text order."""
    named = {m.body for m in mentions if m.explicit}
    telling = [m for m in mentions if m.explicit or _placed(m) or _leads(m, named)]
    outright = [m for m in telling if m.body != SAME_BODY]
    body = _main_body(outright, context.organization, context.registry)
    if body is None:
        return ()
    telling = [m if m.body != SAME_BODY else replace(m, body=body) for m in telling]
    first = next((m for m in telling if m.body == body and not m.previous), None)
    first = first or next(m for m in telling if m.body == body)
    found = [Cluster(body, (first,), main=True)]
    for mention in telling:
        if mention is not first:
            _assign(found, mention, context)
    return tuple(found)


def _leads(mention: MeetingMention, named: set[str]) -> bool:
    """Whether a headline's council is told of below, or those who sit in one act together in the lead."""
    if in_headline(mention) and mention.body in named:
        return True
    return "MEMBERS" in mention.sentence.units[mention.at].values and (
        in_headline(mention) or mention.sentence.index < _LEAD
    )


def _placed(mention: MeetingMention) -> bool:
    """A council that does something on a day at a place meets, even where no word says so."""
    return mention.named and mention.date is not None and mention.place is not None


def _main_body(
    mentions: Iterable[MeetingMention], organization: str | None, registry: Registry
) -> str | None:
    """The council that the article is about: named early, as meeting, dated, of its organisation."""
    weights: Counter[str] = Counter()
    first: dict[str, int] = {}
    for mention in mentions:
        weight = 3 if in_headline(mention) else 2 if mention.sentence.index < _LEAD else 1
        aside = mention.previous or mention.ahead or _future(mention)
        ours = registry.bodies[mention.body].organization == organization
        weights[mention.body] += weight + (mention.date is not None) + mention.explicit + ours - aside
        weights[mention.body] += not first
        first.setdefault(mention.body, mention.sentence.index)
    ranked = sorted(weights.items(), key=lambda pair: (-pair[1], first[pair[0]], pair[0]))
    return ranked[0][0] if ranked else None


def _assign(found: list[Cluster], mention: MeetingMention, context: Context) -> None:
    for i, cluster in enumerate(found):
        if cluster.body == mention.body and _same(cluster, mention):
            found[i] = replace(cluster, mentions=(*cluster.mentions, mention))
            return
    if (mention.date is not None or mention.place is not None) and (mention.explicit or _placed(mention)):
        found.append(Cluster(mention.body, (mention,)))


def _same(cluster: Cluster, mention: MeetingMention) -> bool:
    known, said = cluster.date, mention.date
    if known is not None and said is not None:
        return _compatible(known, said) or _loosely_said(known, said, mention)
    if mention.place and cluster.place and mention.place != cluster.place:
        return False
    if mention.sentence.kind is BlockKind.HEADLINE:
        return True
    if mention.previous:
        return all(m.previous for m in cluster.mentions)
    if mention.ahead and _future(mention):
        return cluster.ahead
    return True


def _loosely_said(known: DateMention, said: DateMention, mention: MeetingMention) -> bool:
    """Whether a relative date ("today's meeting") only repeats a meeting whose date is stated outright."""
    return said.relative and not known.relative and not mention.previous and not mention.ahead


def _compatible(one: DateMention, other: DateMention) -> bool:
    if one.date is None or other.date is None:
        return one.month == other.month and one.day == other.day
    if one.end is not None and other.date.precision == 3:
        return one.date.first <= other.date.first <= one.end.last
    return one.date.compatible(other.date)


def _future(mention: MeetingMention) -> bool:
    units = mention.sentence.units
    window = units[max(0, mention.at - 8) : mention.at + 9]
    return any("FUTURE" in unit.values for unit in window)
