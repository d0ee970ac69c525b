"""`/graph/…`: a graph at its own name (direct identification in the Graph Store Protocol), or its page."""

from __future__ import annotations

from itertools import islice

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from cfm_kg.serve.answers import AnswerResponse
from cfm_kg.serve.linked.forms import FORMS, HTML, of_suffix, split, wanted
from cfm_kg.serve.linked.pages import page
from cfm_kg.serve.linked.site import Site, document, form_links, unchanged, validators
from cfm_kg.serve.readers.question import GRAPHS, Graph
from cfm_kg.serve.refusal import HttpError
from cfm_kg.store import Snapshot

_FORMS = tuple(form for form in FORMS if form is HTML or form.media in GRAPHS)
_COUNTED = 100_000
"""Up to so many statements of a graph are counted for its page."""


def graph(site: Site, request: Request) -> Response:
    """A graph is a document: it answers itself, in the form that is asked for."""
    path, suffix = split("graph/" + request.path_params["path"])
    form = of_suffix(suffix, request.url.path, _FORMS) if suffix else wanted(request, _FORMS)
    snapshot, _ = site.present()
    name = _named(snapshot.store, site.settings.base + path)
    links = form_links(request, path, "alternate", _FORMS)
    if form is HTML:

        def make(state: Snapshot, _: object) -> bytes:
            return _page(site, state.store, name, path)

        return document(site, request, form, make, links, negotiated=not suffix)
    headers = {**validators(site, request, snapshot, form.suffix), "Link": ", ".join(links)}
    if unchanged(request, headers):
        return Response(status_code=304, headers=headers)
    return AnswerResponse(request.app.state.readers, Graph(name.value, form.media), headers)


def _named(store: ox.Store, iri: str) -> ox.NamedNode:
    """The graph's name. Raises HttpError where the store has no graph of that name."""
    try:
        name = ox.NamedNode(iri)
    except ValueError:
        name = None
    if name is None or not store.contains_named_graph(name):
        graphs = (one.value for one in islice(store.named_graphs(), 1000) if isinstance(one, ox.NamedNode))
        known = ", ".join(sorted(one for one in graphs if "/graph/" in one))
        raise HttpError(404, "there is no such graph", where=iri, remedy=f"take one of {known}")
    return name


def _page(site: Site, store: ox.Store, name: ox.NamedNode, path: str) -> bytes:
    number = sum(1 for _ in islice(store.quads_for_pattern(None, None, None, name), _COUNTED + 1))
    return page(site, "graph.html", iri=name.value, path=path, number=number, most=_COUNTED, forms=_FORMS)
