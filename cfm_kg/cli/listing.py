"""What an article says as a listing: thing by thing, each fact with its claim and the words behind it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from cfm_kg.cli.terminal import width

if TYPE_CHECKING:
    from cfm_kg.model import Claim, Document, Node, Reading

_WIDEST_VALUE = 44
"""Characters up to which values push the quotes to the right; behind longer ones the quote takes a line."""
_CLAIM_NAME = 8
"""Characters of a claim's name that are shown: enough to tell it apart in a large build."""
_NARROWEST = 24


def by_place(reading: Reading) -> list[Claim]:
    """The claims as the article makes them, from its start to its end."""
    return sorted(reading.claims, key=lambda claim: (claim.span, claim.subject, claim.predicate, claim.iri))


def listing(reading: Reading) -> str:
    """The article, then each thing that it tells of with the facts about it."""
    from cfm_kg.validate import short
    from cfm_kg.vocab import local

    about: dict[str, list[tuple[str, str, str, str]]] = {}
    value = _values(reading)
    for claim in by_place(reading):
        row = (
            _name(local(claim.iri)),
            short(claim.predicate).removeprefix("cfm:").removeprefix("dcterms:"),
            value(claim.object),
            " ".join(claim.exact.split()),
        )
        about.setdefault(claim.subject, []).append(row)
    everything = [row for rows in about.values() for row in rows]
    property_size = max((len(row[1]) for row in everything), default=0)
    value_size = max((len(row[2]) for row in everything if len(row[2]) <= _WIDEST_VALUE), default=0)
    lines = [_article(reading.document)]
    for thing, rows in about.items():
        lines += ["", short(thing).strip("<>")]
        lines += [line for row in rows for line in _lines(row, property_size, value_size)]
    return "\n".join(lines) + "\n"


def _name(claim: str) -> str:
    """The start of a claim's name, with the number that tells it from others on the same words."""
    digest, dash, number = claim.partition("-")
    return digest[:_CLAIM_NAME] + dash + number


def _article(document: Document) -> str:
    publication = document.publication
    published = f"published {publication.date} ({publication.reason})" if publication else "undated"
    return ", ".join(filter(None, (document.name, published, document.publisher)))


def _lines(row: tuple[str, str, str, str], property_size: int, value_size: int) -> Iterator[str]:
    """One line; more on a terminal that is too narrow for the quote."""
    claim, name, value, quote = row
    head = f"  {claim.ljust(_CLAIM_NAME + 2)}  {name.ljust(property_size)}  {value.ljust(value_size)}"
    total = width()
    if total is None:
        yield f"{head}  “{quote}”"
        return
    values, quotes = _CLAIM_NAME + property_size + 8, _CLAIM_NAME + property_size + value_size + 10
    if len(head) + 2 <= quotes and total - quotes >= _NARROWEST:
        first, *rest = textwrap.wrap(f"“{quote}”", total - quotes)
        yield f"{head}  {first}"
        yield from (" " * quotes + line for line in rest)
        return
    size = max(total - values, _NARROWEST)
    first, *rest = [*textwrap.wrap(value, size), *textwrap.wrap(f"“{quote}”", size)]
    yield head[:values] + first
    yield from (" " * values + line for line in rest)


def _values(reading: Reading) -> Callable[[Node], str]:
    """How values are shown: documents by their title, other things by their label, else by their name."""
    from cfm_kg.emit import Reference
    from cfm_kg.model import Literal
    from cfm_kg.pipeline import reference
    from cfm_kg.validate import short
    from cfm_kg.vocab import DCTERMS_TITLE, RDFS_LABEL

    own = Reference.of(reading.entities)
    labels = {s: o.value for s, p, o in reading.entities if p == RDFS_LABEL and isinstance(o, Literal)}
    labels |= {
        claim.subject: claim.object.value
        for claim in reading.claims
        if claim.predicate == DCTERMS_TITLE and isinstance(claim.object, Literal)
    }

    def shown(node: Node) -> str:
        if not isinstance(node, str):
            return node.value
        label = reference().label(node) or own.label(node) or labels.get(node)
        return label or short(node).strip("<>").removeprefix("cfm:")

    return shown
