"""Sentences that announce documents which others list: "The following were adopted:"."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from cfm_kg.extract.context import Context
from cfm_kg.extract.documents.actions import Deed, upward_acts
from cfm_kg.extract.documents.acts import NONE, Act
from cfm_kg.extract.documents.ends import title_end
from cfm_kg.extract.documents.items import item_start, opens_list
from cfm_kg.extract.documents.owners import Owners
from cfm_kg.extract.documents.phrases import Phrase
from cfm_kg.extract.documents.quotes import inside, paired
from cfm_kg.extract.documents.titles import BARE_TYPES, inner_kind
from cfm_kg.extract.documents.told import Told
from cfm_kg.model import BlockKind
from cfm_kg.units import Sentence, Unit

_PATIENCE = 1
"""Paragraphs of another kind that may stand between the items of a list."""
_TYPE_REACH = 3
_SHORT = 8
_SUBJECT_REACH = 2
_SUBJECTS = frozenset({"EVENT", "BODY", "MEMBERS", "MINISTERS", "PERSON", "OFFICE", "ROLE_PL"})
_PROPOSE = "propose"
_CONTINUES = "document_continues"
_USUAL = "adopt"
"""What is done to documents where a list of them says nothing else."""


class Header(msgspec.Struct, frozen=True, gc=False):
    """What was done to documents that are told of next."""

    deed: Deed
    kinds: frozenset[str]
    """Types of the documents announced; empty where the words do not say."""
    paragraph: int
    open: bool
    """Whether its sentence leaves a list to follow."""
    strayed: int = 0
    counts: tuple[tuple[int, str], ...] = ()
    """How many of which type were announced."""
    asked: bool = False
    """Whether it is a question, which the next sentence answers."""

    def lasts(self, sentence: Sentence) -> bool:
        """Whether it may still hold for a sentence."""
        return self.strayed <= _PATIENCE or sentence.paragraph == self.paragraph

    def kind_of(self, count: int | None) -> str | None:
        """The type of which so many were announced; the one type of all where no number is given."""
        if count is None:
            return self.kind
        counted = {kind for number, kind in self.counts if number == count}
        return next(iter(counted)) if len(counted) == 1 else None

    def announces(self, phrases: Iterable[Phrase]) -> bool:
        """Whether one of these points back to what was announced ("the statement")."""
        return any(phrase.definite and phrase.kind in self.kinds for phrase in phrases)

    def leaves_noun_out(self, first: Unit) -> bool:
        """Whether an item that begins so is a title alone: "on the programme of …"."""
        return self.kind in BARE_TYPES and "ABOUT" in first.values

    @property
    def kind(self) -> str | None:
        """The one type of all documents announced."""
        return next(iter(self.kinds)) if len(self.kinds) == 1 else None


def _adjoins(sentence: Sentence, header: Header) -> bool:
    """Whether no other paragraph stands between a header, or its latest item, and a sentence."""
    return header.strayed == 0 and sentence.paragraph <= header.paragraph + 1


def item_phrase(context: Context, sentence: Sentence, header: Header) -> Phrase | None:
    """The document of an item that gives a title alone, under a header that says of which type."""
    if not (_adjoins(sentence, header) or (header.kind and sentence.kind is BlockKind.LIST_ITEM)):
        return None
    start = item_start(sentence)
    closing = paired(sentence).get(start)
    if closing is not None:
        if _spoken(sentence, closing):
            return None
        kind = _named_after(sentence, closing + 1)
        kind = kind or header.kind or inner_kind(sentence.units[start + 1 : closing]) or "Other"
        return Phrase(start, start, closing + 1, kind, inside(sentence, start, closing))
    kind = header.kind or ("Other" if not header.kinds else None)
    if kind is None or not header.open or len(sentence.units) - start < 2:
        return None
    end = title_end(context, sentence, start)
    if _predicated(sentence, start, end):
        return None
    return Phrase(start, start, end, _named_after(sentence, end) or kind, sentence.over(start, end))


def _spoken(sentence: Sentence, closing: int) -> bool:
    """Whether a quotation that closes there is what somebody said."""
    after = sentence.units[closing + 1 : closing + 1 + _SHORT]
    return sentence.units[closing - 1].text == "," or any("SAY" in u.values for u in after)


def _predicated(sentence: Sentence, start: int, end: int) -> bool:
    """Whether an item tells something of a meeting or a person, and so is no title."""
    subject = sentence.units[start : start + _SUBJECT_REACH]
    named = any(not _SUBJECTS.isdisjoint(u.values) for u in subject)
    return named and any("DAUX" in u.values or "MODAL" in u.values for u in sentence.units[end:])


def _named_after(sentence: Sentence, end: int) -> str | None:
    """The type that stands after a title: "On the situation in … (statement)"."""
    return next((k for u in sentence.units[end : end + _TYPE_REACH] if (k := u.value("DOCNOUN"))), None)


def announcement(told: Told, deed: Deed, phrases: tuple[Phrase, ...]) -> Header:
    """What a sentence leaves to the next: documents of these kinds, with what was done to them."""
    kinds = frozenset(p.kind for p in phrases if not p.generic)
    counts = tuple((p.count, p.kind) for p in phrases if p.count is not None)
    return Header(deed, kinds, told.sentence.paragraph, opens_list(told.sentence), counts=counts)


def continues(context: Context, sentence: Sentence) -> bool:
    """Whether a sentence goes on to tell of documents announced before."""
    return context.has(_CONTINUES, sentence)


def continued(context: Context, sentence: Sentence) -> tuple[int | None, int]:
    """Of how many documents announced before a sentence goes on to tell, and the unit after these words."""
    for _, match in context.matches(_CONTINUES, sentence):
        if "count" in match.re.groupindex and match.start("count") >= 0:
            unit = sentence.units[match.start("count")]
            value = unit.value("NUMWORD") or unit.text
            return (int(value) if value.isdigit() else None), match.end()
    return None, 0


def bare_announcement(told: Told, owners: Owners, before: Header | None) -> Header | None:
    """A line that announces documents with a verb alone, or with a noun alone."""
    made = _verb_alone(told, owners) or _noun_alone(told, owners, before)
    return replace(made, open=True, asked=asks(told)) if made is not None else None


def asks(told: Told) -> bool:
    """Whether a sentence asks which documents there were."""
    return told.context.has("document_questions", told.sentence)


def answers(told: Told, header: Header) -> bool:
    """Whether a sentence without a verb answers what a header asks: "What was signed? A plan of …"."""
    adjoins = told.sentence.paragraph <= header.paragraph + (not header.strayed)
    if not (header.asked and header.strayed <= _PATIENCE and adjoins):
        return False
    return bool(told.phrases) and all(act.name == NONE for act in told.acts)


def _verb_alone(told: Told, owners: Owners) -> Header | None:
    """ "The Council adopted:", or a heading such as "What was signed"."""
    units = told.sentence.units
    if told.phrases or (len(units) > _SHORT and not opens_list(told.sentence)):
        return None
    last = next((act for act in reversed(told.acts) if act.name != NONE), None)
    if last is None:
        decided = "DECIDED" in told.sentence.classes and opens_list(told.sentence)
        return announcement(told, Deed(_USUAL, owners.told_in(told.sentence)), ()) if decided else None
    if (
        not asks(told)
        and units[-1].text != ":"
        and not (_is_heading(units) and owners.before_list(told.sentence))
    ):
        return None
    return announcement(told, _deed_announced(told, last, owners), ())


def _is_heading(units: tuple[Unit, ...]) -> bool:
    return len(units) <= _SHORT and units[-1].text != "."


def implied_announcement(before: Told, owners: Owners) -> Header | None:
    """The header of a list of documents whose opening words name none: "This is what they agreed:"."""
    said = [act for act in before.acts if act.name not in (NONE, _PROPOSE)]
    if not said and not opens_list(before.sentence):
        return None
    if said:
        deed = _deed_announced(before, said[-1], owners)
    else:
        deed = Deed(_USUAL, owners.told_in(before.sentence), _planned(before.sentence))
    return replace(announcement(before, deed, ()), open=False)


def _deed_announced(told: Told, act: Act, owners: Owners) -> Deed:
    """What the last verb of a header does to the documents listed after it."""
    meeting = owners.announcer(told.sentence)
    ups = upward_acts(told.context, told.sentence, told.acts, told.phrases, meeting)
    return Deed(act.name, meeting, act.future, upwards=act.at in ups)


def _planned(sentence: Sentence) -> bool:
    return not sentence.classes.isdisjoint(("FUTURE", "TOWARDS", "MODAL"))


def _noun_alone(told: Told, owners: Owners, before: Header | None) -> Header | None:
    """ "Statements:", which goes on with what was done to documents before."""
    several = [p for p in told.phrases if p.plural]
    if not several or len(told.sentence.units) > _SHORT:
        return None
    if not opens_list(told.sentence) and not owners.before_list(told.sentence):
        return None
    if any(act.name != NONE for act in told.acts):
        return None
    deed = before.deed if before is not None else Deed(_USUAL, owners.told_in(told.sentence))
    return announcement(told, deed, tuple(several))


def starts_list(before: Told, here: Told) -> bool:
    """Whether a sentence is the first item of a list and begins with a document and its title."""
    beside = here.sentence.paragraph <= before.sentence.paragraph + 1
    if not beside or here.sentence.kind is not BlockKind.LIST_ITEM:
        return False
    start = item_start(here.sentence)
    return any(p.first <= start + 1 and p.title is not None for p in here.phrases)
