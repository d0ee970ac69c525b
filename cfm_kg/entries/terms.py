"""Names that entries use: unknown terms and classes, dangling references, things that no shape looks at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import pyoxigraph as ox
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA
from rdflib import URIRef
from rdflib.namespace import SH

from cfm_kg.entries.model import Entry, Finding, Written, name_of
from cfm_kg.entries.stored import TYPE, Facts
from cfm_kg.resources import ontology_dir
from cfm_kg.validate import short
from cfm_kg.validate.shapes import shapes
from cfm_kg.vocab import BASE, CFM, RDF_TYPE, defined_terms, local, prefixes, shipped_triples

_ID = BASE + "id/"
_ALIKE = 0.66
"""How alike two names must be in their letters, of 1, to be offered for each other."""
_LOOSELY = 86
"""How alike in words, of 100, where no name is alike in letters."""
_OFFERED = 3
_MANY = 2000
"""Things of a kind from which on a name is no more compared with all of them."""


@cache
def _properties() -> frozenset[str]:
    """All properties that the ontology or a shape knows."""
    found = {step.lstrip("^") for path in shapes().paths.values() for step in path.split("|")}
    own = {term for term in defined_terms() if term.startswith(CFM.iri) and local(term)[:1].islower()}
    used = {t.predicate.value for name in ("cfm", "concepts") for t in _ontology(name)}
    return frozenset(found | own | used | {RDF_TYPE})


@cache
def _classes() -> frozenset[str]:
    """All classes that the ontology or a shape knows."""
    own = {
        name_of(t.subject)
        for t in _ontology("cfm")
        if t.predicate == TYPE and local(name_of(t.object)) == "Class"
    }
    targets = {target.term for target in shapes().targets if target.is_class}
    used = {name_of(t.object) for t in _ontology("concepts") if t.predicate == TYPE}
    return frozenset(own | targets | used)


def _ontology(name: str) -> list[ox.Triple]:
    return shipped_triples(ontology_dir() / f"{name}.ttl")


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """The known IRIs that are spelled most like another, the likeliest first; none where none is alike."""
    choices, wanted = {one: local(one).lower() for one in known}, local(name).lower()
    found = process.extract(
        wanted, choices, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE, limit=_OFFERED
    )
    if not found:
        found = process.extract(wanted, choices, scorer=fuzz.WRatio, score_cutoff=_LOOSELY, limit=1)
    return [iri for _, score, iri in found if score >= found[0][1] - 0.05]


def misnamed(entry: Entry, facts: Facts) -> Iterator[Finding]:
    """What is wrong with the names that an entry uses."""
    seen: set[tuple[str, str]] = set()
    for one in entry.written:
        predicate, value = one.triple.predicate.value, one.triple.object
        found = [_unknown_property(one, predicate)]
        if predicate == RDF_TYPE and isinstance(value, ox.NamedNode):
            found.append(_unknown_class(one, value.value))
        elif isinstance(value, ox.NamedNode):
            found.append(_unknown_value(one, value.value))
        for finding in filter(None, found):
            if (finding.rule, finding.value or "") not in seen:
                seen.add((finding.rule, finding.value or ""))
                yield finding


def _guess(name: str, known: Iterable[str], kind: str) -> tuple[str, str]:
    near = nearest(name, known)
    if not near:
        return f"use a {kind} of the ontology, or define it there", ""
    return f"did you mean {' or '.join(map(short, near))}?", short(near[0])


def _unknown_property(one: Written, iri: str) -> Finding | None:
    if iri in _properties():
        return None
    own = iri.startswith(CFM.iri)
    known = {p for p in _properties() if p.startswith(CFM.iri)} if own else _properties()
    remedy, example = _guess(iri, known, "property")
    space = next((f" in the namespace {name}:" for name, ns in prefixes().items() if iri.startswith(ns)), "")
    return Finding(
        "Violation" if own else "Warning",
        "unknown-property",
        f"there is no property {short(iri)} in the ontology"
        if own
        else f"{short(iri)} is not used here{space}",
        one.predicate,
        name_of(one.triple.subject),
        iri,
        iri,
        one.predicate,
        "a property of the ontology",
        "one of its properties",
        remedy,
        example,
    )


def _unknown_class(one: Written, iri: str) -> Finding | None:
    if iri in _classes():
        return None
    own = iri.startswith(CFM.iri)
    remedy, example = _guess(iri, {c for c in _classes() if c.startswith(CFM.iri)}, "class")
    return Finding(
        "Violation" if own else "Warning",
        "unknown-class",
        f"there is no class {short(iri)} in the ontology",
        one.subject,
        name_of(one.triple.subject),
        RDF_TYPE,
        iri,
        one.value,
        "a class of the ontology",
        "one of its classes",
        remedy,
        f"a {example}" if example else "",
    )


def _unknown_value(one: Written, iri: str) -> Finding | None:
    if not iri.startswith(CFM.iri) or iri in defined_terms():
        return None
    path = one.triple.predicate.value
    allowed = list(allowed_values(path)) or [t for t in defined_terms() if t.startswith(CFM.iri)]
    remedy, example = _guess(iri, allowed, "term")
    return Finding(
        "Violation",
        "unknown-term",
        f"there is no term {short(iri)} in the ontology",
        one.subject,
        name_of(one.triple.subject),
        path,
        iri,
        one.value,
        "a term of the ontology",
        "one of " + ", ".join(map(short, sorted(allowed))) if len(allowed) < 20 else "one of its terms",
        remedy,
        f"{short(path)} {example} ;" if example else "",
    )


def allowed_values(path: str) -> Iterator[str]:
    """The values that some shape lists for a property."""
    graph = shapes().core
    for shape, spelled in shapes().paths.items():
        items = graph.value(URIRef(shape), SH["in"]) if spelled == path else None
        if items is not None:
            yield from (str(item) for item in graph.items(items))


def dangling(entry: Entry, facts: Facts) -> Iterator[Finding]:
    """References to things of which neither the entries nor the store say anything."""
    seen: set[tuple[str, str, str]] = set()
    for one in entry.written:
        value = one.triple.object
        if not isinstance(value, ox.NamedNode) or not value.value.startswith(_ID) or facts.knows(value):
            continue
        key = (name_of(one.triple.subject), one.triple.predicate.value, value.value)
        if key not in seen:
            seen.add(key)
            yield _dangling(one, value.value, facts)


def _dangling(one: Written, iri: str, facts: Facts) -> Finding:
    kind = iri.removeprefix(_ID).partition("/")[0]
    near = _nearest_things(iri, kind, facts)
    offered = [f"{short(one)} ({facts.label(ox.NamedNode(one)) or 'no label'})" for one in near]
    meant = f"did you mean {' or '.join(offered)}? Or " if near else ""
    path = one.triple.predicate.value
    return Finding(
        "Violation",
        "dangling",
        f"nothing is known of {short(iri)}",
        one.subject,
        name_of(one.triple.subject),
        path,
        iri,
        one.value,
        "a reference to something known",
        f"a {kind} that the store holds or the entry describes",
        meant + "describe it in the same file",
        f"{short(path)} {short(near[0])} ;" if near else f"{short(iri)} a cfm:{kind.capitalize()} .",
    )


def _nearest_things(iri: str, kind: str, facts: Facts) -> list[str]:
    """Known things of a kind that are named or spelled like one; none where there are very many."""
    found = next((c for c in _classes() if c.startswith(CFM.iri) and local(c).lower() == kind), None)
    known = facts.instances(found, _MANY) if found else []
    if len(known) == _MANY:
        return []
    wanted = local(iri).replace("-", " ").lower()
    labelled = [one for one in known if facts.label(ox.NamedNode(one)).lower() == wanted]
    return labelled or nearest(iri, known)


def untargeted(entry: Entry, facts: Facts) -> Iterator[Finding]:
    """Things that no shape looks at: whatever is said of them goes unchecked."""
    classes = {target.term for target in shapes().targets if target.is_class}
    properties = {target.term for target in shapes().targets if not target.is_class}
    stated = {name_of(one.triple.subject): one for one in reversed(entry.written)}
    said: dict[str, set[str]] = {}
    for one in entry.written:
        said.setdefault(name_of(one.triple.subject), set()).add(one.triple.predicate.value)
    for iri, one in sorted(stated.items()):
        subject = one.triple.subject
        if not isinstance(subject, ox.NamedNode):
            continue
        kinds = facts.classes(subject)
        if kinds & classes or (said[iri] & properties and kinds):
            continue
        kind = iri.removeprefix(_ID).partition("/")[0] if iri.startswith(_ID) else ""
        likely = next((short(c) for c in sorted(classes) if local(c).lower() == kind), "cfm:Meeting")
        why = f"it is a {', '.join(map(short, sorted(kinds)))}" if kinds else "it has no class"
        yield Finding(
            "Warning",
            "untargeted",
            f"no shape looks at {short(iri)}, so nothing of what is said of it is checked: {why}",
            one.subject,
            iri,
            constraint="target of a shape",
            expected="a class that a shape targets",
            remedy="give it a class of the ontology with `a`",
            example=f"{short(iri)} a {likely} .",
        )
