"""What the endpoint says of itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from cfm_kg.serve.addresses import public_url
from cfm_kg.serve.readers.question import GRAPHS
from cfm_kg.serve.settings import Settings
from cfm_kg.vocab import RDF_TYPE, Namespace, prefixes

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)
_WRITTEN = dict(
    zip(
        GRAPHS,
        (ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.JSON_LD, ox.RdfFormat.RDF_XML),
        strict=True,
    )
)


def description(request: Request, media: str) -> Response:
    """The service's description in a media type of triples."""
    settings: Settings = request.app.state.settings
    known = {**prefixes(), "sd": SD.iri, "format": FORMATS.iri}
    content = ox.serialize(
        _triples(public_url(request, "sparql"), settings), format=_WRITTEN[media], prefixes=known
    )
    return Response(content, headers={"Vary": "Accept", "Cache-Control": "max-age=3600"}, media_type=media)


def _triples(endpoint: str, settings: Settings) -> list[ox.Triple]:
    service, dataset, default = (endpoint + name for name in ("#service", "#dataset", "#default-graph"))
    languages = ["SPARQL11Query", *(["SPARQL11Update"] if settings.writable else [])]
    features = ["EmptyGraphs", *(["BasicFederatedQuery"] if settings.federated else [])]
    rows = [
        (service, RDF_TYPE, SD("Service")),
        (service, SD("endpoint"), endpoint),
        *((service, SD("supportedLanguage"), SD(name)) for name in languages),
        *((service, SD("resultFormat"), FORMATS(name)) for name in _FORMATS),
        *((service, SD("feature"), SD(name)) for name in features),
        (service, SD("defaultEntailmentRegime"), "http://www.w3.org/ns/entailment/Simple"),
        (service, SD("defaultDataset"), dataset),
        (dataset, RDF_TYPE, SD("Dataset")),
        (dataset, SD("defaultGraph"), default),
        (default, RDF_TYPE, SD("Graph")),
    ]
    return [ox.Triple(ox.NamedNode(s), ox.NamedNode(p), ox.NamedNode(o)) for s, p, o in rows]
