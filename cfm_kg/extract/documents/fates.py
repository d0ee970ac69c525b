"""What becomes of documents that no known verb handles: by other words of their clause, or by default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cfm_kg.extract.context import Context
from cfm_kg.extract.documents.actions import ACTS, APPROVED_DRAFT, Deed, goes_up, stand_in
from cfm_kg.extract.documents.acts import NONE, Act, Voice
from cfm_kg.extract.documents.ledger import SUPPOSED
from cfm_kg.extract.documents.owners import Owners, dated_elsewhere
from cfm_kg.extract.documents.phrases import Phrase
from cfm_kg.extract.documents.standing import after_preposition
from cfm_kg.extract.documents.told import Told
from cfm_kg.model import DocumentFrame, MeetingFrame, Span
from cfm_kg.units import Sentence, Unit

_PLANNED = "Planned"
_USUAL = "adopt"
_UP = "refer"
_CONSIDER, _PROPOSE = "consider", "propose"
_BREAKS = frozenset(";")
_GAP = 4
"""Units between two documents of one list."""
_LISTING = frozenset({"CONJ", "NUMWORD", "ORDREF"})
_WEAK = frozenset({"support", "send"})
"""Acts that alone do nothing to a document that is no draft."""
_BARS = ("NOTDONE", "NEG", "NEEDED", "OFFICIALS", "PRESENTED")
"""Words of a sentence in which nothing is taken for done by default."""


def settled(
    context: Context, here: Told, owners: Owners, entered: Mapping[Span, DocumentFrame]
) -> Iterator[tuple[Phrase, Deed, str]]:
    """The documents of a sentence with titles not `entered` yet, with what becomes of them and the rule."""
    before: tuple[Deed, str] | None = None
    last = 0
    for phrase in here.phrases:
        between = here.sentence.units[last : phrase.first]
        if len(between) > _GAP or any(_LISTING.isdisjoint(u.values) and u.text.isalpha() for u in between):
            before = None
        last = phrase.last
        known = next((entered[t] for t in phrase.all_titles if t in entered), None)
        if known is not None:
            before = _as_before(known, owners)
        if known is not None or not phrase.all_titles:
            continue
        found = _fate(context, here, phrase, owners, before)
        if found is not None:
            yield phrase, *found
            before = found


def said_of_item(context: Context, here: Told, phrase: Phrase, act: Act | None) -> str | None:
    """What an item of a list says itself of its document; None where it leaves that to the list's header."""
    if act is not None:
        return act.name if act.name != _PROPOSE and act.voice is not Voice.MODIFIER else None
    told_of = _cue(context, here, phrase)
    return told_of[0] if told_of is not None and told_of[0] in (_CONSIDER, _PROPOSE) else None


def _as_before(known: DocumentFrame, owners: Owners) -> tuple[Deed, str]:
    """What became of a document entered already, for the next of the same list."""
    meeting = next(m for m in owners.meetings if m.key == known.meeting)
    return Deed(ACTS[known.action], meeting, upwards=known.action == APPROVED_DRAFT), "goes-on"


def _fate(
    context: Context, here: Told, phrase: Phrase, owners: Owners, before: tuple[Deed, str] | None
) -> tuple[Deed, str] | None:
    """What the rest of its sentence says of a document, and the rule; None where that tells nothing.

    `before` is what became of the document before it, which holds on in a list's next item.
    """
    act = next((h.act for h in here.handled if h.phrase == phrase), None)
    if act is not None and act.name not in _WEAK:
        return None
    meeting = owners.owner(here.sentence, act or stand_in(phrase), here.phrases)
    if meeting is None or dated_elsewhere(context, here.sentence, here.phrases, meeting):
        return None
    ahead = any("FUTURE" in u.values or "MODAL" in u.values for u in _outside(here))
    future = ahead and meeting.status == _PLANNED
    found = _cue(context, here, phrase)
    if found is not None:
        return Deed(found[0], meeting, future, upwards=found[0] == _UP), found[1]
    if before is not None and not _acts_within(here, phrase):
        return before
    if not _may_be_done(here, phrase, owners, meeting):
        return None
    upwards = goes_up(context, here.sentence, phrase, meeting)
    return Deed(_USUAL, meeting, future, upwards=upwards), SUPPOSED


def _cue(context: Context, here: Told, phrase: Phrase) -> tuple[str, str] | None:
    """The nearest words of its clause that tell what happened to a document: the act, and the rule."""
    first, last = _clause(here.sentence, phrase)
    aside = {i for p in here.phrases for i in range(p.head, p.last)}
    best: tuple[int, str, str] | None = None
    for rule, match in context.matches("document_fates", here.sentence):
        if not (first <= match.start() and match.end() <= last):
            continue
        if not aside.isdisjoint(range(*match.span())):
            continue
        if "alone" in rule.means and _spoken_of(here, phrase):
            continue
        before = match.end() <= phrase.head
        if "weak" in rule.means and "WEAKDOC" in here.sentence.units[phrase.head].values:
            continue
        if rule.means.get("side", "") == ("after" if before else "before"):
            continue
        gap = phrase.first - match.end() if before else match.start() - phrase.last
        if "near" in rule.means and gap > int(rule.means["near"]):
            continue
        if best is None or gap < best[0]:
            # What is yet to be written has been handled by nobody.
            unwritten = "known" in rule.means and not (phrase.draft or phrase.definite)
            best = gap, NONE if unwritten else rule.means["act"], rule.name
    return (best[1], best[2]) if best is not None else None


def _clause(sentence: Sentence, phrase: Phrase) -> tuple[int, int]:
    """The units between the semicolons around a document."""
    breaks = [i for i, unit in enumerate(sentence.units) if unit.text in _BREAKS]
    first = max((i + 1 for i in breaks if i < phrase.first), default=0)
    return first, min((i for i in breaks if i >= phrase.last), default=len(sentence.units))


def _acts_within(here: Told, phrase: Phrase) -> bool:
    """Whether the clause of a document has a verb of its own."""
    first, last = _clause(here.sentence, phrase)
    return any(first <= act.at < last for act in here.acts)


def _may_be_done(here: Told, phrase: Phrase, owners: Owners, meeting: MeetingFrame) -> bool:
    """Whether a document told of without a word on what was done may be taken for a result."""
    if phrase.definite or phrase.generic or not meeting.main or _heads_a_column(here.sentence, phrase):
        return False
    if meeting.status == _PLANNED and not phrase.draft:
        return False
    units = here.sentence.units
    if "WEAKDOC" in units[phrase.head].values or after_preposition(here.sentence, phrase.first):
        return False
    if any(kind in u.values for u in _outside(here) for kind in _BARS):
        return False
    return not _spoken_of(here, phrase)


def _spoken_of(here: Told, phrase: Phrase) -> bool:
    """Whether a verb that does nothing to a document stands before it."""
    return any(act.name == NONE and act.at < phrase.first for act in here.acts)


def _heads_a_column(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a document stands in a heading all in capitals, whose verbs look like names."""
    words = [u.text for u in sentence.units[phrase.first - 1 : phrase.last] if u.text.isalpha()]
    return phrase.first > 0 and all(word.isupper() for word in words)


def _outside(here: Told) -> Iterator[Unit]:
    inside = {i for p in here.phrases for i in range(p.head, p.last)}
    return (unit for i, unit in enumerate(here.sentence.units) if i not in inside)
