"""A report as a SHACL validation report in Turtle, whose results all have names."""

from __future__ import annotations

import hashlib
import json
import re

from cfm_kg.entries.model import Finding, Report
from cfm_kg.vocab import BASE, prefixes

_IRI = re.compile(r"(?:https?|urn|file|mailto):[^\s<>\"{}|\\^`]+\Z")


def turtle(report: Report) -> str:
    """The findings as `sh:ValidationResult`s; checks that are no shapes are named under id/check/."""
    names = [_name(finding) for finding in report.findings]
    rows = ["a sh:ValidationReport", f"sh:conforms {'false' if names else 'true'}"]
    rows += [f"sh:result <{name}>" for name in dict.fromkeys(names)]
    space = {name: prefixes()[name] for name in ("sh", "rdfs", "dcterms")}
    lines = [f"@prefix {name}: <{iri}> ." for name, iri in space.items()]
    lines.append(f"\n<{BASE}id/report/check>\n    " + " ;\n    ".join(rows) + " .")
    lines += [_result(name, finding) for name, finding in zip(names, report.findings, strict=True)]
    return "\n".join(lines) + "\n"


def _name(finding: Finding) -> str:
    return f"{BASE}id/finding/{hashlib.sha256(json.dumps(finding.order).encode()).hexdigest()[:16]}"


def _result(name: str, finding: Finding) -> str:
    rule = finding.rule if _IRI.match(finding.rule) else f"{BASE}id/check/{finding.rule}"
    rows = [
        "a sh:ValidationResult",
        f"sh:resultSeverity sh:{finding.severity}",
        f"sh:sourceShape <{rule}>",
        f"sh:resultMessage {_text(finding.message)}@en",
        f"dcterms:source {_text(str(finding.value_where or finding.where))}",
    ]
    if finding.focus:
        rows.append(f"sh:focusNode {_node(finding.focus)}")
    if finding.path and not set("^|") & set(finding.path):
        rows.append(f"sh:resultPath <{finding.path}>")
    if finding.value is not None:
        rows.append(f"sh:value {_node(finding.value)}")
    if finding.remedy:
        rows.append(f"rdfs:comment {_text(finding.remedy)}@en")
    return f"\n<{name}>\n    " + " ;\n    ".join(rows) + " ."


def _node(value: str) -> str:
    return f"<{value}>" if _IRI.match(value) else _text(value)


def _text(value: str) -> str:
    # JSON's escapes are Turtle's, but for characters beyond the first plane, which stay as they are.
    return json.dumps(value, ensure_ascii=False)
