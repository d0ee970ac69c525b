"""Stage 6: what an article says, as quads: its own graph and the provenance of each claim."""

from cfm_kg.emit.graphs import (
    article_facts,
    article_quads,
    check_quotes,
    provenance_facts,
    provenance_quads,
)
from cfm_kg.emit.reference import Reference

__all__ = [
    "Reference",
    "article_facts",
    "article_quads",
    "check_quotes",
    "provenance_facts",
    "provenance_quads",
]
