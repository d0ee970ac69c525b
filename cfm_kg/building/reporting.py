"""The report of a build, gathered from its articles and from what its groups told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cfm_kg.building.growth import Growth
from cfm_kg.building.report import Report
from cfm_kg.building.whole import Whole
from cfm_kg.fuse import conflict_order
from cfm_kg.pipeline import Unread
from cfm_kg.validate import idle_shapes


def reported(growth: Growth, whole: Whole, unread: Sequence[Unread]) -> tuple[Report, list[str], set[str]]:
    """The report, the rows of its articles, and the digests of their texts."""
    rows, dropped, claims, spans = list[tuple[str, str, str]](), Counter[str](), 0, 0
    checks, texts = whole.checks, set[str]()
    for article, checked in growth.articles():
        rows.append((article.file, article.iri, article.row))
        dropped.update(dict(article.dropped))
        claims += article.claims
        spans += article.spans
        texts.add(article.sha256)
        checks.add(checked)
    report = Report(
        unread=sorted(unread, key=lambda one: (one.name, one.reason)),
        claims=claims,
        dropped=dropped,
        spans=spans,
        conflicts=sorted(whole.conflicts, key=conflict_order),
        decisions=whole.outcomes,
        unsettled=growth.naming.unsettled,
        joined=whole.joined,
        findings=sorted(checks.findings, key=lambda one: one.order),
        idle_shapes=idle_shapes(checks.active),
        aside=sorted(checks.aside, key=lambda one: (one.finding.order, one.facts)),
    )
    return report, [row for _, _, row in sorted(rows)], texts
