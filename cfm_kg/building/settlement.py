"""Settling the groups of a state: what is said goes to its group, is fused, and validated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from cfm_kg.building.change import Change
from cfm_kg.building.records import Told, unpack
from cfm_kg.building.settling import Fused, entangled
from cfm_kg.building.state import State
from cfm_kg.building.tasks import Judged, Plan, ToFuse, fuse, judge, scatter
from cfm_kg.building.workers import Crew, chunks

_READINGS, _GROUPS = 100, 250
"""How many a process works on at a time."""
_SAID, _FUSED = 4 * 1024 * 1024, 8 * 1024 * 1024
"""Bytes of fragments that are fused at a time, and of fused groups that are validated; or else one group."""

T = TypeVar("T")


class Settlement:
    """One settling: call `scatter`, then `settle`."""

    def __init__(self, state: State, crew: Crew, plan: Plan, scratch: Path) -> None:
        self.state, self.crew, self.plan = state, crew, plan
        self.path = plan.write(scratch / "plan")

    def scatter(self, keys: Sequence[bytes], articles: Sequence[str]) -> set[str]:
        """Bring what readings say to their groups, and take away what the articles said before.

        Returns all groups that this touches.
        """
        homes = self.state.unscatter(articles)
        tasks = (
            (self.path, [data for _, data in self.state.readings("reading", some)])
            for some in chunks(keys, _READINGS)
        )
        for rows in self.crew.advance("Grouping", len(keys), _READINGS, scatter, tasks):
            self.state.scatter(rows)
            homes |= {home for home, _, _ in rows}
        return homes

    def settle(self, touched: Iterable[str], change: Change) -> None:
        """Fuse and validate these groups, and those that lean on what changed in them."""
        waiting, done = set(touched), set[str]()
        while waiting:
            exported = self._fuse(sorted(waiting))
            exported |= self._judge(len(waiting), self._to_judge(sorted(waiting)), change)
            done |= waiting
            waiting = self.state.leaning_on(exported) - done
        # What is set aside in one group may concern those that lean on it: they are judged together.
        together = (one for one in self._entangled() if done.intersection(one))
        self._judge(0, map(self._parts, together), change)

    def _fuse(self, homes: Sequence[str]) -> set[str]:
        """Fuse groups; returns the things of which other facts hold than before."""
        exported = set[str]()
        tasks = ((self.path, some) for some in self._to_fuse(homes))
        for some in self.crew.advance("Fusing groups", len(homes), _GROUPS, fuse, tasks):
            self.state.set_fused(some)
            exported.update(*(one.exported for one in some))
        return exported

    def _to_fuse(self, homes: Iterable[str]) -> Iterator[list[ToFuse]]:
        groups = (ToFuse(home, self.state.fragments(home), self.state.part(home, "fused")) for home in homes)
        return _batches(((one, sum(map(len, one.fragments))) for one in groups), _SAID)

    def _judge(self, number: int, together: Iterable[Mapping[str, bytes]], change: Change) -> set[str]:
        """Validate groups; returns the things of those of which other facts are set aside than before."""
        exported = set[str]()
        tasks = ((fused, self._leant_on(fused)) for fused in together)
        for some in self.crew.advance("Validating groups", number, _GROUPS, judge, tasks):
            for one in some:
                exported |= self._keep(one, change)
        return exported

    def _to_judge(self, homes: Iterable[str]) -> Iterator[dict[str, bytes]]:
        """Fused groups, as many as are validated together."""
        parts = ((home, self.state.part(home, "fused")) for home in homes)
        return map(dict, _batches((((home, data), len(data)) for home, data in parts if data), _FUSED))

    def _leant_on(self, fused: Mapping[str, bytes]) -> dict[str, bytes | None]:
        """For each thing elsewhere that these groups lean on the group that it is in."""
        leans = {thing: self.plan.home(thing) for thing in self.state.leans(list(fused))}
        return {thing: self.state.part(home, "fused") for thing, home in leans.items() if home not in fused}

    def _parts(self, homes: Iterable[str]) -> dict[str, bytes]:
        """What fusing made of some groups."""
        found = {home: self.state.part(home, "fused") for home in homes}
        return {home: data for home, data in found.items() if data is not None}

    def _keep(self, one: Judged, change: Change) -> set[str]:
        """Keep what is left of a group; returns its things if other facts than before are set aside."""
        lines, told = (self.state.part(one.home, column) for column in ("lines", "told"))
        if lines != one.lines:
            before = unpack(lines, list[bytes]) if lines else []
            change.add(one.home, before, unpack(one.lines, list[bytes]) if change.wanted else ())
        if not one.things and not self.state.fragments(one.home):
            self.state.drop_part(one.home)
        else:
            self.state.set_settled(one.home, one.lines, one.told, one.aside)
        if told == one.told or not (told or one.aside):
            return set()
        aside = unpack(told, Told).checked.aside if told else ()
        return set(one.things) if aside != unpack(one.told, Told).checked.aside else set()

    def _entangled(self) -> list[list[str]]:
        """Groups of which something is set aside, with those that lean on them."""
        aside = self.state.with_aside()
        things = ({fact[0] for fact in self._fused(home).facts} for home in aside)
        return entangled(zip(aside, map(self.state.leaning_on, things), strict=True))

    def _fused(self, home: str) -> Fused:
        data = self.state.part(home, "fused")
        return unpack(data, Fused) if data else Fused()


def _batches(sized: Iterable[tuple[T, int]], most: int) -> Iterator[list[T]]:
    """Things of so many bytes together, or so many of them: a few are a thousand times as large as others."""
    waiting, size = list[T](), 0
    for one, bytes_of_it in sized:
        if waiting and (size + bytes_of_it > most or len(waiting) == _GROUPS):
            yield waiting
            waiting, size = [], 0
        waiting.append(one)
        size += bytes_of_it
    if waiting:
        yield waiting
