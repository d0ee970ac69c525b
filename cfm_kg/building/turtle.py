"""graph.ttl and graph.trig: made of the sorted N-Quads, thing by thing, and changed block by block.

A block is what one graph says of one thing. Blocks of a graph are sorted by class and name; of TriG the
merged facts come first, then the other graphs by name, each in braces. Both files begin with all prefixes
there are, so that a change never reaches beyond its blocks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.building.records import DamagedError
from cfm_kg.building.sorted_files import Content, Edit, Kind, Region, Sorter
from cfm_kg.store.terms import ID_BASE, TermWriter
from cfm_kg.store.turtle import block, by_graph, descriptions, place
from cfm_kg.vocab import prefixes

_INDENT = "    "
_AT_ONCE = 2000
"""Lines that are parsed at a time, at least."""
Key = tuple[str, bytes]
"""Graph (empty for the merged facts) and place of a block within it."""


def header() -> bytes:
    """How both files begin."""
    return TermWriter().header(whole=True).encode()


def blocks(lines: Iterable[bytes]) -> dict[Key, bytes]:
    """The blocks of some lines that hold all there is about the things that they are about."""
    writer, found = TermWriter(), dict[Key, bytes]()
    quads = ox.parse(b"".join(line + b"\n" for line in lines), format=ox.RdfFormat.N_QUADS)
    for name, members in by_graph(quads):
        for iri, description in descriptions(members):
            text = block(iri, description, writer, _INDENT if name else "")
            found[name or "", place(iri, description)] = text.encode()
    return found


def all_blocks(lines: Iterable[bytes], sorter: Sorter) -> Iterator[tuple[str, bytes]]:
    """Graph by graph all blocks in their order, of lines that are sorted."""
    for chunk in _by_things(lines):
        sorter.add(_escaped(key, text) for key, text in blocks(chunk).items())
    for record in sorter.sorted():
        graph, _, text = record.split(b"\0\0")
        yield graph.decode(), text.replace(b"\1", b"\n")


def _escaped(key: Key, text: bytes) -> bytes:
    return key[0].encode() + b"\0\0" + key[1] + b"\0\0" + text.replace(b"\n", b"\1")


def _by_things(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """The lines in chunks that never part a thing."""
    chunk: list[bytes] = []
    for _, about in groupby(lines, key=subject):
        chunk += about
        if len(chunk) >= _AT_ONCE:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def subject(line: bytes) -> bytes:
    """The subject of a line as it is written, with the space behind it."""
    return line[: line.index(b" ") + 1]


def write_both(found: Iterable[tuple[str, bytes]], turtle: Path, trig: Path) -> None:
    """Write Turtle of the merged facts, and TriG of everything, from all blocks in their order."""
    with turtle.open("wb") as merged, trig.open("wb") as whole:
        merged.write(header())
        whole.write(header())
        for graph, texts in groupby(found, key=lambda one: one[0]):
            if not graph:
                for _, text in texts:
                    merged.write(b"\n" + text + b"\n")
                    whole.write(b"\n" + text + b"\n")
            else:
                for number, (_, text) in enumerate(texts):
                    whole.write(b"\n" if number else _opening(graph))
                    whole.write(text + b"\n")
                whole.write(b"}\n")


def _opening(graph: str) -> bytes:
    return f"\n{TermWriter().iri(graph)} {{\n".encode()


# ------------------------------------------------------------------ changing


def turtle_edits(content: Content, old: Mapping[Key, bytes], new: Mapping[Key, bytes]) -> list[Edit]:
    """What to change in the merged facts. Raises DamagedError where a block to remove is missing."""
    return _block_edits(content, (_after_header(content), len(content)), _of("", old), _of("", new))


def trig_edits(content: Content, old: Mapping[Key, bytes], new: Mapping[Key, bytes]) -> list[Edit]:
    """What to change in TriG. Raises DamagedError where a block to remove is missing."""
    start = _after_header(content)
    brace = content.data.find(b" {\n", start)
    named = len(content) if brace < 0 else content.data.rfind(b"\n\n", start - 1, brace) + 1
    edits = _block_edits(content, (start, named), _of("", old), _of("", new))
    before, after = _by_graph(old), _by_graph(new)
    for graph in sorted((before.keys() | after.keys()) - {""}):
        if before.get(graph) != after.get(graph):
            were, are = before.get(graph, {}), after.get(graph, {})
            edits += _graph_edits(content, (named, len(content)), graph, were, are)
    return edits


def _of(graph: str, every: Mapping[Key, bytes]) -> dict[bytes, bytes]:
    return {where: text for (name, where), text in every.items() if name == graph}


def _by_graph(every: Mapping[Key, bytes]) -> dict[str, dict[bytes, bytes]]:
    found: dict[str, dict[bytes, bytes]] = defaultdict(dict)
    for (graph, where), text in every.items():
        found[graph][where] = text
    return found


def _after_header(content: Content) -> int:
    if content.data[: len(header())] != header():
        raise DamagedError("a file begins differently")
    return len(header())


def _block_edits(
    content: Content, region: Region, old: Mapping[bytes, bytes], new: Mapping[bytes, bytes]
) -> list[Edit]:
    edits = []
    for where, text in old.items():
        if new.get(where) != text:
            at, record = content.place(where, region, _BLOCKS), b"\n" + text + b"\n"
            if content.record(at, region, _BLOCKS) != record:
                raise DamagedError("a block is missing")
            edits.append(Edit(at, at + len(record)))
    for where, text in new.items():
        if old.get(where) != text:
            at = content.place(where, region, _BLOCKS)
            edits.append(Edit(at, at, where, b"\n" + text + b"\n"))
    return edits


def _graph_edits(
    content: Content, region: Region, graph: str, old: Mapping[bytes, bytes], new: Mapping[bytes, bytes]
) -> list[Edit]:
    at = content.place(graph.encode(), region, _GRAPHS)
    record, opening = content.record(at, region, _GRAPHS), _opening(graph)[:-1]
    if not record.startswith(opening):
        if old:
            raise DamagedError("a graph is missing")
        inner = b"".join(b"\n" + text + b"\n" for _, text in sorted(new.items()))
        return [Edit(at, at, graph.encode(), opening + inner + b"}\n")]
    inside = (at + len(opening), at + len(record) - len(b"}\n"))
    edits = _block_edits(content, inside, old, new)
    if sum(len(one.new) + one.start - one.end for one in edits) == inside[0] - inside[1]:
        return [Edit(at, at + len(record))]  # nothing is left of it
    return edits


def _block_key(record: bytes) -> bytes:
    """By what a block is sorted, read from its text."""
    first, second, *_ = record.strip().split(b"\n", 2)
    words, kind = second.strip(), _UNTYPED
    if words.startswith(b"a "):
        classes = words[2:].rstrip(b" .;").split(b", ")
        kind = f"<{_full(classes[-1].decode())}>"
    return f"{kind}\0{_full(first.strip().decode())}".encode()


def _graph_key(record: bytes) -> bytes:
    return _full(record[1 : record.index(b" {\n")].decode()).encode()


_BLOCKS = Kind(b"\n", b"\n", _block_key)
_GRAPHS = Kind(b"\n", b"\n}\n", _graph_key)
_UNTYPED = "\U0010ffff"


def _full(name: str) -> str:
    """The IRI that a name in these files stands for."""
    if name.startswith("<"):
        iri = name[1:-1]
        return iri if re.match(r"[a-z][a-z0-9+.-]*:", iri) else ID_BASE + iri
    prefix, _, rest = name.partition(":")
    return prefixes()[prefix] + rest
