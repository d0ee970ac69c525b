"""Answers of servers as results, whatever their servers' habits."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.query.results import Cell, Kind, Result, read_result
from cfm_kg.remote.connection import Answer
from cfm_kg.vocab import XSD

_VIRTUOSO_ASK = "__ASK_RETVAL"
_BOOLEANS = {"1": "true", "0": "false"}


def read_answer(answer: Answer, form: str, text: str, where: str) -> Result:
    """The result in a server's answer to a query. Raises CfmError where it is not one."""
    try:
        if form in ("CONSTRUCT", "DESCRIBE"):
            return _triples(answer)
        if answer.media_type.endswith("xml"):
            return _from_xml(answer.body)
        content = json.loads(answer.body)
        if not isinstance(content, dict) or not ("results" in content or "boolean" in content):
            raise ValueError("neither rows nor a truth value")
        return _truth(content) if form == "ASK" else _rows(content, text)
    except (SyntaxError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CfmError(
            "the server's answer is not a SPARQL result",
            where=where,
            why=f"{answer.media_type}: {error}",
            remedy="check that the address is that of a SPARQL endpoint",
        ) from error


def _triples(answer: Answer) -> Result:
    # Turtle reads N-Triples too, which some servers call text/plain
    kind = ox.RdfFormat.from_media_type(answer.media_type) or ox.RdfFormat.TURTLE
    found = {quad.triple for quad in ox.parse(answer.body, format=kind)}
    return Result(Kind.TRIPLES, triples=tuple(sorted(found, key=str)))


def _from_xml(body: bytes) -> Result:
    found = ox.parse_query_results(body, format=ox.QueryResultsFormat.XML)
    return read_result(found)


def _truth(content: dict[str, Any]) -> Result:
    if "boolean" in content:
        return Result(Kind.TRUTH, truth=bool(content["boolean"]))
    rows = content["results"]["bindings"]
    return Result(Kind.TRUTH, truth=any(row[_VIRTUOSO_ASK]["value"] == "1" for row in rows))


def _rows(content: dict[str, Any], text: str) -> Result:
    bindings = content["results"]["bindings"]
    names = tuple(content.get("head", {}).get("vars") or _variables(text))
    rows = tuple(tuple(_term(row.get(name)) for name in names) for row in bindings)
    return Result(Kind.ROWS, names, rows)


def _variables(text: str) -> tuple[str, ...]:
    """What a query selects, where the answer forgets to say so because it has no rows."""
    try:
        answer = ox.Store().query(text)
    except SyntaxError:  # the server may know more than SPARQL 1.1
        return ()
    return tuple(v.value for v in answer.variables) if isinstance(answer, ox.QuerySolutions) else ()


def _term(found: dict[str, Any] | None) -> Cell:
    if found is None:
        return None
    kind, value = found["type"], found["value"]
    if kind == "uri":
        return ox.NamedNode(value)
    if kind == "bnode":
        return ox.BlankNode("".join(c if c.isalnum() else "x" for c in value))
    if kind == "triple":
        return ox.Triple(*(_term(value[part]) for part in ("subject", "predicate", "object")))  # type: ignore[arg-type]
    if found.get("xml:lang"):
        return ox.Literal(value, language=found["xml:lang"])
    datatype = found.get("datatype")
    if datatype == XSD("boolean"):
        value = _BOOLEANS.get(value, value)
    return ox.Literal(value, datatype=ox.NamedNode(datatype) if datatype else None)
