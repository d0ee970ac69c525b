"""A difference as text, Markdown and JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import groupby

from cfm_kg.diff.changes import Difference, Fact, GraphChange, Kind, ThingChange, Value
from cfm_kg.diff.labels import short
from cfm_kg.vocab import DCTERMS_TITLE, RDF_TYPE, RDFS_LABEL, SKOS_PREF_LABEL, local

_SIGNS = {Kind.ADDED: "+", Kind.REMOVED: "-", Kind.CHANGED: "~", Kind.MOVED: ">"}
_NAMES = frozenset({RDFS_LABEL, SKOS_PREF_LABEL, DCTERMS_TITLE})
_UNTOLD = 8
"""Values of one property that are shown; JSON has all."""


def as_text(difference: Difference, *, every_graph: bool = False) -> str:
    """For people. Of graphs other than the merged facts only the numbers, unless `every_graph`."""
    lines = [f"{note}\n" for note in difference.notes]
    if difference.equal:
        return "".join(lines) + "No difference.\n"
    for graph in difference.graphs:
        if graph.graph is not None and not every_graph:
            continue
        if graph.graph is not None:
            lines.append(f"\nIn the graph {graph.label} ({short(graph.graph)})\n")
        lines += (f"{line}\n" for line in _graph_lines(graph))
    rest = () if every_graph else tuple(g for g in difference.graphs if g.graph is not None)
    lines += (f"{line}\n" for line in _rest(rest))
    return "".join(lines).lstrip("\n")


def _graph_lines(graph: GraphChange) -> Iterator[str]:
    parts = _parts(graph.things)
    for kind, things in _by_class(thing for thing in graph.things if thing.iri not in parts):
        yield f"{kind}: {_counts(things)}"
        for thing in things:
            was = f" (was {short(thing.was)})" if thing.was else ""
            yield f"  {_SIGNS[thing.kind]} {thing.label}  [{short(thing.iri)}]{was}"
            yield from (f"      {line}" for line in _thing_lines(thing, parts))
        yield ""


def _parts(things: Iterable[ThingChange]) -> dict[str, str]:
    """Things that only moved along with what they are named after: part → whole."""
    moved = {short(thing.iri).partition("/")[2]: thing.iri for thing in things if thing.was}
    found: dict[str, str] = {}
    for thing in things:
        path = short(thing.iri).partition("/")[2].rpartition("/")[0]
        while path and path not in moved:
            path = path.rpartition("/")[0]
        if path and thing.was and not thing.facts:
            found[thing.iri] = moved[path]
    return found


def _thing_lines(thing: ThingChange, parts: Mapping[str, str]) -> Iterator[str]:
    one_sided = thing.kind in (Kind.ADDED, Kind.REMOVED)
    for fact in _told(thing):
        if one_sided:
            yield f"{short(fact.predicate)}: {_listed(fact.removed or fact.added)}"
        else:
            yield from _fact_lines(fact)
    number = sum(whole == thing.iri for whole in parts.values())
    if number:
        yield f"with it {number} {'thing' if number == 1 else 'things'} named after it"


def _by_class(things: Iterable[ThingChange]) -> Iterator[tuple[str, list[ThingChange]]]:
    for kind, members in groupby(things, key=lambda thing: thing.kind_of):
        yield (local(kind) if kind else "Without a class"), list(members)


def _counts(things: Iterable[ThingChange]) -> str:
    found = Counter(thing.kind for thing in things)
    return ", ".join(f"{found[kind]} {kind}" for kind in Kind if found[kind])


def _told(thing: ThingChange) -> tuple[Fact, ...]:
    """The facts worth telling: of a thing that came or went, its class and label are in the heading."""
    if thing.kind in (Kind.CHANGED, Kind.MOVED):
        return thing.facts
    return tuple(
        fact
        for fact in thing.facts
        if fact.predicate != RDF_TYPE
        and not (fact.predicate in _NAMES and len(fact.removed) + len(fact.added) == 1)
    )


def _fact_lines(fact: Fact) -> Iterator[str]:
    name = short(fact.predicate)
    if len(fact.removed) == len(fact.added) == 1:
        yield f"{name}: {fact.removed[0].label} → {fact.added[0].label}"
        return
    for sign, values in (("-", fact.removed), ("+", fact.added)):
        if values:
            yield f"{name}: {sign} {_listed(values)}"


def _listed(values: tuple[Value, ...]) -> str:
    more = f" and {len(values) - _UNTOLD} more" if len(values) > _UNTOLD else ""
    return "; ".join(value.label for value in values[:_UNTOLD]) + more


def _rest(graphs: tuple[GraphChange, ...]) -> Iterator[str]:
    if graphs:
        gone, come = sum(g.removed for g in graphs), sum(g.added for g in graphs)
        what = graphs[0].label if len(graphs) == 1 else f"{len(graphs)} other graphs"
        yield f"In {what}: {gone} statements removed, {come} added (--all-graphs tells which)."


def as_markdown(difference: Difference, *, every_graph: bool = False) -> str:
    """The same as `as_text` for a review or a change log."""
    lines = [f"# {difference.before} → {difference.after}\n"]
    lines += [f"\n{note[0].upper()}{note[1:]}.\n" for note in difference.notes]
    if difference.equal:
        return "".join([*lines, "\nNo difference.\n"])
    for graph in difference.graphs:
        if graph.graph is None or every_graph:
            if graph.graph is not None:
                lines.append(f"\n## Graph {_plain(graph.label)}\n")
            lines += _markdown_graph(graph)
    rest = () if every_graph else tuple(g for g in difference.graphs if g.graph is not None)
    lines += (f"\n{line}\n" for line in _rest(rest))
    return "".join(lines)


def _markdown_graph(graph: GraphChange) -> Iterator[str]:
    parts = _parts(graph.things)
    for kind, things in _by_class(thing for thing in graph.things if thing.iri not in parts):
        yield f"\n### {kind}: {_counts(things)}\n\n"
        for thing in things:
            was = f", was `{short(thing.was)}`" if thing.was else ""
            yield f"- **{thing.kind}** {_plain(thing.label)} (`{short(thing.iri)}`{was})\n"
            yield from (f"  - {_plain(line)}\n" for line in _thing_lines(thing, parts))


def _plain(text: str) -> str:
    """Text without what Markdown would take for its own."""
    for sign in "\\`*_[]<>#":
        text = text.replace(sign, f"\\{sign}")
    return text


def as_json(difference: Difference) -> str:
    """For programs: everything, in stable order."""
    content = {"equal": difference.equal, **asdict(difference)}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
