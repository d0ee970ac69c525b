"""Stage 1: places (files, folders, globs, `-`, web addresses) become sources."""

from cfm_kg.ingest.files import find_files, names_of
from cfm_kg.ingest.source import REMEDY, File, Refused
from cfm_kg.ingest.sources import from_file, number_of_places, one_article, one_source, sources

__all__ = [
    "REMEDY",
    "File",
    "Refused",
    "find_files",
    "from_file",
    "names_of",
    "number_of_places",
    "one_article",
    "one_source",
    "sources",
]
