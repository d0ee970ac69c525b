"""`/sitemap.xml` and `/robots.txt`: every thing's page, for search engines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from cfm_kg.description.labels import MERGED
from cfm_kg.serve.addresses import public_url
from cfm_kg.serve.linked.site import Site, unchanged, validators
from cfm_kg.serve.refusal import HttpError
from cfm_kg.store import Snapshot
from cfm_kg.vocab import BASE, CFM, RDF_TYPE

MOST = 50_000
"""At most so many addresses may stand in one file (sitemaps.org)."""
_LISTED = tuple(
    map(CFM, ("Meeting", "Document", "Person", "Country", "Organization", "Body", "Place", "Post"))
) + tuple(map(CFM, ("Chairmanship", "Article", "Topic", "Role")))
"""What a reader may look for. Claims, seats and tenures are told of on the pages of these."""
_NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


async def first(site: Site, request: Request) -> Response:
    """All pages, or, where they are too many for one file, a list of files."""
    snapshot, _ = site.present()
    things = await _things(site)
    if len(things) <= MOST:
        return _response(site, request, snapshot, _urls(site, request, snapshot, things))
    files = range(1, -(-len(things) // MOST) + 1)
    address, modified = public_url(request), _date(snapshot)
    rows = (
        f"<sitemap><loc>{escape(address)}sitemap-{n}.xml</loc><lastmod>{modified}</lastmod></sitemap>"
        for n in files
    )
    body = _HEAD + f"<sitemapindex {_NS}>\n" + "\n".join(rows) + "\n</sitemapindex>\n"
    return _response(site, request, snapshot, body)


async def page(site: Site, request: Request) -> Response:
    """One of several files."""
    snapshot, _ = site.present()
    start = (request.path_params["number"] - 1) * MOST
    things = (await _things(site))[start : start + MOST] if start >= 0 else ()
    if not things:
        raise HttpError(
            404, "the sitemap has no such page", where=request.url.path, remedy="see /sitemap.xml"
        )
    return _response(site, request, snapshot, _urls(site, request, snapshot, things))


def robots(site: Site, request: Request) -> Response:
    """Pages may be read by all; queries are not for crawlers."""
    rules = "User-agent: *\nDisallow: /sparql\nDisallow: /queries/\nDisallow: /dumps/\n"
    text = f"{rules}\nSitemap: {public_url(request)}sitemap.xml\n"
    return Response(text, media_type="text/plain", headers={"Cache-Control": "public, max-age=86400"})


async def _things(site: Site) -> Sequence[str]:
    return await site.kept("sitemap", lambda snapshot: tuple(sorted(_found(snapshot.store))))


def _found(store: ox.Store) -> set[str]:
    kind = ox.NamedNode(RDF_TYPE)
    return {
        quad.subject.value
        for graph in MERGED
        for name in _LISTED
        for quad in store.quads_for_pattern(None, kind, ox.NamedNode(name), graph)
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(BASE + "id/")
    }


def _urls(site: Site, request: Request, snapshot: Snapshot, things: Sequence[str]) -> str:
    address, modified = public_url(request), _date(snapshot)
    rows = (
        f"<url><loc>{escape(address + iri.removeprefix(site.settings.base))}.html</loc>"
        f"<lastmod>{modified}</lastmod></url>"
        for iri in things
    )
    return _HEAD + f"<urlset {_NS}>\n" + "\n".join(rows) + "\n</urlset>\n"


def _date(snapshot: Snapshot) -> str:
    return datetime.fromtimestamp(snapshot.modified, UTC).strftime("%Y-%m-%d")


def _response(site: Site, request: Request, snapshot: Snapshot, body: str) -> Response:
    headers = validators(site, request, snapshot, "xml")
    if unchanged(request, headers):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/xml")
