"""Why a shape objects, and how to mend it: the constraint that fails, what it expects, and an example."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pyoxigraph as ox

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
from cfm_kg.validate.statements import text_of
from cfm_kg.vocab import RDF, RDFS_LABEL, SH, XSD, local

_SAMPLES = {
    XSD("date"): '"2021-05-19"^^xsd:date',
    XSD("gYearMonth"): '"2021-05"^^xsd:gYearMonth',
    XSD("gYear"): '"2021"^^xsd:gYear',
    XSD("dateTime"): '"2021-05-19T10:00:00Z"^^xsd:dateTime',
    XSD("integer"): "5",
    XSD("decimal"): "0.5",
    XSD("boolean"): "true",
    XSD("string"): '"text"',
    RDF("langString"): '"text"@en',
}
_IRI = re.compile(r"https?://[^\s{}<>\"]+[^\s{}<>\".,;:!?]")
_KINDS = {SH("IRI"): "an IRI", SH("Literal"): "a literal", SH("IRIOrLiteral"): "an IRI or a literal"}


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
    kind = shapes().stated.text(found.shape, SH("class"))
    if kind is None or not found.value or not found.path or set("|^") & set(found.path):
        return ""
    named = facts.named(found.value, kind)
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
        counts = {SH("minCount"), SH("maxCount"), SH("uniqueLang")}
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
    stated = shapes().stated
    least, most = (stated.text(shape, SH(name)) for name in ("minCount", "maxCount"))
    if least is not None or most is not None:
        yield _number(least, most)
    kind, cls, datatype = (stated.text(shape, SH(name)) for name in ("nodeKind", "class", "datatype"))
    if cls is not None:
        yield f"a {short(cls)}"
    elif kind is not None:
        yield _KINDS.get(kind, "a node")
    if datatype is not None:
        yield "a text with a language tag" if datatype == RDF("langString") else f"an {short(datatype)}"
    allowed = [short(text_of(item)) for item in stated.items(stated.value(shape, SH("in")))]
    if allowed:
        yield "one of " + ", ".join(allowed)
    choices = [text_of(item) for item in stated.items(stated.value(shape, SH("or")))]
    if choices:
        yield " or ".join(" ".join(_expected(choice)).removeprefix("an ") for choice in choices)
    nested = stated.text(shape, SH("node"))
    if nested is not None:
        yield from _expected(nested)
    for predicate, words in _LIMITS.items():
        limit = stated.text(shape, predicate)
        if limit is not None:
            yield f"{words} {short(limit)}"
    if stated.value(shape, SH("uniqueLang")) is not None:
        yield "one value in a language"


_LIMITS = {
    SH("minLength"): "of a length of at least",
    SH("minInclusive"): "at least",
    SH("maxInclusive"): "at most",
    SH("lessThan"): "less than the value of",
    SH("pattern"): "fitting the pattern",
}


def _number(least: str | None, most: str | None) -> str:
    if least == most:
        return f"exactly {least}"
    return " and ".join(filter(None, (least and f"at least {least}", most and f"at most {most}")))


def _label(shape: str) -> str:
    return shapes().stated.text(shape, RDFS_LABEL) or ""


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
    stated = shapes().stated
    for item in stated.items(stated.value(shape, SH("in"))):
        return short(item.value) if isinstance(item, ox.NamedNode) else f'"{text_of(item)}"'
    for item in stated.items(stated.value(shape, SH("or"))):
        return _sample(text_of(item), facts)
    kind, datatype, nested = (stated.text(shape, SH(name)) for name in ("class", "datatype", "node"))
    pattern = stated.text(shape, SH("pattern"))
    if kind is not None:
        found = facts.instances(kind, 1)
        return short(found[0]) if found else f"<{local(kind).lower()}/…>"
    if datatype is not None and pattern is None:
        return _SAMPLES.get(datatype, "")
    if datatype is not None:
        return _stored_sample(shapes().paths.get(shape, ""), facts)
    if nested is not None:
        return '"text"@en' if shape.endswith(("abel", "Name", "title")) else _sample(nested, facts)
    return "wd:Q42" if pattern is not None and "wikidata" in pattern else ""


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
