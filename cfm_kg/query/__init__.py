"""Stage 10: questions to a graph, by name or as SPARQL, with parameters bound as RDF terms."""

from cfm_kg.query.catalogue import NamedQuery, Parameter, catalogue, parse_query
from cfm_kg.query.lexing import form_of
from cfm_kg.query.render import FORMATS, render
from cfm_kg.query.results import Kind, Result, read_result
from cfm_kg.query.run import bound_text, find_query, open_source, query, run

__all__ = [
    "FORMATS",
    "Kind",
    "NamedQuery",
    "Parameter",
    "Result",
    "bound_text",
    "catalogue",
    "find_query",
    "form_of",
    "open_source",
    "parse_query",
    "query",
    "read_result",
    "render",
    "run",
]
