"""An article's graph and its provenance."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest
from making import BODY, about_meeting, meeting, reading
from msgspec import structs

from cfm_kg.emit import Reference, article_quads, provenance_quads
from cfm_kg.errors import CfmError
from cfm_kg.model import Literal, Node, Span
from cfm_kg.quads import Triple, triples
from cfm_kg.vocab import CFM, OA, PROVENANCE_GRAPH, RDF, RDF_TYPE, RDFS_LABEL, thing

PERSON = thing("person", "sergey-lavrov")
COUNTRY = thing("country", "ru")
POST = thing("post", "ru", "minister-of-foreign-affairs")
REGISTRY: list[Triple] = [
    (PERSON, RDF_TYPE, CFM("Person")),
    (PERSON, RDFS_LABEL, Literal("Sergey Lavrov", language="en")),
    (PERSON, RDFS_LABEL, Literal("Сергей Лавров", language="ru")),
    (PERSON, CFM("tenure"), thing("tenure", "x")),
    (POST, CFM("country"), COUNTRY),
    (COUNTRY, RDF_TYPE, CFM("Country")),
    (COUNTRY, CFM("isoCode"), Literal("RU")),
    (BODY, RDFS_LABEL, Literal("Council", language="en")),
]


def test_article_graph_holds_claims_and_one_label_of_each_thing() -> None:
    facts = [*about_meeting("2021-05-19", participant=PERSON)]
    one = reading("a", facts)
    quads = article_quads(one, Reference.of(REGISTRY))
    assert {quad.graph_name for quad in quads} == {ox.NamedNode(one.article)}
    found = set(triples(quads))
    assert set(facts) <= found
    assert labels(found) == {Literal("Sergey Lavrov", language="en")}


def test_article_graph_keeps_the_articles_own_spelling() -> None:
    spelling = Literal("S. Lavrov", language="en")
    one = reading(
        "a", about_meeting("2021-05-19", participant=PERSON), entities=[(PERSON, RDFS_LABEL, spelling)]
    )
    assert labels(set(triples(article_quads(one, Reference.of(REGISTRY))))) == {spelling}


def labels(found: set[Triple]) -> set[Node]:
    return {o for s, p, o in found if s == PERSON and p == RDFS_LABEL}


def test_provenance_tells_where_each_claim_stands() -> None:
    one = reading("a", about_meeting("2021-05-19"), published="2021-05-20", publisher="Agency")
    quads = provenance_quads(one)
    assert {quad.graph_name for quad in quads} == {ox.NamedNode(PROVENANCE_GRAPH)}
    found = set(triples(quads))
    claim = one.claims[2]
    assert (claim.iri, RDF("subject"), meeting("2021-05-19")) in found
    assert (claim.iri, RDF("object"), claim.object) in found
    assert (claim.iri, OA("exact"), Literal("w2")) in found
    assert (
        claim.iri,
        OA("start"),
        Literal("6", "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"),
    ) in found
    assert (claim.iri, CFM("confidence"), Literal("0.9", "http://www.w3.org/2001/XMLSchema#decimal")) in found
    assert (one.article, CFM("sourceFile"), Literal("a.txt")) in found


@pytest.mark.parametrize("span", [Span(1, 3), Span(0, 3), Span(2, 2), Span(500, 502)])
def test_a_false_quote_is_refused(span: Span) -> None:
    one = reading("a", about_meeting("2021-05-19"))
    broken = replace(one, claims=(structs.replace(one.claims[0], span=span), *one.claims[1:]))
    with pytest.raises(CfmError, match="not what the text says"):
        article_quads(broken, Reference.of([]))
    with pytest.raises(CfmError, match="not what the text says"):
        provenance_quads(broken)


def test_urls_become_iris_even_with_odd_characters() -> None:
    one = reading("a", [])
    one = replace(one, document=replace(one.document, url="https://example.org/a b?c=[é]|"))
    assert any("a%20b?c=%5B%C3%A9%5D%7C" in str(quad.object) for quad in provenance_quads(one))


def test_what_is_no_address_is_no_source() -> None:
    one = reading("a", [])
    one = replace(one, document=replace(one.document, url="not an address"))
    assert not any(quad.predicate.value.endswith("/source") for quad in provenance_quads(one))


def test_reference_describes_what_is_mentioned_and_what_that_leads_to() -> None:
    reference = Reference.of(REGISTRY)
    found = set(reference.described([POST]))
    assert (COUNTRY, CFM("isoCode"), Literal("RU")) in found
    assert not any(p == CFM("tenure") for _, p, _ in reference.described([PERSON]))
    assert reference.label(PERSON) == "Sergey Lavrov"
    assert reference.label("urn:x") is None
    assert PERSON in reference
    assert "urn:x" not in reference
