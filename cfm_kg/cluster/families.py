"""Families of bodies: meetings and documents are told apart within one, so each is named by a task.

A family is an organisation with its bodies. Families that a statement ties together are named together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from cfm_kg.building.records import Fragment
from cfm_kg.cluster.job import place_in
from cfm_kg.fuse import Statement
from cfm_kg.pipeline import known
from cfm_kg.vocab import BASE, CFM

FAMILIES = 16
"""Sections of what tells meetings and documents apart: families share them by hash."""
_ID = BASE + "id/"
_NAMED = ("meeting/", "document/")


@cache
def parents() -> Mapping[str, str]:
    """Bodies with the organisations that they belong to."""
    return known().parents


def apart(fragment: Fragment) -> tuple[dict[int, Fragment], set[tuple[int, int]]]:
    """What an article says by family, and the families that it ties together."""
    found: dict[int, list[Statement]] = defaultdict(list)
    links = set[tuple[int, int]]()
    for statement in fragment.statements():
        home = _family(statement.subject)
        found[home].append(statement)
        other = _family_of_value(statement)
        if other is not None and other != home:
            links.add((min(home, other), max(home, other)))
    return {home: fragment.having(said) for home, said in found.items()}, links


def _family(iri: str) -> int:
    slug = iri[len(_ID) :].split("/", 2)[1]
    body = f"{_ID}body/{slug}"
    return place_in(parents().get(body, body), FAMILIES)


def _family_of_value(statement: Statement) -> int | None:
    value = statement.object
    if not isinstance(value, str):
        return None
    if statement.predicate == CFM("body"):
        return place_in(parents().get(value, value), FAMILIES)
    return _family(value) if value.startswith(tuple(_ID + kind for kind in _NAMED)) else None


def together(
    families: Iterable[int], links: Iterable[tuple[int, int]], all_as_one: bool
) -> list[tuple[int, ...]]:
    """The families that are there, in sets that are named by one task each; one at least."""
    there = sorted(set(families)) or [0]
    if all_as_one:
        return [tuple(there)]
    set_of = {family: {family} for family in there}
    for one, other in links:
        joined = set_of[one] | set_of[other]
        set_of |= dict.fromkeys(joined, joined)
    return sorted({tuple(sorted(one)) for one in set_of.values()})
