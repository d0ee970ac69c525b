"""The ontology defines every term in use, says what each means, and holds no term that nothing uses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS
from rdflib.term import Literal, Node

from cfm_kg.resources import ontology_dir, queries_dir, shapes_dir
from cfm_kg.validate import validate
from cfm_kg.vocab import prefixes

ROOT = Path(__file__).parent.parent
CFM = "https://w3id.org/cfm-kg/ontology#"
ONTOLOGY = URIRef("https://w3id.org/cfm-kg/ontology")
FILES = ("alignment", "cfm", "concepts", "prefixes")
DOMAIN_INCLUDES = URIRef("https://schema.org/domainIncludes")
RANGE_INCLUDES = URIRef("https://schema.org/rangeIncludes")
PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty)
DECLARED = re.compile(r"^\s*(?:@prefix|PREFIX)\s+([\w-]*):\s*<([^>]*)>", re.MULTILINE | re.IGNORECASE)
USED = re.compile(r"\bcfm:([A-Za-z]\w*)|ontology#([A-Za-z]\w*)")
USED_IN_CODE = re.compile(r"\bCFM\(\s*\"(\w+)\"")
KINDS_OF_CONCEPT = ("Role", "Topic", "DocumentType", "MeetingFormat", "MeetingStatus", "ParticipationRole")


@cache
def ontology(*names: str) -> Graph:
    graph = Graph()
    for name in names or FILES:
        graph.parse(ontology_dir() / f"{name}.ttl")
    return graph


def of_class(*kinds: URIRef) -> list[URIRef]:
    found = {s for kind in kinds for s in ontology().subjects(RDF.type, kind) if isinstance(s, URIRef)}
    return sorted(term for term in found if term.startswith(CFM))


def terms() -> list[URIRef]:
    return sorted(
        s for s in set(ontology().subjects(RDF.type, None)) if isinstance(s, URIRef) and s.startswith(CFM)
    )


def concepts(kind: str) -> list[Node]:
    return sorted(ontology().subjects(RDF.type, URIRef(CFM + kind)), key=str)


def turtle_files() -> list[Path]:
    folders = (ontology_dir(), shapes_dir(), ROOT / "seeds" / "registry", ROOT / "tests" / "shapes")
    return sorted(path for folder in folders for path in folder.rglob("*.ttl"))


def sources() -> Iterator[Path]:
    """All files that may use a term, the ontology's own apart."""
    yield from shapes_dir().glob("*.ttl")
    yield from queries_dir().glob("*.rq")
    yield from (ROOT / "cfm_kg").rglob("*.py")
    yield from (ROOT / "seeds").rglob("*.ttl")
    yield from (ROOT / "seeds" / "languages").rglob("*.yaml")
    yield from (ROOT / "tests" / "shapes").rglob("*.ttl")


def used_in(path: Path) -> set[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return set(USED_IN_CODE.findall(text))
    return {name for found in USED.findall(text) for name in found if name}


def test_files_are_there() -> None:
    assert {path.stem for path in ontology_dir().glob("*.ttl")} == set(FILES)
    assert len(of_class(OWL.Class)) >= 20
    assert len(of_class(*PROPERTY_KINDS)) >= 60
    assert len(terms()) >= 110


def test_header_names_version_and_licence() -> None:
    header = ontology()
    assert header.value(ONTOLOGY, OWL.versionIRI) == URIRef("https://w3id.org/cfm-kg/ontology/0.1.0")
    licence = header.value(ONTOLOGY, DCTERMS.license)
    assert licence == URIRef("https://creativecommons.org/licenses/by/4.0/")


@pytest.mark.parametrize("term", terms())
def test_term_has_label_comment_and_home(term: URIRef) -> None:
    for predicate in (RDFS.label, RDFS.comment):
        values = [v for v in ontology().objects(term, predicate) if isinstance(v, Literal)]
        assert [v.language for v in values] == ["en"], f"{term} needs one English {predicate}"
        assert str(values[0]).strip()
    assert ontology().value(term, RDFS.isDefinedBy) == ONTOLOGY


@pytest.mark.parametrize("term", of_class(*PROPERTY_KINDS))
def test_property_has_domain_and_range(term: URIRef) -> None:
    classes = set(of_class(OWL.Class))
    graph = ontology()
    domains = {*graph.objects(term, RDFS.domain), *graph.objects(term, DOMAIN_INCLUDES)}
    ranges = {*graph.objects(term, RDFS.range), *graph.objects(term, RANGE_INCLUDES)}
    assert domains
    assert domains <= classes
    assert ranges
    literal = (term, RDF.type, OWL.DatatypeProperty) in graph
    for kind in ranges:
        if literal:
            assert str(kind).startswith("http://www.w3.org/2001/XMLSchema#") or kind == RDF.langString
        else:
            assert kind in classes | {RDF.Property, RDFS.Resource}


def test_five_actions_are_below_handled() -> None:
    below = {
        str(s).removeprefix(CFM) for s in ontology().subjects(RDFS.subPropertyOf, URIRef(CFM + "handled"))
    }
    assert below == {"adopted", "signed", "approvedDraft", "considered", "proposed"}


def test_every_term_in_use_is_defined() -> None:
    known = {term.removeprefix(CFM) for term in terms()}
    files = list(sources())
    assert len(files) > 130
    unknown = {f"{path.relative_to(ROOT)}: cfm:{name}" for path in files for name in used_in(path) - known}
    assert not unknown


def test_every_term_is_used() -> None:
    used: set[str] = set()
    for path in sources():
        used |= used_in(path)
    unused = {term.removeprefix(CFM) for term in terms()} - used
    # These stand above terms that are used: the ontology's own files use them.
    above = {"handled", "DocumentType", "MeetingFormat", "MeetingStatus", "ParticipationRole"}
    assert unused <= above


@pytest.mark.parametrize("path", turtle_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_prefixes_are_those_of_the_authority(path: Path) -> None:
    declared = DECLARED.findall(path.read_text(encoding="utf-8"))
    wrong = {name: iri for name, iri in declared if prefixes().get(name) != iri}
    assert not wrong


def test_prefixes_of_queries_are_those_of_the_authority() -> None:
    for path in queries_dir().glob("*.rq"):
        for name, iri in DECLARED.findall(path.read_text(encoding="utf-8")):
            assert prefixes().get(name) == iri, path.name


def test_prefix_authority() -> None:
    vocabularies = "cfm rdf rdfs owl xsd skos dcterms prov oa sh schema foaf org wd geo"
    kinds = "country person body organization place role topic"
    assert {*vocabularies.split(), *kinds.split()} <= set(prefixes())
    assert len(set(prefixes().values())) == len(prefixes())


def test_no_blank_nodes() -> None:
    for name in FILES:
        assert "_:" not in ontology(name).serialize(format="nt"), name


@pytest.mark.parametrize("kind", KINDS_OF_CONCEPT)
def test_concepts_have_labels_in_english_and_russian(kind: str) -> None:
    graph = ontology()
    found = concepts(kind)
    assert len(found) >= {"Role": 40, "Topic": 45, "DocumentType": 12}.get(kind, 3)
    for concept in found:
        languages = sorted(
            v.language or "" for v in graph.objects(concept, SKOS.prefLabel) if isinstance(v, Literal)
        )
        assert languages == ["en", "ru"], concept
        scheme = graph.value(concept, SKOS.inScheme)
        assert scheme is not None
        assert (scheme, RDF.type, SKOS.ConceptScheme) in graph
        assert (concept, RDF.type, SKOS.Concept) in graph
        broader = graph.value(concept, SKOS.broader)
        assert broader in found if broader else (concept, SKOS.topConceptOf, scheme) in graph


def test_concepts_conform_to_the_shapes() -> None:
    report = validate(ontology_dir() / "concepts.ttl", reference=False)
    assert report.findings == ()
    assert not {"Role", "Topic"} & {shape.rpartition("#")[2] for shape in report.idle_shapes}


@pytest.mark.parametrize("kind", KINDS_OF_CONCEPT)
def test_words_lead_to_one_concept(kind: str) -> None:
    owners: dict[tuple[str, str | None], set[Node]] = {}
    for concept in concepts(kind):
        for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
            for word in ontology().objects(concept, predicate):
                assert isinstance(word, Literal)
                owners.setdefault((word.lower(), word.language), set()).add(concept)
    assert owners
    assert not {word: found for word, found in owners.items() if len(found) > 1}


def test_topics_have_words_to_find_them_by() -> None:
    for topic in concepts("Topic"):
        words = [*ontology().objects(topic, SKOS.altLabel), *ontology().objects(topic, SKOS.hiddenLabel)]
        assert len(words) >= 4, topic


def test_alignment_speaks_of_defined_terms_only() -> None:
    known = set(terms())
    graph = ontology("alignment")
    assert len(graph) >= 60
    assert {subject for subject in graph.subjects() if subject not in known} == set()
    relations = {RDFS.subClassOf, RDFS.subPropertyOf, SKOS.exactMatch, SKOS.closeMatch, SKOS.relatedMatch}
    assert set(graph.predicates()) <= relations
    classes, properties = set(of_class(OWL.Class)), set(of_class(*PROPERTY_KINDS))
    assert set(graph.subjects(RDFS.subClassOf, None)) <= classes
    assert set(graph.subjects(RDFS.subPropertyOf, None)) <= properties


@cache
def context() -> dict[str, object]:
    content = json.loads((ontology_dir() / "context.jsonld").read_text(encoding="utf-8"))
    assert list(content) == ["@context"]
    inner: dict[str, object] = content["@context"]
    return inner


def test_context_covers_every_term() -> None:
    named = {v["@id"] if isinstance(v, dict) else v for v in context().values()}
    covered = {str(iri).replace("cfm:", CFM) for iri in named}
    # Concepts with names in other namespaces than cfm: are values, not keys.
    assert {str(term) for term in terms()} - covered == set()


def test_context_agrees_with_prefixes_and_ranges() -> None:
    graph = ontology()
    for key, value in context().items():
        if key in prefixes() and isinstance(value, str) and "/" in value:
            assert prefixes()[key] == value
        iri = value.get("@id", "") if isinstance(value, dict) else value
        if not isinstance(iri, str) or not iri.startswith("cfm:"):
            continue
        term = URIRef(CFM + iri.removeprefix("cfm:"))
        kind = value.get("@type") if isinstance(value, dict) else None
        if (term, RDF.type, OWL.ObjectProperty) in graph:
            assert kind in {"@id", "@vocab"}, key
        elif (term, RDF.type, OWL.DatatypeProperty) in graph and kind:
            datatype = prefixes()["xsd"] + str(kind).removeprefix("xsd:")
            ranges = list(graph.objects(term, RDFS.range))
            # Dates may be less exact than a day, but a date without a type of its own is one.
            assert ranges == [URIRef(datatype)] or (not ranges and kind == "xsd:date"), key


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")
def test_context_reads_back_what_it_writes() -> None:
    graph = Graph().parse(ROOT / "tests" / "shapes" / "Meeting" / "pass.ttl")
    written = graph.serialize(format="json-ld", context=context(), auto_compact=False)
    assert '"meetingStatus": "Held"' in written
    assert set(Graph().parse(data=written, format="json-ld")) == set(graph)
