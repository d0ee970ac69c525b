"""Which council words mean where several would fit."""

from __future__ import annotations

from cfm_kg.extract.context import Context
from cfm_kg.model import BlockKind, BodyMention
from cfm_kg.units import Sentence, Unit

SAME_BODY = ""
"""Stands for the council that the article is about ("the next session")."""


def body_of(context: Context, unit: Unit, label: str | None = None) -> str | None:
    """The council meant: where several would fit, of the organisation that is the label of its paragraph, or
    of the article's."""
    registry, organization, mention = context.registry, label or context.organization, unit.mention
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
    whole = registry.organizations[organization].part_of if organization else None
    above = [b for b in mention.bodies if whole and registry.bodies[b].organization == whole]
    if above:
        return above[0]
    roles = {registry.bodies[b].member_role for b in mention.bodies}
    councils = (b for b in registry.bodies.values() if b.organization == organization)
    same = [b.iri for b in councils if b.member_role in roles]
    return same[0] if len(roles) == 1 and same else None


def theirs(context: Context, sentence: Sentence, at: int) -> str | None:
    """The one council whose members are named before it: in its sentence, or in the one before.

    "The foreign ministers knew it: their council met …"; "… the foreign ministers. Their council …".
    """
    before = context.sentences[max(0, sentence.index - 1)]
    places = [sentence.units[:at]]
    if before.paragraph == sentence.paragraph:
        places.append(before.units)
    for units in places:
        found = {body_of(context, unit) for unit in units if "MEMBERS" in unit.values}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def of_others(sentence: Sentence, at: int) -> bool:
    """Whether a name that the registry does not know stands before a summit's ("the Caspian summit")."""
    unit, before = sentence.units[at], sentence.units[max(0, at - 1) : at]
    if sentence.kind is BlockKind.HEADLINE or at < 2 or not unit.text.islower():
        return False
    return before[0].text.istitle() and not before[0].values and before[0].text.isalpha()


def authors(sentence: Sentence, at: int) -> bool:
    """Whether a council only stands in the name of a document ("the statement by the foreign ministers")."""
    before = [unit for unit in sentence.units[max(0, at - 5) : at] if "EXTRA" not in unit.values]
    return any("DOCNOUN" in unit.values for unit in before[-2:])
