"""The place of an article's dateline, which "here" means."""

from __future__ import annotations

from collections.abc import Iterator

from cfm_kg.extract.context import Context
from cfm_kg.model import BlockKind
from cfm_kg.units import Unit

_MARKS = frozenset(",-–—|/()")


def dateline_place(context: Context) -> str | None:
    """The place that the first dateline names."""
    return next((unit.value("PLACE") for unit in dateline_places(context)), None)


def dateline_places(context: Context) -> Iterator[Unit]:
    """The places in datelines, in text order."""
    for sentence in context.told:
        if context.document.blocks[sentence.block].dateline is not None and "PLACE" in sentence.classes:
            yield from (u for u in sentence.units if "PLACE" in u.values and context.in_dateline(sentence, u))


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
