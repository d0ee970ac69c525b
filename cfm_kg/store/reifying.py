"""Claims by RDF 1.2: `claim rdf:reifies <<( subject predicate object )>>` instead of three statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from cfm_kg.vocab import CFM, RDF, RDF_TYPE

_PARTS = (RDF("subject"), RDF("predicate"), RDF("object"))
_Claim = tuple[object, object]
"""A claim and its graph."""


def with_triple_terms(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The quads, with each claim's subject, predicate and object as one triple term.

    A claim that lacks one of them, or has two, stays as it is.
    """
    every = list(quads)
    claims = {_claim(q) for q in every if q.predicate.value == RDF_TYPE and _is_claim(q)}
    parts: dict[_Claim, dict[str, list[ox.Quad]]] = defaultdict(lambda: defaultdict(list))
    for quad in every:
        if quad.predicate.value in _PARTS and _claim(quad) in claims:
            parts[_claim(quad)][quad.predicate.value].append(quad)
    whole = {claim: [found[p][0] for p in _PARTS] for claim, found in parts.items() if _whole(found)}
    kept = [q for q in every if not (q.predicate.value in _PARTS and _claim(q) in whole)]
    return kept + [_reified(*three) for three in whole.values()]


def _claim(quad: ox.Quad) -> _Claim:
    return quad.subject, quad.graph_name


def _is_claim(quad: ox.Quad) -> bool:
    return isinstance(quad.object, ox.NamedNode) and quad.object.value == CFM("Claim")


def _whole(found: dict[str, list[ox.Quad]]) -> bool:
    one_each = all(len(found[part]) == 1 for part in _PARTS)
    return one_each and isinstance(found[_PARTS[1]][0].object, ox.NamedNode)


def _reified(subject: ox.Quad, predicate: ox.Quad, value: ox.Quad) -> ox.Quad:
    said = ox.Triple(subject.object, predicate.object, value.object)  # type: ignore[arg-type]
    return ox.Quad(subject.subject, ox.NamedNode(RDF("reifies")), said, subject.graph_name)
