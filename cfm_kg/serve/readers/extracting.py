"""What an article says that somebody drops, in a reader process since it may be built to take long."""

from __future__ import annotations

import msgspec
import pyoxigraph as ox

from cfm_kg.description.labels import Labels
from cfm_kg.emit import article_quads
from cfm_kg.ingest import one_article
from cfm_kg.model import Claim, Reading
from cfm_kg.pipeline import reference
from cfm_kg.quads import triples
from cfm_kg.reading import read
from cfm_kg.serve.readers.extracted import Extracted, Missed, Stated
from cfm_kg.serve.readers.output import Output
from cfm_kg.serve.readers.question import Extract
from cfm_kg.store import write_as
from cfm_kg.vocab import BASE, RDF_TYPE, local

_TERMS = BASE + "ontology#"


def extract(asked: Extract, output: Output) -> None:
    """Write what the article says. Raises CfmError where it cannot be read."""
    output.write(msgspec.json.encode(extracted(read(one_article(asked.name, asked.content)))))


def extracted(reading: Reading) -> Extracted:
    """What a page shows of a reading."""
    document, publication = reading.document, reading.document.publication
    quads = article_quads(reading, reference())
    store = ox.Store()
    store.extend(ox.Quad(one.subject, one.predicate, one.object) for one in quads)
    label = Labels(store)
    named = {node for s, p, o in triples(quads) for node in (s, p, o) if isinstance(node, str)}
    kinds = {s: local(str(o)) for s, p, o in triples(quads) if p == RDF_TYPE and str(o).startswith(_TERMS)}
    return Extracted(
        text=document.text,
        language=document.language,
        headline=document.quote(document.headline) if document.headline else "",
        publisher=document.publisher or "",
        published=str(publication.date) if publication else "",
        claims=tuple(map(_stated, reading.claims)),
        missed=tuple(
            Missed(document.quote(one.span), one.span.start, one.span.end, one.reason, one.detail)
            for one in reading.dropped
            if one.span
        ),
        labels={iri: label(iri) for iri in sorted(named)},
        classes={one.subject: kinds.get(one.subject, "") for one in reading.claims},
        turtle=write_as("ttl", quads).decode(),
    )


def _stated(claim: Claim) -> Stated:
    return Stated(
        iri=claim.iri,
        subject=claim.subject,
        predicate=claim.predicate,
        value=claim.object,
        quote=claim.exact,
        start=claim.span.start,
        end=claim.span.end,
        rule=claim.rule,
        confidence=claim.confidence,
        resolutions=claim.resolutions,
    )
