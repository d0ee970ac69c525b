"""The documents of an article, sentence by sentence, with what one sentence leaves to the next."""

from __future__ import annotations

from dataclasses import replace

from cfm_kg.extract.context import Context
from cfm_kg.extract.documents.actions import action, upward_acts
from cfm_kg.extract.documents.acts import NONE, Act, Voice, find_acts
from cfm_kg.extract.documents.govern import Handled, clauses, govern
from cfm_kg.extract.documents.headers import Header, is_item, item_phrase, item_start, opens_list
from cfm_kg.extract.documents.initiators import Initiator, find_initiators
from cfm_kg.extract.documents.owners import Owners, dated_elsewhere
from cfm_kg.extract.documents.phrases import Phrase, find_phrases
from cfm_kg.extract.documents.titles import late_titles, titles_of_each
from cfm_kg.extract.documents.refusals import refused
from cfm_kg.model import DocumentFrame, Evidence, MeetingFrame, Span, TallyFrame
from cfm_kg.units import Sentence

_SHORT = 8
"""A sentence of so few units may be a scrap whose verb was lost."""
_ITEM_LEAD = 3
_DONE = frozenset({"adopt", "sign", "approve"})


class Story:
    """Collects documents and tallies while it reads one sentence after the other."""

    def __init__(self, context: Context, meetings: tuple[MeetingFrame, ...]) -> None:
        self._context = context
        self._owners = Owners.of(context, meetings)
        self._header: Header | None = None
        self._orphans: list[tuple[Sentence, Phrase]] = []
        self.documents: list[DocumentFrame] = []
        self.tallies: list[TallyFrame] = []

    def read(self, sentence: Sentence) -> None:
        """Take in the next sentence."""
        phrases = find_phrases(self._context, sentence)
        acts = find_acts(self._context, sentence, phrases)
        handled = govern(sentence, phrases, acts, _done_ends(self._context, sentence))
        header = self._header
        if header is not None and header.lasts(sentence) and is_item(self._context, sentence):
            if self._read_item(sentence, header, phrases, acts, handled):
                return
        if header is not None and header.lasts(sentence) and self._continues(sentence):
            self._read_on(sentence, header, phrases, acts, handled)
            return
        made = self._read_plain(sentence, phrases, acts, handled)
        if made is not None:
            self._header = made
        elif header is not None and header.paragraph != sentence.paragraph:
            self._header = replace(header, strayed=header.strayed + 1, paragraph=sentence.paragraph)

    def adopt_orphans(self, other: Story) -> None:
        """Counts without a verb take the one that the headline has for documents."""
        told = next((d.action for d in other.documents), None) or next((t.action for t in other.tallies), None)
        header = other._header
        if told is None and header is not None:
            told = action(header.name, header.future, header.draft, header.upwards)
        for sentence, phrase in self._orphans:
            if told is not None and phrase.count is not None and len(sentence.units) <= _SHORT:
                meeting = self._owners.told_in(sentence)
                evidence = Evidence(sentence.over(phrase.first, phrase.last), "counted-alone")
                self.tallies.append(TallyFrame(meeting.key, phrase.kind, told, phrase.count, evidence))

    # ------------------------------------------------------------------ three ways to read a sentence

    def _read_plain(
        self, sentence: Sentence, phrases: tuple[Phrase, ...], acts: tuple[Act, ...], handled: tuple[Handled, ...]
    ) -> Header | None:
        """Read what the sentence's own verbs do; what it leaves open becomes the header of the next."""
        initiators = find_initiators(self._context, sentence, phrases)
        header: Header | None = None
        for act, governed in clauses(handled):
            meeting = self._owners.owner(sentence, act, phrases)
            if meeting is None:
                continue
            if act.name in _DONE and not act.future and dated_elsewhere(self._context, sentence, phrases, meeting):
                continue
            upwards = act.at in upward_acts(self._context, sentence, acts, phrases, meeting)
            if act.name == "propose" and self._announced(governed):
                act, meeting, upwards = self._recalled(act, governed)
            header = self._take(sentence, act, governed, meeting, upwards, initiators) or header
        self._leftovers(sentence, handled, header)
        return header or self._label(sentence, acts)

    def _read_item(
        self,
        sentence: Sentence,
        header: Header,
        phrases: tuple[Phrase, ...],
        acts: tuple[Act, ...],
        handled: tuple[Handled, ...],
    ) -> bool:
        start = item_start(sentence)
        first = next((h for h in handled if h.phrase.first <= start + _ITEM_LEAD), None)
        phrase = first.phrase if first is not None else item_phrase(self._context, sentence, header)
        if first is not None and first.act is not None and first.act.voice is not Voice.AFTER:
            if first.act.at < first.phrase.first:
                self._read_plain(sentence, phrases, acts, handled)
                return True
        if phrase is None or phrase.title is None:
            return False
        marked = first.act if first is not None and first.act is not None else None
        upwards = bool(upward_acts(self._context, sentence, (_placeholder(start),), (phrase,), header.meeting))
        name = marked.name if marked is not None and marked.voice is Voice.AFTER else header.name
        done = action(name, header.future, phrase.draft or header.draft, upwards or header.upwards)
        initiators = find_initiators(self._context, sentence, (phrase,))
        self._document(sentence, phrase, phrase.title, done, header.meeting, "listed", initiators)
        self._header = replace(header, strayed=0, paragraph=sentence.paragraph)
        return True

    def _read_on(
        self,
        sentence: Sentence,
        header: Header,
        phrases: tuple[Phrase, ...],
        acts: tuple[Act, ...],
        handled: tuple[Handled, ...],
    ) -> None:
        initiators = find_initiators(self._context, sentence, phrases)
        kinds = frozenset(p.kind for p in phrases if p.plural and not p.generic)
        own = tuple(h for h in handled if h.act is not None and h.act.name != "propose")
        for each in handled:
            if each in own:
                continue
            done = action(header.name, header.future, each.phrase.draft or header.draft, header.upwards)
            for title in _titles(each.phrase):
                self._document(sentence, each.phrase, title, done, header.meeting, "among-announced", initiators)
        if header.kind is not None and not any(_titles(p) for p in phrases):
            self._read_each(sentence, header, header.kind)
        self._header = replace(
            header, kinds=kinds or header.kinds, open=opens_list(sentence), strayed=0, paragraph=sentence.paragraph
        )
        made = self._read_plain(sentence, phrases, acts, own) if own else None
        self._header = made or self._header

    def _read_each(self, sentence: Sentence, header: Header, kind: str) -> None:
        """Read what each of the documents announced is about."""
        done = action(header.name, header.future, header.draft, header.upwards)
        for title in titles_of_each(self._context, sentence):
            whole = Phrase(0, 0, len(sentence.units), kind, title)
            self._document(sentence, whole, title, done, header.meeting, "each-announced", {})

    # ------------------------------------------------------------------ what the ways share

    def _take(
        self,
        sentence: Sentence,
        act: Act,
        governed: tuple[Phrase, ...],
        meeting: MeetingFrame,
        upwards: bool,
        initiators: dict[Phrase, Initiator],
    ) -> Header | None:
        collective = [p for p in governed if p.plural]
        drafts = any(p.draft for p in collective)
        header: Header | None = None
        for phrase in governed:
            announced = any(p.draft for p in collective if p.first < phrase.first)
            done = action(act.name, act.future, phrase.draft or announced, upwards)
            for title in _titles(phrase) or self._late(sentence, phrase, act):
                self._document(sentence, phrase, title, done, meeting, act.rule, initiators, act)
            if done is not None:
                self._count(sentence, phrase, collective, done, meeting, act)
        if collective or opens_list(sentence):
            kinds = frozenset(p.kind for p in governed if not p.generic)
            header = Header(
                act.name, act.future, drafts, upwards, kinds, meeting, sentence.paragraph, opens_list(sentence)
            )
        return header

    def _late(self, sentence: Sentence, phrase: Phrase, act: Act) -> tuple[Span, ...]:
        """Titles after the verb of documents before it."""
        if phrase.generic:
            return ()
        if phrase.last > act.at:
            indefinite = not phrase.plural and not phrase.definite
            return late_titles(self._context, sentence, False, phrase.last) if indefinite else ()
        found = late_titles(self._context, sentence, phrase.plural, act.last)
        if not found and act.voice is Voice.MODIFIER:
            ends = _done_ends(self._context, sentence)
            found = late_titles(self._context, sentence, phrase.plural, ends.get(act.at, act.last))
        return found

    def _count(
        self,
        sentence: Sentence,
        phrase: Phrase,
        collective: list[Phrase],
        done: str,
        meeting: MeetingFrame,
        act: Act,
    ) -> None:
        count = phrase.count if phrase.plural else None
        counted = any(p.count is not None for p in collective)
        if count is None and not phrase.plural and phrase.title is None and (counted and not phrase.definite):
            count = 1
        if count is not None:
            evidence = Evidence(_span(sentence, phrase, act), act.rule)
            self.tallies.append(TallyFrame(meeting.key, phrase.kind, done, count, evidence))

    def _document(
        self,
        sentence: Sentence,
        phrase: Phrase,
        title: Span,
        done: str | None,
        meeting: MeetingFrame,
        rule: str,
        initiators: dict[Phrase, Initiator],
        act: Act | None = None,
    ) -> None:
        if done is None or refused(self._context, sentence, phrase, title):
            return
        country, evidence = initiators.get(phrase, (None, None))
        span = _span(sentence, phrase, act)
        self.documents.append(
            DocumentFrame(meeting.key, title, phrase.kind, done, Evidence(span, rule), country, evidence)
        )

    def _leftovers(self, sentence: Sentence, handled: tuple[Handled, ...], header: Header | None) -> None:
        """Counts that no verb governs take the sentence's other documents' verb, or wait."""
        for each in handled:
            phrase = each.phrase
            if each.act is None and phrase.act is not None and phrase.title is not None:
                self._adjective(sentence, phrase)
            if each.act is not None or not phrase.plural or phrase.count is None:
                continue
            name = sentence.units[phrase.act].value("ACT") if phrase.act is not None else None
            if name is None and header is None:
                self._orphans.append((sentence, phrase))
                continue
            meeting = header.meeting if header is not None else self._owners.told_in(sentence)
            done = action(name or (header.name if header else NONE), False, phrase.draft, False)
            if done is not None:
                evidence = Evidence(sentence.over(phrase.first, phrase.last), "counted")
                self.tallies.append(TallyFrame(meeting.key, phrase.kind, done, phrase.count, evidence))
            if name is not None:
                kinds = frozenset() if phrase.generic else frozenset({phrase.kind})
                self._header = Header(
                    name, False, phrase.draft, False, kinds, meeting, sentence.paragraph, opens_list(sentence)
                )

    def _adjective(self, sentence: Sentence, phrase: Phrase) -> None:
        """A document that only an adjective says was handled: "in the adopted statement on …"."""
        name = sentence.units[phrase.act or phrase.first].value("ACT") or NONE
        done = action(name, False, phrase.draft, False) if name != "propose" else None
        meeting = self._owners.told_in(sentence)
        for title in _titles(phrase):
            self._document(sentence, phrase, title, done, meeting, "adjective", {})

    def _label(self, sentence: Sentence, acts: tuple[Act, ...]) -> Header | None:
        """A sentence such as "The Council adopted:" announces documents without a noun for them."""
        last = acts[-1] if acts else None
        if last is None or last.name == NONE or sentence.units[-1].text != ":":
            return None
        if last.last < len(sentence.units) - 2:
            return None
        meeting = self._owners.told_in(sentence)
        return Header(last.name, last.future, False, False, frozenset(), meeting, sentence.paragraph, True)

    def _announced(self, governed: tuple[Phrase, ...]) -> bool:
        header = self._header
        return header is not None and any(p.definite and p.kind in header.kinds for p in governed)

    def _recalled(self, act: Act, governed: tuple[Phrase, ...]) -> tuple[Act, MeetingFrame, bool]:
        """A document announced before, of which the sentence only says who put it forward."""
        header = self._header
        assert header is not None
        return replace(act, name=header.name, future=header.future), header.meeting, header.upwards

    def _continues(self, sentence: Sentence) -> bool:
        return self._context.language.grammar.has("document_continues", sentence.codes)


def _done_ends(context: Context, sentence: Sentence) -> dict[int, int]:
    """For each verb that says so, where the words end that tell that something was done at the meeting."""
    matches = context.language.grammar.matches("document_done_here", sentence.codes)
    return {match.start(): match.end() for _, match in matches}


def _titles(phrase: Phrase) -> tuple[Span, ...]:
    return phrase.titles or ((phrase.title,) if phrase.title is not None else ())


def _span(sentence: Sentence, phrase: Phrase, act: Act | None) -> Span:
    if act is None:
        return sentence.over(phrase.first, phrase.last)
    return sentence.over(min(act.first, phrase.first), max(act.last, phrase.last))


def _placeholder(start: int) -> Act:
    return Act(start, start, start, "adopt", Voice.ACTIVE, False, "listed")
