"""Entries by hand: checked in the context of the store, explained, and added or taken back safely."""

from cfm_kg.entries.check import Checked, check, check_bytes, check_entries, check_files
from cfm_kg.entries.fix import Fixed, fix_bytes
from cfm_kg.entries.model import Before, Entry, Finding, Fix, Place, Quote, Report
from cfm_kg.entries.read import KINDS

__all__ = [
    "KINDS",
    "Before",
    "Checked",
    "Entry",
    "Finding",
    "Fix",
    "Fixed",
    "Place",
    "Quote",
    "Report",
    "check",
    "check_bytes",
    "check_entries",
    "check_files",
    "fix_bytes",
]
