"""What went wrong, as an HTTP response: a status, and words that say what to do."""

from __future__ import annotations

import json
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from cfm_kg.errors import CfmError
from cfm_kg.serve.negotiation import accepted, choose
from cfm_kg.serve.refusal import HttpError

__all__ = ["HttpError", "problem_response"]

PROBLEM_JSON = "application/problem+json"
_PLAIN = "text/plain"
OFFERS = {_PLAIN: _PLAIN, PROBLEM_JSON: PROBLEM_JSON, "application/json": PROBLEM_JSON}
"""Media types by which clients ask for problems → those in which they are told."""


def problem_response(request: Request, error: CfmError) -> Response:
    """An error as plain text, or as RFC 9457's JSON for who asks for JSON. A bare CfmError has status 400."""
    status = error.status if isinstance(error, HttpError) else HTTPStatus.BAD_REQUEST
    headers = {"Vary": "Accept", "Cache-Control": "no-store"}
    headers |= error.headers if isinstance(error, HttpError) else {}
    wanted = choose(accepted(request.headers), tuple(OFFERS)) or _PLAIN
    if OFFERS[wanted] == _PLAIN:
        return Response(f"{error}\n", status, headers, _PLAIN)
    content = {
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": error.what,
        "where": error.where,
        "why": error.why,
        "remedy": error.remedy,
    }
    told = {key: value for key, value in content.items() if value is not None}
    return Response(json.dumps(told, ensure_ascii=False), status, headers, PROBLEM_JSON)
