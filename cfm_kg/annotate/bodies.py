"""Councils: a council's name and an organisation's, put together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cfm_kg.annotate.chunk import Made, chunked, extent
from cfm_kg.model import BodyMention
from cfm_kg.packs.grammar import Rule
from cfm_kg.packs.language import Language
from cfm_kg.registry import Registry
from cfm_kg.units import Sentence, Unit
from cfm_kg.vocab import thing

BODY, MEMBERS, GATHERING = "BODY", "MEMBERS", "GATHERING"


class BodyReader:
    """Finds the councils that a registry knows."""

    def __init__(self, registry: Registry, language: Language) -> None:
        self._registry = registry
        self._language = language

    def embodied(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        """The sentences with their councils joined into mentions."""
        return chunked(sentences, self._language, "bodies", self._make)

    def _make(self, sentence: Sentence, rule: Rule, match: re.Match[str]) -> Made | None:
        span = sentence.over(*extent(match))
        organizations = self._organizations(_units(sentence, match, "org"))
        named = _units(sentence, match, "council")
        roles = {
            thing("role", r) for u in _units(sentence, match, "roles") for r in u.values.get("ROLE_PL", ())
        }
        if rule.means.get("gathering"):
            bodies = self._gathering(organizations)
        elif roles:
            bodies = self._sitting(roles, organizations)
        else:
            bodies = self._named(named, organizations)
        if rule.means.get("joint"):
            bodies = self._joint(named, organizations, bodies)
        if not bodies:
            return None
        plural = tuple(v for u in _units(sentence, match, "roles") for v in u.values.get("ROLE_PL", ()))
        if rule.means.get("gathering"):
            return {GATHERING: bodies}, BodyMention(span, bodies, bool(organizations))
        whole = any("BODY" in unit.values for unit in named)
        sitting = roles and not rule.means.get("council")
        values = {MEMBERS: bodies, "ROLE_PL": plural} if sitting else {BODY: bodies}
        return values, BodyMention(span, bodies, bool(organizations) or whole)

    def _organizations(self, units: tuple[Unit, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(org for unit in units for org in unit.values.get("ORG", ())))

    def _named(self, named: tuple[Unit, ...], organizations: tuple[str, ...]) -> tuple[str, ...]:
        candidates = [
            body
            for unit in named
            for kind in ("BODY", "COUNCIL", "INFORMAL")
            for body in unit.values.get(kind, ())
        ]
        fitting = [b for b in candidates if self._registry.bodies[b].organization in organizations]
        return tuple(dict.fromkeys(fitting if organizations else candidates))

    def _sitting(self, roles: set[str], organizations: tuple[str, ...]) -> tuple[str, ...]:
        """The council of an organisation where those who hold a role sit."""
        return tuple(
            body.iri
            for body in self._registry.bodies.values()
            if body.member_role in roles and (not organizations or body.organization in organizations)
        )

    def _gathering(self, organizations: tuple[str, ...]) -> tuple[str, ...]:
        """All councils of organisations where somebody sits by post: who met tells which one it was."""
        return tuple(
            body.iri
            for body in self._registry.bodies.values()
            if body.member_role and body.organization in organizations
        )

    def _joint(
        self, named: tuple[Unit, ...], organizations: tuple[str, ...], bodies: tuple[str, ...]
    ) -> tuple[str, ...]:
        """The body in which all those named sit together."""
        return tuple(
            body.iri
            for body in self._registry.joint_bodies
            if len(set(body.joint_of) & set(bodies)) > 1
            and (not organizations or body.organization in organizations)
        )


def _units(sentence: Sentence, match: re.Match[str], prefix: str) -> tuple[Unit, ...]:
    """The units caught by the groups whose names begin with `prefix`."""
    return tuple(
        sentence.units[i]
        for group in match.re.groupindex
        if group.startswith(prefix) and match.start(group) >= 0
        for i in range(*match.span(group))
        if sentence.units[i].values
    )
