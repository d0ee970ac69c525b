"""The context of JSON-LD entries: the shipped one where a file names none, and what names stand for in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from urllib.parse import urljoin

import pyoxigraph as ox

from cfm_kg.entries.json_text import Part
from cfm_kg.store.jsonld import context
from cfm_kg.store.terms import ID_BASE

_OURS = "context.jsonld"


def parsed(document: Part) -> list[ox.Quad]:
    """The quads of a document. Raises SyntaxError, without a place, where it breaks rules of JSON-LD."""
    text = json.dumps(_with_context(document.plain))
    try:
        return list(ox.parse(text, format=ox.RdfFormat.JSON_LD, base_iri=ID_BASE))
    except SyntaxError as error:
        raise SyntaxError(error.msg) from error


def _with_context(document: object) -> object:
    """A document with the shipped context: in place of its file's name, or where there is none."""
    if isinstance(document, list):
        return {"@context": context(), "@graph": document}
    if not isinstance(document, dict):
        return document
    given = document.get("@context", _OURS)
    contexts = [
        context() if _is_ours(one) else one for one in (given if isinstance(given, list) else [given])
    ]
    return document | {"@context": contexts}


def own_context(document: object) -> object:
    """What holds outside of all objects: the shipped context, where none is given."""
    return _OURS if isinstance(document, list) or "@context" not in _keys(document) else {}


def _keys(document: object) -> Iterable[str]:
    return document if isinstance(document, dict) else ()


def _is_ours(given: object) -> bool:
    return isinstance(given, str) and given.endswith(_OURS)


class Context:
    """What keys and values stand for, as far as places need it: terms, prefixes, vocabulary and base."""

    def __init__(
        self, base: str, terms: Mapping[str, object] | None = None, vocab: str | None = None
    ) -> None:
        self._base, self._vocab = base, vocab
        self._terms: Mapping[str, object] = terms or {}

    def extended(self, given: object) -> Context:
        """This context with another on top of it."""
        found = self
        for one in given if isinstance(given, list) else [given]:
            if one is None:
                found = Context(found._base, {})
            said = context() if _is_ours(one) else one
            if isinstance(said, Mapping):
                base = urljoin(found._base, str(said.get("@base") or ""))
                vocab = said.get("@vocab", found._vocab)
                terms = {**found._terms, **{k: v for k, v in said.items() if k[:1] != "@"}}
                found = Context(base, terms, None if vocab is None else str(vocab))
        return found

    @property
    def prefixes(self) -> dict[str, str]:
        """Short names of namespaces."""
        return {k: v for k, v in self._terms.items() if isinstance(v, str) and v[-1:] in ("#", "/")}

    def key(self, text: str) -> str | None:
        """What a key or a class stands for: an IRI or a keyword; None where it is not known."""
        if text in self._terms:
            said = self._terms[text]
            if said is None:
                return None
            name = said.get("@id", text) if isinstance(said, Mapping) else said
            if isinstance(name, str) and name != text:
                return self.key(name)
        if text.startswith("@") or ":" in text:
            return self.iri(text)
        return None if self._vocab is None else self._vocab + text

    def iri(self, text: str) -> str:
        """What a name stands for."""
        prefix, colon, rest = text.partition(":")
        space = self._terms.get(prefix) if colon and not rest.startswith("//") else None
        space = space.get("@id") if isinstance(space, Mapping) else space
        if isinstance(space, str):
            return (self.key(space) or space) + rest
        return text if colon or text.startswith("@") else urljoin(self._base, text)

    def is_map(self, key: str) -> bool:
        """Whether a term's value maps languages or indexes to its values."""
        said = self._terms.get(key)
        container = said.get("@container") if isinstance(said, Mapping) else None
        return bool({"@language", "@index", "@id", "@type"}.intersection(_list(container)))

    def knows(self, text: str) -> bool:
        """Whether a key has a meaning, be it that it is to be left out."""
        return text in self._terms or self.key(text) is not None

    @property
    def keys(self) -> list[str]:
        """The terms."""
        return list(self._terms)


def _list(given: object) -> list[str]:
    return [str(one) for one in given] if isinstance(given, list) else [str(given)]
