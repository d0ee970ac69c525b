"""`/openapi.json`: the HTTP API told to programs. Its text is `openapi.yaml`; named queries are added."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from cfm_kg.query import NamedQuery, Parameter, catalogue
from cfm_kg.query.lexing import form_of
from cfm_kg.serve.addresses import public_url
from cfm_kg.serve.readers.question import GRAPHS, HTML, RESULTS
from cfm_kg.serve.settings import Settings

_TEXT = Path(__file__).with_name("openapi.yaml")


def routes(settings: Settings) -> list[BaseRoute]:
    """The routes of this group."""
    return [Route("/openapi.json", openapi, methods=["GET"], name="openapi")]


async def openapi(request: Request) -> Response:
    """The description, with this server's address."""
    return JSONResponse({**document(), "servers": [{"url": public_url(request).rstrip("/")}]})


@cache
def document() -> dict[str, Any]:
    """The description without an address."""
    told: dict[str, Any] = yaml.safe_load(_TEXT.read_text(encoding="utf-8"))
    told["info"]["version"] = version("cfm-kg")
    for query in catalogue().values():
        told["paths"][f"/queries/{query.name}"] = {"get": _operation(query)}
    return told


def _operation(query: NamedQuery) -> dict[str, Any]:
    media = (*(RESULTS if form_of(query.text) in ("SELECT", "ASK") else GRAPHS), HTML)
    refused = {status: {"$ref": f"#/components/responses/{name}"} for status, name in _REFUSED.items()}
    return {
        "operationId": f"query-{query.name}",
        "tags": ["queries"],
        "summary": query.title,
        "description": query.description,
        "parameters": [
            *(_parameter(parameter) for parameter in query.parameters),
            {"$ref": "#/components/parameters/format"},
        ],
        "responses": {
            "200": {"description": "The answer", "content": {name: {} for name in media}},
            **refused,
        },
    }


_REFUSED = {"400": "Faulty", "406": "NotAcceptable", "422": "TooMuch", "503": "Busy", "504": "TooSlow"}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "integer" if parameter.type == "integer" else "string"}
    if parameter.choices:
        schema["enum"] = list(parameter.choices)
    if parameter.default is not None:
        schema["default"] = int(parameter.default) if parameter.type == "integer" else parameter.default
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": f"{parameter.text} ({parameter.type})",
        "schema": schema,
    }
