"""`/id/…`: from a thing to documents about it, and those documents."""

from __future__ import annotations

from urllib.parse import quote

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from cfm_kg.description import Description, Labels, describe, nearest
from cfm_kg.description.labels import MERGED, short
from cfm_kg.model import Literal
from cfm_kg.quads import Triple, quads
from cfm_kg.serve.addresses import public_url
from cfm_kg.serve.linked.dataset import DATASET, licence
from cfm_kg.serve.linked.forms import Form, of_suffix, split, wanted
from cfm_kg.serve.linked.pages import page
from cfm_kg.serve.linked.schema_org import json_ld
from cfm_kg.serve.linked.site import SAFE, Site, document, form_links, see_other
from cfm_kg.serve.refusal import HttpError
from cfm_kg.store import Snapshot
from cfm_kg.vocab import DCTERMS, RDF_TYPE, RDFS

_FOAF = "http://xmlns.com/foaf/0.1/"
_CUT = Literal("More leads to the thing than stands here; the SPARQL endpoint tells all.", language="en")
_IN_DATASET = "http://rdfs.org/ns/void#inDataset"


class MissingError(HttpError):
    """The store says nothing of a thing; these are named nearly so."""

    def __init__(self, snapshot: Snapshot, iri: str) -> None:
        self.near = nearest(snapshot.store, iri)
        near = ", ".join(f"/id/{short(one)}" for one in self.near)
        remedy = f"did you mean {near}" if near else "look for it by name in a query, or in /sitemap.xml"
        super().__init__(404, "there is no such thing here", where=iri, remedy=remedy)


def thing(site: Site, request: Request) -> Response:
    """A thing is no document: 303 to the one that fits Accept. With a suffix, the document itself."""
    path, suffix = split("id/" + request.path_params["path"])
    iri = _known(site, request, path)
    path = iri.removeprefix(site.settings.base)
    if not suffix:
        links = form_links(request, path, "describedby")
        return see_other(site, f"{path}.{wanted(request).suffix}", links)
    links = [
        f'<{quote(iri, SAFE)}>; rel="describes"',
        f'<{public_url(request, quote(path, SAFE))}.{suffix}>; rel="canonical"',
        *form_links(request, path, "alternate"),
    ]
    form = of_suffix(suffix, path)
    return document(site, request, form, lambda state, labels: _made(site, iri, form, state, labels), links)


def _known(site: Site, request: Request, path: str) -> str:
    """The IRI at a path. Raises MissingError where the store says nothing of it.

    A name that is itself percent-encoded is found as well.
    """
    snapshot, _ = site.present()
    raw = split(request.scope.get("raw_path", b"").decode("ascii", "replace").partition("?")[0].lstrip("/"))[
        0
    ]
    for iri in dict.fromkeys((site.settings.base + path, site.settings.base + raw)):
        if is_said(snapshot, iri):
            return iri
    raise MissingError(snapshot, site.settings.base + path)


def is_said(snapshot: Snapshot, iri: str) -> bool:
    """Whether a store says anything of a thing in what is not one article's own."""
    try:
        name = ox.NamedNode(iri)
    except ValueError:
        return False
    return any(
        next(snapshot.store.quads_for_pattern(subject, None, value, graph), None) is not None
        for subject, value in ((name, None), (None, name))
        for graph in MERGED
    )


def _made(site: Site, iri: str, form: Form, snapshot: Snapshot, labels: Labels) -> bytes:
    found = describe(snapshot.store, iri, labels)
    if found is None:  # gone since it was looked for
        raise MissingError(snapshot, iri)
    if form.write is None:
        own = next((site.pages[kind] for kind in found.classes if kind in site.pages), None)
        if own is not None:
            return own(found, json_ld(found, labels), short(iri))
        return page(site, "thing.html", thing=found, json_ld=json_ld(found, labels), path=short(iri))
    told = [*found.quads, *_about(iri, form, found)]
    if form.graphs:
        # What an article says is a graph of its name.
        told += snapshot.store.quads_for_pattern(None, None, None, ox.NamedNode(iri))
    else:
        told = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in told]
    return form.write(told)


def _about(iri: str, form: Form, found: Description) -> list[ox.Quad]:
    """The document itself: what it is about, of which dataset and under which licence."""
    name = f"{iri}.{form.suffix}"
    told: list[Triple] = [
        (name, RDF_TYPE, _FOAF + "Document"),
        (name, _FOAF + "primaryTopic", iri),
        (name, DCTERMS("license"), licence()),
        (name, _IN_DATASET, DATASET),
    ]
    if found.cut:
        told.append((name, RDFS("comment"), _CUT))
    return quads(told)
