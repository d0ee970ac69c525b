"""A body that nobody thought of takes a Turtle file and no code."""

from __future__ import annotations

from pathlib import Path

import pytest

from cfm_kg.annotate import annotate
from cfm_kg.clean import clean
from cfm_kg.extract import extract
from cfm_kg.ingest.source import make_source
from cfm_kg.model import Reading
from cfm_kg.packs.language import Language, compile_pack, load_pack
from cfm_kg.packs.lexicon import Entry
from cfm_kg.registry import Registry, load, wordings
from cfm_kg.resolve import resolve
from cfm_kg.resources import ontology_dir, registry_dir
from cfm_kg.validate import validate
from cfm_kg.vocab import CFM, local, thing

BODY = """\
@base <https://w3id.org/cfm-kg/id/> .
@prefix cfm: <https://w3id.org/cfm-kg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<organization/amber-pact> a cfm:Organization ;
    rdfs:label "Amber Coast Pact"@en ; cfm:acronym "ACOP"@en .

<body/amber-pact-cfm> a cfm:Body ;
    rdfs:label "Council of Foreign Ministers of the Amber Coast Pact"@en ;
    cfm:partOf <organization/amber-pact> ;
    cfm:councilName "Council of Foreign Ministers"@en ;
    cfm:memberRole <role/minister-of-foreign-affairs> .

<country/xa> a cfm:Country ; cfm:isoCode "XA" ; rdfs:label "Velmaria"@en ; cfm:demonym "Velmarian"@en ;
    cfm:capital <place/orsholm> ; cfm:membership <membership/amber-pact/xa/2001> .
<country/xb> a cfm:Country ; cfm:isoCode "XB" ; rdfs:label "Tessaly"@en ; cfm:demonym "Tessalian"@en ;
    cfm:membership <membership/amber-pact/xb/2001> .
<membership/amber-pact/xa/2001> a cfm:Membership ; cfm:country <country/xa> ;
    cfm:organization <organization/amber-pact> ; cfm:start "2001"^^xsd:gYear .
<membership/amber-pact/xb/2001> a cfm:Membership ; cfm:country <country/xb> ;
    cfm:organization <organization/amber-pact> ; cfm:start "2001"^^xsd:gYear .

<place/orsholm> a cfm:Place ; rdfs:label "Orsholm"@en ; cfm:country <country/xa> .

<post/xa/minister-of-foreign-affairs> a cfm:Post ; rdfs:label "Minister of Foreign Affairs of Velmaria"@en ;
    cfm:role <role/minister-of-foreign-affairs> ; cfm:country <country/xa> .
<post/xb/minister-of-foreign-affairs> a cfm:Post ; rdfs:label "Minister of Foreign Affairs of Tessaly"@en ;
    cfm:role <role/minister-of-foreign-affairs> ; cfm:country <country/xb> .

<person/ilva-sorring> a cfm:Person ; rdfs:label "Ilva Sorring"@en ; cfm:familyName "Sorring"@en ;
    cfm:gender "female" ; cfm:tenure <tenure/ilva-sorring/xa/minister-of-foreign-affairs/2015> .
<tenure/ilva-sorring/xa/minister-of-foreign-affairs/2015> a cfm:Tenure ; cfm:person <person/ilva-sorring> ;
    cfm:post <post/xa/minister-of-foreign-affairs> ; cfm:start "2015-03-02"^^xsd:date .
"""

ARTICLE = """\
Published: 4 June 2019

The Council of Foreign Ministers of the Amber Coast Pact (ACOP) met in Orsholm on 3 June 2019.

The Velmarian foreign minister chaired the meeting. Tessalian Foreign Minister Odran Quillet also took part.

The ministers adopted a statement on the safety of coastal shipping. Tessaly chairs the ACOP in 2020.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("registry") / "amber-pact.ttl"
    path.write_text(BODY, encoding="utf-8")
    return path


def read(registry: Registry) -> Reading:
    names = [Entry(*wording) for wording in wordings(registry, "en")]
    speech = Language(
        compile_pack(
            load_pack("en"),
            [entry for entry in names if entry.kind != "TOPIC"],
            [entry for entry in names if entry.kind == "TOPIC"],
        )
    )
    document = clean(make_source("amber.txt", ARTICLE.encode(), "text/plain; charset=utf-8"))
    annotated = annotate(document, speech, registry)
    return resolve(annotated, extract(annotated, speech, registry), registry)


@pytest.fixture(scope="module")
def facts(folder: Path) -> set[tuple[str, str]]:
    """What the article says of the meeting, as local names."""
    files = [*registry_dir().glob("*.ttl"), ontology_dir() / "concepts.ttl"]
    assert len(files) > 10
    claims = read(load([*files, folder])).claims
    meeting = thing("meeting", "amber-pact-cfm", "2019-06-03")
    said = {(local(c.predicate), c.object) for c in claims if c.subject == meeting}
    said |= {(local(c.predicate), c.object) for c in claims if "chairmanship" in c.subject}
    return {(name, local(value) if isinstance(value, str) else value.value) for name, value in said}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("body", "amber-pact-cfm"),
        ("date", "2019-06-03"),
        ("place", "orsholm"),
        ("hostCountry", "xa"),
        ("meetingStatus", "Held"),
        ("meetingFormat", "InPerson"),
        ("chair", "ilva-sorring"),
        ("participant", "ilva-sorring"),
        ("participant", "odran-quillet"),
        ("participantCountry", "xa"),
        ("participantCountry", "xb"),
        ("organization", "amber-pact"),
        ("year", "2020"),
    ],
)
def test_article_about_the_new_body_is_understood(facts: set[tuple[str, str]], name: str, value: str) -> None:
    assert (name, value) in facts, sorted(facts)


def test_document_of_the_new_body_is_found(facts: set[tuple[str, str]]) -> None:
    assert any(name == "adopted" and "coastal-shipping" in value for name, value in facts)


def test_without_the_file_nothing_is_known() -> None:
    files = [*registry_dir().glob("*.ttl"), ontology_dir() / "concepts.ttl"]
    claims = read(load(files)).claims
    assert not [claim for claim in claims if claim.predicate == CFM("body") and "amber" in str(claim.object)]
    assert not [claim for claim in claims if "sorring" in str(claim.object)]


def test_the_file_conforms_to_the_shapes(folder: Path) -> None:
    found = validate(folder).of("Violation")
    assert not found, [f"{finding.focus} {finding.message}" for finding in found]
