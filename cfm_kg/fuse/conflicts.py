"""Conflicts and merged names as triples for the provenance graph."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from cfm_kg.fuse.model import Conflict, Fusion
from cfm_kg.model import Literal
from cfm_kg.quads import Triple
from cfm_kg.vocab import CFM, OWL_SAME_AS, RDF_TYPE, thing


def provenance_triples(fusion: Fusion) -> Iterator[Triple]:
    """Each conflict with its claims, and which names of articles stand for which merged thing."""
    for conflict in fusion.conflicts:
        yield from _conflict(conflict)
    for old, new in fusion.renamed:
        yield old, OWL_SAME_AS, new


def _conflict(conflict: Conflict) -> Iterator[Triple]:
    claims = [claim for candidate in conflict.candidates for claim in candidate.claims]
    if conflict.about or len(claims) < 2:
        return  # not a disagreement of claims about one property: it stands in the report
    key = f"{conflict.subject} {conflict.predicate}"
    iri = thing("conflict", sha256(key.encode()).hexdigest()[:16])
    yield iri, RDF_TYPE, CFM("Conflict")
    yield iri, CFM("onSubject"), conflict.subject
    yield iri, CFM("onProperty"), conflict.predicate
    yield iri, CFM("criterion"), Literal(conflict.criterion)
    for claim in claims:
        yield iri, CFM("claim"), claim
    if conflict.candidates[0].claims:
        yield iri, CFM("preferredClaim"), conflict.candidates[0].claims[0]
