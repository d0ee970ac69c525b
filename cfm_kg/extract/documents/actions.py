"""What an act amounts to: adopted, signed, a draft approved for a higher body, considered, proposed."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from cfm_kg.extract.context import Context
from cfm_kg.extract.documents.acts import Act, Voice
from cfm_kg.extract.documents.phrases import Phrase
from cfm_kg.model import BodyMention, MeetingFrame
from cfm_kg.units import Sentence, Unit
from cfm_kg.vocab import local

ADOPTED, SIGNED, APPROVED_DRAFT = "adopted", "signed", "approvedDraft"
CONSIDERED, PROPOSED = "considered", "proposed"
ACTS = {
    ADOPTED: "adopt",
    SIGNED: "sign",
    APPROVED_DRAFT: "approve",
    CONSIDERED: "consider",
    PROPOSED: "propose",
}
"""For each property, the act that it stands for."""
_AUTHOR_REACH = 6
_PLANNED = "Planned"
_PUT_OFF = frozenset({"Postponed", "Cancelled"})
"""Meetings that have decided nothing, whatever is said of their papers."""
_PRESIDENT = "president"
_HEADS = frozenset({_PRESIDENT, "prime-minister"})


class Deed(msgspec.Struct, frozen=True, gc=False):
    """What a meeting did: the act, whether it lies ahead, whether drafts went up to a higher body."""

    name: str
    meeting: MeetingFrame
    future: bool = False
    draft: bool = False
    upwards: bool = False
    reported: bool = False
    """Whether a verb tells of it as done, which outweighs that its meeting seems to lie ahead."""

    def amounts_to(self, draft: bool = False) -> str | None:
        """The property that the deed amounts to for a document; None where it does nothing to it."""
        draft = draft or self.draft
        if self.name == "propose":
            return PROPOSED
        if self.name == "none":
            return None
        if self.meeting.status in _PUT_OFF or (self.meeting.status == _PLANNED and not self.reported):
            return CONSIDERED
        if self.future and self.upwards and self.name in ("send", "refer"):
            return APPROVED_DRAFT
        if self.name == "consider" or self.future:
            return CONSIDERED
        if self.name == "sign":
            return SIGNED
        if self.name == "refer":
            return APPROVED_DRAFT
        if self.name in ("adopt", "approve", "nod"):
            return APPROVED_DRAFT if draft or self.upwards else ADOPTED
        if self.name == "circulate":
            return PROPOSED if draft else ADOPTED
        if self.name == "support":
            return APPROVED_DRAFT if draft or self.upwards else None
        if self.name == "send":
            return APPROVED_DRAFT if self.upwards else CONSIDERED if draft else None
        return None

    def left_for_later(self, draft: bool) -> bool:
        """Whether those who met left a document that is no draft to be looked at after their meeting."""
        return self.future and self.name == "consider" and not draft and self.meeting.status != _PLANNED


def upward_acts(
    context: Context,
    sentence: Sentence,
    acts: Iterable[Act],
    phrases: Iterable[Phrase],
    meeting: MeetingFrame,
) -> frozenset[int]:
    """The units of the acts by which documents go up to a body above the one that meets."""
    inside = {i for phrase in phrases for i in range(phrase.first, phrase.last)}
    for _, part in context.matches("document_parts", sentence):
        inside.update(range(*part.span()))  # what befell some of them says nothing of the rest
    found: set[int] = set()
    for rule, match in context.matches("document_destinations", sentence):
        at = match.start("higher")
        if at in inside or not inside.isdisjoint(range(match.start(), at)):
            continue
        if "named_before" in rule.means:
            if not _named_before(context, sentence, meeting):
                continue
        elif "any" not in rule.means and not is_higher(context, sentence.units[at], meeting):
            continue
        found.update(_act_of(tuple(acts), match))
    return frozenset(found)


def _named_before(context: Context, sentence: Sentence, meeting: MeetingFrame) -> bool:
    """Whether the sentence before names those above a meeting, whom "them" then means."""
    before = context.sentences[max(0, sentence.index - 1) : sentence.index]
    return any(is_higher(context, unit, meeting) for each in before for unit in each.units)


def goes_up(context: Context, sentence: Sentence, phrase: Phrase, meeting: MeetingFrame) -> bool:
    """Whether a sentence sends a document up, by whatever verb."""
    return bool(upward_acts(context, sentence, (stand_in(phrase),), (phrase,), meeting))


def stand_in(phrase: Phrase) -> Act:
    """An act for a verb that is not known, at the place of its document."""
    return Act(phrase.first, phrase.first, phrase.first, "send", Voice.SUBJECT, False, "unknown-verb")


def speaks_above(context: Context, sentence: Sentence, phrase: Phrase, meeting: MeetingFrame) -> bool:
    """Whether a document is that of a body above the meeting ("the Declaration of the summit")."""
    for unit in sentence.units[phrase.head + 1 : min(phrase.last, phrase.head + _AUTHOR_REACH)]:
        if "ABOUT" in unit.values:
            return False
        if is_higher(context, unit, meeting):
            return True
    return False


def is_higher(context: Context, unit: Unit, meeting: MeetingFrame) -> bool:
    """Whether a unit names those above a meeting: heads of state, or a council of theirs."""
    own = context.registry.bodies[meeting.body]
    above = _above(own.member_role)
    if isinstance(unit.mention, BodyMention):
        roles = [context.registry.bodies[b].member_role for b in unit.mention.bodies]
        return any(local(role) in above for role in roles if role) and own.iri not in unit.mention.bodies
    if "HEADS" in unit.values and above == _HEADS:
        return True
    return not above.isdisjoint(unit.values.get("ROLE_PL", ()))


def named_only_as_destination(
    context: Context,
    sentence: Sentence,
    phrases: Iterable[Phrase],
    other: MeetingFrame,
    meeting: MeetingFrame,
) -> bool:
    """Whether a sentence names the body of `other` only as that to which documents of `meeting` go up."""
    inside = {i for phrase in phrases for i in range(phrase.first, phrase.last)}
    ups = {
        match.start("higher")
        for _, match in context.matches("document_destinations", sentence)
        if is_higher(context, sentence.units[match.start("higher")], meeting)
    }
    named = {
        i
        for i, unit in enumerate(sentence.units)
        if isinstance(unit.mention, BodyMention) and other.body in unit.mention.bodies
    }
    return bool(named) and named <= ups | inside


def _above(role: str | None) -> frozenset[str]:
    """The roles of those above who sit in a council: heads of state stand above heads of government."""
    own = local(role) if role else None
    return frozenset() if own == _PRESIDENT else _HEADS - {own}


def _act_of(acts: tuple[Act, ...], match: re.Match[str]) -> list[int]:
    """The verb that a destination goes with: the last before it that does something, or the next."""
    fronted = [a.at for a in acts if a.first == match.end() and a.name == "send"]
    if fronted:
        return fronted  # "and to the presidents directed the draft"
    before = [a for a in acts if a.at <= match.start() and a.name != "none"]
    before = [a for a in before if a.voice is not Voice.MODIFIER] or before
    if before:
        return [before[-1].at]
    return [a.at for a in acts if a.at > match.start() and a.name != "none"][:1]
