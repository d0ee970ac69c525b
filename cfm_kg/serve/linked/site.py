"""What linked-data endpoints share: the store's present state, addresses, documents with validators."""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cfm_kg.description import Description, Labels
from cfm_kg.serve.addresses import public_url
from cfm_kg.serve.linked.forms import FORMS, Form
from cfm_kg.serve.settings import Settings
from cfm_kg.store import LiveStore, Snapshot

T = TypeVar("T")
_CACHE = "public, max-age=60, must-revalidate"
"""A rebuilt store is seen by everyone after so many seconds; then the validators decide."""
SAFE = "/:@!$&'()*+,;=-._~%"
"""What stands for itself in a path."""
PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}
"""Nothing that stands in a page itself is run or styles it."""


def kept_as(path: str, suffix: str) -> bool:
    """Whether a site of files holds a form: the two that are asked for most, and what one article says."""
    if path.startswith("id/article/") and suffix in ("nq", "trig"):
        return True
    return suffix == "ttl" or (suffix == "jsonld" and path.startswith("id/"))


ThingPage = Callable[[Description, str, str], bytes]
"""A page about a described thing, with its JSON-LD and its path."""
_SITES = 16


class Site:
    """The store under the addresses of this server."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.live = LiveStore(settings.store)
        self.version = version("cfm-kg")
        self._labels: tuple[Snapshot, Labels] | None = None
        self._folder: TemporaryDirectory[str] | None = None
        self._kept: dict[str, tuple[Snapshot, Any]] = {}
        self._making: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.pages: dict[str, ThingPage] = {}
        """Classes whose things have a page of their own kind."""
        self.sections: set[str] = set()
        """First words of the paths of pages that the site's navigation may lead to."""

    def present(self) -> tuple[Snapshot, Labels]:
        """The store's present state, and the labels in it."""
        snapshot, known = self.live.snapshot(), self._labels
        if known is None or known[0] is not snapshot:
            known = self._labels = (snapshot, Labels(snapshot.store))
        return known

    async def kept(self, name: str, make: Callable[[Snapshot], T]) -> T:
        """What is made once for each state of the store, in a thread, when it is first asked for.

        Whoever else asks meanwhile waits for it, and holds up nobody.
        """
        async with self._making[name]:
            snapshot, _ = self.present()
            known = self._kept.get(name)
            if known is None or known[0] is not snapshot:
                known = self._kept[name] = (snapshot, await asyncio.to_thread(make, snapshot))
        found: T = known[1]
        return found

    def scratch(self) -> Path:
        """A folder for files that are made when they are first asked for; it goes with the server."""
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="cfm-kg-")
        return Path(self._folder.name)

    def offered(self, path: str, forms: Sequence[Form]) -> list[Form]:
        """The forms beside the page in which what is at a path can be had."""
        others = [form for form in forms if form.suffix != "html"]
        return others if self.settings.served else [form for form in others if kept_as(path, form.suffix)]

    def href(self, iri: str) -> str:
        """Where a page links to for an IRI: this server for the store's own, else the web, else nowhere."""
        if iri.startswith(self.settings.base):
            path, hash_, fragment = iri.removeprefix(self.settings.base).partition("#")
            return self.root + quote(path, SAFE) + hash_ + quote(fragment, SAFE)
        return iri if urlsplit(iri).scheme in ("http", "https") else ""

    @property
    def root(self) -> str:
        """The path of the server's own root: `/`, unless the public sees it below another one."""
        return urlsplit(self.settings.public or "/").path

    def tag(self, snapshot: Snapshot, request: Request, form: str) -> str:
        """An entity tag: as long as it stays, the bytes do."""
        parts = (snapshot.state, self.version, public_url(request), request.url.path, form)
        return '"' + hashlib.sha256(repr(parts).encode()).hexdigest()[:32] + '"'


@lru_cache(_SITES)
def site_of(settings: Settings) -> Site:
    """The one site that all groups of routes over these settings share: it opens the store once."""
    return Site(settings)


def document(
    site: Site,
    request: Request,
    form: Form,
    make: Callable[[Snapshot, Labels], bytes],
    links: Iterable[str] = (),
    *,
    negotiated: bool = False,
) -> Response:
    """A document with its validators; it is made only where the client does not have it yet."""
    snapshot, labels = site.present()
    headers = validators(site, request, snapshot, form.suffix)
    headers |= {"Link": ", ".join(links)} if links else {}
    headers |= {"Vary": "Accept"} if negotiated else {}
    headers |= PAGE_HEADERS if form.suffix == "html" else {}
    if unchanged(request, headers):
        return Response(status_code=304, headers=headers)
    media = form.media + ("; charset=utf-8" if form.media.startswith("text/") else "")
    return Response(make(snapshot, labels), headers={**headers, "Content-Type": media})


def validators(site: Site, request: Request, snapshot: Snapshot, form: str) -> dict[str, str]:
    """The headers by which a client asks later whether anything has changed."""
    return {
        "ETag": site.tag(snapshot, request, form),
        "Last-Modified": formatdate(snapshot.modified, usegmt=True),
        "Cache-Control": _CACHE,
    }


def unchanged(request: Request, headers: Mapping[str, str]) -> bool:
    """Whether the client has this already (RFC 9110, section 13): tags count before dates."""
    tags = request.headers.getlist("if-none-match")
    if tags:
        known = {tag.strip().removeprefix("W/") for line in tags for tag in line.split(",")}
        return "*" in known or headers["ETag"] in known
    try:
        since = parsedate_to_datetime(request.headers["if-modified-since"])
        return parsedate_to_datetime(headers["Last-Modified"]) <= since
    except (KeyError, ValueError, TypeError):
        return False


def see_other(site: Site, path: str, links: Iterable[str]) -> Response:
    """From a thing to a document about it (303), for this client's Accept header."""
    headers = {"Link": ", ".join(links), "Vary": "Accept", "Cache-Control": _CACHE}
    return RedirectResponse(site.root + quote(path, SAFE), 303, headers)


def form_links(request: Request, path: str, relation: str, forms: Sequence[Form] = FORMS) -> list[str]:
    """A link to each form of what is at a path."""
    address = public_url(request, quote(path, SAFE))
    return [f'<{address}.{form.suffix}>; rel="{relation}"; type="{form.media}"' for form in forms]
