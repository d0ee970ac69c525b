"""`cfm-kg extract`: what one article says, with the quote behind each fact."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cfm_kg.cli.listing import by_place, listing
from cfm_kg.cli.terminal import Verbosity, counted, on_terminal, tell, write

if TYPE_CHECKING:
    import pyoxigraph as ox

    from cfm_kg.model import Claim, Reading

EXAMPLE = "Example: `cfm-kg extract article.txt --format ttl`, `cfm-kg extract article.txt --highlight`"
_PLAIN_MARKS = ("⟦", "⟧")
_TERMINAL_MARKS = ("\x1b[1;30;43m", "\x1b[0m")


class ExtractFormat(StrEnum):
    """How an article's facts are written."""

    TABLE = "table"
    JSON = "json"
    TTL = "ttl"
    TRIG = "trig"
    NQ = "nq"
    JSONLD = "jsonld"


def extract(
    article: Annotated[str, typer.Argument(help="The article's file or web address, or - for stdin.")],
    to: Annotated[
        ExtractFormat, typer.Option("--format", "-f", help="Format of the facts.")
    ] = ExtractFormat.TABLE,
    highlight: Annotated[
        bool, typer.Option("--highlight", help="Print the text with the evidence marked.")
    ] = False,
) -> int:
    """Show what one article says, and the words behind each fact.

    Each fact stands behind the start of its claim's name, which `cfm-kg explain` takes for an article of a
    build. TriG and N-Quads carry the claims with their offsets too.
    """
    from cfm_kg.ingest import one_source
    from cfm_kg.reading import read

    reading = read(one_source(article))
    if highlight:
        write(_highlighted(reading) + "\n")
    elif to is ExtractFormat.TABLE:
        write(listing(reading))
        _tell(reading)
    elif to is ExtractFormat.JSON:
        write(json.dumps(_content(reading), ensure_ascii=False, indent=1) + "\n")
    else:
        from cfm_kg.store import write_as

        write(write_as(to.value, _quads(reading, with_claims=to in (ExtractFormat.TRIG, ExtractFormat.NQ))))
    return 0


def _quads(reading: Reading, *, with_claims: bool) -> list[ox.Quad]:
    from cfm_kg.emit import article_quads, provenance_quads
    from cfm_kg.pipeline import reference

    said = article_quads(reading, reference())
    return said + provenance_quads(reading) if with_claims else said


def _tell(reading: Reading) -> None:
    for one in reading.dropped:
        quote = f" {reading.document.quote(one.span)!r}" if one.span else ""
        tell(f"dropped by {one.stage}: {one.reason}{quote} {one.detail or ''}".rstrip(), Verbosity.VERBOSE)
    tell(f"{counted(len(reading.claims), 'claim')}, {counted(len(reading.dropped), 'span')} dropped")


def _content(reading: Reading) -> dict[str, object]:
    document = reading.document
    return {
        "article": reading.article,
        "file": document.name,
        "published": str(document.publication.date) if document.publication else None,
        "publisher": document.publisher,
        "language": document.language,
        "claims": [
            {
                "claim": claim.iri,
                "subject": claim.subject,
                "predicate": claim.predicate,
                "object": claim.object if isinstance(claim.object, str) else claim.object.value,
                "quote": claim.exact,
                "start": claim.span.start,
                "end": claim.span.end,
                "rule": claim.rule,
                "confidence": claim.confidence,
            }
            for claim in by_place(reading)
        ],
        "dropped": [
            {
                "stage": one.stage,
                "reason": one.reason,
                "detail": one.detail,
                "quote": document.quote(one.span) if one.span else None,
            }
            for one in reading.dropped
        ],
    }


def _highlighted(reading: Reading) -> str:
    """The text with all evidence marked; overlapping quotes share a mark."""
    opening, closing = _TERMINAL_MARKS if on_terminal() else _PLAIN_MARKS
    text, parts, done = reading.document.text, list[str](), 0
    for start, end in _stretches(by_place(reading)):
        parts += [text[done:start], opening, text[start:end], closing]
        done = end
    return "".join(parts) + text[done:]


def _stretches(claims: list[Claim]) -> list[tuple[int, int]]:
    """The stretches of text that claims quote, in order; overlapping ones are one."""
    found: list[tuple[int, int]] = []
    for claim in claims:
        start, end = claim.span.start, claim.span.end
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
