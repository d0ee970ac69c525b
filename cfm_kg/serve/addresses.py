"""Addresses: those under which the server is reached from outside, and IRIs that requests name."""

from __future__ import annotations

import re

from starlette.requests import Request

from cfm_kg.serve.refusal import HttpError
from cfm_kg.serve.settings import Settings

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*\Z")


def public_url(request: Request, path: str = "") -> str:
    """The address of a path of this server: below `--public`, or as the request's own address says."""
    settings: Settings = request.app.state.settings
    return (settings.public or str(request.base_url)) + path


def absolute(iri: str, where: str) -> str:
    """An absolute IRI as it is. Raises HttpError for what is none."""
    if not _ABSOLUTE.match(iri):
        raise HttpError(400, f"this is no absolute IRI: {iri!r}", where=where, remedy="name a graph")
    return iri
