"""What results depend on besides the articles: this program's code and the data that comes with it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path

import pyoxigraph
import rdflib

import cfm_kg
from cfm_kg.resources import data_dir
from cfm_kg.vocab import BASE

_BYTES = 16
_BESIDE = {"articles", "decisions", "evaluation"}
"""Folders of seeds that no result depends on, or that are looked at one by one."""


@cache
def environment() -> bytes:
    """A hash of code, registry, packs, shapes, ontology, their base IRI and the libraries' versions."""
    found = blake2b(digest_size=_BYTES)
    for told in (BASE, sys.version, pyoxigraph.__version__, rdflib.__version__):
        found.update(told.encode() + b"\0")
    for path in _files():
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.digest()


def _files() -> Iterable[Path]:
    yield from sorted(Path(cfm_kg.__file__).parent.rglob("*.py"))
    for name in ("ontology", "shapes"):
        yield from sorted(data_dir(name).glob("*"))
    for path in sorted(data_dir("seeds").rglob("*")):
        if path.is_file() and not _BESIDE & set(path.parts):
            yield path
