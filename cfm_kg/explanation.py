"""Why a claim is what it is: kept by a build in `claims.jsonl`, read back by `explain`."""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from msgspec.json import encode

from cfm_kg.errors import CfmError
from cfm_kg.model import Claim, Document, Node, Reading, Resolution, Span
from cfm_kg.vocab import thing

FILE = "claims.jsonl"
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+")
_LINE = (
    b'{"claim": %b, "subject": %b, "predicate": %b, "value": %b, "article": %b, "file": %b, '
    b'"start": %d, "end": %d, "exact": %b, "sentence": %b, "rule": %b, "confidence": %b, "resolutions": [%b]}'
)
_RESOLUTION = b'{"wording": %b, "entity": %b, "reason": %b, "rejected": %b}'
_SHOWN = 8
"""How many claims an ambiguous name lists."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A claim with the sentence it stands in and how each of its names was resolved."""

    claim: str
    subject: str
    predicate: str
    value: str
    article: str
    file: str
    start: int
    end: int
    exact: str
    sentence: str
    rule: str
    confidence: float
    resolutions: tuple[Resolution, ...]


def claim_lines(reading: Reading) -> list[bytes]:
    """One JSON object a claim, to be sorted: they begin with the claim's name."""
    ends: dict[Span, list[int]] = {}
    return [_line_of(claim, reading, ends) for claim in reading.claims]


def _line_of(claim: Claim, reading: Reading, ends: dict[Span, list[int]]) -> bytes:
    return _LINE % (
        encode(claim.iri),
        encode(claim.subject),
        encode(claim.predicate),
        encode(_plain(claim.object)),
        encode(reading.article),
        encode(reading.document.name),
        claim.span.start,
        claim.span.end,
        encode(claim.exact),
        encode(sentence(reading.document, claim.span, ends)),
        encode(claim.rule),
        encode(claim.confidence),
        b", ".join([_resolution_of(resolution) for resolution in claim.resolutions]),
    )


def _resolution_of(resolution: Resolution) -> bytes:
    return _RESOLUTION % (
        encode(resolution.wording),
        encode(resolution.entity),
        encode(resolution.reason),
        json.dumps(resolution.rejected, ensure_ascii=False).encode() if resolution.rejected else b"[]",
    )


def _plain(node: Node) -> str:
    return node if isinstance(node, str) else node.value


def sentence(document: Document, span: Span, ends: dict[Span, list[int]]) -> str:
    """The sentence, or sentences, that a span stands in, for reading.

    `ends` keeps where those of a block end.
    """
    around = next((block.span for block in document.blocks if block.span.covers(span)), span)
    known = ends.get(around)
    if known is None:
        found = _SENTENCE_END.finditer(document.text, around.start, around.end)
        known = ends[around] = [around.start, *[match.end() for match in found], around.end]
    start = known[bisect_right(known, span.start, 0, len(known) - 1) - 1]
    end = known[bisect_left(known, span.end)]
    return document.text[start:end].strip()


def explain(claim: str, folder: Path) -> Explanation:
    """The explanation of a claim of a build, by its IRI or enough of its last part. Raises CfmError."""
    found = list(_matching(claim, folder / FILE))
    if len(found) == 1:
        return found[0]
    if not found:
        raise CfmError(
            f"there is no claim {claim!r}",
            where=str(folder / FILE),
            remedy="take a claim's name from the graph, a query or `cfm-kg extract --format json`",
        )
    names = ", ".join(one.claim.rsplit("/", 1)[1] for one in found[:_SHOWN])
    raise CfmError(f"{claim!r} fits {len(found)} claims", why=names, remedy="give more of the name")


def explanations(claims: Iterable[str], folder: Path) -> dict[str, Explanation]:
    """The explanations of claims of a build by their IRIs, found by bisection: the lines are sorted.

    Those of which the build tells nothing are left out.
    """
    try:
        with (folder / FILE).open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as lines:
            found = {claim: _line(lines, f'{{"claim": "{claim}"'.encode()) for claim in set(claims)}
    except (OSError, ValueError):  # no build here, or an empty file
        return {}
    return {claim: _explanation(json.loads(line)) for claim, line in found.items() if line}


def _line(lines: mmap, beginning: bytes) -> bytes:
    """The line that begins so; empty where there is none."""
    low, high = 0, len(lines)
    while low < high:
        start = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = lines.find(b"\n", start) + 1 or len(lines)
        if lines[start : start + len(beginning)] < beginning:
            low = end
        else:
            high = start
    end = lines.find(b"\n", low) + 1 or len(lines)
    return lines[low:end] if lines[low : low + len(beginning)] == beginning else b""


def _matching(claim: str, path: Path) -> Iterator[Explanation]:
    prefix = thing("claim", "x")[:-1]
    name = claim.removeprefix("claim:").removeprefix(prefix).removeprefix("claim/")
    # Further claims on the same words bear the first one's name and a number, which must be given.
    digest, _, number = name.partition("-")
    wanted = f'{{"claim": "{prefix}{digest}'
    try:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                if name and line.startswith(wanted):
                    found = _explanation(json.loads(line))
                    if found.claim.removeprefix(prefix).partition("-")[2] == number:
                        yield found
    except OSError as error:
        raise CfmError(
            "there is no build here", where=str(path), why=error.strerror, remedy="run `cfm-kg build` first"
        ) from error


def _explanation(row: dict[str, Any]) -> Explanation:
    resolutions = tuple(
        Resolution(r["wording"], r["entity"], r["reason"], tuple((a, b) for a, b in r["rejected"]))
        for r in row["resolutions"]
    )
    return Explanation(**(row | {"resolutions": resolutions}))
