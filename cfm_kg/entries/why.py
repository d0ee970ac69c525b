"""Why a shape objects, and how to mend it: the constraint that fails, what it expects, and an example."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pyoxigraph as ox
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH, XSD
from rdflib.term import Node

from cfm_kg.entries.judge import described
from cfm_kg.entries.model import Entry, Finding, name_of
from cfm_kg.entries.patterns import Group, patterns_of
from cfm_kg.entries.stored import Facts
from cfm_kg.entries.where import places
from cfm_kg.model import Literal
from cfm_kg.validate import Finding as ShapeFinding
from cfm_kg.validate import short
from cfm_kg.validate.facts import Facts as Screened
from cfm_kg.validate.facts import Term, plain, plain_term
from cfm_kg.validate.screen import unmet
from cfm_kg.validate.shapes import shapes

_SAMPLES = {
    str(XSD.date): '"2021-05-19"^^xsd:date',
    str(XSD.gYearMonth): '"2021-05"^^xsd:gYearMonth',
    str(XSD.gYear): '"2021"^^xsd:gYear',
    str(XSD.dateTime): '"2021-05-19T10:00:00Z"^^xsd:dateTime',
    str(XSD.integer): "5",
    str(XSD.decimal): "0.5",
    str(XSD.boolean): "true",
    str(XSD.string): '"text"',
    str(RDF.langString): '"text"@en',
}
_IRI = re.compile(r"https?://[^\s{}<>\"]+[^\s{}<>\".,;:!?]")
_KINDS = {str(SH.IRI): "an IRI", str(SH.Literal): "a literal", str(SH.IRIOrLiteral): "an IRI or a literal"}


def explained(found: ShapeFinding, entries: Sequence[Entry], facts: Facts) -> Finding:
    """A shape's finding with its places in the files, the constraint, what is expected and an example."""
    where, value_where = places(found, entries)
    rule = next((r for r in shapes().rules if r.shape == found.shape), None)
    path = _forward(found.path)
    if rule is not None:
        constraint, expected = "sh:sparql", _label(found.shape)
        # Of values that are things any other might be as wrong; a literal shows how such a value is written.
        sample = _example(found.focus, path, _shape_of(path), facts)
        example = _missing(found, patterns_of(rule)) or ("" if "<" in sample else sample)
    else:
        constraint = ", ".join(short(c) for c in _failing(found, facts)) or "sh:property"
        expected = "; ".join(_expected(found.shape))
        example = _meant(found, facts) or _example(found.focus, found.path, found.shape, facts)
    return Finding(
        found.severity,
        found.shape,
        _IRI.sub(lambda iri: short(iri[0]), found.message),
        where,
        found.focus,
        found.path,
        None if found.value == found.focus else found.value or _values(found, facts),
        value_where,
        constraint,
        expected,
        _remedy(found.message),
        example,
    )


def _meant(found: ShapeFinding, facts: Facts) -> str:
    """The known thing of the wanted class that a wrong value is the name of."""
    kind = shapes().core.value(URIRef(found.shape), SH["class"])
    if kind is None or not found.value or not found.path or set("|^") & set(found.path):
        return ""
    named = facts.named(found.value, str(kind))
    return f"{short(found.path)} {short(named[0])} ;" if len(named) == 1 else ""


def _remedy(message: str) -> str:
    """The sentences of a message that tell what to do: those after the first."""
    return re.split(r"(?<=[.!?])\s+", message, maxsplit=1)[1] if ". " in message else ""


def _forward(path: str | None) -> str | None:
    return None if path is None else path.split("|")[0].lstrip("^")


def _failing(found: ShapeFinding, facts: Facts) -> tuple[str, ...]:
    focus = ox.BlankNode(found.focus[2:]) if found.focus.startswith("_:") else ox.NamedNode(found.focus)
    own = set(described([focus], facts))
    near = {t.object for t in own if isinstance(t.object, ox.NamedNode)}
    screened = Screened(plain(own.union(*(facts.match(node, None, None) for node in near))))
    node = plain_term(focus)
    path = shapes().paths.get(found.shape)
    values: Sequence[Term] = screened.along(node, path) if path else [node]
    if found.value is not None and path:
        values = [one for one in values if _text(one) == found.value] or values
        counts = {str(SH.minCount), str(SH.maxCount), str(SH.uniqueLang)}
        return tuple(c for c in unmet(found.shape, screened, node, values) if c not in counts)
    return unmet(found.shape, screened, node, values)


def _text(term: Term) -> str:
    return term.value if isinstance(term, Literal) else str(term)


def _values(found: ShapeFinding, facts: Facts) -> str | None:
    """Where a shape objects to the number of values: all of them."""
    if not found.path or set("|^") & set(found.path) or found.focus.startswith("_:"):
        return None
    matched = facts.match(ox.NamedNode(found.focus), ox.NamedNode(found.path), None)
    values = sorted({short(name_of(triple.object)) for triple in matched})
    return " and ".join(values) if values else None


def _expected(shape: str) -> Iterator[str]:
    """A shape's constraints in words."""
    graph, name = shapes().core, URIRef(shape)
    least, most = graph.value(name, SH.minCount), graph.value(name, SH.maxCount)
    if least is not None or most is not None:
        yield _number(None if least is None else str(least), None if most is None else str(most))
    kind, cls, datatype = (graph.value(name, p) for p in (SH.nodeKind, SH["class"], SH.datatype))
    if cls is not None:
        yield f"a {short(str(cls))}"
    elif kind is not None:
        yield _KINDS.get(str(kind), "a node")
    if datatype is not None:
        yield "a text with a language tag" if datatype == RDF.langString else f"an {short(str(datatype))}"
    for predicate, words in ((SH["in"], "one of "), (SH["or"], "")):
        items = graph.value(name, predicate)
        if items is not None:
            choices = [_choice(graph, item, predicate) for item in graph.items(items)]
            yield words + (", " if words else " or ").join(choices)
    nested = graph.value(name, SH.node)
    if nested is not None:
        yield from _expected(str(nested))
    for predicate, words in _LIMITS.items():
        limit = graph.value(name, predicate)
        if limit is not None:
            yield f"{words} {short(str(limit))}"
    if graph.value(name, SH.uniqueLang) is not None:
        yield "one value in a language"


_LIMITS = {
    SH.minLength: "of a length of at least",
    SH.minInclusive: "at least",
    SH.maxInclusive: "at most",
    SH.lessThan: "less than the value of",
    SH.pattern: "fitting the pattern",
}


def _choice(graph: Graph, item: Node, predicate: URIRef) -> str:
    return short(str(item)) if predicate == SH["in"] else " ".join(_expected(str(item))).removeprefix("an ")


def _number(least: str | None, most: str | None) -> str:
    if least == most:
        return f"exactly {least}"
    return " and ".join(filter(None, (least and f"at least {least}", most and f"at most {most}")))


def _label(shape: str) -> str:
    from rdflib.namespace import RDFS

    return str(shapes().full.value(URIRef(shape), RDFS.label) or "")


def _shape_of(path: str | None) -> str:
    """Some property shape of a path, to take an example from."""
    return next((shape for shape, spelled in sorted(shapes().paths.items()) if spelled == path), "")


def _example(focus: str, path: str | None, shape: str, facts: Facts) -> str:
    if path is None:
        return "<kind/name> a cfm:… ." if focus.startswith("_:") else ""
    if path.startswith("^"):
        step = path.split("|")[0][1:]
        return f"<…> {short(step)} {short(focus)} ."
    value = _sample(shape, facts)
    return f"{short(path.split('|')[0])} {value} ;" if value else ""


def _sample(shape: str, facts: Facts) -> str:
    """A value that a shape accepts."""
    graph, name = shapes().core, URIRef(shape)
    for predicate in (SH["in"], SH["or"]):
        items = graph.value(name, predicate)
        if items is not None:
            first = next(iter(graph.items(items)))
            quoted = first if isinstance(first, URIRef) else None
            return (
                (short(str(first)) if quoted else f'"{first}"')
                if predicate == SH["in"]
                else _sample(str(first), facts)
            )
    kind, datatype, nested = (graph.value(name, p) for p in (SH["class"], SH.datatype, SH.node))
    if kind is not None:
        found = facts.instances(str(kind), 1)
        return short(found[0]) if found else f"<{str(kind).rpartition('#')[2].lower()}/…>"
    if datatype is not None and graph.value(name, SH.pattern) is None:
        return _SAMPLES.get(str(datatype), "")
    if datatype is not None:
        return _stored_sample(shapes().paths.get(shape, ""), facts)
    if nested is not None:
        return '"text"@en' if shape.endswith(("abel", "Name", "title")) else _sample(str(nested), facts)
    pattern = graph.value(name, SH.pattern)
    return "wd:Q42" if pattern is not None and "wikidata" in str(pattern) else ""


def _stored_sample(path: str, facts: Facts) -> str:
    """A value that something stored has, where not all of a datatype will do."""
    if not path or set("|^") & set(path):
        return ""
    found = next(facts.match(None, ox.NamedNode(path), None), None)
    return str(found.object) if found is not None and isinstance(found.object, ox.Literal) else ""


def _missing(found: ShapeFinding, group: Group) -> str:
    """The triple that a rule asks for, where it objects to the lack of one."""
    bound = {"this": found.focus, "value": found.value or ""}
    for other in group.others:
        for pattern in other.patterns:
            names = [bound.get(p, "") if isinstance(p, str) else name_of(p) for p in pattern.parts]
            uses = [p for p in pattern.parts if isinstance(p, str)]
            is_one = len(other.patterns) == 1 and set(uses) <= set(bound)
            if is_one and all(map(_IRI.fullmatch, names)):
                return " ".join(map(short, names)) + " ."
    return ""


def merged(shape: Finding, own: Finding) -> Finding:
    """A shape's finding with what a check of names knows better: how to mend it."""
    return replace(shape, remedy=own.remedy, example=own.example or shape.example)
