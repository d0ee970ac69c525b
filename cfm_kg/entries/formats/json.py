"""A report for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from cfm_kg.entries.model import Finding, Report


def report_json(report: Report) -> str:
    """All that the report holds, IRIs in full, in stable order."""
    return json.dumps(content(report), ensure_ascii=False, indent=2) + "\n"


def content(report: Report) -> dict[str, Any]:
    """The report as plain values, for JSON."""
    return {
        "conforms": report.conforms(),
        "files": list(report.files),
        "counts": report.counts(),
        "triples": report.triples,
        "new": report.new,
        "touched": report.touched,
        "findings": [_finding(finding) for finding in report.findings],
        "before": [asdict(one) for one in report.before],
        "idle_shapes": list(report.idle_shapes),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {name: value for name, value in asdict(finding).items() if value not in (None, "")}
