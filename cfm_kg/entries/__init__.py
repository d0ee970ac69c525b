"""Entries by hand: checked in the context of the store, explained, and added or taken back safely."""

from cfm_kg.entries.check import Checked, check, check_entries, check_files
from cfm_kg.entries.model import Before, Entry, Finding, Place, Quote, Report

__all__ = [
    "Before",
    "Checked",
    "Entry",
    "Finding",
    "Place",
    "Quote",
    "Report",
    "check",
    "check_entries",
    "check_files",
]
