"""What the reader finds in texts, compared with what they should say. Quick: no fusing, no validation."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from cfm_kg.emit import Reference, article_quads, provenance_quads
from cfm_kg.evaluate.compare import Evaluation, compare
from cfm_kg.evaluate.facts import read_facts
from cfm_kg.evaluate.found import FoundArticle
from cfm_kg.evaluate.gold import read_gold
from cfm_kg.ingest.source import make_source
from cfm_kg.model import Reading
from cfm_kg.pipeline import shipped_reference
from cfm_kg.quads import quads, triples
from cfm_kg.reading import read
from cfm_kg.store import write_nquads


@cache
def reference() -> Reference:
    return Reference.of(triples(shipped_reference()))


def reading(name: str, text: str) -> Reading:
    """What a text says; `name` without a suffix."""
    return read(make_source(f"{name}.txt", text.encode(), "text/plain; charset=utf-8"))


def found(readings: Iterable[Reading], folder: Path) -> dict[str, FoundArticle]:
    """The facts of readings by name, by way of a graph file as users have it."""
    every = []
    for one in readings:
        every += [*article_quads(one, reference()), *provenance_quads(one)]
        mentioned = {node for claim in one.claims for node in (claim.subject, claim.object)}
        every += quads(reference().described(node for node in mentioned if isinstance(node, str)))
    path = folder / "graph.nq"
    path.write_bytes(write_nquads(every))
    return read_facts(path)


def judged(got: Mapping[str, FoundArticle], want: Iterable[dict[str, Any]], folder: Path) -> Evaluation:
    """Compare with gold facts."""
    gold = []
    for content in want:
        path = folder / f"{content['id']}.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        gold.append(read_gold(path))
    return compare(got, gold)
