"""What a store says of a thing, what leads to it, and the quotes that say so; and things by their names."""

from cfm_kg.description.describe import describe
from cfm_kg.description.labels import Labels
from cfm_kg.description.lookup import Index, Match, iri_of, nearest
from cfm_kg.description.model import Description, Fact, Link, Source

__all__ = [
    "Description",
    "Fact",
    "Index",
    "Labels",
    "Link",
    "Match",
    "Source",
    "describe",
    "iri_of",
    "nearest",
]
