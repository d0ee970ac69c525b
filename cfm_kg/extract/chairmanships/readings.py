"""Where a text speaks of a turn: whose, of which organisation, and what dates it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

import msgspec

from cfm_kg.extract.chairmanships.holders import antecedent, country_of, person_of
from cfm_kg.extract.chairmanships.organizations import caught, organization_of
from cfm_kg.extract.chairmanships.whens import When, when_of
from cfm_kg.extract.context import Context
from cfm_kg.model import Evidence, PersonMention
from cfm_kg.packs.grammar import Rule
from cfm_kg.units import Sentence

GROUP, SIGNS, TOPICS = "turns", "turn_signs", "turn_topics"
_TURN, _TOPIC = "turn", "topic"
"""What a rule can need: that a turn is told of beside it, or that it was asked whose turn it is."""
_REACH = 2
"""So many sentences on, what was told or asked is still spoken of."""
NOW, NEXT, PAST = "now", "next", "past"
# Classes whose values say whether a verb tells of what is, was or will be.
_TENSES = (
    "HOLDS",
    "CHAIRS",
    "TAKES",
    "PASSES",
    "GIVES",
    "BEGINS",
    "ENDS",
    "SUCCEEDS",
    "TAKES_CHAIR",
    "TAKEN_BY",
    "TURNS_INTO",
    "DOMINATES",
    "TAKES_FROM",
    "PASSES_TO",
    "LASTS",
    "ENTERS",
    "LEAVES",
    "HADBEEN",
)


class TurnReading(msgspec.Struct, frozen=True, gc=False):
    """One wording that tells of a turn. `sentence` is the index of its sentence."""

    organization: str
    country: str
    evidence: Evidence
    phase: str
    """Whether the turn is on, ahead or over when the article is written."""
    stated: bool
    """Whether the wording itself says so, rather than nothing against its being on."""
    ahead: bool
    """Whether the sentence speaks of what will be."""
    when: When | None
    handover: bool
    sentence: int
    at: int
    holder: PersonMention | None = None
    successor: TurnReading | None = None
    """For one who hands over: the turn that follows."""
    yearlong: bool = False
    """Whether the wording says that the turn lasts a year from its beginning."""


def readings(context: Context) -> tuple[TurnReading, ...]:
    """All wordings that tell of a turn, in text order; at one place the fullest."""
    found: list[TurnReading] = []
    told = asked = -_REACH
    signs, topics = context.places(SIGNS), context.places(TOPICS)
    for sentence in context.told:
        at = sentence.index
        beside = {_TURN} if at - told <= _REACH else set()
        if at - asked <= _REACH:
            beside.add(_TOPIC)
        if beside or (at in signs and context.has(SIGNS, sentence)):
            best = _best(context, sentence, beside)
            told = at if best else told
            found.extend(best)
        if at in topics and context.has(TOPICS, sentence):
            asked = at
    return tuple(found)


def _best(context: Context, sentence: Sentence, beside: Set[str]) -> list[TurnReading]:
    """What a sentence tells, `beside` being what the ones shortly before it spoke of."""
    matches = [
        (rule, match)
        for rule, match in context.matches(GROUP, sentence)
        if rule.means.get("needs") != _TOPIC or _TOPIC in beside
    ]
    alone = len(matches) <= 1 and _TURN not in beside
    matches = [(rule, m) for rule, m in matches if not (alone and rule.means.get("needs") == _TURN)]
    matches.sort(key=lambda pair: (-len(pair[1][0]), pair[1].start(), pair[0].name))
    taken: dict[int, TurnReading] = {}
    for rule, match in matches:
        for reading in _readings(context, sentence, rule, match):
            held = taken.get(reading.at)
            if held is not None and reading.when is not None and _named_after(held):
                del taken[reading.at]  # "from A, the chair in 2020" says more of A than who came after
            if reading.at not in taken and not _contained(taken, reading):
                taken[reading.at] = reading
    return [taken[key] for key in sorted(taken)]


def _named_after(prior: TurnReading) -> bool:
    """Whether somebody hands over who is named behind the one who takes over."""
    return prior.successor is not None and prior.successor.at < prior.at


def _contained(taken: dict[int, TurnReading], reading: TurnReading) -> bool:
    """Whether a longer wording already tells of the same country's turn."""
    return any(
        other.country == reading.country
        and other.organization == reading.organization
        and other.evidence.span.overlaps(reading.evidence.span)
        for other in taken.values()
    )


def _readings(
    context: Context, sentence: Sentence, rule: Rule, match: re.Match[str]
) -> Iterator[TurnReading]:
    organization = organization_of(context, sentence, match)
    at = caught(match, "land", "anaphor")
    if organization is None or at is None:
        return
    unit = sentence.units[at]
    if "ANAPHOR" in unit.values:
        found = antecedent(context, sentence, at)
        if found is None:
            return
        unit = found
    country = country_of(context, unit)
    if country is None or not _may_head(context, organization, country, match):
        return
    phase, stated = _phase(sentence, rule, match)
    handover = bool(rule.means.get("handover"))
    successor = TurnReading(
        organization,
        country,
        Evidence(sentence.over(*match.span()), rule.name),
        phase,
        stated,
        "FUTURE" in sentence.classes,
        when_of(context, sentence, rule, match, _ahead(rule, phase)),
        handover,
        sentence.index,
        at,
        person_of(unit),
        yearlong=bool(rule.means.get("yearlong")),
    )
    yield successor
    prior = caught(match, "prior")
    if prior is not None:
        yield from _prior(context, sentence, successor, prior)


def _prior(context: Context, sentence: Sentence, successor: TurnReading, at: int) -> Iterator[TurnReading]:
    """The turn that ended when the successor's began."""
    unit = sentence.units[at]
    country = country_of(context, unit)
    if country is None or country == successor.country:
        return
    phase = NOW if successor.phase == NEXT else PAST
    evidence = successor.evidence
    yield TurnReading(
        successor.organization,
        country,
        evidence,
        phase,
        True,
        False,
        None,
        False,
        sentence.index,
        at,
        person_of(unit),
        successor,
    )


def _ahead(rule: Rule, phase: str) -> bool:
    """Whether a date that a wording gives lies ahead: where a turn will begin, or one that is on ends."""
    return phase == NEXT or (phase == NOW and bool(rule.means.get("ends")))


def _may_head(context: Context, organization: str, country: str, match: re.Match[str]) -> bool:
    """A country outside heads an organisation only where the wording names that organisation."""
    if caught(match, "org") is not None:
        return True
    members = context.registry.members(organization, None)
    return not members or country in members


def _phase(sentence: Sentence, rule: Rule, match: re.Match[str]) -> tuple[str, bool]:
    """Whether a turn is on, ahead or over, and whether the wording says so."""
    if "phase" in rule.means:
        return rule.means["phase"], True
    said = sentence.units[match.start() : match.end()]
    tense = next((u.value(k) for u in said for k in _TENSES if k in u.values), None)
    if tense == NEXT or any("FUTURE" in u.values or "TNEXT" in u.values for u in said):
        return NEXT, True
    if rule.means.get("handover"):
        return (NOW if tense == PAST else NEXT), True
    if rule.means.get("begins"):
        return (NOW if tense == PAST else NEXT), True
    if rule.means.get("ends"):
        return (PAST if tense == PAST else NOW), True
    if any("TPAST" in u.values for u in said):
        return PAST, True
    if tense == PAST and not any("PERFECT" in u.values for u in said):
        return PAST, True
    return NOW, tense is not None or any("TNOW" in u.values for u in said)
