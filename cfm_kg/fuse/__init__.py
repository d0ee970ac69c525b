"""Stage 7: what all articles say of one thing becomes one set of merged facts; conflicts are kept."""

from cfm_kg.fuse.conflicts import provenance_triples
from cfm_kg.fuse.merge import fuse
from cfm_kg.fuse.model import Candidate, Conflict, Fusion, Unsettled

__all__ = ["Candidate", "Conflict", "Fusion", "Unsettled", "fuse", "provenance_triples"]
