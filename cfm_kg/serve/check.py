"""`/validate`: an entry is checked against the store, and nothing is stored."""

from __future__ import annotations

from pathlib import PurePosixPath

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from cfm_kg.serve.answers import AnswerResponse, negotiated
from cfm_kg.serve.negotiation import essence
from cfm_kg.serve.readers.question import Check
from cfm_kg.serve.refusal import HttpError
from cfm_kg.serve.settings import Settings

KINDS = {
    "text/turtle": "ttl",
    "application/trig": "trig",
    "application/n-triples": "nt",
    "application/n-quads": "nq",
    "application/ld+json": "jsonld",
    "application/json": "jsonld",
    "text/csv": "csv",
}
"""Formats of entries by the media types that they are sent as."""
REPORTS = {
    "application/json": "json",
    "application/sarif+json": "sarif",
    "application/junit+xml": "junit",
    "application/xml": "junit",
    "text/turtle": "ttl",
    "text/plain": "text",
}
"""Formats of reports by the media types that are accepted."""
_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
_FIELDS, _FILES = 20, 1


def routes(settings: Settings) -> list[BaseRoute]:
    """The routes of this group."""
    return [Route("/validate", validate, methods=["POST"], name="validate")]


async def validate(request: Request) -> Response:
    """The report on the entry that is the body, or a form's `file`, or its `entry` in the form's `format`."""
    media = negotiated(request, tuple(REPORTS))
    sent = essence(request.headers.get("content-type"))
    content, kind, name = await (_from_form(request) if sent in _FORMS else _from_body(request, sent))
    return AnswerResponse(request.app.state.checkers, Check(content, kind, name, REPORTS[media], media))


async def _from_body(request: Request, sent: str) -> tuple[bytes, str, str]:
    kind = _kind(sent)
    return await request.body(), kind, f"entry.{kind}"


def _kind(sent: str) -> str:
    if sent not in KINDS:
        raise HttpError(
            415,
            f"an entry cannot be {sent}" if sent else "the request tells no media type",
            remedy="send it as one of " + ", ".join(KINDS),
            headers={"Accept-Post": ", ".join(KINDS)},
        )
    return KINDS[sent]


async def _from_form(request: Request) -> tuple[bytes, str, str]:
    async with request.form(max_files=_FILES, max_fields=_FIELDS) as form:
        file, entry, kind = form.get("file"), form.get("entry"), form.get("format")
        if isinstance(file, UploadFile):
            name = PurePosixPath(file.filename or "entry").name
            suffix = PurePosixPath(name).suffix.lstrip(".").lower()
            return await file.read(), suffix or _kind(essence(file.content_type)), name
        if isinstance(entry, str):
            kind = kind if isinstance(kind, str) and kind else "ttl"
            return entry.encode(), kind, f"entry.{kind}"
    raise HttpError(400, "the form has no entry", remedy="send a `file`, or an `entry` and its `format`")
