"""A report for people: a paragraph a finding, then a summary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cfm_kg.entries.model import Finding, Report
from cfm_kg.validate import short

_WORDS = {"Violation": "error", "Warning": "warning", "Info": "note"}
_LONGEST = 100
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def text(report: Report) -> str:
    """What, where, why, how to mend it; then what was wrong before, and the verdict."""
    return "\n".join([*(paragraph(finding) for finding in report.findings), *_summary(report)]) + "\n"


def paragraph(finding: Finding) -> str:
    """One finding."""
    spot = finding.value_where or finding.where
    about = f"{short(finding.focus)}: " if finding.focus else ""
    lines = [f"{spot}: {_WORDS[finding.severity]}: {about}{finding.message}"]
    if finding.line:
        lines.append(f"  | {finding.line}")
        # Of a long line only a part is shown, in which columns would be others.
        if not finding.line.startswith("…"):
            before = re.sub(r"[^\t]", " ", finding.line[: spot.column - 1])
            lines.append(f"  | {before}^")
    lines += [f"  {name:<9} {value}" for name, value in _rows(finding) if value]
    # What a file holds must not command the terminal that it is shown on.
    return _CONTROL.sub("·", "\n".join(lines)) + "\n"


def _rows(finding: Finding) -> Iterator[tuple[str, str]]:
    if finding.value_where and finding.value_where.line != finding.where.line:
        yield "subject", f"line {finding.where.line}"
    if finding.path:
        yield "property", path_text(finding.path)
    if finding.value is not None and finding.value != finding.path:
        yield "value", cut(short(finding.value))
    yield "expected", finding.expected
    rule = short(finding.rule) if ":" in finding.rule else finding.rule
    yield "by", f"{rule} ({finding.constraint})" if finding.constraint else rule
    if finding.remedy and finding.remedy not in finding.message:
        yield "to do", finding.remedy
    yield "example", finding.example
    if finding.quote:
        yield "source", f"{finding.quote.file}: “{finding.quote.sentence}”"


def path_text(path: str) -> str:
    """A property path as people read it."""
    return "|".join("^" + short(one[1:]) if one.startswith("^") else short(one) for one in path.split("|"))


def cut(value: str) -> str:
    """A value on one line that is not too long."""
    one_line = " ".join(value.split())
    return one_line if len(one_line) <= _LONGEST else one_line[:_LONGEST] + "…"


def _summary(report: Report) -> Iterator[str]:
    if report.before:
        number = sum(one.number for one in report.before)
        rules = ", ".join(f"{short(one.rule)} ({one.number})" for one in report.before)
        yield f"Wrong before, and not by what you add: {number} {_plural(number, 'finding')}: {rules}"
    if report.idle_shapes:
        names = ", ".join(short(shape).removeprefix("shape:") for shape in report.idle_shapes)
        yield f"Found nothing to look at here ({len(report.idle_shapes)} shapes): {names}"
    counts = report.counts()
    verdict = "Nothing is wrong" if report.conforms() else "Not as it should be"
    found = ", ".join(f"{counts[s]} {_plural(counts[s], word)}" for s, word in _WORDS.items())
    files = f"{len(report.files)} {_plural(len(report.files), 'file')}"
    triples = f"{report.triples} {_plural(report.triples, 'triple')}"
    yield f"{verdict}: {found} in {files}; {triples}, {report.new} new."


def _plural(number: int, word: str) -> str:
    return word if number == 1 else word + "s"
