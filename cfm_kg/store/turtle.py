"""Turtle and TriG for people: sorted by class and name, prefixed, never wrapped, stable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox

from cfm_kg.model import Node
from cfm_kg.quads import node
from cfm_kg.store.terms import TermWriter, sort_key
from cfm_kg.vocab import RDF_TYPE

Value = Node | ox.Triple
Description = dict[str, list[Value]]
"""Predicate → values."""

_UNTYPED = "\U0010ffff"
"""Sorts things without a class last."""


def descriptions(quads: Iterable[ox.Quad]) -> list[tuple[str, Description]]:
    """The things of one graph, sorted by class, then IRI; predicates and values sorted too.

    Raises TypeError for a blank node.
    """
    return described(map(_statement, quads))


def _statement(quad: ox.Quad) -> tuple[str, str, Value]:
    if not isinstance(quad.subject, ox.NamedNode):
        raise TypeError(f"{quad.subject} is not an IRI: the project has no blank nodes")
    value = quad.object
    return (
        quad.subject.value,
        quad.predicate.value,
        value if isinstance(value, ox.Triple) else node(value),
    )


def described(statements: Iterable[tuple[str, str, Value]]) -> list[tuple[str, Description]]:
    """The things that plain statements of one graph are about, in the order of `descriptions`."""
    things: dict[str, dict[str, dict[Value, None]]] = defaultdict(lambda: defaultdict(dict))
    for subject, predicate, value in statements:
        things[subject][predicate][value] = None
    found = [(iri, _description(properties)) for iri, properties in things.items()]
    return sorted(found, key=lambda pair: (_class(pair[1]), pair[0]))


def _description(properties: dict[str, dict[Value, None]]) -> Description:
    order = sorted(properties, key=lambda predicate: (predicate != RDF_TYPE, predicate))
    return {predicate: _in_order(properties[predicate]) for predicate in order}


def _in_order(values: dict[Value, None]) -> list[Value]:
    return sorted(values, key=sort_key) if len(values) > 1 else list(values)


def _class(description: Mapping[str, Sequence[Value]]) -> str:
    classes = description.get(RDF_TYPE)
    # The most specific of several: the project's own class sorts after those of older vocabularies.
    return f"<{classes[-1]}>" if classes else _UNTYPED


def by_graph(quads: Iterable[ox.Quad]) -> list[tuple[str | None, list[ox.Quad]]]:
    """Quads by graph: the default graph (None) first, the others by name."""
    graphs: dict[str | None, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        name = quad.graph_name
        graphs[name.value if isinstance(name, ox.NamedNode) else None].append(quad)
    return sorted(graphs.items(), key=lambda pair: pair[0] or "")


def block(iri: str, description: Mapping[str, Sequence[Value]], writer: TermWriter, indent: str = "") -> str:
    """What a graph says of one thing, without a line break at its end."""
    term, lines = writer.term, list[str]()
    for predicate, values in description.items():
        written = term(values[0]) if len(values) == 1 else ", ".join(map(term, values))
        lines.append(f"{writer.predicate(predicate)} {written}")
    return f"{indent}{writer.iri(iri)}\n{indent}    " + f" ;\n{indent}    ".join(lines) + " ."


def place(iri: str, description: Mapping[str, Sequence[Value]]) -> bytes:
    """What blocks of one graph are sorted by: class, then name."""
    return f"{_class(description)}\0{iri}".encode()


def write_turtle(quads: Iterable[ox.Quad], *, whole: bool = False) -> bytes:
    """The triples of all quads whatever their graph; with `whole`, all prefixes there are come first.

    Raises TypeError for a blank node.
    """
    writer = TermWriter()
    body = "".join(f"\n{block}\n" for block in _blocks(quads, writer, ""))
    return (writer.header(whole=whole) + body).encode()


def write_trig(quads: Iterable[ox.Quad], *, whole: bool = False) -> bytes:
    """All quads, graph by graph, the default graph first; with `whole`, all prefixes there are come first.

    Raises TypeError for a blank node.
    """
    writer, parts = TermWriter(), list[str]()
    for name, members in by_graph(quads):
        if name is None:
            parts += [f"\n{block}\n" for block in _blocks(members, writer, "")]
        else:
            inner = "\n\n".join(_blocks(members, writer, "    "))
            parts.append(f"\n{writer.iri(name)} {{\n{inner}\n}}\n")
    return (writer.header(whole=whole) + "".join(parts)).encode()


def _blocks(quads: Iterable[ox.Quad], writer: TermWriter, indent: str) -> Iterator[str]:
    """One block a thing, without a line break at its end."""
    for iri, description in descriptions(quads):
        yield block(iri, description, writer, indent)
