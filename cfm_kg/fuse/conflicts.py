"""Decisions, conflicts and merged names as triples for the provenance graph."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from cfm_kg.fuse.model import Conflict, Fusion
from cfm_kg.model import Literal
from cfm_kg.quads import Triple
from cfm_kg.vocab import CFM, OWL_SAME_AS, RDF_TYPE, thing


def provenance_triples(fusion: Fusion) -> Iterator[Triple]:
    """Human decisions, each conflict with its claims, and which names stand for which merged thing."""
    for outcome in fusion.decisions:
        yield from outcome.decision.triples
    for conflict in fusion.conflicts:
        yield from conflict_triples(conflict)
    for old, new in fusion.renamed:
        yield old, OWL_SAME_AS, new


def conflict_triples(conflict: Conflict) -> Iterator[Triple]:
    """One conflict, if it is one of claims."""
    claims = [claim for candidate in conflict.candidates for claim in candidate.claims]
    if len(claims) < 2:
        return  # not a disagreement of claims: it stands in the report
    key = " ".join(filter(None, (conflict.subject, conflict.predicate, conflict.about)))
    iri = thing("conflict", sha256(key.encode()).hexdigest()[:16])
    yield iri, RDF_TYPE, CFM("Conflict")
    yield iri, CFM("onSubject"), conflict.subject
    yield iri, CFM("onProperty"), conflict.predicate
    yield iri, CFM("criterion"), Literal(conflict.criterion)
    for claim in claims:
        yield iri, CFM("claim"), claim
    if conflict.decision:
        yield iri, CFM("decision"), conflict.decision
    if conflict.candidates[0].claims:
        yield iri, CFM("preferredClaim"), conflict.candidates[0].claims[0]
