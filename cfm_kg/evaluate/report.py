"""An evaluation as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from cfm_kg.evaluate.compare import Evaluation
from cfm_kg.evaluate.ledger import Counts


def table(evaluation: Evaluation) -> str:
    """One line a kind of fact, and the figures over all facts at the end."""
    lines = [f"{'fact':22} {'P':>6} {'R':>6} {'F1':>6}   right spurious missed"]
    lines += [_row(kind, counts) for kind, counts in evaluation.kinds.items()]
    micro = evaluation.micro
    lines.append(
        f"micro over {len(evaluation.articles)} articles: "
        f"precision {micro.precision:.3f} recall {micro.recall:.3f} F1 {micro.f1:.3f}"
    )
    return "\n".join(lines) + "\n"


def _row(kind: str, counts: Counts) -> str:
    figures = f"{counts.precision:6.3f} {counts.recall:6.3f} {counts.f1:6.3f}"
    return f"{kind:22} {figures}   {counts.right:5} {counts.spurious:8} {counts.missed:6}"


def article_lines(evaluation: Evaluation) -> Iterator[str]:
    """One line an article."""
    for article, kinds in evaluation.articles.items():
        micro = sum(kinds.values(), Counts())
        figures = f"P {micro.precision:.3f} R {micro.recall:.3f} F1 {micro.f1:.3f}"
        counts = f"{micro.right} right, {micro.spurious} spurious, {micro.missed} missed"
        yield f"{article:24} {figures}  ({counts})"


def difference_lines(evaluation: Evaluation) -> Iterator[str]:
    """One line for each fact that was missed or is spurious."""
    for row in evaluation.differences:
        yield f"{row.article:10} {row.kind:20} {row.what:9} {row.detail}"


def figures(counts: Counts) -> dict[str, Any]:
    """Counts with precision, recall and F1, as JSON has them."""
    return {
        "precision": counts.precision,
        "recall": counts.recall,
        "f1": counts.f1,
        "right": counts.right,
        "spurious": counts.spurious,
        "missed": counts.missed,
    }


def evaluation_json(evaluation: Evaluation) -> str:
    """The whole evaluation as a JSON object with a newline at its end."""
    content = {
        **figures(evaluation.micro),
        "articles": {
            name: figures(sum(kinds.values(), Counts())) for name, kinds in evaluation.articles.items()
        },
        "kinds": {kind: figures(counts) for kind, counts in evaluation.kinds.items()},
        "differences": [
            {"article": row.article, "kind": row.kind, "what": row.what, "detail": row.detail}
            for row in evaluation.differences
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
