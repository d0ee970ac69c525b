"""Chairmanships of organisations as claims."""

from __future__ import annotations

from cfm_kg.dates import PartialDate
from cfm_kg.model import Extraction, Literal
from cfm_kg.resolve.claims import ClaimBook
from cfm_kg.resolve.people import PeopleResolver
from cfm_kg.vocab import CFM, RDF_TYPE, XSD, local, thing


def state_turns(
    book: ClaimBook, people: PeopleResolver, extraction: Extraction, published: PartialDate | None
) -> None:
    """State the turns; one of a known year stands for a mention of it without one."""
    dated = {(t.organization, t.country) for t in extraction.turns if t.year is not None}
    for turn in extraction.turns:
        if turn.year is None and (turn.organization, turn.country) in dated:
            continue
        when = str(turn.year) if turn.year is not None else "undated"
        iri = thing("chairmanship", local(turn.organization), when, local(turn.country))
        book.describe(iri, RDF_TYPE, CFM("Chairmanship"))
        book.claim(iri, "organization", turn.organization, turn.evidence)
        book.claim(iri, "country", turn.country, turn.evidence)
        if turn.year is not None:
            book.claim(iri, "year", Literal(f"{turn.year:04d}", XSD("gYear")), turn.evidence)
        for name, bound in (("start", turn.start), ("end", turn.end)):
            if bound is not None:
                book.claim(iri, name, Literal(str(bound), bound.datatype), turn.evidence)
        if turn.holder is not None:
            holder = people.resolve(turn.holder, published)
            if holder is not None:
                book.claim(iri, "holder", holder.iri, turn.evidence, (holder.resolution,))
