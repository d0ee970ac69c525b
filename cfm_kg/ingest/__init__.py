"""Stage 1: places (files, folders, globs, `-`, web addresses) become sources."""

from cfm_kg.ingest.source import REMEDY, Refused
from cfm_kg.ingest.sources import number_of_places, one_source, sources

__all__ = ["REMEDY", "Refused", "number_of_places", "one_source", "sources"]
