"""Which verb of a sentence handles which of its documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from cfm_kg.extract.documents.acts import NONE, Act, Voice
from cfm_kg.extract.documents.phrases import Phrase
from cfm_kg.model import BlockKind
from cfm_kg.units import Sentence

_BEFORE = frozenset({Voice.PASSIVE, Voice.SUBJECT})
_BASE = "base"
"""The rule for a verb's bare form, which goes on with the future before it ("will adopt … and sign")."""
_CLAUSE_GAP = 2
"""Units between a document and a clause that hangs on it: a comma, a preposition."""
PREPOSITIONS = ("TITLEOF", "ABOUT", "TOHIGHER", "NOTABOUT", "ASIDE_TO", "PREP")
_PREDICATE_GAP = 6
_LIST_REACH = 8
_DECIDED = frozenset({"adopt", "sign", "approve", "support"})
_ENDS = frozenset(".;,)!")


@dataclass(frozen=True, slots=True)
class Handled:
    """A document with the verb that governs it; None where no verb of the sentence does."""

    phrase: Phrase
    act: Act | None


@dataclass(slots=True)
class _State:
    governing: Act | None = None
    pending: list[Phrase] = field(default_factory=list)
    given: dict[Phrase, Act | None] = field(default_factory=dict)
    last: list[Phrase] = field(default_factory=list)
    """The documents that the latest verb got."""
    passive: Act | None = None
    """The passive verb that may go on ("was agreed and sent")."""
    here: frozenset[int] = frozenset()


def govern(
    sentence: Sentence, phrases: Iterable[Phrase], acts: Iterable[Act], here: Iterable[int] = ()
) -> tuple[Handled, ...]:
    """Walk a sentence from the left: active verbs govern what follows, passive ones what precedes.

    `here` are the verbs that say, beside a document's noun, that it was handled at the meeting.
    """
    state = _State(here=frozenset(here))
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


def _meet_phrase(sentence: Sentence, state: _State, phrase: Phrase) -> None:
    governing = state.governing
    if phrase.act is not None and phrase.plural and (governing is None or governing.name == NONE):
        name = sentence.units[phrase.act].value("ACT") or NONE
        state.governing = Act(phrase.act, phrase.first, phrase.last, name, Voice.ACTIVE, False, "adjective")
        state.given[phrase] = state.governing
        state.pending = []
        return
    if governing is not None and governing.name != NONE and _object(sentence, phrase, governing):
        state.given[phrase] = governing
        state.last.append(phrase)
    elif governing is not None and governing.name == NONE:
        state.given[phrase] = None
        state.pending.append(phrase)
    elif not _after_preposition(sentence, phrase.first):
        state.pending.append(phrase)
    else:
        state.given[phrase] = None


def _meet_act(sentence: Sentence, state: _State, act: Act) -> None:
    if act.voice is Voice.BARE:
        act = replace(act, voice=_told(sentence, state, act))
    if act.rule == _BASE and state.governing is not None and state.governing.future:
        act = replace(act, future=True)
    if act.otherwise is not None and not _hangs(state, act):
        act = replace(act, voice=act.otherwise)
    voice = act.voice
    if voice is Voice.RELATIVE:
        _hang(sentence, state, act)
    elif voice is Voice.AFTER:
        nearest = _nearest(state, act)
        if nearest is not None:
            state.given[nearest] = act
    elif voice is Voice.MODIFIER:
        _hang(sentence, state, act)
    elif voice is Voice.INFINITIVE and _waits(state, act):
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
    if other.name == "send" and one.name != "adopt" and one.name != "sign":
        return replace(other, name="approve", future=one.future)
    return one if other.name not in _DECIDED or other.future else other


def _waits(state: _State, act: Act) -> bool:
    """Whether an infinitive hangs on documents: "the presidents have 12 documents to sign"."""
    last = state.pending[-1] if state.pending else None
    return last is not None and last.plural and last.last == act.first


def _intended(sentence: Sentence, act: Act) -> Act | None:
    """An infinitive counts as planned where the sentence speaks of plans before it."""
    planned = any(kind in u.values for u in sentence.units[: act.first] for kind in ("FUTURE", "TOWARDS"))
    return replace(act, future=True) if planned else None


def _take_subjects(sentence: Sentence, state: _State, act: Act) -> None:
    """A passive verb takes the documents before it; without one it governs what follows."""
    subjects = _recalled(sentence, state, act) or state.pending
    if not subjects and state.passive is not None and _goes_on(sentence, state.passive, act):
        subjects = list(state.last)
    if not subjects and state.last and _adjoining(sentence, state.last[-1], act):
        subjects = [state.last[-1]]
        state.given.pop(state.last[-1], None)
    if not subjects:
        if not state.given or state.governing is None or state.governing.name == NONE:
            state.governing = act
        return
    for phrase in subjects:
        state.given[phrase] = _stronger(state.given.get(phrase), act)
    several = all(p.plural and not p.titles for p in subjects)
    bare = all(p.title is None and not p.plural for p in subjects)
    state.governing = act if several or bare else None
    state.pending = []
    if not set(subjects) <= set(state.last):
        state.last = list(subjects)


def _recalled(sentence: Sentence, state: _State, act: Act) -> list[Phrase]:
    """The one of the documents before that "the first" or "the latter" means."""
    for unit in sentence.units[max(0, act.first - 2) : act.first]:
        order = unit.value("ORDREF")
        if order is not None and -len(state.last) <= int(order) < len(state.last) and len(state.last) > 1:
            return [state.last[int(order)]]
    return []


def _told(sentence: Sentence, state: _State, act: Act) -> Voice:
    """Whether a verb without an auxiliary is active, or a participle that hangs on a document."""
    before = _nearest(state, act)
    if state.passive is not None and _conjoined(sentence, state.passive, act):
        return Voice.PASSIVE
    gap = act.at - before.last if before is not None else None
    if before is None or gap is None or gap > 1:
        return Voice.ACTIVE
    after = sentence.units[act.last] if act.last < len(sentence.units) else None
    aside = after is not None and _after_preposition(sentence, act.last + 1)
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


def _goes_on(sentence: Sentence, one: Act, other: Act) -> bool:
    """Whether a second predicate of the same subject follows: "got their support and goes to …"."""
    if other.at - one.last <= _CLAUSE_GAP:
        return True
    joint = sentence.units[other.first - 1] if other.first else None
    return joint is not None and "CONJ" in joint.values and other.first - one.last <= _PREDICATE_GAP


def _conjoined(sentence: Sentence, one: Act, other: Act) -> bool:
    """Whether a participle goes on with a passive: "was considered and approved"."""
    between = sentence.units[one.last : other.at]
    return 0 < len(between) <= _PREDICATE_GAP and any("CONJ" in u.values for u in between[-_CLAUSE_GAP:])


def _announces(sentence: Sentence, state: _State, phrase: Phrase, act: Act) -> bool:
    """Whether "documents adopted" is followed by what they are."""
    after = sentence.units[act.last]
    later = sentence.units[act.last : act.last + _LIST_REACH]
    if phrase not in state.pending:
        before = sentence.units[phrase.first - 1] if phrase.first else None
        if before is None or "AMONGPREP" not in before.values:
            return False
    return "DAUX" in after.values or any(u.text == ":" or "LISTED" in u.values for u in later)


def _nearest(state: _State, act: Act) -> Phrase | None:
    before = (p for p in (*state.given, *state.pending) if p.first < act.at)
    return max(before, key=lambda p: p.first, default=None)


def _hang(sentence: Sentence, state: _State, act: Act) -> None:
    """A clause that hangs on a document counts only where no verb of its own governs it."""
    nearest = _nearest(state, act)
    if nearest is None or state.given.get(nearest) is not None:
        return
    said = act.name in ("consider", "propose") or act.at in state.here
    if said or (act.voice is Voice.MODIFIER and act.future):
        state.given[nearest] = act


def _hangs(state: _State, act: Act) -> bool:
    """Whether a clause begins right after a document."""
    nearest = _nearest(state, act)
    return nearest is not None and 0 <= act.first - nearest.last <= _CLAUSE_GAP


def _adjoining(sentence: Sentence, phrase: Phrase, act: Act) -> bool:
    """Whether a phrase that an active verb already has stands right before a passive one."""
    return 0 <= act.first - phrase.last <= 1


def _object(sentence: Sentence, phrase: Phrase, act: Act) -> bool:
    """Whether a phrase can be what the verb before it is about: not "the implementation of the plan"."""
    at = phrase.first - 1
    if at < act.last:
        return True
    if not _after_preposition(sentence, phrase.first):
        return True
    preposition = sentence.units[at].text.casefold()
    said = sentence.units[act.last - 1].text.casefold().split()
    return bool(said) and said[-1] == preposition


def _after_preposition(sentence: Sentence, first: int) -> bool:
    if first == 0:
        return False
    values = sentence.units[first - 1].values
    return any(kind in values for kind in PREPOSITIONS)


def clauses(handled: Iterable[Handled]) -> Iterator[tuple[Act, tuple[Phrase, ...]]]:
    """The documents of each verb."""
    grouped: dict[Act, list[Phrase]] = {}
    for each in handled:
        if each.act is not None:
            grouped.setdefault(each.act, []).append(each.phrase)
    for act, phrases in grouped.items():
        yield act, tuple(phrases)
