"""A report in the formats of people and of other tools."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from cfm_kg.entries.formats.github import github
from cfm_kg.entries.formats.json import report_json
from cfm_kg.entries.formats.junit import junit
from cfm_kg.entries.formats.sarif import sarif
from cfm_kg.entries.formats.text import text
from cfm_kg.entries.formats.ttl import turtle
from cfm_kg.entries.model import Report

FORMATS: Mapping[str, Callable[[Report], str]] = MappingProxyType(
    {"text": text, "json": report_json, "sarif": sarif, "junit": junit, "ttl": turtle, "github": github}
)
"""Renderings of a report by name."""

__all__ = ["FORMATS", "github", "junit", "report_json", "sarif", "text", "turtle"]
