"""The place of an article's dateline, which "here" means."""

from __future__ import annotations

from collections.abc import Iterator

from cfm_kg.extract.context import Context
from cfm_kg.model import BlockKind
from cfm_kg.units import Sentence, Unit

_HEAD = 3
"""Among so many sentences from the first of a story may stand its dateline, below a second headline."""
_MARKS = frozenset(",-–—|/()")


def dateline_place(context: Context) -> str | None:
    """The place that the first dateline names."""
    return next((unit.value("PLACE") for unit in dateline_places(context)), None)


def dateline_places(context: Context) -> Iterator[Unit]:
    """The places in datelines, in text order, and those that are a line or a first sentence."""
    for sentence in (*_above(context), *context.told):
        if "PLACE" not in sentence.classes:
            continue
        if context.document.blocks[sentence.block].dateline is not None:
            yield from (u for u in sentence.units if "PLACE" in u.values and context.in_dateline(sentence, u))
        elif _alone(context, sentence):
            yield sentence.units[0]


def _above(context: Context) -> Iterator[Sentence]:
    """The lines above the story that are a city alone."""
    last = context.opening + _HEAD
    heads = (s for s in context.sentences[:last] if s.kind is BlockKind.FURNITURE)
    return (s for s in heads if len(s.units) == 1)


def _alone(context: Context, sentence: Sentence) -> bool:
    """Whether a city is all of the sentence that the story begins with ("Astana. Yesterday the …")."""
    first = context.opening <= sentence.index < context.opening + _HEAD
    following = context.sentences[sentence.index + 1 : sentence.index + 2]
    goes_on = bool(following) and following[0].paragraph == sentence.paragraph
    return first and goes_on and len(sentence.units) == 2 and "PLACE" in sentence.units[0].values


def beside_publication(context: Context) -> Iterator[Unit]:
    """The place that marks set off on the line that tells the day of publication."""
    publication = context.document.publication
    if publication is None or publication.span is None:
        return
    for sentence in context.sentences:
        if sentence.kind is not BlockKind.FURNITURE or not sentence.span.covers(publication.span):
            continue
        for at, unit in enumerate(sentence.units):
            around = (*sentence.units[max(0, at - 1) : at], *sentence.units[at + 1 : at + 2])
            if "PLACE" in unit.values and all(u.text in _MARKS or u.mention is not None for u in around):
                yield unit
