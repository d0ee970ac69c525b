"""Blank nodes under names that follow from what is said of them, so that equal ones are equal."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeVar

import pyoxigraph as ox

_DIGITS = 12
Node = ox.NamedNode | ox.BlankNode | ox.DefaultGraph | ox.Literal | ox.Triple
T = TypeVar("T", bound=Node)


def is_unnamed(quad: ox.Quad) -> bool:
    """Whether a statement has a blank node."""
    return any(isinstance(term, ox.BlankNode) for term in _terms(quad))


def named_by_content(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The statements, all of which have blank nodes, with these named by what hangs together with them.

    Each group of connected statements is brought into the canonical form of RDFC-1.0, and its digest names
    its nodes: a change in one group renames none of another. Equal groups are numbered.
    """
    seen: Counter[str] = Counter()
    for group in _connected(quads):
        dataset = ox.Dataset(group)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        content = "\n".join(sorted(map(str, dataset)))
        digest = hashlib.sha256(content.encode()).hexdigest()[:_DIGITS]
        seen[digest] += 1
        name = f"{digest}x{seen[digest]}"
        for quad in dataset:
            yield ox.Quad(
                _renamed(quad.subject, name),
                quad.predicate,
                _renamed(quad.object, name),
                _renamed(quad.graph_name, name),
            )


def _terms(quad: ox.Quad) -> tuple[Node, Node, Node, Node]:
    return quad.subject, quad.predicate, quad.object, quad.graph_name


def _renamed(term: T, name: str) -> T | ox.BlankNode:
    return ox.BlankNode(f"b{name}{term.value}") if isinstance(term, ox.BlankNode) else term


def _connected(quads: Iterable[ox.Quad]) -> Iterator[list[ox.Quad]]:
    """Statements in groups that share no blank node, in the order of their content's first line."""
    parent: dict[Node, Node] = {}

    def root(node: Node) -> Node:
        while parent.setdefault(node, node) != node:
            parent[node] = node = parent[parent[node]]
        return node

    every = list(quads)
    for quad in every:
        first, *others = (term for term in _terms(quad) if isinstance(term, ox.BlankNode))
        for other in others:
            parent[root(other)] = root(first)
    groups: dict[Node, list[ox.Quad]] = defaultdict(list)
    for quad in every:
        groups[root(next(t for t in _terms(quad) if isinstance(t, ox.BlankNode)))].append(quad)
    yield from groups.values()
