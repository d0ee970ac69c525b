"""Lines of N-Quads as they stand in parts, taken apart without parsing."""

from __future__ import annotations


def graph_of(line: bytes) -> bytes:
    """The graph that a line of canonical N-Quads names, in brackets; nothing for the default graph."""
    term = line.rsplit(b" ", 2)[1]
    if not term.startswith(b"<") or b'"' in term:
        return b""  # the end of a literal
    object_too = line.split(b" ", 2)[2]  # an IRI's line has three terms, or four
    if object_too.startswith(b"<") and object_too.count(b" ") == 1:
        return b""
    return term


def triple_of(line: bytes) -> bytes:
    """The line without its graph, as N-Triples has it."""
    graph = graph_of(line)
    return line.removesuffix(graph + b" .") + b"." if graph else line
