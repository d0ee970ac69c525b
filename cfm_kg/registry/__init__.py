"""Reference data: who, what and where, with dates. It never holds what articles say."""

from cfm_kg.registry.load import Entries, load, read_entries
from cfm_kg.registry.model import (
    Body,
    Country,
    Membership,
    Name,
    Organization,
    Person,
    Place,
    Post,
    Tenure,
    Thing,
)
from cfm_kg.registry.names import wordings
from cfm_kg.registry.registry import DEPUTIES, Registry

__all__ = [
    "DEPUTIES",
    "Body",
    "Country",
    "Entries",
    "Membership",
    "Name",
    "Organization",
    "Person",
    "Place",
    "Post",
    "Registry",
    "Tenure",
    "Thing",
    "load",
    "read_entries",
    "wordings",
]
