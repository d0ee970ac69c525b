"""The documents and counts that a reading has found so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cfm_kg.extract.context import Context
from cfm_kg.extract.documents.actions import ADOPTED, APPROVED_DRAFT, CONSIDERED, PROPOSED, Deed
from cfm_kg.extract.documents.acts import Act
from cfm_kg.extract.documents.initiators import Initiator
from cfm_kg.extract.documents.phrases import Phrase
from cfm_kg.extract.documents.refusals import refused
from cfm_kg.model import DocumentFrame, Evidence, Span, TallyFrame
from cfm_kg.units import Sentence

_EMPTY = frozenset({"ABOUT", "TITLEOF", "DET", "GLUE"})
"""Classes of words that say nothing by themselves."""
LISTED = "listed"
"""The rule for an item of a list."""
SUPPOSED = "by-default"
"""The rule for a document that no word says anything was done to."""
_SEVERAL = 2
_NOBODY: Mapping[Phrase, Initiator] = {}


class Ledger:
    """Collects document and tally frames."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.documents: list[DocumentFrame] = []
        self.tallies: list[TallyFrame] = []

    def entered(self) -> dict[Span, DocumentFrame]:
        """The documents entered so far, by where their titles stand."""
        return {frame.title: frame for frame in self.documents}

    def enter(
        self,
        sentence: Sentence,
        phrase: Phrase,
        titles: tuple[Span, ...],
        deed: Deed,
        rule: str,
        act: Act | None = None,
        initiators: Mapping[Phrase, Initiator] = _NOBODY,
    ) -> None:
        """Enter a document under each of its titles, where the deed amounts to something."""
        done = deed.amounts_to(phrase.draft)
        if done is None:
            return
        country, shown = initiators.get(phrase, (None, None))
        evidence = Evidence(_extent(sentence, phrase, act), rule)
        for title in titles:
            if phrase.definite and not phrase.draft and self._holds(title):
                continue  # it stands in the title of another ("on strengthening the Treaty …")
            if _tells(sentence, title) and not refused(self._context, sentence, phrase):
                self.documents.append(
                    DocumentFrame(deed.meeting.key, title, phrase.kind, done, evidence, country, shown)
                )

    def _holds(self, title: Span) -> bool:
        """Whether a document entered already has a title that a title is a part of."""
        return any(frame.title != title and frame.title.covers(title) for frame in self.documents)

    def retell(self, deed: Deed, number: int) -> None:
        """Take in what a verb says of the last so many documents: "All three were signed"."""
        last = self.documents[-number:]
        if len(last) < number or len({frame.meeting for frame in last}) > 1:
            return
        for i, frame in enumerate(last, len(self.documents) - number):
            done = deed.amounts_to(frame.action == APPROVED_DRAFT)
            if done is not None and frame.meeting == deed.meeting.key:
                self.documents[i] = replace(frame, action=done)

    def retell_some(self, deed: Deed, told_in: Span, order: int, number: int) -> None:
        """Take in what a verb says of so many documents of a list, from the one at `order` or its last."""
        meant = self._list_before(told_in)
        chosen = meant[-number:] if order < 0 else meant[order : order + number]
        if len(meant) < _SEVERAL or len(chosen) < number:
            return
        for i in chosen:
            done = deed.amounts_to(self.documents[i].action == APPROVED_DRAFT)
            if done is not None and self.documents[i].meeting == deed.meeting.key:
                self.documents[i] = replace(self.documents[i], action=done)

    def _list_before(self, told_in: Span) -> list[int]:
        """The documents of the sentence before, or of the list of which it is the last item."""
        listed: list[int] = []
        for i in reversed(range(len(self.documents))):
            if self.documents[i].evidence.rule != LISTED:
                break
            listed.insert(0, i)
        if listed and told_in.covers(self.documents[listed[-1]].title):
            return listed
        return [i for i, frame in enumerate(self.documents) if told_in.covers(frame.title)]

    def retell_all(self, deed: Deed, told_in: Span, last: bool) -> None:
        """Take in what a verb says of all documents and counts of a sentence: "All of them were signed".

        Of the `last` document alone where it is told of as one: "It was signed".
        """
        meant = [
            i
            for i, frame in enumerate(self.documents)
            if frame.meeting == deed.meeting.key and told_in.covers(frame.title)
        ]
        for i in meant[-1:] if last else meant:
            done = deed.amounts_to(self.documents[i].action == APPROVED_DRAFT)
            # Who proposed it says no more of a document that was then adopted.
            supposed = self.documents[i].evidence.rule == SUPPOSED
            if done is not None and (done != PROPOSED or supposed):
                self.documents[i] = replace(self.documents[i], action=done)
        if last:
            return
        for i, tally in enumerate(self.tallies):
            done = deed.amounts_to(tally.action == APPROVED_DRAFT)
            if done is not None and tally.meeting == deed.meeting.key and told_in.covers(tally.evidence.span):
                self.tallies[i] = replace(tally, action=done)

    def decide(
        self,
        meeting: int | None,
        told_in: Span,
        done: str,
        number: int | None = None,
        whole: bool = False,
    ) -> None:
        """Let a verb for all documents of one sentence outweigh that they were considered.

        At whichever meeting where `meeting` is None. Where `number` says of how many it tells, or it tells of
        the `whole`, those that were adopted go up too.
        """
        here = [
            i
            for i, frame in enumerate(self.documents)
            if told_in.covers(frame.title) and meeting in (None, frame.meeting)
        ]
        counted = whole or (number is not None and (number == 1 or number == len(here)))
        for i in here[-1:] if number == 1 else here:
            action = self.documents[i].action
            if action == CONSIDERED or (counted and action == ADOPTED):
                self.documents[i] = replace(self.documents[i], action=done)
        for i, tally in enumerate(self.tallies):
            whole_of_it = tally.action == CONSIDERED and (number == tally.count or not here)
            if whole_of_it and told_in.covers(tally.evidence.span) and meeting in (None, tally.meeting):
                self.tallies[i] = replace(tally, action=done)

    def pass_on(self, meeting: int, told_in: Span, several: bool, agreed: bool) -> None:
        """Take the documents adopted, or the last, of one sentence for drafts that go up.

        Those considered too, where they are told to be `agreed`.
        """
        found = [
            i
            for i, frame in enumerate(self.documents)
            if told_in.covers(frame.title) and frame.meeting == meeting
        ]
        for i in found if several else found[-1:]:
            if self.documents[i].action == ADOPTED or (agreed and self.documents[i].action == CONSIDERED):
                self.documents[i] = replace(self.documents[i], action=APPROVED_DRAFT)

    def count(
        self,
        sentence: Sentence,
        phrase: Phrase,
        number: int | None,
        deed: Deed,
        rule: str,
        act: Act | None = None,
    ) -> None:
        """Enter that so many documents were handled."""
        done = deed.amounts_to(phrase.draft)
        if done is None or number is None:
            return
        evidence = Evidence(_extent(sentence, phrase, act), rule)
        self.tallies.append(TallyFrame(deed.meeting.key, phrase.kind, done, number, evidence))


def _tells(sentence: Sentence, title: Span) -> bool:
    """Whether a title has more than a preposition or article, which is left where a line was broken."""
    inside = (unit for unit in sentence.units if title.start <= unit.start < title.end)
    return any(unit.text[0].isalnum() and _EMPTY.isdisjoint(unit.values) for unit in inside)


def _extent(sentence: Sentence, phrase: Phrase, act: Act | None) -> Span:
    """From the verb to the title, whichever comes first."""
    if act is None:
        return sentence.over(phrase.first, phrase.last)
    return sentence.over(min(act.first, phrase.first), max(act.last, phrase.last))
