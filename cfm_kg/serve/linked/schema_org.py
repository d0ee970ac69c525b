"""A thing in schema.org's words, as search engines read them in pages; the ontology's alignment maps them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Any

import pyoxigraph as ox

from cfm_kg.description import Description, Labels
from cfm_kg.model import Literal
from cfm_kg.resources import ontology_dir
from cfm_kg.vocab import (
    CFM,
    DCTERMS_TITLE,
    OWL_SAME_AS,
    RDFS,
    RDFS_LABEL,
    SKOS,
    SKOS_ALT_LABEL,
    shipped_triples,
)

SCHEMA = "https://schema.org/"
_NARROWER = frozenset({RDFS("subClassOf"), RDFS("subPropertyOf"), SKOS("exactMatch")})
_NAMES = frozenset({SKOS_ALT_LABEL, SKOS("hiddenLabel"), RDFS_LABEL, DCTERMS_TITLE})
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def json_ld(found: Description, labels: Labels) -> str:
    """JSON that may stand in a `script` element: nothing in it can end the element."""
    kinds = sorted({name for kind in found.classes for name in schema_terms(kind)})
    content: dict[str, Any] = {
        "@context": SCHEMA,
        "@id": found.iri,
        "@type": kinds or ["Thing"],
        "name": found.label,
    }
    values: dict[str, list[Any]] = defaultdict(list)
    for fact in found.facts:
        if fact.property in _NAMES and isinstance(fact.value, Literal):
            values["alternateName"] += [fact.value.value] if fact.value.value != found.label else []
        elif fact.property == OWL_SAME_AS and isinstance(fact.value, str):
            values["sameAs"].append(fact.value)
        for name in schema_terms(fact.property):
            values[name] += _values(fact.value, fact.label)
    content |= {name: _unique(values[name]) for name in sorted(values) if values[name]}
    return json.dumps(content, ensure_ascii=False, indent=1).translate(_ESCAPES)


def _values(value: str | Literal, label: str) -> list[Any]:
    """The value; nothing for a term of the ontology's own that schema.org has no word for."""
    if isinstance(value, Literal):
        return [value.value]
    if value.startswith(CFM.iri):
        return [SCHEMA + name for name in schema_terms(value)]
    return [{"@id": value, "name": label}]


def _unique(values: list[Any]) -> Any:
    kept = [value for at, value in enumerate(values) if value not in values[:at]]
    return kept[0] if len(kept) == 1 else kept


def schema_terms(iri: str) -> tuple[str, ...]:
    """The names in schema.org of what includes or equals a term."""
    return _mapping().get(iri, ())


@cache
def _mapping() -> Mapping[str, tuple[str, ...]]:
    """Each term → the schema.org terms above it, over any number of steps."""
    above: dict[str, set[str]] = defaultdict(set)
    for file in ("cfm", "alignment"):
        for triple in shipped_triples(ontology_dir() / f"{file}.ttl"):
            if triple.predicate.value in _NARROWER and isinstance(triple.object, ox.NamedNode):
                above[getattr(triple.subject, "value", "")].add(triple.object.value)
    found: dict[str, tuple[str, ...]] = {}
    for term in sorted(above):
        reached, new = set[str](), {term}
        while new:
            reached |= new
            new = {one for name in new for one in above.get(name, ())} - reached
        found[term] = tuple(sorted(one.removeprefix(SCHEMA) for one in reached if one.startswith(SCHEMA)))
    return found
