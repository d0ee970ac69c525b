"""The page of a conflict: what articles say differently, in their words, what was chosen and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cfm_kg.description import Description, Source
from cfm_kg.model import Node
from cfm_kg.serve.pages.article import claim_of
from cfm_kg.serve.pages.showing import about
from cfm_kg.serve.pages.view import Explorer, View
from cfm_kg.vocab import CFM, DCTERMS, DCTERMS_TITLE

_TOLD = ("onSubject", "onProperty", "claim", "preferredClaim", "criterion", "decision")


@dataclass(frozen=True, slots=True)
class Side:
    """A value that some claims give, and whether it became the fact."""

    property: str
    value: Node
    won: bool
    sources: tuple[Source, ...]


def conflict(explorer: Explorer, found: Description, json_ld: str, path: str) -> bytes:
    """The page of a described conflict."""
    view = explorer.view()
    subject, name = view.one(found.iri, "onSubject"), view.one(found.iri, "onProperty")
    return about(
        explorer,
        "conflict.html",
        found,
        json_ld,
        path,
        set(map(CFM, _TOLD)),
        subject=subject,
        name=name,
        sides=sorted(sides_of(view, found.iri, subject), key=lambda one: (not one.won, str(one.value))),
        criterion=view.one(found.iri, "criterion"),
        decisions=[
            (one, *(view.one(one, part) for part in ("decidedBy", "decidedOn", "reason")))
            for one in view.values(found.iri, "decision")
        ],
    )


def sides_of(view: View, iri: str, subject: str) -> Iterator[Side]:
    """The claims by what they say: of presence against absence each side has a property of its own."""
    claims = {*view.values(iri, "claim"), *view.values(iri, "preferredClaim")}
    said: dict[tuple[str, Node], list[Source]] = {}
    for one in sorted(claims):
        known = claim_of(view, one)
        said.setdefault((known.predicate, known.value), []).append(_source(view, one))
    for (predicate, value), sources in said.items():
        won = (value if isinstance(value, str) else value.value) in set(view.stated(subject, predicate))
        yield Side(predicate, value, won, tuple(sorted(sources, key=lambda one: (one.issued, one.claim))))


def _source(view: View, claim: str) -> Source:
    known, article = claim_of(view, claim), view.one(claim, "article")

    def text(predicate: str) -> str:
        return next(view.stated(article, predicate), "")

    return Source(
        claim=claim,
        quote=known.quote,
        start=known.start,
        end=known.end,
        rule=known.rule,
        confidence=known.confidence,
        article=article,
        file=text(CFM("sourceFile")),
        title=text(DCTERMS_TITLE),
        publisher=text(DCTERMS("publisher")),
        issued=text(DCTERMS("issued")),
        url=text(DCTERMS("source")),
    )
