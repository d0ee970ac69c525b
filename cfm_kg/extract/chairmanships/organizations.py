"""At the head of which organisation a turn is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cfm_kg.extract.context import Context
from cfm_kg.model import BodyMention, PersonMention
from cfm_kg.units import Sentence, Unit

_MEANT = "ORGNOUN"
"""A word that stands for an organisation told of before ("the bloc"): the one that its paragraph names."""


def caught(match: re.Match[str], *prefixes: str) -> int | None:
    """The first unit caught by a group whose name begins so."""
    for group in match.re.groupindex:
        if group.startswith(prefixes) and match.start(group) >= 0:
            return match.start(group)
    return None


def organization_of(context: Context, sentence: Sentence, match: re.Match[str]) -> str | None:
    """The organisation that the wording names; else the one that the article is about."""
    named = caught(match, "org")
    if named is not None:
        return _of_unit(context, sentence.units[named])
    if caught(match, "yonder") is not None and sentence.index:
        previous = context.sentences[sentence.index - 1]
        return next(iter([*_named(context, previous, len(previous.units))][::-1]), _whole(context))
    named_before = set(_named(context, sentence, match.start()))
    meant = any(_MEANT in unit.values for unit in sentence.units[: match.end()])
    if meant and named_before.isdisjoint(context.registry.convening):
        same = [s for s in context.sentences[: sentence.index] if s.paragraph == sentence.paragraph]
        named_before = {org for told in same for org in _named(context, told, len(told.units))}
    before = named_before & set(context.registry.convening)
    if context.organization not in before and len(before) == 1:
        return before.pop()
    return _whole(context)


def _of_unit(context: Context, unit: Unit) -> str | None:
    """The organisation that a unit names, by itself, by its chairman or by a council of it."""
    mention = unit.mention
    if isinstance(mention, PersonMention):
        return mention.organization
    if isinstance(mention, BodyMention):
        return context.registry.bodies[mention.bodies[0]].organization
    return unit.value("ORG")


def _whole(context: Context) -> str | None:
    """The organisation that the article is about; that of which it is an organ, if it is one."""
    organization = context.organization
    known = context.registry.organizations.get(organization) if organization is not None else None
    parent = known.part_of if known is not None else None
    return parent if parent in context.registry.convening else organization


def _named(context: Context, sentence: Sentence, end: int) -> Iterator[str]:
    """The organisations named before a unit, by themselves or with a council of theirs."""
    for unit in sentence.units[:end]:
        yield from unit.values.get("ORG", ())
        if isinstance(unit.mention, BodyMention):
            owners = {context.registry.bodies[b].organization for b in unit.mention.bodies}
            if context.organization in owners or len(owners) == 1:
                yield next(iter(sorted(owners & {context.organization} or owners)))
