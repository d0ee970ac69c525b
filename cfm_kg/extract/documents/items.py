"""Items of lists: where they begin, and what announces them."""

from __future__ import annotations

from cfm_kg.extract.context import Context
from cfm_kg.model import BlockKind
from cfm_kg.units import Sentence, Unit

_MARKS = frozenset("()[].,:-–—*#")
_DASHES = frozenset("-–—")
"""They open what people say, in paragraphs that are no items."""


def is_item(context: Context, sentence: Sentence) -> bool:
    """Whether a sentence opens an item of a list."""
    previous = context.sentences[sentence.index - 1] if sentence.index else None
    if previous is not None and previous.block == sentence.block:
        return False
    if sentence.kind is BlockKind.LIST_ITEM:
        return True
    first = sentence.units[0]
    spoken = sentence.kind is BlockKind.PARAGRAPH and first.text in _DASHES
    return not spoken and (item_start(sentence) > 0 or "OPENQ" in first.values)


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
