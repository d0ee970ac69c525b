"""Stage 9: the embedded store and stable files."""

from cfm_kg.store.folder import open_store, refuse_foreign, replace_store, write_store
from cfm_kg.store.formats import FORMATS, Format, parse_file, write_as
from cfm_kg.store.jsonld import write_jsonld
from cfm_kg.store.lines import fact_lines, nquads_lines, parsed, write_nquads, write_ntriples
from cfm_kg.store.live import LiveStore, Snapshot
from cfm_kg.store.loading import StoreLoader
from cfm_kg.store.lock import writing
from cfm_kg.store.reifying import with_triple_terms
from cfm_kg.store.transaction import change_store
from cfm_kg.store.turtle import write_trig, write_turtle

__all__ = [
    "FORMATS",
    "Format",
    "LiveStore",
    "Snapshot",
    "StoreLoader",
    "change_store",
    "fact_lines",
    "nquads_lines",
    "open_store",
    "parse_file",
    "parsed",
    "refuse_foreign",
    "replace_store",
    "with_triple_terms",
    "write_as",
    "write_jsonld",
    "write_nquads",
    "write_ntriples",
    "write_store",
    "write_trig",
    "write_turtle",
    "writing",
]
