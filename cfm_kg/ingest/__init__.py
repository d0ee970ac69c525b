"""Stage 1: places (files, folders, globs, `-`, web addresses) become sources."""

from cfm_kg.ingest.source import Refused
from cfm_kg.ingest.sources import one_source, sources

__all__ = ["Refused", "one_source", "sources"]
