"""The canonical form: sorted N-Quads and N-Triples, one statement a line."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox


def write_nquads(quads: Iterable[ox.Quad]) -> bytes:
    """All quads, sorted by code point, without repetitions."""
    return _sorted(ox.serialize(set(quads), format=ox.RdfFormat.N_QUADS))


def write_ntriples(quads: Iterable[ox.Quad]) -> bytes:
    """The triples of all quads whatever their graph, sorted by code point, without repetitions."""
    return _sorted(ox.serialize({quad.triple for quad in quads}, format=ox.RdfFormat.N_TRIPLES))


def _sorted(lines: bytes | None) -> bytes:
    # Only "\n" ends a statement: other line separators may stand unescaped within a literal.
    return b"".join(sorted(line + b"\n" for line in (lines or b"").split(b"\n") if line))
