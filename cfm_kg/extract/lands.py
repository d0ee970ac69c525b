"""Countries that were at a meeting, told without those who came for them."""

from __future__ import annotations

from collections.abc import Iterator

from cfm_kg.extract.context import Context
from cfm_kg.extract.scenes import Scene, caught
from cfm_kg.model import Evidence, Participation, Stance
from cfm_kg.units import Unit

_KINDS = ("COUNTRY", "DEMONYM")


def lands_listed(context: Context, scene: Scene) -> Iterator[Participation]:
    """Countries listed as present, or announced for a meeting to come."""
    found = context.matches("present_lands", scene.sentence)
    if not found or (scene.planned and (scene.has("MAYBE") or scene.called_off)):
        return
    ahead = scene.has("FUTURE") or scene.has("CONFIRMED")
    for rule, match in found:
        if scene.planned and not ahead and not rule.means.get("ahead"):
            continue
        if rule.means.get("guarded") and not scene.attends:
            continue
        said = scene.sentence.units[max(0, match.start() - 1) : match.end()]
        if any("NEG" in u.values or ("FUTURE" in u.values and not scene.planned) for u in said):
            continue
        for at in caught(match, "lands"):
            unit = scene.sentence.units[at]
            country = country_of(context, unit)
            if country is not None and at not in scene.absent:
                evidence = Evidence(unit.span, rule.name)
                yield Participation(scene.meeting.key, Stance.PRESENT, evidence, None, country)


def country_of(context: Context, unit: Unit) -> str | None:
    """The country that a unit names, or whose capital stands for it."""
    named = next((unit.values[kind][0] for kind in _KINDS if kind in unit.values), None)
    return named or context.registry.country_of_capital(unit.value("PLACE"))
