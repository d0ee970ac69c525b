"""Terms that entries use and the ontology does not have: properties, classes, values, whole namespaces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import pyoxigraph as ox
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from cfm_kg.entries.model import Entry, Finding, Written, name_of
from cfm_kg.entries.stored import TYPE
from cfm_kg.entries.wanted import allowed_values
from cfm_kg.resources import ontology_dir
from cfm_kg.store.terms import ID_BASE
from cfm_kg.validate import short
from cfm_kg.validate.shapes import shapes
from cfm_kg.vocab import CFM, RDF_TYPE, defined_terms, local, prefixes, shipped_triples

_ALIKE = 0.66
"""How alike two names must be in their letters, of 1, to be offered for each other."""
_LOOSELY = 86
"""How alike in words, of 100, where no name is alike in letters."""
_OFFERED = 3
_SPACE_ALIKE = 0.8
"""How alike the ontology's namespace is what is taken for a misspelling of it."""


@cache
def _properties() -> frozenset[str]:
    """All properties that the ontology or a shape knows."""
    found = {step.lstrip("^") for path in shapes().paths.values() for step in path.split("|")}
    own = {term for term in defined_terms() if term.startswith(CFM.iri) and local(term)[:1].islower()}
    used = {t.predicate.value for name in ("cfm", "concepts") for t in _ontology(name)}
    return frozenset(found | own | used | {RDF_TYPE})


@cache
def classes() -> frozenset[str]:
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


def misnamed(entry: Entry) -> Iterator[Finding]:
    """What is wrong with the terms that an entry uses."""
    seen: set[tuple[str, str]] = set()
    for one in entry.written:
        predicate, value = one.triple.predicate.value, one.triple.object
        space = _misspelt_space(one)
        if space is not None:
            if ("namespace", space) not in seen:
                seen.add(("namespace", space))
                yield _namespace(one, space)
            continue
        found = [_unknown_property(one, predicate)]
        if predicate == RDF_TYPE and isinstance(value, ox.NamedNode):
            found.append(_unknown_class(one, value.value))
        elif isinstance(value, ox.NamedNode):
            found.append(_unknown_value(one, value.value))
        for finding in filter(None, found):
            if (finding.rule, finding.value or "") not in seen:
                seen.add((finding.rule, finding.value or ""))
                yield finding


def _misspelt_space(one: Written) -> str | None:
    """The namespace of a property or class, where it is taken for a misspelling of the ontology's."""
    value = one.triple.object
    names = [one.triple.predicate.value] + ([name_of(value)] if one.triple.predicate == TYPE else [])
    for iri in names:
        space = iri.removesuffix(local(iri))
        if space not in prefixes().values() and CFM.iri + local(iri) in defined_terms():
            alike = OSA.normalized_similarity(space, CFM.iri)
            if alike >= _SPACE_ALIKE:
                return space
    return None


def _namespace(one: Written, space: str) -> Finding:
    is_class = one.triple.predicate == TYPE
    return Finding(
        "Violation",
        "namespace",
        f"{space} is not the namespace of the ontology, so that nothing that is said with it counts",
        one.subject,
        name_of(one.triple.subject),
        one.triple.predicate.value,
        space,
        one.value if is_class else one.predicate,
        "a term of the ontology",
        f"the namespace {CFM.iri}",
        "correct the prefix, or the IRI",
        f"@prefix cfm: <{CFM.iri}> .",
    )


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
    if iri in classes():
        return None
    # In JSON-LD, a class that the context does not know becomes a name below id/.
    own = iri.startswith((CFM.iri, ID_BASE))
    remedy, example = _guess(iri, {c for c in classes() if c.startswith(CFM.iri)}, "class")
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
    path = one.triple.predicate.value
    wanted = list(allowed_values(path))
    # In JSON-LD, a term that the context does not know becomes a name below id/.
    own = iri.startswith(CFM.iri) or (wanted and iri.startswith(ID_BASE))
    if not own or iri in defined_terms():
        return None
    allowed = wanted or [t for t in defined_terms() if t.startswith(CFM.iri)]
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
