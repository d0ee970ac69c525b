"""The countries that put documents forward."""

from __future__ import annotations

from collections.abc import Iterable

from cfm_kg.extract.context import Context
from cfm_kg.extract.documents.phrases import Phrase
from cfm_kg.model import Evidence
from cfm_kg.units import Sentence, Unit

_REACH = 3
Initiator = tuple[str, Evidence]


def find_initiators(
    context: Context, sentence: Sentence, phrases: Iterable[Phrase]
) -> dict[Phrase, Initiator]:
    """For each document that somebody put forward by the sentence, the country."""
    ordered = sorted(phrases, key=lambda p: p.first)
    found: dict[Phrase, Initiator] = {}
    for rule, match in context.matches("document_initiators", sentence):
        if any(_in_title(sentence, p, match.start("land")) for p in ordered):
            continue
        country = _country(context, sentence.units[match.start("land")])
        if country is None:
            continue
        initiator = (country, Evidence(sentence.over(*match.span()), rule.name))
        for phrase in _meant(ordered, match.start()):
            found.setdefault(phrase, initiator)
    return found


def _in_title(sentence: Sentence, phrase: Phrase, at: int) -> bool:
    span = sentence.units[at].span
    return any(title.covers(span) for title in phrase.all_titles)


def _meant(phrases: list[Phrase], at: int) -> list[Phrase]:
    """The document around, or right before, or all that follow."""
    around = [p for p in phrases if p.head < at < p.last]
    if around:
        return around
    before = [p for p in phrases if p.last <= at]
    if before and at - before[-1].last <= _REACH:
        return [before[-1]]
    return [p for p in phrases if p.first >= at] if not before else before[-1:]


def _country(context: Context, unit: Unit) -> str | None:
    """The country named, also by its capital."""
    country = unit.value("DEMONYM") or unit.value("COUNTRY")
    if country is not None:
        return country
    place = unit.value("PLACE")
    if place is None or place not in context.registry.places:
        return None
    home = context.registry.places[place].country
    known = context.registry.countries.get(home or "")
    return home if known is not None and known.capital == place else None
