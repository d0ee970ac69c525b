"""Tables that all tasks of a build need: written once, read once by each worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any, TypeVar

from cfm_kg.building.groups import home_of, unions
from cfm_kg.building.records import pack, unpack
from cfm_kg.cluster.job import Job, place_in
from cfm_kg.cluster.lines import Cuts
from cfm_kg.cluster.sections import squeezed, unsqueezed
from cfm_kg.fuse import Decision, Naming

T = TypeVar("T")
_REMEMBERED = 8


def note(job: Job, value: object) -> str:
    """Write a table; returns its name, which follows from what it says."""
    data = pack(value)
    name = f"notes/{blake2b(data, digest_size=16).hexdigest()}"
    if job.work.size(name) is None:
        job.work.write(name, squeezed(data))
    return name


def noted(job: Job, name: str, kind: type[T]) -> T:
    """The table of that name. Raises DamagedError."""
    which: Any = kind
    found: T = _noted(job, name, which)
    return found


@lru_cache(_REMEMBERED)
def _noted(job: Job, name: str, kind: Any) -> Any:
    return unpack(unsqueezed(job.work.read(name)), kind)


@dataclass(frozen=True, slots=True)
class Main:
    """Of an article that lies in several files: chunk and key of the reading that counts, and the files."""

    chunk: str
    key: bytes
    files: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What was settled for all articles together."""

    naming: Naming
    decisions: tuple[Decision, ...]
    doubled: dict[str, Main]
    cuts: Cuts
    buckets: int
    """Among how many tasks groups are shared out."""


@dataclass(frozen=True)
class Homes:
    """Where things have their home: in which group, and in which bucket of groups."""

    joined: dict[str, str]
    buckets: int

    @classmethod
    def of(cls, plan: Plan) -> Homes:
        """The homes under a plan."""
        return cls(unions(plan.naming), plan.buckets)

    def home(self, thing: str) -> str:
        """The group of a thing."""
        home = home_of(thing)
        return self.joined.get(home, home)

    def bucket(self, home: str) -> int:
        """The bucket of a group."""
        return place_in(home, self.buckets)


@lru_cache(2)
def planned(job: Job, name: str) -> tuple[Plan, Homes]:
    """The plan of that name, with the homes of things under it."""
    plan = noted(job, name, Plan)
    return plan, Homes.of(plan)


def names_of(job: Job, name: str) -> Sequence[str]:
    """A list of names that was noted."""
    return noted(job, name, list[str])
