"""What results depend on besides the articles: code, its libraries, and the data that comes along."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path

from cfm_kg.resources import data_dir
from cfm_kg.vocab import BASE

_BYTES = 16
_BESIDE = {"articles", "decisions", "evaluation"}
"""Folders of seeds that no result depends on, or that are looked at one by one."""
_LIBRARIES = re.compile(
    r"(?i)(pyoxigraph|rdflib|pyshacl|msgspec|pyyaml|rapidfuzz|babel|trafilatura|lxml|lxml_html_clean"
    r"|charset_normalizer|markdown_it_py|pypdf|python_docx|warcio)-.+\.dist-info"
)
"""How installed packages are named that take part in reading, judging or writing."""


@cache
def environment() -> bytes:
    """A hash of code, registry, packs, shapes, ontology, their base IRI and the libraries' versions."""
    found = blake2b(digest_size=_BYTES)
    for told in (BASE, sys.version, *_libraries()):
        found.update(told.encode() + b"\0")
    for path in _files():
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.digest()


def _libraries() -> Iterable[str]:
    """Names and versions of libraries. To ask each for its version would mean to load it."""
    for folder in sys.path:
        try:
            found = sorted(name for name in os.listdir(folder or ".") if _LIBRARIES.fullmatch(name))
        except OSError:
            continue
        yield from found


def _files() -> Iterable[Path]:
    yield from sorted(Path(__file__).parent.rglob("*.py"))
    for name in ("ontology", "shapes"):
        yield from sorted(data_dir(name).glob("*"))
    for path in sorted(data_dir("seeds").rglob("*")):
        if path.is_file() and not _BESIDE & set(path.parts):
            yield path
