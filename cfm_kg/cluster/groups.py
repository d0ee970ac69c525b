"""Groups, a bucket of them at a time: fused, asked what others lean on, and validated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from cfm_kg.building.groups import leanings
from cfm_kg.building.records import Fragment, pack, unpack
from cfm_kg.building.settling import Fused, Settled, fused, settle
from cfm_kg.cluster.job import Job
from cfm_kg.cluster.notes import names_of, noted, planned
from cfm_kg.cluster.saying import Said, said_in
from cfm_kg.cluster.sections import made, section, section_of_all
from cfm_kg.pipeline import reference
from cfm_kg.quads import Triple

_AT_ONCE = 250
"""Groups that are validated together."""
Packed = tuple[str, bytes]
"""A group, and what was made of it."""
Answer = tuple[str, list[Triple]]
"""A thing, and its facts."""
Aside = tuple[str, tuple[str, ...]]
"""A group of which something is set aside, and its things."""


def fused_in(job: Job, plan: str, chunks: str, bucket: int) -> str:
    """The work file of a bucket's groups as fused: what is asked of each bucket, then the groups."""
    return job.name("fuse", plan, chunks, bucket)


def fuse_bucket(job: Job, plan: str, chunks: str, bucket: int) -> tuple[str, ...]:
    """Fuse the groups of a bucket; returns things that facts about the registry's lean on."""

    def make() -> tuple[tuple[str, ...], Sequence[object]]:
        table, homes = planned(job, plan)
        said: dict[str, list[tuple[str, bytes]]] = defaultdict(list)
        names = [said_in(job, plan, chunk) for chunk in names_of(job, chunks)]
        for rows in section_of_all(job.work, names, bucket, list[Said]):
            for home, article, data in rows:
                said[home].append((article, data))
        groups, leant = list[Packed](), set[str]()
        wanted: list[set[str]] = [set() for _ in range(table.buckets)]
        for home in sorted(said):
            fragments = [unpack(data, Fragment) for _, data in sorted(said.pop(home))]
            group = fused(fragments, table.naming, table.decisions, reference())
            groups.append((home, pack(group)))
            leant |= {*leanings((fact for fact in group.facts if fact[0] in reference()), reference())}
            for thing in group.leans:
                wanted[homes.bucket(homes.home(thing))].add(thing)
        return tuple(sorted(leant)), [*map(sorted, wanted), groups]

    return made(job.work, fused_in(job, plan, chunks, bucket), tuple[str, ...], make)


def answers_in(job: Job, plan: str, chunks: str, bucket: int) -> str:
    """The work file of what a bucket answers to each bucket."""
    return job.name("answer", plan, chunks, bucket)


def answer_bucket(job: Job, plan: str, chunks: str, bucket: int) -> int:
    """Look up the facts that groups of other buckets lean on; returns of how many things."""

    def make() -> tuple[int, Sequence[object]]:
        table, homes = planned(job, plan)
        groups = dict(_groups(job, plan, chunks, bucket))
        answers = list[list[Answer]]()
        for asking in range(table.buckets):
            name = fused_in(job, plan, chunks, asking)
            wanted = section(job.work, name, bucket, list[str]) or []
            answers.append([(thing, _facts(groups.get(homes.home(thing)), thing)) for thing in wanted])
        return sum(map(len, answers)), answers

    return made(job.work, answers_in(job, plan, chunks, bucket), int, make)


def _facts(data: bytes | None, thing: str) -> list[Triple]:
    group = unpack(data, Fused) if data else Fused()
    return [fact for fact in group.facts if fact[0] == thing]


def _groups(job: Job, plan: str, chunks: str, bucket: int) -> list[Packed]:
    buckets = planned(job, plan)[0].buckets
    return section(job.work, fused_in(job, plan, chunks, bucket), buckets, list[Packed]) or []


def settled_in(job: Job, plan: str, chunks: str, bucket: int) -> str:
    """The work file of a bucket's groups as validated."""
    return job.name("settle", plan, chunks, bucket)


def settle_bucket(job: Job, plan: str, chunks: str, bucket: int) -> list[Aside]:
    """Validate the groups of a bucket; returns those of which something is set aside."""

    def make() -> tuple[list[Aside], Sequence[object]]:
        names = [answers_in(job, plan, chunks, one) for one in range(planned(job, plan)[0].buckets)]
        others: dict[str, list[Triple]] = {}
        for answers in section_of_all(job.work, names, bucket, list[Answer]):
            others.update(answers)
        groups, done, aside = _groups(job, plan, chunks, bucket), list[Packed](), list[Aside]()
        for start in range(0, len(groups), _AT_ONCE):
            some = {home: unpack(data, Fused) for home, data in groups[start : start + _AT_ONCE]}
            for home, settled in settle(some, others.__getitem__, reference()).items():
                done.append((home, pack(settled)))
                if settled.told.checked.aside:
                    aside.append((home, tuple(sorted({fact[0] for fact in some[home].facts}))))
        return aside, [done]

    return made(job.work, settled_in(job, plan, chunks, bucket), list[Aside], make)


def settled_groups(job: Job, plan: str, chunks: str, bucket: int) -> Iterable[tuple[str, Settled]]:
    """The groups of a bucket as validated."""
    for home, data in section(job.work, settled_in(job, plan, chunks, bucket), 0, list[Packed]) or ():
        yield home, unpack(data, Settled)


# ---------------------------------------------------------------- what is set aside concerns others


def find_leaning(
    job: Job, plan: str, chunks: str, things: str, bucket: int
) -> list[tuple[str, tuple[str, ...]]]:
    """The groups of a bucket that lean on some of these things, each with those."""

    def make() -> tuple[list[tuple[str, tuple[str, ...]]], Sequence[object]]:
        wanted, found = noted(job, things, frozenset[str]), list[tuple[str, tuple[str, ...]]]()
        for home, data in _groups(job, plan, chunks, bucket):
            leans = wanted.intersection(unpack(data, Fused).leans)
            if leans:
                found.append((home, tuple(sorted(leans))))
        return found, ()

    name = job.name("leaning", plan, chunks, things, bucket)
    return made(job.work, name, list[tuple[str, tuple[str, ...]]], make)


def settle_together(job: Job, plan: str, chunks: str, together: tuple[str, ...]) -> list[Packed]:
    """Validate groups together of which one leans on another that lost something."""

    def make() -> tuple[list[Packed], Sequence[object]]:
        _, homes = planned(job, plan)

        @lru_cache(4)
        def bucket(number: int) -> Mapping[str, bytes]:
            return dict(_groups(job, plan, chunks, number))

        def facts(thing: str) -> list[Triple]:
            home = homes.home(thing)
            return _facts(bucket(homes.bucket(home)).get(home), thing)

        groups = _read(together, lambda home: bucket(homes.bucket(home))[home])
        return [(home, pack(one)) for home, one in settle(groups, facts, reference()).items()], ()

    return made(job.work, job.name("together", plan, chunks, together), list[Packed], make)


def _read(homes: Sequence[str], data_of: Callable[[str], bytes]) -> dict[str, Fused]:
    return {home: unpack(data_of(home), Fused) for home in homes}
