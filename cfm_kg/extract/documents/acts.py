"""What a sentence says is done: its verbs, and to which side of them documents stand."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

import msgspec

from cfm_kg.extract.context import Context
from cfm_kg.extract.documents.phrases import Phrase
from cfm_kg.packs.grammar import Rule
from cfm_kg.units import Sentence, Unit

NONE = "none"
"""An act that does nothing to a document."""
_KINDS = ("ACT", "ACTBASE", "ACTINF", "ACTNOUN", "ACTPASS", "ACTPASSFUT", "ACTFUT", "ACTTO")


class Voice(Enum):
    """Where the document stands to its verb."""

    ACTIVE = "active"
    """After it: "adopted a statement"."""
    PASSIVE = "passive"
    """Before it: "a statement was adopted"."""
    SUBJECT = "subject"
    """Before it, without a passive: "the plan entered into force"."""
    RELATIVE = "relative"
    """In a clause that hangs on the document: "which was proposed"."""
    MODIFIER = "modifier"
    """In an infinitive that hangs on it: "to be signed"."""
    BARE = "bare"
    """By form alone either active or a participle."""
    AFTER = "after"
    """Right before it, in brackets."""
    INFINITIVE = "infinitive"


class Act(msgspec.Struct, frozen=True, gc=False):
    """One verb. `name` is what is done: adopt, sign, approve, support, send, consider, propose or none."""

    at: int
    first: int
    last: int
    name: str
    voice: Voice
    future: bool
    rule: str
    otherwise: Voice | None = None
    """Its voice where no document stands right before the clause."""


def find_acts(context: Context, sentence: Sentence, phrases: Iterable[Phrase]) -> tuple[Act, ...]:
    """The verbs of a sentence that stand outside its documents' titles, in order."""
    inside = {i for phrase in phrases for i in range(phrase.first, phrase.last)}
    found: dict[int, Act] = {}
    # What befell some of a number of documents says nothing of the whole.
    covered = {match.start("verb") for _, match in context.matches("document_parts", sentence)}
    for rule, match in context.matches("document_acts", sentence):
        at = match.start("verb")
        if at in inside or at in covered:
            continue
        if not inside.isdisjoint(range(match.start(), at)):
            continue
        found[at] = _act(rule, sentence.units[at], at, match.start(), match.end())
        covered.update(range(at, match.end()))
    return tuple(found[at] for at in sorted(found))


def _act(rule: Rule, unit: Unit, at: int, first: int, last: int) -> Act:
    said = next((value for kind in _KINDS if (value := unit.value(kind)) is not None), NONE)
    name = rule.means.get("act", said)
    otherwise = Voice(rule.means["otherwise"]) if "otherwise" in rule.means else None
    voice, future = Voice(rule.means["voice"]), "future" in rule.means
    return Act(at, first, last, name, voice, future, rule.name, otherwise)
