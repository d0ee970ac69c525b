"""Chairmanships: one country at the head of an organisation in one year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from cfm_kg.fuse.model import Conflict, Statement
from cfm_kg.fuse.values import decide
from cfm_kg.model import Literal, Node
from cfm_kg.vocab import CFM, RDF_TYPE

Properties = Mapping[str, list[Statement]]


def rival_turns(things: Mapping[str, Properties]) -> tuple[set[str], list[Conflict]]:
    """Chairmanships that give way to another country's of the same organisation and year; the conflicts."""
    by_year: dict[tuple[Node, Node], list[str]] = defaultdict(list)
    for iri, properties in sorted(things.items()):
        if any(statement.object == CFM("Chairmanship") for statement in properties.get(RDF_TYPE, ())):
            organization, year = _value(properties, "organization"), _value(properties, "year")
            if organization is not None and isinstance(year, Literal):
                by_year[organization, year].append(iri)
    losers, conflicts = set[str](), list[Conflict]()
    for turns in by_year.values():
        said = [s for iri in turns for s in things[iri].get(CFM("country"), ())]
        chosen, conflict = decide(said) if said else ("", None)
        if conflict:
            winner = next(s.subject for s in said if s.object == chosen)
            losers |= set(turns) - {winner}
            conflicts.append(replace(conflict, subject=winner))
    return losers, conflicts


def _value(properties: Properties, name: str) -> Node | None:
    found = properties.get(CFM(name))
    return decide(found)[0] if found else None
