"""What processes do with groups, on what is kept as bytes: they need no state, and may run in any order."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from cfm_kg.building.articles import reading_of
from cfm_kg.building.groups import home_of, scattered, unions
from cfm_kg.building.records import Fragment, pack, unpack
from cfm_kg.building.settling import Fused, fused, settle
from cfm_kg.fuse import Decision, Naming, statements_of
from cfm_kg.pipeline import reference
from cfm_kg.quads import Triple


@dataclass(frozen=True, slots=True)
class Plan:
    """What is settled for all groups: names, decisions, and which groups count as another one."""

    naming: Naming
    decisions: Sequence[Decision]
    unions: Mapping[str, str]

    @classmethod
    def of(cls, naming: Naming, decisions: Sequence[Decision]) -> Plan:
        """The plan under these names; what is told of them is for the report alone."""
        return cls(replace(naming, unsettled=(), rivals=()), decisions, unions(naming))

    def home(self, thing: str) -> str:
        """The group of a thing."""
        home = home_of(thing)
        return self.unions.get(home, home)

    def write(self, path: Path) -> Path:
        """Write it for other processes."""
        path.write_bytes(pickle.dumps(self))
        return path


@lru_cache(1)
def plan_at(path: Path) -> Plan:
    """A plan that was written."""
    found = pickle.loads(path.read_bytes())
    assert isinstance(found, Plan)
    return found


def scatter(task: tuple[Path, Sequence[bytes]]) -> list[tuple[str, str, bytes]]:
    """What readings say, by group: group, article, fragment."""
    plan, known = plan_at(task[0]), reference()
    final, rows = plan.naming.final(), list[tuple[str, str, bytes]]()
    for data in task[1]:
        reading = reading_of(data)
        rows += scattered(reading, statements_of(reading, known), final, plan.unions)
    return rows


class ToFuse(NamedTuple):
    """A group with all fragments, and what was made of it before."""

    home: str
    fragments: Sequence[bytes]
    before: bytes | None


class AsFused(NamedTuple):
    """What fusing made of a group, what it leans on, and the things of which other facts hold than before."""

    home: str
    fused: bytes
    leans: Sequence[str]
    exported: Sequence[str]


def fuse(task: tuple[Path, Sequence[ToFuse]]) -> list[AsFused]:
    """Fuse groups, each by itself."""
    plan, known, found = plan_at(task[0]), reference(), list[AsFused]()
    for home, fragments, before in task[1]:
        old = unpack(before, Fused) if before else Fused()
        new = fused((unpack(data, Fragment) for data in fragments), plan.naming, plan.decisions, known)
        exported = {fact[0] for fact in {*old.facts} ^ {*new.facts} if fact[0] not in known}
        found.append(AsFused(home, pack(new), new.leans, sorted(exported)))
    return found


class Judged(NamedTuple):
    """What validation left of a group: its lines, what it told, and whether something is set aside."""

    home: str
    lines: bytes
    told: bytes
    aside: bool
    things: Sequence[str]


def judge(task: tuple[Mapping[str, bytes], Mapping[str, bytes | None]]) -> list[Judged]:
    """Validate fused groups together, leaning on the groups of things that they name elsewhere."""
    groups = {home: unpack(data, Fused) for home, data in task[0].items()}
    leant_on = {thing: data for thing, data in task[1].items() if data}

    def others(thing: str) -> Iterable[Triple]:
        data = leant_on.get(thing)
        return [fact for fact in unpack(data, Fused).facts if fact[0] == thing] if data else ()

    return [
        Judged(
            home,
            pack(settled.lines),
            pack(settled.told),
            bool(settled.told.checked.aside),
            sorted({fact[0] for fact in groups[home].facts}),
        )
        for home, settled in settle(groups, others, reference()).items()
    ]
