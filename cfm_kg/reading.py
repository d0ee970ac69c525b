"""One article from source to claims: the stages in their order."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from cfm_kg.annotate import annotate
from cfm_kg.clean import UNDETERMINED, clean
from cfm_kg.compiled import compiled
from cfm_kg.errors import CfmError
from cfm_kg.extract import extract
from cfm_kg.model import Reading, Source
from cfm_kg.packs.language import Compiled, Language, compile_pack, load_pack
from cfm_kg.packs.lexicon import Entry
from cfm_kg.registry import Entries, Registry, read_entries, wordings
from cfm_kg.resolve import resolve
from cfm_kg.resources import languages_dir, ontology_dir, registry_dir


@cache
def shipped_registry() -> Registry:
    """The registry that comes with the tool."""
    files = [*registry_dir().glob("*.ttl"), ontology_dir() / "concepts.ttl"]
    with _collecting_nothing():
        return Registry(*compiled("registry", Entries, lambda: read_entries(files)))


@cache
def language(name: str) -> Language:
    """A language made ready to read with the shipped registry. Raises CfmError for an unknown one."""
    with _collecting_nothing():
        return Language(compiled(f"language-{name}", Compiled, lambda: _compile(name)))


def _compile(name: str) -> Compiled:
    names = [Entry(*wording) for wording in wordings(shipped_registry(), name)]
    return compile_pack(
        load_pack(name),
        [entry for entry in names if entry.kind != "TOPIC"],
        [entry for entry in names if entry.kind == "TOPIC"],
    )


@cache
def _spoken() -> tuple[str, ...]:
    """The languages that have a pack."""
    return tuple(sorted(path.stem for path in languages_dir().glob("*.yaml")))


@contextmanager
def _collecting_nothing() -> Iterator[None]:
    """No search for garbage while what is made stays, or refers nowhere back: there is none to be found."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def read(source: Source) -> Reading:
    """What one article says. Raises CfmError where its language has no pack or it holds no text."""
    with _collecting_nothing():
        return _read(source)


def _read(source: Source) -> Reading:
    registry = shipped_registry()
    document = clean(source)
    if document.language not in _spoken():
        raise CfmError(
            "there is no language pack for this text",
            where=source.name,
            why="its words tell no language"
            if document.language == UNDETERMINED
            else f"it is {document.language}",
            remedy=f"give an article in one of {', '.join(_spoken())}",
        )
    speech = language(document.language)
    annotated = annotate(document, speech, registry)
    return resolve(annotated, extract(annotated, speech, registry), registry)
