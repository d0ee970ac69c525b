"""A report as SARIF 2.1.0, which code hosts show beside the lines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cfm_kg.entries.model import Finding, Place, Report
from cfm_kg.validate import short

_LEVELS = {"Violation": "error", "Warning": "warning", "Info": "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(report: Report) -> str:
    """One run with a rule for each shape or check that found something."""
    rules = sorted({finding.rule for finding in report.findings})
    driver: dict[str, Any] = {
        "name": "cfm-kg",
        "version": version("cfm-kg"),
        "rules": [_rule(rule, report.findings) for rule in rules],
    }
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": _uri(name)}} for name in report.files],
        "results": [_result(finding, rules.index(finding.rule)) for finding in report.findings],
    }
    return (
        json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)
        + "\n"
    )


def _uri(name: str) -> str:
    path = Path(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _rule(rule: str, findings: Iterable[Finding]) -> dict[str, Any]:
    first = next(finding for finding in findings if finding.rule == rule)
    described: dict[str, Any] = {
        "id": short(rule) if ":" in rule else rule,
        "shortDescription": {"text": first.expected or first.message},
        "defaultConfiguration": {"level": _LEVELS[first.severity]},
    }
    return described | ({"helpUri": rule} if rule.startswith("http") else {})


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    hints = [finding.message]
    if finding.remedy and finding.remedy not in finding.message:
        hints.append(finding.remedy)
    if finding.example:
        hints.append(f"For example: {finding.example}")
    found: dict[str, Any] = {
        "ruleId": short(finding.rule) if ":" in finding.rule else finding.rule,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": " ".join(hints)},
        "locations": [_location(finding.value_where or finding.where)],
        "properties": {"focus": finding.focus, "path": finding.path or "", "value": finding.value or ""},
    }
    if finding.value_where and finding.value_where != finding.where:
        found["relatedLocations"] = [_location(finding.where) | {"message": {"text": "the subject"}}]
    return found


def _location(place: Place) -> dict[str, Any]:
    region = {"startLine": max(place.line, 1)} | ({"startColumn": place.column} if place.column else {})
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(place.file)}, "region": region}}
