"""graph.ttl and graph.trig: made of the sorted N-Quads, thing by thing, and changed block by block.

A block is what one graph says of one thing. Blocks of a graph are sorted by class and name; of TriG the
merged facts come first, then the other graphs by name, each in braces. Both files begin with all prefixes
there are, so that a change never reaches beyond its blocks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from cfm_kg.building.records import DamagedError
from cfm_kg.building.sorted_files import Content, Edit, Kind, Region
from cfm_kg.quads import Fact, facts_of
from cfm_kg.store import parsed
from cfm_kg.store.terms import ID_BASE, TermWriter
from cfm_kg.store.turtle import Value, block, described, place
from cfm_kg.vocab import prefixes

_INDENT = "    "
Key = tuple[str, bytes]
"""Graph (empty for the merged facts) and place of a block within it."""


def header() -> bytes:
    """How both files begin."""
    return TermWriter().header(whole=True).encode()


def blocks(lines: Iterable[bytes]) -> dict[Key, bytes]:
    """The blocks of some lines that hold all there is about the things that they are about."""
    return blocks_of(facts_of(parsed(lines)), TermWriter())


def blocks_of(facts: Iterable[Fact], writer: TermWriter) -> dict[Key, bytes]:
    """The blocks of some facts that hold all there is about the things that they are about."""
    things, found = dict[tuple[str, str], list[tuple[str, Value]]](), dict[Key, bytes]()
    last, members = ("", ""), list[tuple[str, Value]]()
    for subject, predicate, value, graph in facts:
        if subject is not last[1] or graph is not last[0]:  # facts about a thing mostly follow each other
            last = graph, subject
            members = things.setdefault(last, [])
        members.append((predicate, value))
    for (graph, iri), stated in things.items():
        description = _description(iri, stated)
        text = block(iri, description, writer, _INDENT if graph else "")
        found[graph, place(iri, description)] = text.encode()
    return found


def _description(iri: str, stated: Sequence[tuple[str, Value]]) -> Mapping[str, Sequence[Value]]:
    """What is stated of a thing, in the order of a block."""
    order = _order(tuple([predicate for predicate, _ in stated]))
    if order is not None:
        return {stated[at][0]: (stated[at][1],) for at in order}
    ((_, description),) = described((iri, predicate, value) for predicate, value in stated)
    return description


@lru_cache(4096)
def _order(predicates: tuple[str, ...]) -> tuple[int, ...] | None:
    """Where properties that have one value each stand in a block: the same of all claims, for example."""
    if len(set(predicates)) < len(predicates):
        return None
    ((_, description),) = described(("", predicate, "") for predicate in predicates)
    return tuple(predicates.index(predicate) for predicate in description)


def records(found: Mapping[Key, bytes]) -> Iterator[bytes]:
    """Blocks as records without line breaks that sort as the blocks stand in the files."""
    for (graph, where), text in found.items():
        yield b"\0\0".join((graph.encode(), where, text.replace(b"\n", b"\1")))


def write_both(found: Iterable[Sequence[bytes]], turtle: Path, trig: Path) -> None:
    """Write Turtle of the merged facts, and TriG of everything, from the records of all blocks in order."""
    with turtle.open("wb") as merged, trig.open("wb") as whole:
        merged.write(header())
        whole.write(header())
        open_graph = b""
        for some in found:
            for graph, members in groupby(some, key=_graph_of):
                texts = [record[record.rindex(b"\0\0") + 2 :] for record in members]
                if not graph:
                    written = b"".join(b"\1" + text + b"\1" for text in texts).replace(b"\1", b"\n")
                    merged.write(written)
                    whole.write(written)
                    continue
                if graph != open_graph:
                    whole.write((b"}\n" if open_graph else b"") + _opening(graph.decode())[:-1])
                open_graph = graph
                whole.write(b"".join(b"\1" + text + b"\1" for text in texts).replace(b"\1", b"\n"))
        whole.write(b"}\n" if open_graph else b"")


def _graph_of(record: bytes) -> bytes:
    return record[: record.index(b"\0\0")]


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
