"""The documents of an article, sentence by sentence, with what one sentence leaves to the next."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from msgspec.structs import replace

from cfm_kg.extract.context import Context
from cfm_kg.extract.documents.actions import ACTS, Deed, goes_up, speaks_above, stand_in, upward_acts
from cfm_kg.extract.documents.acts import NONE, Act
from cfm_kg.extract.documents.afterwards import look_back, retell
from cfm_kg.extract.documents.fates import said_of_item, settled
from cfm_kg.extract.documents.govern import Handled, clauses
from cfm_kg.extract.documents.headers import (
    Header,
    announcement,
    answers,
    asks,
    bare_announcement,
    continues,
    implied_announcement,
    item_phrase,
    starts_list,
)
from cfm_kg.extract.documents.items import is_item, item_start, opens_list
from cfm_kg.extract.documents.later_titles import titles_after, titles_of_announced
from cfm_kg.extract.documents.ledger import LISTED, Ledger
from cfm_kg.extract.documents.owners import Owners, dated_elsewhere
from cfm_kg.extract.documents.phrases import Phrase
from cfm_kg.extract.documents.setbacks import setback
from cfm_kg.extract.documents.shared import late_titles
from cfm_kg.extract.documents.standing import after_preposition, predicated
from cfm_kg.extract.documents.told import Told, told
from cfm_kg.model import DocumentFrame, MeetingFrame, TallyFrame
from cfm_kg.units import Sentence

_SCRAP = 8
"""A sentence of so few units may be a scrap whose verb was lost."""
_PROPOSE = "propose"
_TO_DO = "proposal-to"
"""The rule for what somebody proposed to do with a document, which may be to write it."""
_ON_TABLE = "put-on-table"
"""The rule for drafts that lay before those who met, which some country proposed where it is told."""
_DONE = frozenset({"adopt", "sign", "approve"})


class Story:
    """Collects documents and tallies while it reads one sentence after the other."""

    def __init__(self, context: Context, meetings: tuple[MeetingFrame, ...]) -> None:
        self._context = context
        self._owners = Owners.of(context, meetings)
        self._ledger = Ledger(context)
        self._header: Header | None = None
        self._before: Told | None = None
        self._orphans: list[tuple[Sentence, Phrase]] = []

    @property
    def documents(self) -> tuple[DocumentFrame, ...]:
        """The documents found so far, in text order."""
        return tuple(self._ledger.documents)

    @property
    def tallies(self) -> tuple[TallyFrame, ...]:
        """The counts found so far, in text order."""
        return tuple(self._ledger.tallies)

    def read(self, sentence: Sentence) -> None:
        """Take in the next sentence."""
        here = told(self._context, sentence)
        header = self._header if self._header is not None and self._header.lasts(sentence) else None
        if header is None and self._before is not None and starts_list(self._before, here):
            header = implied_announcement(self._before, self._owners)
        if header is not None and is_item(self._context, sentence) and self._read_item(here, header):
            return
        if header is not None and (continues(self._context, sentence) or answers(here, header)):
            self._read_on(here, header)
            self._settle(here)
            retell(self._context, here, self._owners, self._ledger)
            return
        self._before = here
        made = self._read_plain(here, here.handled)
        self._settle(here)
        look_back(self._context, here, self._owners, self._ledger, header)
        if made is not None:
            self._header = made
        elif self._header is not None and self._header.paragraph != sentence.paragraph:
            strayed = self._header.strayed + 1
            self._header = replace(self._header, strayed=strayed, paragraph=sentence.paragraph)

    def adopt_orphans(self, headline: Story) -> None:
        """Counts in scraps without a verb take the deed that the headline tells of documents."""
        deed = headline._header.deed if headline._header is not None else None
        frames: tuple[DocumentFrame | TallyFrame, ...] = (*headline.documents, *headline.tallies)
        done = next((frame.action for frame in frames), None)
        for sentence, phrase in self._orphans:
            if len(sentence.units) > _SCRAP or (deed is None and done is None):
                continue
            meeting = self._owners.told_in(sentence)
            name = deed.name if deed is not None else ACTS.get(done or "", NONE)
            self._ledger.count(sentence, phrase, phrase.count, Deed(name, meeting), "counted-alone")

    # ------------------------------------------------------------------ three ways to read a sentence

    def _read_plain(self, here: Told, handled: Collection[Handled]) -> Header | None:
        """Read what the sentence's own verbs do; what it leaves open becomes the header of the next."""
        header = self._ungoverned(here, handled, self._governed(here, handled)) if handled else None
        if header is not None:
            return replace(header, asked=asks(here))
        return bare_announcement(here, self._owners, self._header) or setback(here, self._owners)

    def _read_item(self, here: Told, header: Header) -> bool:
        """Read an item of the list that a header opened; False where it is none."""
        start = item_start(here.sentence)
        within = header.leaves_noun_out(here.sentence.units[start])
        first = next((h for h in here.handled if h.opens(start)), None) if not within else None
        phrase = first.phrase if first is not None else item_phrase(self._context, here.sentence, header)
        act = first.act if first is not None else None
        if act is not None and first is not None and act.at < first.phrase.first:
            self._read_plain(here, here.handled)
            return True
        if phrase is None or not phrase.all_titles or (act is None and predicated(here.sentence, phrase)):
            return False
        name = said_of_item(self._context, here, phrase, act) or header.deed.name
        # What an item says itself of its document outweighs where those of the list go.
        upwards = (act is None and header.deed.upwards) or goes_up(
            self._context, here.sentence, phrase, header.deed.meeting
        )
        deed = replace(header.deed, name=name, upwards=upwards)
        self._ledger.enter(here.sentence, phrase, phrase.all_titles, deed, LISTED, None, here.initiators)
        self._header = replace(header, strayed=0, paragraph=here.sentence.paragraph)
        return True

    def _read_on(self, here: Told, header: Header) -> None:
        """Read a sentence that goes on with documents announced before."""
        own = tuple(h for h in here.handled if h.act is not None and h.act.name != _PROPOSE)
        each = titles_of_announced(here, header)
        if each is not None:
            whole = Phrase(0, 0, len(here.sentence.units), each[0], None)
            self._ledger.enter(here.sentence, whole, each[1], header.deed, "each-announced")
            for phrase in here.phrases[:1]:
                if phrase.plural and phrase.first == 0:
                    self._ledger.count(here.sentence, phrase, phrase.count, header.deed, "counted-in-answer")
        for phrase in here.told_on(own) if each is None else ():
            titles = phrase.all_titles
            if not titles and header.announces((phrase,)):
                titles = late_titles(self._context, here.sentence, phrase.plural, phrase.last)
            self._ledger.enter(
                here.sentence, phrase, titles, header.deed, "among-announced", None, here.initiators
            )
            if phrase.plural and (header.asked or phrase.first == 0):
                self._ledger.count(here.sentence, phrase, phrase.count, header.deed, "counted-in-answer")
        ordered = frozenset(p.kind for p in here.phrases if p.definite and p.kind in header.kinds)
        kinds = frozenset(p.kind for p in here.phrases if p.plural and not p.generic) or ordered
        again = announcement(here, header.deed, ())
        made = self._read_plain(here, own) if own else None
        self._header = made or replace(again, kinds=kinds or header.kinds, counts=header.counts)

    def _settle(self, here: Told) -> None:
        """Enter the documents that other words of their sentence tell of, or none at all."""
        if not here.phrases:
            return
        for phrase, deed, rule in settled(self._context, here, self._owners, self._ledger.entered()):
            self._ledger.enter(here.sentence, phrase, phrase.all_titles, deed, rule, None, here.initiators)
            if phrase.plural:
                self._ledger.count(here.sentence, phrase, phrase.count, deed, rule)

    # ------------------------------------------------------------------ what the ways share

    def _deed(self, here: Told, act: Act, governed: tuple[Phrase, ...]) -> Deed | None:
        """What a verb does, and at which meeting; None where it is done elsewhere."""
        meeting = self._owners.owner(here.sentence, act, here.phrases)
        if meeting is None:
            return None
        past = act.name in _DONE and not act.future
        if past and dated_elsewhere(self._context, here.sentence, here.phrases, meeting):
            return None
        if act.name == _PROPOSE and self._header is not None and self._header.announces(governed):
            return self._header.deed
        known = all(p.definite and not p.draft for p in governed)
        if act.name == _PROPOSE and known and not _to_be_written(here, act):
            return None
        upwards = act.at in upward_acts(self._context, here.sentence, here.acts, here.phrases, meeting)
        return Deed(act.name, meeting, act.future, upwards=upwards, reported=past)

    def _enter(self, here: Told, act: Act, governed: tuple[Phrase, ...], deed: Deed) -> None:
        """Enter the documents and counts of one verb."""
        counted = any(p.plural and p.count is not None for p in governed)
        for phrase in governed:
            drafts = any(p.draft and p.spread for p in governed if p.first < phrase.first)
            above = speaks_above(self._context, here.sentence, phrase, deed.meeting)
            put_forward = phrase in here.initiators and (
                act.rule == _ON_TABLE or deed.left_for_later(phrase.draft)
            )
            name = _PROPOSE if put_forward else deed.name
            own = replace(deed, name=name, draft=deed.draft or drafts, upwards=deed.upwards or above)
            titles = phrase.all_titles or titles_after(here, phrase, act)
            self._ledger.enter(here.sentence, phrase, titles, own, act.rule, act, here.initiators)
            lone = counted and not phrase.plural and phrase.title is None and not phrase.definite
            number = phrase.count if phrase.plural else 1 if lone else None
            self._ledger.count(here.sentence, phrase, number, own, act.rule, act)

    def _governed(self, here: Told, handled: Iterable[Handled]) -> Header | None:
        """Enter the documents of each verb; the last verb of several, or of a list, opens one."""
        header: Header | None = None
        for act, governed in clauses(handled):
            deed = self._deed(here, act, governed)
            if deed is not None:
                self._enter(here, act, governed, deed)
                collective = [p for p in governed if p.plural]
                if collective or opens_list(here.sentence):
                    deed = replace(deed, draft=any(p.draft for p in collective))
                    header = announcement(here, deed, governed)
        return header

    def _ungoverned(self, here: Told, handled: Iterable[Handled], header: Header | None) -> Header | None:
        """Documents that no verb governs: an adjective may say what was done, or the sentence's header."""
        for phrase in (each.phrase for each in handled if each.act is None):
            name = here.sentence.units[phrase.act].value("ACT") if phrase.act is not None else None
            if name is not None and name != _PROPOSE:
                deed = Deed(name, self._owners.told_in(here.sentence))
                titles = phrase.all_titles or late_titles(self._context, here.sentence, False, phrase.last)
                self._ledger.enter(here.sentence, phrase, titles, deed, "adjective")
            elif phrase.draft and phrase.title is not None:
                self._enter_sent_up(here, phrase)
            counted = phrase.count if phrase.plural else None
            if counted is None:
                continue
            if name is not None:
                header = announcement(here, Deed(name, self._owners.told_in(here.sentence)), (phrase,))
            if header is None:
                self._orphans.append((here.sentence, phrase))
            else:
                self._ledger.count(here.sentence, phrase, counted, header.deed, "counted")
        return header

    def _enter_sent_up(self, here: Told, phrase: Phrase) -> None:
        """A draft that goes up to a higher body counts as approved, whatever the verb."""
        meeting = self._owners.owner(here.sentence, stand_in(phrase), here.phrases)
        subject = phrase.first == 0 or "DET" not in here.sentence.units[phrase.first - 1].values
        if meeting is None or not subject or after_preposition(here.sentence, phrase.first):
            return
        if goes_up(self._context, here.sentence, phrase, meeting):
            deed = Deed("approve", meeting, upwards=True)
            self._ledger.enter(here.sentence, phrase, phrase.all_titles, deed, "draft-sent-up")


def _to_be_written(here: Told, act: Act) -> bool:
    """Whether what was proposed is to draw a document up, so that "the" does not mean a known one."""
    return act.rule == _TO_DO and "ACTBASE" not in here.sentence.units[act.at].values
