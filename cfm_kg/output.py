"""The files of a build: graph.ttl, graph.nq, graph.trig, report.json, claims.jsonl, store/ and texts/."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from cfm_kg.entries.rebuild import kept_quads
from cfm_kg.errors import CfmError
from cfm_kg.explanation import FILE, claims_jsonl
from cfm_kg.fuse import Candidate, Conflict, Outcome
from cfm_kg.model import Document, Dropped, Node, Reading
from cfm_kg.pipeline import Build
from cfm_kg.store import write_nquads, write_store, write_trig, write_turtle

Json = dict[str, Any]


def write_build(build: Build, folder: Path) -> None:
    """Write all files of a build; the same build gives the same bytes. Raises CfmError where it cannot.

    What was added to an earlier build in this folder by hand stays.
    """
    entries = kept_quads(folder / "store", build.quads)
    merged = [*build.merged, *(quad for quad in entries if isinstance(quad.graph_name, ox.DefaultGraph))]
    quads = [*build.quads, *entries]
    try:
        (folder / "texts").mkdir(parents=True, exist_ok=True)
        _write(folder / "graph.ttl", write_turtle(merged))
        _write(folder / "graph.nq", write_nquads(quads))
        _write(folder / "graph.trig", write_trig(quads))
        _write(folder / "report.json", report_json(build))
        _write(folder / FILE, claims_jsonl(build.readings))
        _write_texts(build.readings, folder / "texts")
    except OSError as error:
        raise CfmError(
            "the build cannot be written",
            where=str(error.filename or folder),
            why=error.strerror or str(error),
            remedy="choose another folder with --out",
        ) from error
    write_store(quads, folder / "store")


def _write(path: Path, content: bytes) -> None:
    """Replace a file at once, so that nobody reads half of it."""
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    scratch.write_bytes(content)
    os.replace(scratch, path)


def _write_texts(readings: Iterable[Reading], folder: Path) -> None:
    """The cleaned text of each article by the digest of its bytes; texts of earlier builds go."""
    texts = {f"{reading.document.sha256}.txt": reading.document.text for reading in readings}
    for name, text in texts.items():
        _write(folder / name, text.encode())
    for path in folder.glob("*.txt"):
        if path.name not in texts and re.fullmatch(r"[0-9a-f]{64}\.txt", path.name):
            path.unlink()


def report_json(build: Build) -> bytes:
    """What was read, dropped, in conflict and set aside, as JSON."""
    dropped = Counter(d.reason for reading in build.readings for d in _dropped(reading))
    content: Json = {
        "articles": [_article(reading) for reading in sorted(build.readings, key=lambda r: r.document.name)],
        "unread": [asdict(unread) for unread in build.unread],
        "claims": sum(len(reading.claims) for reading in build.readings),
        "dropped": dict(sorted(dropped.items())),
        "conflicts": [_conflict(conflict) for conflict in build.fusion.conflicts],
        "decisions": [_outcome(outcome) for outcome in build.fusion.decisions],
        "unsettled": [{"things": one.things, "reason": one.reason} for one in build.fusion.unsettled],
        "joined": dict(build.fusion.renamed),
        "validation": {
            "conforms": build.validation.conforms,
            "counts": build.validation.counts(),
            "findings": [asdict(finding) for finding in build.validation.findings],
            "idle_shapes": build.validation.idle_shapes,
            "set_aside": [
                {"finding": asdict(one.finding), "facts": [f"{quad.triple} ." for quad in one.quads]}
                for one in build.set_aside
            ],
        },
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


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
        "dropped": [_drop(document, dropped) for dropped in _dropped(reading)],
    }


def _dropped(reading: Reading) -> tuple[Dropped, ...]:
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
