"""A report as workflow commands, which GitHub shows beside the lines of a change."""

from __future__ import annotations

from cfm_kg.entries.model import Finding, Report
from cfm_kg.validate import short

_COMMANDS = {"Violation": "error", "Warning": "warning", "Info": "notice"}


def github(report: Report) -> str:
    """One command a finding."""
    return "".join(_command(finding) + "\n" for finding in report.findings)


def _command(finding: Finding) -> str:
    spot = finding.value_where or finding.where
    rule = short(finding.rule) if ":" in finding.rule else finding.rule
    told = f"{short(finding.focus)}: {finding.message}" if finding.focus else finding.message
    for more in (finding.remedy, finding.example):
        told += f"\n{more}" if more and more not in finding.message else ""
    place = f"file={_value(spot.file)},line={max(spot.line, 1)}"
    place += f",col={spot.column}" if spot.column else ""
    return f"::{_COMMANDS[finding.severity]} {place},title={_value(rule)}::{_data(told)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
