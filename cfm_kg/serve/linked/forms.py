"""The forms in which things can be had: suffixes, media types and writers; and which one a client wants."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import pyoxigraph as ox
from starlette.requests import Request

from cfm_kg.serve.negotiation import accepted, choose
from cfm_kg.serve.refusal import HttpError
from cfm_kg.store import FORMATS


@dataclass(frozen=True, slots=True)
class Form:
    """One form. `others`: further media types by which clients ask for it."""

    suffix: str
    media: str
    name: str
    others: tuple[str, ...] = ()
    graphs: bool = False
    """Whether it can hold named graphs."""
    write: Callable[[Iterable[ox.Quad]], bytes] | None = None
    """None for pages, which templates write."""


def _form(suffix: str, media: str, others: tuple[str, ...] = (), *, of: str = "") -> Form:
    known = FORMATS[of or suffix]
    return Form(suffix, media, known.name, others, suffix in _DATASETS, known.write)


_DATASETS = frozenset({"nq", "trig"})
"""JSON-LD could hold named graphs too, but most who ask for a thing in it read the default graph alone."""
HTML = Form("html", "text/html", "HTML", ("application/xhtml+xml",))
FORMS = (
    _form("ttl", "text/turtle", ("application/x-turtle", "text/n3", "text/rdf+n3", "application/n3")),
    HTML,
    _form("jsonld", "application/ld+json", ("application/json",)),
    _form("nt", "application/n-triples", ("text/plain",)),
    _form("rdf", "application/rdf+xml", ("application/xml", "text/xml"), of="xml"),
    _form("nq", "application/n-quads", ("text/x-nquads",)),
    _form("trig", "application/trig", ("application/x-trig",)),
)
"""All forms. The first of those that a client likes equally is given: Turtle to who takes anything."""
BY_SUFFIX: Mapping[str, Form] = MappingProxyType({form.suffix: form for form in FORMS})


def wanted(request: Request, forms: Sequence[Form] = FORMS) -> Form:
    """The form that a request's Accept headers ask for. Raises HttpError 406 where none is acceptable."""
    known = {form.media: form for form in forms} | {name: form for form in forms for name in form.others}
    media = choose(accepted(request.headers), tuple(known))
    if media is None:
        raise HttpError(
            406,
            "this cannot be had in the form that was asked for",
            where=request.url.path,
            remedy="accept one of " + ", ".join(form.media for form in forms),
            headers={"Vary": "Accept"},
        )
    return known[media]


def of_suffix(suffix: str, path: str, forms: Sequence[Form] = FORMS) -> Form:
    """The form of a suffix, whatever is accepted. Raises HttpError 404 for an unknown one."""
    for form in forms:
        if form.suffix == suffix:
            return form
    known = ", ".join("." + form.suffix for form in forms)
    raise HttpError(404, f"there is no form .{suffix}", where=path, remedy=f"use one of {known}")


def split(path: str) -> tuple[str, str]:
    """A path without a form's suffix, and that suffix; empty where it has none."""
    stem, dot, suffix = path.rpartition(".")
    return (stem, suffix) if dot and suffix in BY_SUFFIX else (path, "")
