"""A report as JUnit XML: a test suite a file, a test case a finding, or one that passes."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement, tostring

from cfm_kg.entries.formats.text import paragraph
from cfm_kg.entries.model import Finding, Report
from cfm_kg.validate import short

# XML 1.0 has no way to write these.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(report: Report) -> str:
    """Violations are failures; warnings and notes are cases that pass and tell what they saw."""
    files = dict.fromkeys([*report.files, *(finding.where.file for finding in report.findings)])
    root = Element("testsuites", name="cfm-kg check")
    for name in files:
        found = [finding for finding in report.findings if finding.where.file == name]
        failures = sum(finding.severity == "Violation" for finding in found)
        suite = SubElement(
            root, "testsuite", name=name, tests=str(max(len(found), 1)), failures=str(failures), errors="0"
        )
        for finding in found:
            _case(suite, name, finding)
        if not found:
            SubElement(suite, "testcase", classname=name, name="conforms")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _case(suite: Element, name: str, finding: Finding) -> None:
    spot = finding.value_where or finding.where
    rule = short(finding.rule) if ":" in finding.rule else finding.rule
    title = _clean(f"{rule} {short(finding.focus)}".strip())
    case = SubElement(suite, "testcase", classname=name, name=title, file=name, line=str(spot.line))
    if finding.severity == "Violation":
        failure = SubElement(case, "failure", type=rule, message=_clean(finding.message))
        failure.text = _clean(paragraph(finding))
    else:
        SubElement(case, "system-out").text = _clean(paragraph(finding))


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
