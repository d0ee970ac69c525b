"""Each named query as a tool, its parameters typed by its header; and SPARQL of one's own."""

from __future__ import annotations

from collections.abc import Iterator

from cfm_kg.mcp.asking import MOST_ROWS, ROWS, Asking, shown
from cfm_kg.mcp.tools import Json, Reply, Tool, arguments_schema, rows_schema
from cfm_kg.query import NamedQuery, Parameter, catalogue, parse_query
from cfm_kg.vocab import PROVENANCE_GRAPH, REGISTRY_GRAPH

PREFIX = "query_"
_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
_TERMS = {
    "date": "a year, month or day, such as 2021, 2021-05 or 2021-05-19",
    "iri": "an IRI, or a short name such as meeting/csto-cfm/2021-05-19 or cfm:place",
}


def question_tools(asking: Asking) -> Iterator[Tool]:
    """A tool for each named query, then `sparql`."""
    for query in catalogue().values():
        yield _named(query, asking)
    yield _sparql(asking)


def tool_name(query: NamedQuery) -> str:
    """`query_chairmanship_gaps` for the query `chairmanship-gaps`."""
    return PREFIX + query.name.replace("-", "_")


def _named(query: NamedQuery, asking: Asking) -> Tool:
    async def run(arguments: Json) -> Reply:
        given = {name: value for name, value in arguments.items() if name != "max_rows"}
        return Reply(*shown(await asking.result(query, given), arguments.get("max_rows", ROWS)))

    properties = {parameter.name: _schema(parameter) for parameter in query.parameters}
    required = tuple(parameter.name for parameter in query.parameters if parameter.required)
    schema = arguments_schema(properties | {"max_rows": rows_schema(ROWS, MOST_ROWS)}, required)
    return Tool(tool_name(query), query.title, query.description, schema, run)


def _schema(parameter: Parameter) -> Json:
    if parameter.type == "integer":
        schema: Json = {"type": "integer"}
    elif parameter.type == "term":
        schema = {"type": "string", "enum": list(parameter.choices)}
    elif parameter.type == "date":
        schema = {"type": "string", "pattern": _DATE}
    else:
        schema = {"type": "string", "minLength": 1}
    if parameter.default is not None:
        schema["default"] = int(parameter.default) if parameter.type == "integer" else parameter.default
    kind = _TERMS.get(parameter.type, f"name, code, slug or IRI of a {parameter.type}")
    plain = parameter.type in ("integer", "term", "string")
    return schema | {"description": parameter.text if plain else f"{parameter.text}: {kind}"}


def _sparql(asking: Asking) -> Tool:
    async def run(arguments: Json) -> Reply:
        result = await asking.result(parse_query(arguments["query"], "sparql"), {})
        return Reply(*shown(result, arguments.get("max_rows", ROWS)))

    query = {"type": "string", "minLength": 1, "description": "SELECT, ASK, CONSTRUCT or DESCRIBE"}
    description = (
        "Ask anything else in SPARQL 1.1, read-only: updates and SERVICE are refused, and a query that takes "
        "too long is stopped. Take a query_… tool where one fits. The project's prefixes (cfm:, rdfs:, "
        "dcterms:, oa:, body:, country:, person: …) need no declaration. The default graph holds the merged "
        f"facts; GRAPH <{PROVENANCE_GRAPH}> the claims with their quotes, GRAPH <{REGISTRY_GRAPH}> "
        "countries, bodies, posts and people, and each article's IRI names a graph of what it says. The "
        "resource cfm-kg://ontology lists the terms, and cfm-kg://queries/NAME are examples."
    )
    schema = arguments_schema({"query": query, "max_rows": rows_schema(ROWS, MOST_ROWS)}, ("query",))
    return Tool("sparql", "Ask in SPARQL", description, schema, run)
