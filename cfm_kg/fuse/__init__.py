"""Stage 7: what all articles say of one thing becomes one set of merged facts; conflicts are kept.

Names are settled first, for all articles together (`identify`); then each group of statements is merged by
itself (`fuse_group`). `fuse` does both for readings that fit in memory.
"""

from cfm_kg.fuse.conflicts import conflict_triples, provenance_triples
from cfm_kg.fuse.decisions import FOLDER, Decision, Verdict, folders_of, load_decisions
from cfm_kg.fuse.documents import ACTIONS
from cfm_kg.fuse.identity import Naming, identify, telling
from cfm_kg.fuse.merge import conflict_order, fuse, fuse_group, statements_of
from cfm_kg.fuse.model import (
    Candidate,
    Conflict,
    Fusion,
    Group,
    Origin,
    Outcome,
    Statement,
    Unsettled,
)
from cfm_kg.fuse.rulings import Docket, unmet

__all__ = [
    "ACTIONS",
    "FOLDER",
    "Candidate",
    "Conflict",
    "Decision",
    "Docket",
    "Fusion",
    "Group",
    "Naming",
    "Origin",
    "Outcome",
    "Statement",
    "Unsettled",
    "Verdict",
    "conflict_order",
    "conflict_triples",
    "folders_of",
    "fuse",
    "fuse_group",
    "identify",
    "load_decisions",
    "provenance_triples",
    "statements_of",
    "telling",
    "unmet",
]
