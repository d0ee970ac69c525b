"""Linked data: every thing, term and graph answers at its own address, as a page and as data."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from cfm_kg.serve.linked import dataset, dumps, graphs, sitemap, terms, things
from cfm_kg.serve.linked.site import site_of
from cfm_kg.serve.settings import Settings

__all__ = ["routes"]
_STATIC = Path(__file__).parent.parent / "static"


def routes(settings: Settings) -> list[BaseRoute]:
    """The routes of this group."""
    site = site_of(settings)
    endpoints = {
        "/id/{path:path}": things.thing,
        "/graph/{path:path}": graphs.graph,
        "/ontology": terms.ontology,
        "/ontology.{suffix}": terms.ontology,
        "/ontology/{path:path}": terms.part_of_ontology,
        "/shapes": terms.shapes,
        "/shapes.{suffix}": terms.shapes,
        "/shapes/{name}": terms.shape_file,
        "/.well-known/void": dataset.described,
        "/.well-known/void.{suffix}": dataset.described,
        "/dumps/{name}": dumps.dump,
        "/sitemap.xml": sitemap.first,
        "/sitemap-{number:int}.xml": sitemap.page,
        "/robots.txt": sitemap.robots,
    }
    found: list[BaseRoute] = [
        Route(path, partial(endpoint, site), methods=["GET"]) for path, endpoint in endpoints.items()
    ]
    return [*found, Mount("/static", StaticFiles(directory=_STATIC), name="static")]
