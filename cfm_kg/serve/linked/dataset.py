"""`/.well-known/void`: what the data is, how much there is, and where it can be had (VoID and DCAT)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from cfm_kg.model import Literal, Node
from cfm_kg.quads import Triple, quads
from cfm_kg.query import read_result
from cfm_kg.resources import ontology_dir
from cfm_kg.serve.addresses import public_url
from cfm_kg.serve.linked.dumps import DUMPS
from cfm_kg.serve.linked.forms import FORMS, of_suffix, wanted
from cfm_kg.serve.linked.pages import page
from cfm_kg.serve.linked.site import Site, document, form_links
from cfm_kg.store import Snapshot
from cfm_kg.vocab import BASE, DCTERMS, RDF_TYPE, XSD, local, prefixes, shipped_triples

PATH = ".well-known/void"
DATASET = BASE + PATH + "#dataset"
_VOID = "http://rdfs.org/ns/void#"
_DCAT = "http://www.w3.org/ns/dcat#"
_FOAF = "http://xmlns.com/foaf/0.1/"
_MEDIA = "https://www.iana.org/assignments/media-types/"
_CLASSES = "SELECT ?name (COUNT(DISTINCT ?s) AS ?n) (MIN(?s) AS ?first) { ?s a ?name } GROUP BY ?name"
_PROPERTIES = "SELECT ?name (COUNT(*) AS ?n) { ?s ?name ?o } GROUP BY ?name"
_SUBJECTS = "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"
_GRAPHS = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


@dataclass(frozen=True, slots=True)
class Count:
    """How often a class has members, or a property is used, and one example."""

    iri: str
    number: int
    example: str

    @property
    def name(self) -> str:
        """A name for the part, such as `Meeting`."""
        return local(self.iri)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the default graph holds, and how many statements the other graphs."""

    triples: int
    subjects: int
    in_graphs: int
    classes: tuple[Count, ...]
    properties: tuple[Count, ...]


async def described(site: Site, request: Request) -> Response:
    """The description of the dataset in the form that is asked for."""
    suffix = request.path_params.get("suffix", "")
    form = of_suffix(suffix, request.url.path) if suffix else wanted(request)
    address = public_url(request)
    counts = await counted(site)

    def make(snapshot: Snapshot, _: object) -> bytes:
        if form.write is None:
            return page(site, "dataset.html", counts=counts, licence=licence(), dumps=DUMPS, path=PATH)
        return form.write(quads(_triples(address, counts, snapshot)))

    links = form_links(request, PATH, "alternate")
    return document(site, request, form, make, links, negotiated=not suffix)


async def counted(site: Site) -> Counts:
    """The counts of the store's present state."""
    return await site.kept("counts", lambda snapshot: count(snapshot.store))


def count(store: ox.Store) -> Counts:
    """The counts of a store; looks at all of it."""
    classes, properties = _rows(store, _CLASSES), _rows(store, _PROPERTIES)
    subjects, graphs = _rows(store, _SUBJECTS), _rows(store, _GRAPHS)
    return Counts(
        sum(row.number for row in properties), subjects[0].number, graphs[0].number, classes, properties
    )


def _rows(store: ox.Store, text: str) -> tuple[Count, ...]:
    rows = read_result(store.query(text)).values()
    found = (Count(row.get("name") or "", int(row["n"] or 0), row.get("first") or "") for row in rows)
    return tuple(sorted(found, key=lambda count: count.iri))


@cache
def licence() -> str:
    """The licence that the ontology names: it holds for the facts too."""
    name = DCTERMS("license")
    found = (t.object for t in shipped_triples(ontology_dir() / "cfm.ttl") if t.predicate.value == name)
    return next(one.value for one in found if isinstance(one, ox.NamedNode))


def _triples(address: str, counts: Counts, snapshot: Snapshot) -> Iterator[Triple]:
    modified = datetime.fromtimestamp(snapshot.modified, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    described: dict[str, Node] = {
        DCTERMS("title"): Literal("Council meetings with their sources", language="en"),
        DCTERMS("description"): Literal(_DESCRIPTION, language="en"),
        DCTERMS("license"): licence(),
        DCTERMS("modified"): Literal(modified, XSD("dateTime")),
        _FOAF + "homepage": address,
        _VOID + "uriSpace": Literal(BASE + "id/"),
        _VOID + "sparqlEndpoint": address + "sparql",
        _VOID + "triples": _number(counts.triples),
        _VOID + "distinctSubjects": _number(counts.subjects),
        _VOID + "classes": _number(len(counts.classes)),
        _VOID + "properties": _number(len(counts.properties)),
        _VOID + "entities": _number(counts.subjects),
    }
    yield BASE + PATH, RDF_TYPE, _VOID + "DatasetDescription"
    yield BASE + PATH, _FOAF + "primaryTopic", DATASET
    for kind in (_VOID + "Dataset", _DCAT + "Dataset"):
        yield DATASET, RDF_TYPE, kind
    for name, value in described.items():
        yield DATASET, name, value
    yield from _parts(counts)
    yield from _ways(address)


_DESCRIPTION = (
    "Meetings of councils of international organisations: when and where, who took part, which documents "
    "were handled. Each fact that was read has the exact words of the article behind it; the quotes belong "
    "to the articles' publishers."
)


def _number(value: int) -> Literal:
    return Literal(str(value), XSD("integer"))


def _parts(counts: Counts) -> Iterator[Triple]:
    """Vocabularies, classes and properties with their counts, and a thing of each class for example."""
    used = {count.iri for count in (*counts.classes, *counts.properties)}
    for space in prefixes().values():
        if any(iri.startswith(space) for iri in used):
            yield DATASET, _VOID + "vocabulary", space.removesuffix("#") if space.startswith(BASE) else space
    for count in counts.classes:
        part = f"{DATASET}-class-{_spelt(count.iri)}"
        yield DATASET, _VOID + "classPartition", part
        yield part, _VOID + "class", count.iri
        yield part, _VOID + "entities", _number(count.number)
        if count.iri.startswith(BASE) and count.example.startswith(BASE):
            yield DATASET, _VOID + "exampleResource", count.example
    for count in counts.properties:
        part = f"{DATASET}-property-{_spelt(count.iri)}"
        yield DATASET, _VOID + "propertyPartition", part
        yield part, _VOID + "property", count.iri
        yield part, _VOID + "triples", _number(count.number)


def _spelt(iri: str) -> str:
    for prefix, space in prefixes().items():
        if iri.startswith(space):
            return f"{prefix}-{iri.removeprefix(space)}"
    return iri.partition("//")[2].replace("/", "-").replace("#", "-")


def _ways(address: str) -> Iterator[Triple]:
    """The endpoint, the dumps and the forms of single things."""
    service = BASE + PATH + "#sparql"
    yield service, RDF_TYPE, _DCAT + "DataService"
    yield service, _DCAT + "endpointURL", address + "sparql"
    yield service, _DCAT + "servesDataset", DATASET
    yield service, DCTERMS("conformsTo"), "http://www.w3.org/TR/sparql11-protocol/"
    for dump in DUMPS:
        part, place = f"{BASE}{PATH}#dump-{dump.name}", f"{address}dumps/{dump.name}"
        yield DATASET, _VOID + "dataDump", place
        yield DATASET, _DCAT + "distribution", part
        yield part, RDF_TYPE, _DCAT + "Distribution"
        yield part, DCTERMS("title"), Literal(dump.title, language="en")
        yield part, _DCAT + "downloadURL", place
        yield part, _DCAT + "mediaType", _MEDIA + dump.media
        yield part, _DCAT + "compressFormat", _MEDIA + "application/gzip"
        yield part, DCTERMS("license"), licence()
    for form in FORMS:
        if form.write is not None:
            yield DATASET, _VOID + "feature", f"http://www.w3.org/ns/formats/{_FORMATS[form.suffix]}"


_FORMATS = {
    "ttl": "Turtle",
    "jsonld": "JSON-LD",
    "nt": "N-Triples",
    "rdf": "RDF_XML",
    "nq": "N-Quads",
    "trig": "TriG",
}
"""Names of the formats in the W3C's list."""
