"""`/ontology` and `/shapes`: the vocabulary and the rules, as data and as pages with an entry a term."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from cfm_kg.resources import ontology_dir, shapes_dir
from cfm_kg.serve.linked.entries import grouped, triples_of
from cfm_kg.serve.linked.forms import HTML, Form, of_suffix, split, wanted
from cfm_kg.serve.linked.pages import page
from cfm_kg.serve.linked.site import Site, document, form_links, see_other
from cfm_kg.serve.refusal import HttpError
from cfm_kg.vocab import BASE, prefixes, shipped_text


def ontology(site: Site, request: Request) -> Response:
    """The whole vocabulary in one document, so that each term's fragment finds its entry."""
    return _vocabulary(site, request, "ontology", "Ontology", _ontology_files())


def part_of_ontology(site: Site, request: Request) -> Response:
    """Versions and declarations of prefixes are told of in the one document (303)."""
    path = "ontology/" + request.path_params["path"]
    named = (term for triple in triples_of(_ontology_files()) for term in (triple.subject, triple.object))
    if ox.NamedNode(BASE + quote(path)) not in named:
        raise HttpError(404, "the ontology has no such part", where=BASE + path, remedy="see /ontology")
    return see_other(site, "ontology", form_links(request, "ontology", "describedby"))


def shapes(site: Site, request: Request) -> Response:
    """All shapes in one document."""
    files = _shape_files()
    return _vocabulary(site, request, "shapes", "Shapes", tuple(files.values()), parts=tuple(files))


def shape_file(site: Site, request: Request) -> Response:
    """The shapes of one file."""
    name, _ = split(request.path_params["name"])
    if name not in _shape_files():
        known = ", ".join(_shape_files())
        raise HttpError(404, "there is no such file of shapes", where=request.url.path, remedy=f"see {known}")
    return _vocabulary(site, request, f"shapes/{name}", f"Shapes: {name}", (_shape_files()[name],))


def _ontology_files() -> tuple[Path, ...]:
    return tuple(ontology_dir() / f"{name}.ttl" for name in ("cfm", "concepts", "alignment", "prefixes"))


@cache
def _shape_files() -> Mapping[str, Path]:
    return MappingProxyType({path.stem: path for path in sorted(shapes_dir().glob("*.ttl"))})


def _vocabulary(
    site: Site, request: Request, path: str, title: str, files: Sequence[Path], parts: Sequence[str] = ()
) -> Response:
    """Turtle is the files as they were written; other forms hold the same triples."""
    form, negotiated = _form(request)

    def make(_: object, __: object) -> bytes:
        if form is HTML:
            groups = grouped(triples_of(files))
            return page(site, "terms.html", title=title, path=path, groups=groups, parts=parts)
        if form.suffix == "ttl":
            return "\n".join(map(shipped_text, files)).encode()
        return _written(triples_of(files), form)

    links = form_links(request, path, "alternate")
    return document(site, request, form, make, links, negotiated=negotiated)


def _form(request: Request) -> tuple[Form, bool]:
    """The form, and whether Accept decided it."""
    suffix = split(request.url.path)[1] or request.path_params.get("suffix", "")
    return (of_suffix(suffix, request.url.path), False) if suffix else (wanted(request), True)


def _written(triples: Iterable[ox.Triple], form: Form) -> bytes:
    known = prefixes() if form.suffix in ("trig", "rdf") else {}
    used = {name: space for name, space in known.items() if space.endswith(("#", "/"))}
    return ox.serialize(triples, format=_WRITERS[form.suffix], prefixes=used) or b""


_WRITERS = {
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
}
