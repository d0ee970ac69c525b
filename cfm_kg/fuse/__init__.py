"""Stage 7: what all articles say of one thing becomes one set of merged facts; conflicts are kept."""

from cfm_kg.fuse.conflicts import provenance_triples
from cfm_kg.fuse.decisions import Decision, Verdict, load_decisions
from cfm_kg.fuse.merge import fuse
from cfm_kg.fuse.model import Candidate, Conflict, Fusion, Outcome, Unsettled

__all__ = [
    "Candidate",
    "Conflict",
    "Decision",
    "Fusion",
    "Outcome",
    "Unsettled",
    "Verdict",
    "fuse",
    "load_decisions",
    "provenance_triples",
]
