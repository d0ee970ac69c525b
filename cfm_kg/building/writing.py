"""Writing a build: all files anew from runs, or those lines and blocks that a change touches."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from cfm_kg.building import files, stores
from cfm_kg.building.change import Change
from cfm_kg.building.growth import Growth
from cfm_kg.building.registry import registry_runs
from cfm_kg.building.rendering import (
    Runs,
    Told,
    merge_blocks,
    merge_claims,
    merge_quads,
    render_articles,
    render_lines,
)
from cfm_kg.building.whole import all_lines, put
from cfm_kg.building.workers import Crew, chunks
from cfm_kg.explanation import FILE as CLAIMS
from cfm_kg.quads import as_stored, node
from cfm_kg.store import StoreLoader, nquads_lines, open_store, parsed

Step = Callable[[], None]
"""What is left to do once the files are in place."""
T = TypeVar("T")
_ARTICLES, _PARTS = 100, 250
"""How many are rendered at a time."""
_MANY = 500
"""Of so many articles the store is filled by processes of its own: it takes several loads."""


class Writer:
    """Writes the files of a build to a folder beside it, and says how the store is to follow."""

    def __init__(self, growth: Growth, out: Path, new: Path, crew: Crew) -> None:
        self.growth, self.out, self.new, self.crew = growth, out, new, crew
        self.store = out / "store"
        self.name = stores.new_identity()
        self._articles = self._tasks(growth.told(), "article", _ARTICLES)
        self._begun = list[Runs]()

    def _has_entries(self) -> bool:
        """Whether something was added by hand: only then what deals with it is loaded."""
        return (self.out / "entries").is_dir()

    # ------------------------------------------------------------------ anew

    def begin(self) -> Iterator[None]:
        """Render articles, so many at each step, before it is settled what they name: they do not tell."""
        render = self._render()
        for task in self._articles:
            self._begun.append(self.crew.one(render, task))
            yield

    def anew(self) -> Step:
        """Write all files, all texts and a new store."""
        runs = list[Runs]()
        self.crew.relieve(len(self.growth.now))  # fusing the largest groups took much memory
        with StoreLoader(self.new / "store", apart=self._worth_processes()) as loader:
            for one in self._rendered():
                runs.append(one)
                loader.add(one.lines)
            loader.complete()
            self.crew.relieve(len(self.growth.now))
            merges = ((what, runs, self.new) for what in (merge_quads, merge_blocks, merge_claims))
            for _ in self.crew.advance("Merging files", 3, 1, _merge, merges):
                pass
            loader.finish(partial(self.crew.watch, "Loading the store"))
        if self._has_entries():
            self._add_entries(ox.Store(str(self.new / "store")))
        return lambda: stores.swap_in(self.new / "store", self.store, self.name)

    def _worth_processes(self) -> bool:
        return self.crew.workers > 1 and len(self.growth.now) >= _MANY

    def _rendered(self) -> Iterator[Runs]:
        yield from self._begun
        left = len(self.growth.now) - _ARTICLES * len(self._begun)
        yield from self.crew.advance("Rendering articles", left, _ARTICLES, self._render(), self._articles)
        parts = self._tasks(all_lines(self.growth.state), "part", _PARTS)
        yield from self.crew.advance("Rendering groups", 0, _PARTS, _render_lines, parts)
        yield registry_runs(self.new / files.RUNS)

    def _render(self) -> Callable[[tuple[list[Told], str, Path]], Runs]:
        texts = self.out / files.TEXTS
        texts.mkdir(exist_ok=True)
        return partial(_render_articles, texts)

    def _tasks(self, items: Iterable[T], name: str, size: int) -> Iterator[tuple[list[T], str, Path]]:
        for number, some in enumerate(chunks(items, size)):
            yield some, f"{name}-{number}", self.new / files.RUNS

    def _add_entries(self, opened: ox.Store) -> None:
        from cfm_kg.entries.rebuild import Rebuilt, kept_quads, noted_quads

        said = {*noted_quads(self.store), *kept_quads(self.store, Rebuilt(opened))}
        entries = as_stored(said)
        opened.extend(entries)
        opened.flush()
        lines = sorted(nquads_lines(entries))
        put(self.growth.state, "entries", lines, Change(wanted=False))
        built = self.new / files.RUNS / "built"
        built.mkdir()
        for name in (files.QUADS, files.TURTLE, files.TRIG):
            os.replace(self.new / name, built / name)
        files.change_lines(built / files.QUADS, self.new / files.QUADS, (), lines)
        subjects = {str(node(quad.subject)) for quad in entries}
        before = set(files.lines_about(built / files.QUADS, subjects))
        files.change_turtles(built, self.new, before, before.union(lines))

    # ------------------------------------------------------------------ changes

    def changes(self, change: Change, claims: Change) -> Step:
        """Write the files that a change touches. Raises DamagedError where they are not what they were."""
        before, after = change.before(), change.after()
        lost, gained = set(parsed(before - after)), set(parsed(after - before))
        if self._has_entries():
            from cfm_kg.entries.rebuild import Rebuilt, kept_quads, noted_quads, present_quads

            noted = noted_quads(self.store)
            present = present_quads(self.store)
            facts = Rebuilt(open_store(self.store), gained, lost | present)
            entries = as_stored({*noted, *kept_quads(self.store, facts)})
            put(self.growth.state, "entries", nquads_lines(entries), change)
            before, after = change.before(), change.after()
            lost, gained = lost | (present - entries), gained | (entries - present)
        if before != after:
            files.change_lines(self.out / files.QUADS, self.new / files.QUADS, before - after, after - before)
            files.change_turtles(self.out, self.new, before, after)
        if claims.before() != claims.after():
            old, new = claims.before(), claims.after()
            files.change_lines(self.out / CLAIMS, self.new / CLAIMS, old - new, new - old)
        return lambda: stores.change(self.store, lost, gained, self.name)


def _render_articles(texts: Path, task: tuple[list[Told], str, Path]) -> Runs:
    return render_articles(*task, texts)


def _render_lines(task: tuple[list[list[bytes]], str, Path]) -> Runs:
    return render_lines(*task)


def _merge(task: tuple[Callable[[list[Runs], Path], None], list[Runs], Path]) -> None:
    merge, runs, folder = task
    merge(runs, folder)
