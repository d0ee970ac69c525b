"""What belongs to no group: what the registry says of things named, merged names, decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from cfm_kg.building.change import Change
from cfm_kg.building.groups import leanings
from cfm_kg.building.records import Checked, SetAside, Told, pack, unpack
from cfm_kg.building.settling import judged
from cfm_kg.building.state import State
from cfm_kg.building.tasks import Plan
from cfm_kg.emit import Reference
from cfm_kg.fuse import Conflict, Docket, Outcome, unmet
from cfm_kg.quads import Triple, triples
from cfm_kg.store import fact_lines, parsed
from cfm_kg.validate import Finding
from cfm_kg.vocab import OWL_SAME_AS, PROVENANCE_GRAPH

PARTS = ("reference", "names")
"""The parts of a build that belong to no group, but for the registry, which is the same in all builds."""


class Checks:
    """What validation said of all parts of a build, held no longer than needed."""

    def __init__(self) -> None:
        self.findings = list[Finding]()
        self.aside = list[SetAside]()
        self.active = set[str]()

    def add(self, checked: Checked) -> None:
        """Note what it said of a part."""
        self.findings += checked.findings
        self.aside += checked.aside
        self.active.update(checked.active)


@dataclass(frozen=True, slots=True)
class Whole:
    """What all groups told, for the report."""

    conflicts: Sequence[Conflict]
    checks: Checks
    joined: Mapping[str, str]
    outcomes: tuple[Outcome, ...]


class Completion:
    """Adds to a state what belongs to no group."""

    def __init__(self, state: State, plan: Plan, known: Reference) -> None:
        self.state, self.plan, self.known = state, plan, known

    def complete(self, docket: Docket, named: tuple[frozenset[str], frozenset[str]], change: Change) -> Whole:
        """Add what the registry says of things named, names and decisions, once groups are settled.

        `named` are all names and claims that the docket's decisions may ask for.
        """
        checks, conflicts, facts = Checks(), list[Conflict](), list[Triple]()
        mentions, names = set[str](), set[tuple[str, str]]()
        for _, data in self.state.parts("told"):
            told = unpack(data, Told)
            checks.add(told.checked)
            conflicts += told.conflicts
            facts += told.facts
            mentions.update(told.mentions)
            names.update(told.renamed)
            docket.applied.update(told.applied)
        unmet(docket, *named)
        renamed, outcomes = sorted(names), docket.outcomes()
        decided = [triple for outcome in outcomes for triple in outcome.decision.triples]
        same: list[Triple] = [(old, OWL_SAME_AS, new) for old, new in renamed]
        described = self.known.described(mentions)
        leant_on = self._leant_on(facts)
        checks.add(self._judge("reference", None, (*facts, *described), leant_on, change))
        checks.add(self._judge("names", PROVENANCE_GRAPH, (*decided, *same), [], change))
        return Whole(conflicts, checks, dict(renamed), outcomes)

    def _leant_on(self, facts: Iterable[Triple]) -> list[Triple]:
        """What is left, after validation, of the facts about things that facts about the registry's name."""
        found = list[Triple]()
        for thing in leanings(facts, self.known):
            kept = self.state.part(self.plan.home(thing), "lines")
            start = f"<{thing}> ".encode()
            lines = unpack(kept, list[bytes]) if kept else []
            found += triples(parsed(line for line in lines if line.startswith(start)))
        return found

    def _judge(
        self, name: str, graph: str | None, said: Iterable[Triple], leant_on: list[Triple], change: Change
    ) -> Checked:
        """Validate a part, unless it is as it was, and put its lines in place."""
        found = list(dict.fromkeys(said))
        inputs = sorted(fact_lines((*one, graph or "") for one in found))
        inputs += sorted(fact_lines((*one, "") for one in leant_on))
        seen = blake2b(b"\n".join(inputs), digest_size=16).digest()
        kept = self.state.meta(f"{name} checked")
        if self.state.meta(f"{name} seen") == seen and kept:
            return unpack(kept, Checked)
        lines, checked = judged(found, graph, leant_on, self.known)
        put(self.state, name, lines, change)
        self.state.set_meta(f"{name} checked", pack(checked))
        self.state.set_meta(f"{name} seen", seen)
        return checked


def put(state: State, name: str, lines: Iterable[bytes], change: Change) -> None:
    """Put the lines of a part that belongs to no group in place."""
    after = sorted(set(lines))
    change.add(name, part_lines(state, name), after)
    state.set_meta(f"{name} lines", pack(after))


def part_lines(state: State, name: str) -> list[bytes]:
    """The lines of a part that belongs to no group."""
    kept = state.meta(f"{name} lines")
    return unpack(kept, list[bytes]) if kept else []


def all_lines(state: State) -> Iterator[list[bytes]]:
    """The lines of all parts but the articles and the registry."""
    for _, data in state.parts("lines"):
        yield unpack(data, list[bytes])
    for name in PARTS:
        yield part_lines(state, name)
