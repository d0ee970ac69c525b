"""The canonical form: sorted N-Quads and N-Triples, one statement a line."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from cfm_kg.quads import Fact, line_of


def write_nquads(quads: Iterable[ox.Quad]) -> bytes:
    """All quads, sorted by code point, without repetitions."""
    return _sorted(ox.serialize(set(quads), format=ox.RdfFormat.N_QUADS))


def nquads_lines(quads: Iterable[ox.Quad]) -> list[bytes]:
    """The quads as lines of N-Quads without their ends, in no order."""
    return [line for line in (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").split(b"\n") if line]


def fact_lines(facts: Iterable[Fact]) -> list[bytes]:
    """Plain facts as lines of N-Quads without their ends, in their order.

    Raises ValueError for an invalid IRI or language tag.
    """
    return [line_of(fact).encode() for fact in facts]


def parsed(lines: Iterable[bytes]) -> list[ox.Quad]:
    """The quads of lines of N-Quads without their ends."""
    return list(ox.parse(b"".join(line + b"\n" for line in lines), format=ox.RdfFormat.N_QUADS))


def write_ntriples(quads: Iterable[ox.Quad]) -> bytes:
    """The triples of all quads whatever their graph, sorted by code point, without repetitions."""
    return _sorted(ox.serialize({quad.triple for quad in quads}, format=ox.RdfFormat.N_TRIPLES))


def _sorted(lines: bytes | None) -> bytes:
    # Only "\n" ends a statement: other line separators may stand unescaped within a literal.
    return b"".join(sorted(line + b"\n" for line in (lines or b"").split(b"\n") if line))
