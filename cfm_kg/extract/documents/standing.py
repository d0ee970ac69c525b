"""How a verb and a document stand to each other in a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from cfm_kg.extract.documents.acts import Act, Voice
from cfm_kg.extract.documents.phrases import Phrase
from cfm_kg.model import BlockKind
from cfm_kg.units import Sentence

_CLAUSE_GAP = 2
"""Units between a document and a clause that hangs on it: a comma, a preposition."""
_PREDICATE_GAP = 6
"""Units between two verbs of one subject."""
_LIST_REACH = 8
"""Units after "documents adopted" within which the list of them begins."""
_PREPOSITIONS = ("TITLEOF", "ABOUT", "TOHIGHER", "NOTABOUT", "ASIDE_TO")
_ENDS = frozenset(".;,)!")
_DASHES = frozenset(":-–—/")


@dataclass(slots=True)
class State:
    """What a walk through a sentence knows so far."""

    governing: Act | None = None
    pending: list[Phrase] = field(default_factory=list)
    given: dict[Phrase, Act | None] = field(default_factory=dict)
    last: list[Phrase] = field(default_factory=list)
    """The documents that the latest verb got."""
    passive: Act | None = None
    """The passive verb that may go on ("was agreed and sent")."""
    here: frozenset[int] = frozenset()


def voice_of(sentence: Sentence, state: State, act: Act) -> Voice:
    """Whether a verb without an auxiliary is active, or a participle that hangs on a document."""
    before = nearest(state, act)
    if state.passive is not None and _conjoined(sentence, state.passive, act):
        return Voice.PASSIVE
    gap = act.at - before.last if before is not None else None
    if before is None or gap is None or gap > 1:
        return Voice.ACTIVE
    if gap == 1 and act.at in state.here and sentence.units[act.at - 1].text == ",":
        return Voice.MODIFIER
    after = sentence.units[act.last] if act.last < len(sentence.units) else None
    if gap == 1 and _labels(sentence, act):
        return Voice.PASSIVE
    aside = after is not None and after_preposition(sentence, act.last + 1)
    if gap == 1 and not (aside and sentence.units[act.at - 1].text == ","):
        return Voice.ACTIVE
    if after is None or after.text in _ENDS:
        return Voice.PASSIVE
    collective = (before.plural and not before.titles) or before.generic
    if collective and _announces(sentence, state, before, act):
        state.pending = [before]
        return Voice.PASSIVE
    if sentence.kind is BlockKind.HEADLINE and before in state.pending:
        return Voice.PASSIVE
    return Voice.MODIFIER


def _labels(sentence: Sentence, act: Act) -> bool:
    """Whether a participle is what a list says of its item: "Statement on … - adopted"."""
    mark = sentence.units[act.at - 1].text
    ends = act.last == len(sentence.units) or sentence.units[act.last].text in _ENDS
    return mark in _DASHES or (mark == "," and ends)


def _conjoined(sentence: Sentence, one: Act, other: Act) -> bool:
    """Whether a participle goes on with a passive: "was considered and approved"."""
    between = sentence.units[one.last : other.at]
    return 0 < len(between) <= _PREDICATE_GAP and any("CONJ" in u.values for u in between[-_CLAUSE_GAP:])


def _announces(sentence: Sentence, state: State, phrase: Phrase, act: Act) -> bool:
    """Whether "documents adopted" is followed by what they are."""
    after = sentence.units[act.last]
    later = sentence.units[act.last : act.last + _LIST_REACH]
    if phrase not in state.pending:
        before = sentence.units[phrase.first - 1] if phrase.first else None
        if before is None or "AMONGPREP" not in before.values:
            return False
    return "DAUX" in after.values or any(u.text == ":" or "LISTED" in u.values for u in later)


def nearest(state: State, act: Act) -> Phrase | None:
    """The last document before a verb."""
    before = (p for p in (*state.given, *state.pending) if p.first < act.at)
    return max(before, key=lambda p: p.first, default=None)


def hangs(state: State, act: Act) -> bool:
    """Whether a clause begins right after a document."""
    before = nearest(state, act)
    return before is not None and 0 <= act.first - before.last <= _CLAUSE_GAP


def adjoins(phrase: Phrase, act: Act) -> bool:
    """Whether a phrase that an active verb already has stands right before a passive one."""
    return 0 <= act.first - phrase.last <= 1


def goes_on(sentence: Sentence, one: Act, other: Act) -> bool:
    """Whether a second predicate of the same subject follows: "got their support and goes to …"."""
    if other.at - one.last <= _CLAUSE_GAP:
        return True
    joint = sentence.units[other.first - 1] if other.first else None
    return joint is not None and "CONJ" in joint.values and other.first - one.last <= _PREDICATE_GAP


def waits(state: State, act: Act) -> bool:
    """Whether an infinitive hangs on documents: "the presidents have 12 documents to sign"."""
    last = state.pending[-1] if state.pending else None
    return last is not None and last.plural and last.last == act.first


def recalled(sentence: Sentence, state: State, act: Act) -> list[Phrase]:
    """The one of the documents before that "the first" or "the latter" means."""
    for unit in sentence.units[max(0, act.first - 2) : act.first]:
        order = unit.value("ORDREF")
        if order is not None and -len(state.last) <= int(order) < len(state.last) and len(state.last) > 1:
            return [state.last[int(order)]]
    return []


def is_object(sentence: Sentence, phrase: Phrase, act: Act) -> bool:
    """Whether a phrase can be what the verb before it is about: not "the implementation of the plan"."""
    at = phrase.first - 1
    if at < act.last:
        return True
    if not after_preposition(sentence, phrase.first):
        return True
    if at > 0 and "CONJ" in sentence.units[at - 1].values and at - 1 > act.last:
        return True
    preposition = sentence.units[at].text.casefold()
    said = sentence.units[act.last - 1].text.casefold().split()
    return bool(said) and said[-1] == preposition


def after_preposition(sentence: Sentence, first: int) -> bool:
    """Whether the unit before `first` is a preposition."""
    if first == 0:
        return False
    values = sentence.units[first - 1].values
    return any(kind in values for kind in _PREPOSITIONS)


def predicated(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a verb tells what a known document must or will do, so that it is no item of a list."""
    after = sentence.units[phrase.last : phrase.last + 1]
    return phrase.definite and not phrase.draft and any("MODAL" in unit.values for unit in after)


def joined_to_done(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a document follows a passive verb as one more subject: "was adopted, together with a plan"."""
    return phrase.first > 0 and "TOGETHER" in sentence.units[phrase.first - 1].values
