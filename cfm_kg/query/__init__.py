"""Stage 10: questions to a graph, by name or as SPARQL, with parameters bound as RDF terms."""

from cfm_kg.query.catalogue import NamedQuery, Parameter, catalogue
from cfm_kg.query.render import FORMATS, render
from cfm_kg.query.results import Kind, Result
from cfm_kg.query.run import find_query, open_source, query, run

__all__ = [
    "FORMATS",
    "Kind",
    "NamedQuery",
    "Parameter",
    "Result",
    "catalogue",
    "find_query",
    "open_source",
    "query",
    "render",
    "run",
]
