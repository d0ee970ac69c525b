"""The graph of one article and the provenance of its claims."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote as percent_encoded

import pyoxigraph as ox

from cfm_kg.emit.reference import Reference
from cfm_kg.errors import CfmError
from cfm_kg.model import Claim, Document, Literal, Reading
from cfm_kg.quads import Fact, Triple, quads_of
from cfm_kg.vocab import (
    CFM,
    DCTERMS,
    DCTERMS_TITLE,
    OA,
    PROVENANCE_GRAPH,
    RDF,
    RDF_TYPE,
    RDFS_LABEL,
    XSD,
)

_CLAIM, _OF_ARTICLE, _RULE, _CONFIDENCE = map(CFM, ("Claim", "article", "rule", "confidence"))
_SUBJECT, _PREDICATE, _OBJECT = map(RDF, ("subject", "predicate", "object"))
_EXACT, _START, _END = map(OA, ("exact", "start", "end"))
_OFFSET, _NUMBER = map(XSD, ("nonNegativeInteger", "decimal"))
_IRI_CHARACTERS = ":/?#@!$&'()*+,;=%-._~"


def check_quotes(reading: Reading) -> None:
    """Compare each claim's quote with the text at its offsets. Raises CfmError at the first that differs."""
    for claim in reading.claims:
        found = reading.document.quote(claim.span)
        if found != claim.exact or not found:
            raise CfmError(
                f"the quote of {claim.iri} is not what the text says",
                where=f"{reading.document.name}, characters {claim.span.start} to {claim.span.end}",
                why=f"the claim quotes {claim.exact!r}, the text has {found!r}",
                remedy=f"correct the rule {claim.rule!r}",
            )


def article_facts(reading: Reading, reference: Reference) -> list[Fact]:
    """What the article says, in the graph named by it. Raises CfmError where a quote is false."""
    check_quotes(reading)
    facts = [(c.subject, c.predicate, c.object) for c in reading.claims]
    mentioned = {node for triple in (*facts, *reading.entities) for node in triple if isinstance(node, str)}
    known = [triple for iri in sorted(mentioned) for triple in reference.short(iri)]
    named_here = {subject for subject, predicate, _ in reading.entities if predicate == RDFS_LABEL}
    usual = [t for t in known if not (t[1] == RDFS_LABEL and t[0] in named_here)]
    graph = reading.article
    return [(s, p, o, graph) for s, p, o in (*facts, *reading.entities, *usual)]


def article_quads(reading: Reading, reference: Reference) -> list[ox.Quad]:
    """What the article says, as quads. Raises CfmError where a quote is false."""
    return quads_of(article_facts(reading, reference))


def provenance_facts(reading: Reading) -> list[Fact]:
    """The article and its claims, in the provenance graph. Raises CfmError where a quote is false."""
    check_quotes(reading)
    found: list[Fact] = [
        (*triple, PROVENANCE_GRAPH) for triple in _article(reading.article, reading.document)
    ]
    for claim in reading.claims:
        found += _claim(claim, reading.article, PROVENANCE_GRAPH)
    return found


def provenance_quads(reading: Reading) -> list[ox.Quad]:
    """The article and its claims, as quads. Raises CfmError where a quote is false."""
    return quads_of(provenance_facts(reading))


def _article(iri: str, document: Document) -> Iterator[Triple]:
    yield iri, RDF_TYPE, CFM("Article")
    yield iri, CFM("sourceFile"), Literal(document.name)
    yield iri, CFM("sha256"), Literal(document.sha256)
    yield iri, DCTERMS("language"), Literal(document.language)
    source = _iri(document.url)
    if source:
        yield iri, DCTERMS("source"), source
    if document.headline:
        title = " ".join(document.quote(document.headline).split())
        yield iri, DCTERMS_TITLE, Literal(title, language=document.language)
    if document.publisher:
        yield iri, DCTERMS("publisher"), Literal(document.publisher)
    if document.publication:
        issued = document.publication.date
        yield iri, DCTERMS("issued"), Literal(str(issued), issued.datatype)


def _iri(url: str | None) -> str | None:
    """A web address as an IRI; None for what is no address."""
    encoded = percent_encoded(url or "", safe=_IRI_CHARACTERS)
    try:
        return ox.NamedNode(encoded).value
    except ValueError:
        return None


def _claim(claim: Claim, article: str, graph: str) -> tuple[Fact, ...]:
    """Most of a graph: claims are as many as all else."""
    iri, span = claim.iri, claim.span
    return (
        (iri, RDF_TYPE, _CLAIM, graph),
        (iri, _SUBJECT, claim.subject, graph),
        (iri, _PREDICATE, claim.predicate, graph),
        (iri, _OBJECT, claim.object, graph),
        (iri, _OF_ARTICLE, article, graph),
        (iri, _EXACT, Literal(claim.exact), graph),
        (iri, _START, Literal(str(span.start), _OFFSET), graph),
        (iri, _END, Literal(str(span.end), _OFFSET), graph),
        (iri, _RULE, Literal(claim.rule), graph),
        (iri, _CONFIDENCE, Literal(_decimal(claim.confidence), _NUMBER), graph),
    )


def _decimal(value: float) -> str:
    """The number with at least one and at most four decimals, as xsd:decimal wants it."""
    return f"{value:.4f}".rstrip("0").ljust(3, "0")
