"""Statements that only one of two sides has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import pyoxigraph as ox

from cfm_kg.diff.sources import LineSide, Side, StoreSide
from cfm_kg.diff.unnamed import is_unnamed, named_by_content
from cfm_kg.quads import as_stored

_DEFAULT = ox.DefaultGraph()


class Statements(NamedTuple):
    """What the first side alone has, and what the second side alone has."""

    removed: frozenset[ox.Quad]
    added: frozenset[ox.Quad]
    merged_only: bool
    """Whether only the default graphs were compared, as one side can hold no other."""


def compare(before: Side, after: Side) -> Statements:
    """Compare two sides. Raises CfmError where one cannot be read.

    Stores are asked statement by statement and sorted lines are streamed: only what differs is held. Numbers
    are equal where a store takes them for equal; blank nodes where what is said of them is equal.
    """
    if (
        isinstance(before, LineSide)
        and isinstance(after, LineSide)
        and before.path.suffix == after.path.suffix
    ):
        streamed = _streamed(before, after)
        if streamed is not None:
            return streamed
    merged_only = before.has_graphs != after.has_graphs
    ours, theirs = _View(before, merged_only), _View(after, merged_only)
    removed, added = ours.without(theirs), theirs.without(ours)
    removed |= ours.unnamed - theirs.unnamed
    added |= theirs.unnamed - ours.unnamed
    return Statements(frozenset(removed), frozenset(added), merged_only)


class _View:
    """A side as far as it is compared: numbers as a store spells them, blank nodes named by content."""

    def __init__(self, side: Side, merged_only: bool) -> None:
        self._merged_only = merged_only
        if isinstance(side, StoreSide):
            self._has: Callable[[ox.Quad], bool] = side.store.__contains__
            self._every: Callable[[], Iterator[ox.Quad]] = side.quads
        else:
            read = as_stored(side.quads())
            self._has, self._every = read.__contains__, read.__iter__
        self.unnamed = set(named_by_content(quad for quad in self._all() if is_unnamed(quad)))

    def without(self, other: _View) -> set[ox.Quad]:
        """The statements without blank nodes that the other lacks."""
        return {quad for quad in self._all() if not other._has(quad) and not is_unnamed(quad)}

    def _all(self) -> Iterator[ox.Quad]:
        for quad in self._every():
            if not self._merged_only or quad.graph_name == _DEFAULT:
                yield quad


def _streamed(before: LineSide, after: LineSide) -> Statements | None:
    """The same for two files of sorted lines; None where one is not sorted or has blank nodes."""
    removed, added = list[bytes](), list[bytes]()
    try:
        for line, is_new in _unmatched(_ascending(before.lines()), _ascending(after.lines())):
            (added if is_new else removed).append(line)
    except _NotSortedError:
        return None
    gone, come = as_stored(before.parsed(removed)), as_stored(after.parsed(added))
    if any(map(is_unnamed, gone | come)):
        return None
    return Statements(frozenset(gone - come), frozenset(come - gone), merged_only=False)


class _NotSortedError(Exception):
    """A line stands before one that it should follow."""


def _ascending(lines: Iterable[bytes]) -> Iterator[bytes]:
    last = b""
    for line in lines:
        if line < last:
            raise _NotSortedError
        if line != last:
            yield line
        last = line


def _unmatched(ours: Iterator[bytes], theirs: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Lines of two sorted streams that only one of them has; True where that is the second."""
    one, other = next(ours, None), next(theirs, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one < other):
            assert one is not None
            yield one, False
            one = next(ours, None)
        elif one is None or other < one:
            yield other, True
            other = next(theirs, None)
        else:
            one, other = next(ours, None), next(theirs, None)
