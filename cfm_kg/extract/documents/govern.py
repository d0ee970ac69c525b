"""Which verb of a sentence handles which of its documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from msgspec.structs import replace

from cfm_kg.extract.documents.acts import NONE, Act, Voice
from cfm_kg.extract.documents.phrases import Phrase
from cfm_kg.extract.documents.standing import (
    State,
    adjoins,
    after_preposition,
    goes_on,
    hangs,
    is_object,
    joined_to_done,
    nearest,
    recalled,
    voice_of,
    waits,
)
from cfm_kg.units import Sentence

_BEFORE = frozenset({Voice.PASSIVE, Voice.SUBJECT})
_DONE = frozenset({"adopt", "sign", "approve"})
_BY_THEM = "relative-they-did"
"""The rule for a clause that tells what those who met did to the document on which it hangs."""
_BASE = "base"
"""The rule for a verb's bare form, which goes on with the future before it ("will adopt … and sign")."""
_ITEM_LEAD = 3
"""So many units of an item may stand before its document."""
_CONSIDER, _REFER = "consider", "refer"
_PROPOSE = "propose"
_SIGN, _NOD, _SEND = "sign", "nod", "send"
_RAISED = {_REFER: frozenset({_CONSIDER, "support"}), _CONSIDER: frozenset({_PROPOSE})}
"""What leaves it to a clause beside a document to say that it went up, or was looked at."""
_THEY_SIGNED = "relative-they-signed"
"""The rule for a clause that tells that those who met signed the document, whatever else they did with it."""
_THEY_WILL = "relative-they-will"
"""The rule for a clause that tells what those who meet will do to the document on which it hangs."""
_DECIDED = frozenset({"adopt", "sign", "approve", "support", _REFER, _NOD})
_SAID_ASIDE = frozenset({_CONSIDER, _REFER, _PROPOSE})
"""What a clause that hangs on a document tells of it as done here."""


class Handled(msgspec.Struct, frozen=True, gc=False):
    """A document with the verb that governs it; None where no verb of the sentence does."""

    phrase: Phrase
    act: Act | None

    def opens(self, start: int) -> bool:
        """Whether the document, or its verb, comes first in an item that begins there."""
        return self.phrase.first <= start + _ITEM_LEAD or (self.act is not None and self.act.at == start)


def govern(
    sentence: Sentence, phrases: Iterable[Phrase], acts: Iterable[Act], here: Iterable[int] = ()
) -> tuple[Handled, ...]:
    """Walk a sentence from the left: active verbs govern what follows, passive ones what precedes.

    `here` are the verbs that say, beside a document's noun, that it was handled at the meeting.
    """
    state = State(here=frozenset(here))
    steps = sorted([(p.first, 0, p) for p in phrases] + [(a.at, 1, a) for a in acts], key=lambda s: s[:2])
    for _, _, step in steps:
        if isinstance(step, Phrase):
            _meet_phrase(sentence, state, step)
        else:
            _meet_act(sentence, state, step)
    for phrase in state.pending:
        state.given.setdefault(phrase, None)
    ordered = sorted(state.given.items(), key=lambda pair: pair[0].first)
    return tuple(Handled(phrase, act) for phrase, act in ordered)


def _meet_phrase(sentence: Sentence, state: State, phrase: Phrase) -> None:
    governing = state.governing
    if phrase.act is not None and phrase.plural and (governing is None or governing.name == NONE):
        name = sentence.units[phrase.act].value("ACT") or NONE
        state.governing = Act(phrase.act, phrase.first, phrase.last, name, Voice.ACTIVE, False, "adjective")
        state.given[phrase] = state.governing
        state.pending = []
        return
    if governing is not None and governing.name != NONE and is_object(sentence, phrase, governing):
        state.given[phrase] = governing
        state.last.append(phrase)
    elif governing is not None and governing.name == NONE:
        state.given[phrase] = None
        state.pending.append(phrase)
    elif state.passive is not None and joined_to_done(sentence, phrase):
        state.given[phrase] = state.passive
    elif not after_preposition(sentence, phrase.first):
        state.pending.append(phrase)
    else:
        state.given[phrase] = None


def _meet_act(sentence: Sentence, state: State, act: Act) -> None:
    if act.voice is Voice.BARE:
        act = replace(act, voice=voice_of(sentence, state, act))
    if act.rule == _BASE and state.governing is not None and state.governing.future:
        act = replace(act, future=True)
    if act.otherwise is not None and not hangs(state, act):
        act = replace(act, voice=act.otherwise)
    voice = act.voice
    if voice is Voice.RELATIVE:
        _hang(state, act)
    elif voice is Voice.AFTER:
        before = nearest(state, act)
        if before is not None:
            state.given[before] = act
    elif voice is Voice.MODIFIER:
        _hang(state, act)
    elif voice is Voice.INFINITIVE and waits(state, act):
        state.given[state.pending[-1]] = replace(act, future=True)
    elif voice is Voice.INFINITIVE:
        state.governing = _intended(sentence, act)
        state.pending = []
    elif voice in _BEFORE:
        _take_subjects(sentence, state, act)
    else:
        state.governing, state.pending, state.last = act, [], []
    state.passive = act if voice in _BEFORE else None


def _stronger(one: Act | None, other: Act) -> Act:
    """Of two predicates of one document, that which tells more: "was agreed and will be submitted"."""
    if one is None or one.name not in _DECIDED or one.voice is Voice.MODIFIER:
        return other
    onward = other.name == _SEND or (other.name == _PROPOSE and other.future)
    if onward and one.name not in ("adopt", _SIGN, _REFER):
        return replace(other, name="approve", future=one.future)
    return one if other.name not in _DECIDED or other.future else other


def _intended(sentence: Sentence, act: Act) -> Act | None:
    """An infinitive counts as planned after words of plans, as done after "decided"."""
    if any("DECIDED" in u.values for u in sentence.units[: act.first]):
        return act
    planned = any(kind in u.values for u in sentence.units[: act.first] for kind in ("FUTURE", "TOWARDS"))
    return replace(act, future=True) if planned else None


def _take_subjects(sentence: Sentence, state: State, act: Act) -> None:
    """A passive verb takes the documents before it; without one it governs what follows."""
    subjects = recalled(sentence, state, act) or state.pending
    if not subjects and state.passive is not None and goes_on(sentence, state.passive, act):
        subjects = list(state.last)
    if not subjects and state.last and adjoins(state.last[-1], act):
        given = state.given.get(state.last[-1])
        stays = act.name == _CONSIDER and act.voice is Voice.SUBJECT
        if stays and given is not None and given.name == _PROPOSE:
            return  # a proposal that remains on the table remains one
        subjects = [state.last[-1]]
        state.given.pop(state.last[-1], None)
    if not subjects:
        if not state.given or state.governing is None or state.governing.name == NONE:
            state.governing = act
        return
    for phrase in subjects:
        state.given[phrase] = _stronger(state.given.get(phrase), act)
    state.governing = None if any(p.all_titles for p in subjects) else state.given[subjects[-1]]
    state.pending = []
    if not set(subjects) <= set(state.last):
        state.last = list(subjects)


def _hang(state: State, act: Act) -> None:
    """A clause that hangs on a document counts only where no verb of its own governs it."""
    before = nearest(state, act)
    given = state.given.get(before) if before is not None else None
    raised = given is not None and not act.future and given.name in _RAISED.get(act.name, ())
    raised = raised or (given is not None and act.rule == _THEY_SIGNED)
    if before is None or (given is not None and not raised):
        return
    said = (
        act.name in _SAID_ASIDE
        or act.at in state.here
        or act.rule in (_BY_THEM, _THEY_SIGNED)
        or _counted(before, act)
    )
    if said or (act.future and (act.voice is Voice.MODIFIER or act.rule == _THEY_WILL)):
        state.given[before] = act


def _counted(phrase: Phrase, act: Act) -> bool:
    """Whether a participle tells what was done to so many documents: "ten papers, signed by …, concern"."""
    counted = phrase.plural and phrase.count is not None and not phrase.definite
    return counted and act.voice is Voice.MODIFIER and not act.future and act.name in _DONE


def clauses(handled: Iterable[Handled]) -> Iterator[tuple[Act, tuple[Phrase, ...]]]:
    """The documents of each verb."""
    grouped: dict[Act, list[Phrase]] = {}
    for each in handled:
        if each.act is not None:
            grouped.setdefault(each.act, []).append(each.phrase)
    for act, phrases in grouped.items():
        yield act, tuple(phrases)
