"""How far each rule can be trusted: the share of its claims that gold facts bear out.

A rule seen seldom is drawn towards the precision of all rules together: with `PRIOR` imagined claims of
that precision added to its own, `(right + PRIOR * overall) / (seen + PRIOR)`. What a rule says that gold
facts do not speak of is not counted.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cfm_kg.evaluate.facts import View, article_views
from cfm_kg.evaluate.gold import GoldArticle
from cfm_kg.evaluate.judge import verdicts
from cfm_kg.vocab import CFM, RDF

PRIOR = 5
"""The weight, in claims, of the overall precision."""
OVERALL = "*"
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class RuleCounts:
    """How many claims of each rule were judged, and how many of them are right."""

    seen: Mapping[str, int]
    right: Mapping[str, int]

    def __add__(self, other: RuleCounts) -> RuleCounts:
        return RuleCounts(
            Counter(self.seen) + Counter(other.seen), Counter(self.right) + Counter(other.right)
        )

    @property
    def precision(self) -> dict[str, float]:
        """By rule, and of all together under `*`; empty where nothing was judged."""
        total = sum(self.seen.values())
        if not total:
            return {}
        overall = sum(self.right.values()) / total
        by_rule = {
            rule: (self.right.get(rule, 0) + PRIOR * overall) / (seen + PRIOR)
            for rule, seen in sorted(self.seen.items())
        }
        return {name: round(value, _DIGITS) for name, value in {OVERALL: overall, **by_rule}.items()}


def rule_counts(graph: Path, gold: Iterable[GoldArticle]) -> RuleCounts:
    """Judge the claims of a built graph, rule by rule. Raises CfmError where it cannot be read."""
    seen, right = Counter[str](), Counter[str]()
    views = article_views(graph)
    claims = _claims(next((view for _, view in views.values()), None))
    for article in gold:
        if article.id not in views:
            continue
        iri, view = views[article.id]
        judged = verdicts(view, article)
        for fact, rule in claims.get(iri, ()):
            if fact in judged:
                seen[rule] += 1
                right[rule] += judged[fact]
    return RuleCounts(seen, right)


def _claims(view: View | None) -> dict[str, list[tuple[tuple[str, str, str], str]]]:
    """Each article's claimed facts with the rule that read them."""
    found: dict[str, list[tuple[tuple[str, str, str], str]]] = {}
    if view is None:
        return found
    graph = view.everything
    for claim in sorted(graph.subjects[CFM("rule")]):
        terms = [graph.one(claim, RDF(name)) for name in ("subject", "predicate", "object")]
        subject, predicate, value = (term or "" for term in terms)
        row = ((subject, predicate, value), graph.one(claim, CFM("rule")) or "")
        found.setdefault(graph.one(claim, CFM("article")) or "", []).append(row)
    return found


def write_confidence(path: Path, measured: RuleCounts) -> None:
    """Write what `confidence.json` holds: precision and number of claims by rule."""
    content = {"precision": measured.precision, "counts": dict(sorted(measured.seen.items()))}
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
