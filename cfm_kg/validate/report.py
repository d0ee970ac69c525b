"""What a validation found, and its renderings as text, JSON and a SHACL report in Turtle."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import asdict, dataclass

from cfm_kg.vocab import BASE, prefixes

_MOST_LISTED = 24
"""How many idle shapes the text lists by name."""
SEVERITIES = ("Violation", "Warning", "Info")
"""Local names of the SHACL severities, the gravest first."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a shape has to say about one node. IRIs are written in full."""

    severity: str
    focus: str
    path: str | None
    """The property, `^` before one that is followed backwards, `|` between alternatives."""
    value: str | None
    shape: str
    message: str
    """What is wrong and what to do."""
    where: str | None = None
    """File and line where the node stands, `file.ttl:12`."""

    @property
    def order(self) -> tuple[int, str, str, str, str, str]:
        """The gravest first, then by node."""
        rank = SEVERITIES.index(self.severity)
        return rank, self.focus, self.shape, self.path or "", self.value or "", self.message


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """Findings in stable order, and the shapes that found no node to look at."""

    findings: tuple[Finding, ...]
    idle_shapes: tuple[str, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether there is no violation. Warnings and infos do not make data wrong."""
        return not self.of("Violation")

    def of(self, severity: str) -> tuple[Finding, ...]:
        """The findings of one severity."""
        return tuple(finding for finding in self.findings if finding.severity == severity)

    @property
    def offenders(self) -> frozenset[str]:
        """The nodes that have a violation."""
        return frozenset(finding.focus for finding in self.of("Violation"))

    def counts(self) -> dict[str, int]:
        """How many findings of each severity, zeros included."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity: found[severity] for severity in SEVERITIES}

    def text(self) -> str:
        """For people: one paragraph a finding, then a summary."""
        paragraphs = [_paragraph(finding) for finding in self.findings]
        return "\n".join([*paragraphs, self._summary()]) + "\n"

    def json(self) -> str:
        """For programs, with stable order and indentation."""
        content = {
            "conforms": self.conforms,
            "counts": self.counts(),
            "findings": [asdict(finding) for finding in self.findings],
            "idle_shapes": list(self.idle_shapes),
        }
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"

    def turtle(self) -> str:
        """A SHACL validation report whose results all have names."""
        names = {_name(finding): finding for finding in self.findings}
        rows = ["a sh:ValidationReport"]
        # The standard's sense of conforming: no result at all, of whatever severity.
        rows.append(f"sh:conforms {'false' if names else 'true'}")
        rows += [f"sh:result <{name}>" for name in names]
        lines = [f"@prefix sh: <{prefixes()['sh']}> .\n"]
        lines.append(f"<{BASE}id/report/validation>\n    " + " ;\n    ".join(rows) + " .")
        lines += [_result(name, finding) for name, finding in names.items()]
        return "\n".join(lines) + "\n"

    def _summary(self) -> str:
        counts = ", ".join(_counted(number, severity) for severity, number in self.counts().items())
        verdict = "conforms" if self.conforms else "does not conform"
        lines = [f"The data {verdict}: {counts}."]
        if self.idle_shapes:
            number = len(self.idle_shapes)
            # A single entry leaves most shapes idle, which tells nothing; a build should not.
            few = number <= _MOST_LISTED
            idle = ", ".join(map(short, self.idle_shapes)) if few else "the JSON report lists them"
            shapes = "shape" if number == 1 else "shapes"
            lines.append(f"Found no node to look at ({number} {shapes}): {idle}.")
        return "\n".join(lines)


def short(iri: str) -> str:
    """An IRI as people read it: with its prefix where one fits, else relative to the things' base.

    >>> short("https://w3id.org/cfm-kg/id/meeting/csto-cfm/2021-05-19"), short("http://www.w3.org/ns/shacl#Info")
    ('<meeting/csto-cfm/2021-05-19>', 'sh:Info')
    """
    if iri.startswith(BASE + "id/"):
        return f"<{iri.removeprefix(BASE + 'id/')}>"
    for name, namespace in prefixes().items():
        if iri.startswith(namespace) and not set("/#") & set(iri.removeprefix(namespace)):
            return f"{name}:{iri.removeprefix(namespace)}"
    return iri


def _counted(number: int, severity: str) -> str:
    return f"{number} {severity.lower()}{'' if number == 1 else 's'}"


def _paragraph(finding: Finding) -> str:
    head = f"{finding.severity}: {short(finding.focus)}"
    lines = [f"{finding.where}: {head}" if finding.where else head]
    if finding.path:
        lines.append(f"  property  {'|'.join(_short_path(part) for part in finding.path.split('|'))}")
    if finding.value is not None and finding.value != finding.focus:
        lines.append(f"  value     {short(finding.value)}")
    lines.append(f"  {finding.message}")
    lines.append(f"  by        {short(finding.shape)}")
    return "\n".join(lines) + "\n"


def _short_path(path: str) -> str:
    return "^" + short(path[1:]) if path.startswith("^") else short(path)


def _name(finding: Finding) -> str:
    identity = json.dumps(finding.order)
    return f"{BASE}id/finding/{hashlib.sha256(identity.encode()).hexdigest()[:16]}"


def _result(name: str, finding: Finding) -> str:
    rows = [
        "a sh:ValidationResult",
        f"sh:resultSeverity sh:{finding.severity}",
        f"sh:focusNode {_node(finding.focus)}",
        f"sh:sourceShape <{finding.shape}>",
        f"sh:resultMessage {json.dumps(finding.message, ensure_ascii=False)}@en",
    ]
    if finding.path and not set("^|") & set(finding.path):
        rows.append(f"sh:resultPath <{finding.path}>")
    if finding.value is not None:
        rows.append(f"sh:value {_node(finding.value)}")
    return f"\n<{name}>\n    " + " ;\n    ".join(rows) + " ."


def _node(value: str) -> str:
    # Blank nodes have no name outside their file: the report gives them as text.
    is_iri = re.fullmatch(r"(?:https?|urn|file|mailto):[^\s<>\"{}|\\^`]+", value)
    return f"<{value}>" if is_iri else json.dumps(value, ensure_ascii=False)
