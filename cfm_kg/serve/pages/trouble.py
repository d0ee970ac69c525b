"""What people read where a page is missing, or where its tables are still being made."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from urllib.parse import unquote

from rapidfuzz import fuzz, process
from starlette.requests import Request
from starlette.responses import Response

from cfm_kg.errors import CfmError
from cfm_kg.serve.linked.forms import HTML, split
from cfm_kg.serve.linked.pages import page
from cfm_kg.serve.linked.site import PAGE_HEADERS
from cfm_kg.serve.linked.things import MissingError
from cfm_kg.serve.negotiation import accepted, choose
from cfm_kg.serve.pages import search
from cfm_kg.serve.pages.kept import UnfinishedError
from cfm_kg.serve.pages.view import Explorer, explorer_of
from cfm_kg.serve.problems import OFFERS
from cfm_kg.serve.refusal import HttpError
from cfm_kg.serve.settings import Settings
from cfm_kg.vocab import BASE, RDF_TYPE

_LIKE, _MOST, _SECTIONS, _LONGEST = 65, 8, 3, 200
_SPELT = str.maketrans("/_-.+", "     ")


def told(settings: Settings, request: Request, error: CfmError) -> Response | None:
    """A page for people about an error; None where the client or the error wants words alone."""
    missing = isinstance(error, HttpError) and error.status == HTTPStatus.NOT_FOUND
    unfinished = isinstance(error, UnfinishedError)
    if not (missing or unfinished) or not _for_people(request):
        return None
    assert isinstance(error, HttpError)
    explorer = explorer_of(settings)
    body = page(explorer.site, "unfinished.html") if unfinished else _missing(explorer, request, error)
    headers = {**PAGE_HEADERS, **error.headers, "Vary": "Accept", "Cache-Control": "no-store"}
    return Response(body, error.status, headers, HTML.media)


def _for_people(request: Request) -> bool:
    """Whether a page is wanted: by the address's suffix, or else by the client."""
    _, suffix = split(request.url.path)
    pages = (HTML.media, *HTML.others)
    return (suffix or HTML.suffix) == HTML.suffix and (
        bool(suffix) or choose(accepted(request.headers), (*OFFERS, *pages)) in pages
    )


def _missing(explorer: Explorer, request: Request, error: HttpError) -> bytes:
    """The page that leads on: what is named nearly so, and the field to search in."""
    path = request.url.path
    segments = unquote(split(path)[0]).strip("/")[-_LONGEST:].split("/")
    words, iri = segments[-1].translate(_SPELT), ""
    near, known = list[str](), explorer.site.sections - {""}
    if isinstance(error, MissingError):
        iri, near = str(error.where), list(error.near)
    with suppress(CfmError):  # without a store, or before its index is made, the rest still helps
        near = near or _found(explorer, "/".join(segments), words)
    liked = process.extract(segments[0], sorted(known), scorer=fuzz.ratio, score_cutoff=_LIKE)
    return page(
        explorer.site,
        "missing.html",
        iri=iri or path,
        is_thing=bool(iri),
        near=near,
        sections=[name for name, _, _ in liked if "." not in name][:_SECTIONS],
        label=explorer.view().label if near else str,
        searched=words,
    )


def _found(explorer: Explorer, path: str, words: str) -> list[str]:
    """The thing of this path without its beginning, or things whose names are like its last words."""
    view, iri = explorer.view(), BASE + "id/" + path
    if any(view.stated(iri, RDF_TYPE)):
        return [iri]
    return [hit.iri for hit in search.ready(explorer, view).find(words)[:_MOST]]
