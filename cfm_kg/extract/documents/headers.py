"""Sentences that announce documents which others list: "The following were adopted:"."""

from __future__ import annotations

from dataclasses import dataclass

from cfm_kg.extract.context import Context
from cfm_kg.extract.documents.phrases import Phrase
from cfm_kg.extract.documents.titles import inner_kind, title_end
from cfm_kg.extract.documents.quotes import paired
from cfm_kg.model import BlockKind, MeetingFrame, Span
from cfm_kg.units import Sentence, Unit

_PATIENCE = 1
"""Paragraphs of another kind that may stand between the items of a list."""
_MARKS = frozenset("()[].,:-–—*#")


@dataclass(frozen=True, slots=True)
class Header:
    """What was done to documents that are told of next."""

    name: str
    future: bool
    draft: bool
    upwards: bool
    kinds: frozenset[str]
    """Types of the documents announced; empty where the words do not say."""
    meeting: MeetingFrame
    paragraph: int
    open: bool
    """Whether its sentence leaves a list to follow."""
    strayed: int = 0

    def lasts(self, sentence: Sentence) -> bool:
        """Whether it may still hold for a sentence."""
        return self.strayed <= _PATIENCE or sentence.paragraph == self.paragraph

    @property
    def kind(self) -> str | None:
        """The one type of all documents announced."""
        return next(iter(self.kinds)) if len(self.kinds) == 1 else None


def is_item(context: Context, sentence: Sentence) -> bool:
    """Whether a sentence opens an item of a list."""
    previous = context.sentences[sentence.index - 1] if sentence.index else None
    if previous is not None and previous.block == sentence.block:
        return False
    return sentence.kind is BlockKind.LIST_ITEM or item_start(sentence) > 0 or "OPENQ" in sentence.units[0].values


def item_start(sentence: Sentence) -> int:
    """The unit after an item's bullet, number or letter."""
    at = 0
    units = sentence.units
    while at < min(5, len(units) - 1):
        if "OPENQ" in units[at].values or not _leads(units, at):
            break
        at += 1
    return at


def _leads(units: tuple[Unit, ...], at: int) -> bool:
    unit = units[at]
    if unit.text in _MARKS or "BULLET" in unit.values or not unit.text[0].isalnum():
        return True
    short = len(unit.text) <= 2 and (unit.text.isdigit() or len(unit.text) == 1)
    return short and at + 1 < len(units) and units[at + 1].text in (")", ".")


def opens_list(sentence: Sentence) -> bool:
    """Whether a sentence ends as if a list followed."""
    return sentence.units[-1].text in (":", ",", "-", "–", "—")


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
        kind = header.kind or inner_kind(sentence.units[start + 1 : closing]) or "Other"
        last = closing
        while last > start + 2 and sentence.units[last - 1].text in ".,;":
            last -= 1
        return Phrase(start, start, closing + 1, kind, sentence.over(start + 1, last))
    kind = header.kind or ("Other" if not header.kinds else None)
    if kind is None or not header.open or len(sentence.units) - start < 2:
        return None
    end = title_end(context, sentence, start)
    title: Span = sentence.over(start, end)
    return Phrase(start, start, end, kind, title)
