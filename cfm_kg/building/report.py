"""The report of a build: what was read, dropped, in conflict, decided and set aside, as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from cfm_kg.building.records import SetAside
from cfm_kg.fuse import Candidate, Conflict, Outcome, Unsettled
from cfm_kg.model import Document, Dropped, Node, Reading
from cfm_kg.pipeline import Unread
from cfm_kg.validate import SEVERITIES, Finding

FILE = "report.json"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Summary:
    """What is told of a build once its report is written."""

    unread: Sequence[Unread]
    claims: int
    spans: int
    """How many spans were dropped while reading."""
    conflicts: int
    aside: int
    """How many facts were set aside."""
    decisions: Sequence[Outcome]
    findings: Mapping[str, int]
    """How many findings of each severity."""

    @property
    def conforms(self) -> bool:
        """Whether no violation is left."""
        return not self.findings["Violation"]


@dataclass(frozen=True, slots=True)
class Report:
    """What a build has to tell. Everything is in its order."""

    unread: Sequence[Unread]
    claims: int
    dropped: Mapping[str, int]
    """Spans dropped, by reason."""
    spans: int
    """How many spans were dropped while reading."""
    conflicts: Sequence[Conflict]
    decisions: Sequence[Outcome]
    unsettled: Sequence[Unsettled]
    joined: Mapping[str, str]
    findings: Sequence[Finding]
    idle_shapes: Sequence[str]
    aside: Sequence[SetAside]

    @property
    def conforms(self) -> bool:
        """Whether no violation is left."""
        return not self.counts()["Violation"]

    def counts(self) -> dict[str, int]:
        """How many findings of each severity."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity: found[severity] for severity in SEVERITIES}

    def summary(self) -> Summary:
        """What is told of it; a large build's conflicts are too much to be held for that."""
        aside = sum(len(one.facts) for one in self.aside)
        return Summary(
            self.unread, self.claims, self.spans, len(self.conflicts), aside, self.decisions, self.counts()
        )


def report_text(rows: Iterable[str], report: Report) -> Iterator[str]:
    """The report with the rows of all articles in their order, piece by piece."""
    comma = ""
    yield '{\n "articles": ['
    for row in rows:
        yield f"{comma}\n  " + row.replace("\n", "\n  ")
        comma = ","
    pieces = json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(_content(report))
    yield ("\n ],\n" if comma else "],\n") + "".join(islice(pieces, 2))[2:]
    yield from pieces
    yield "\n"


def _content(report: Report) -> Json:
    return {
        "unread": [asdict(unread) for unread in report.unread],
        "claims": report.claims,
        "dropped": dict(sorted(report.dropped.items())),
        "conflicts": [_conflict(conflict) for conflict in report.conflicts],
        "decisions": [_outcome(outcome) for outcome in report.decisions],
        "unsettled": list(map(asdict, report.unsettled)),
        "joined": dict(report.joined),
        "validation": {
            "conforms": report.conforms,
            "counts": report.counts(),
            "findings": [asdict(finding) for finding in report.findings],
            "idle_shapes": report.idle_shapes,
            "set_aside": [{"finding": asdict(one.finding), "facts": one.facts} for one in report.aside],
        },
    }


def article_row(reading: Reading) -> str:
    """What the report says of one article, as JSON."""
    return json.dumps(_article(reading), ensure_ascii=False, indent=1)


def _article(reading: Reading) -> Json:
    document = reading.document
    publication = document.publication
    return {
        "file": document.name,
        "article": reading.article,
        "language": document.language,
        "publisher": document.publisher,
        "published": str(publication.date) if publication else None,
        "published_because": publication.reason if publication else None,
        "claims": len(reading.claims),
        "dropped": [_drop(document, dropped) for dropped in dropped_of(reading)],
    }


def dropped_of(reading: Reading) -> tuple[Dropped, ...]:
    """All that was dropped of an article, by whatever stage, once."""
    return tuple(dict.fromkeys((*reading.document.dropped, *reading.dropped)))


def _drop(document: Document, dropped: Dropped) -> Json:
    row: Json = {"stage": dropped.stage, "reason": dropped.reason, "detail": dropped.detail}
    if dropped.span:
        row |= {
            "start": dropped.span.start,
            "end": dropped.span.end,
            "quote": document.quote(dropped.span),
        }
    return row


def _conflict(conflict: Conflict) -> Json:
    return {
        "subject": conflict.subject,
        "property": conflict.predicate,
        "about": conflict.about,
        "chosen": _plain(conflict.chosen),
        "criterion": conflict.criterion,
        "decision": conflict.decision,
        "values": [_candidate(candidate) for candidate in conflict.candidates],
    }


def _outcome(outcome: Outcome) -> Json:
    decision = outcome.decision
    return {
        "decision": decision.iri,
        "verdict": decision.verdict.value,
        "by": decision.by,
        "on": str(decision.on),
        "reason": decision.reason,
        "applied": outcome.applied,
        "warnings": outcome.problems,
    }


def _candidate(candidate: Candidate) -> Json:
    return {"value": _plain(candidate.value), "articles": candidate.articles, "claims": candidate.claims}


def _plain(node: Node) -> str:
    return node if isinstance(node, str) else node.value
