"""`cfm-kg queries` and `cfm-kg query`: questions to a graph."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfm_kg.cli.endpoints import CredentialsFile, DefaultGraph, Timeout, endpoint_at
from cfm_kg.cli.terminal import table, width, write
from cfm_kg.errors import CfmError

if TYPE_CHECKING:
    from cfm_kg.query import NamedQuery, Parameter

EXAMPLE_QUERIES = "Example: `cfm-kg queries`, and `cfm-kg queries meetings` for its parameters"
EXAMPLE_QUERY = "Example: `cfm-kg query meetings --param since=2021 --format csv`"


class ResultFormat(StrEnum):
    """How results are written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MD = "md"
    TTL = "ttl"


def queries(
    name: Annotated[
        str | None, typer.Argument(help="One query, to see its description and parameters.")
    ] = None,
) -> int:
    """List the named queries."""
    from cfm_kg.query import catalogue, find_query

    if name is not None:
        _describe(find_query(name))
        return 0
    rows = [
        (query.name, query.title, " ".join(_short(parameter) for parameter in query.parameters))
        for query in catalogue().values()
    ]
    table(("name", "question", "parameters"), rows)
    return 0


def _short(parameter: Parameter) -> str:
    return parameter.name if parameter.required else f"[{parameter.name}]"


def _describe(query: NamedQuery) -> None:
    write(f"{query.name}: {query.title}\n{query.description}\n")
    for parameter in query.parameters:
        rest = f", default {parameter.default}" if parameter.default else ""
        rest += ", optional" if parameter.optional else ""
        rest += f", one of {' '.join(parameter.choices)}" if parameter.choices else ""
        write(f"  {parameter.name} ({parameter.type}{rest}): {parameter.text}\n")


def query(
    question: Annotated[str, typer.Argument(help="A query's name, a .rq file, or - for SPARQL from stdin.")],
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", help="A parameter as name=value; may be repeated.")
    ] = None,
    graph: Annotated[
        Path | None,
        typer.Option("--graph", "-g", help="A graph file or a store's folder instead of the store."),
    ] = None,
    store: Annotated[Path, typer.Option("--store", "-s", help="The store to ask.")] = Path("build/store"),
    to: Annotated[
        ResultFormat, typer.Option("--format", "-f", help="Format of the results.")
    ] = ResultFormat.TABLE,
    endpoint: Annotated[
        str | None,
        typer.Option("--endpoint", "-e", help="The address of a SPARQL 1.1 endpoint to ask instead."),
    ] = None,
    default_graph: DefaultGraph = None,
    credentials: CredentialsFile = None,
    timeout: Timeout = 60.0,
) -> int:
    """Ask the store, a graph file or a remote endpoint a named question or one in SPARQL."""
    from cfm_kg.query import find_query, open_source, render, run

    parameters = dict(_parameter(text) for text in param or ())
    asked = find_query(sys.stdin.read() if question == "-" else question)
    if endpoint:
        answer = endpoint_at(endpoint, default_graph, credentials, timeout).run(asked, parameters)
    else:
        answer = run(asked, open_source(graph or store), parameters)
    write(render(answer, to.value, width()))
    return 0


def _parameter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise CfmError(f"{text!r} is not a parameter", remedy="write --param name=value")
    return name, value
