"""Parts in meetings: who chaired by one article must be who chaired by the merged facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cfm_kg.fuse.model import Statement
from cfm_kg.model import Node
from cfm_kg.vocab import CFM

Properties = Mapping[str, list[Statement]]


def chairs(things: Mapping[str, Properties], chosen: Mapping[str, Node]) -> dict[str, Node]:
    """Participation → the person who chaired its meeting, by the meeting's chosen chair."""
    return {
        str(statement.object): chosen[meeting]
        for meeting, properties in things.items()
        if meeting in chosen
        for statement in properties.get(CFM("participation"), ())
    }


def settled_roles(properties: Properties, chair: Node | None) -> list[Statement]:
    """The statements of a participation's role that agree with who chaired the meeting.

    The chair's role is chair, even where an article only lists them. Somebody whom another article has
    in the chair is, without other word of their role, a member.
    """
    found, role = properties.get(CFM("participationRole"), []), CFM("Chair")
    if chair is not None and any(s.object == chair for s in properties.get(CFM("person"), ())):
        return [s for s in found if s.object == role] or [replace(s, object=role) for s in found]
    others = [s for s in found if s.object != role]
    return others or [replace(s, object=CFM("Member")) for s in found]
