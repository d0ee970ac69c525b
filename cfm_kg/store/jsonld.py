"""JSON-LD with the shipped context: keys and values sorted, readable without knowing RDF."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.model import Node
from cfm_kg.resources import ontology_dir
from cfm_kg.store.turtle import Description, Value, by_graph, descriptions
from cfm_kg.vocab import RDF_TYPE, shipped_text

Json = dict[str, Any]


@cache
def context() -> Mapping[str, Any]:
    """The shipped context. Raises CfmError where it is not JSON."""
    path = ontology_dir() / "context.jsonld"
    try:
        return dict(json.loads(shipped_text(path))["@context"])
    except (ValueError, KeyError) as error:
        raise CfmError("the JSON-LD context is broken", where=str(path), why=str(error)) from error


class _Compactor:
    """Writes IRIs and values as the context reads them back."""

    def __init__(self, terms: Mapping[str, Any]) -> None:
        self._prefixes = {
            name: value
            for name, value in terms.items()
            if isinstance(value, str) and value[-1:] in "#/" and not name.startswith("@")
        }
        self._longest = sorted(self._prefixes.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        self._term: dict[str, str] = {}
        self._definition: dict[str, Json] = {}
        for name, value in terms.items():
            definition = value if isinstance(value, dict) else {"@id": value}
            target = definition.get("@id")
            if (
                name.startswith("@")
                or not isinstance(target, str)
                or name in self._prefixes
                or target[0] == "@"
            ):
                continue
            self._term[self._expanded(target)] = name
            self._definition[name] = definition

    def _expanded(self, compact: str) -> str:
        prefix, _, rest = compact.partition(":")
        return self._prefixes[prefix] + rest if prefix in self._prefixes else compact

    def iri(self, iri: str) -> str:
        """An IRI as a value of `id`: prefixed or in full."""
        for prefix, namespace in self._longest:
            rest = iri[len(namespace) :]
            if iri.startswith(namespace) and rest and not rest.startswith("//"):
                return f"{prefix}:{rest}"
        return iri

    def key(self, iri: str) -> str:
        """A property or class: the context's term, else prefixed."""
        return self._term.get(iri) or self.iri(iri)

    def value(self, key: str, plain: Node) -> Any:
        """A value of the property `key`, short where the context says how to read it."""
        kind = self._definition.get(key, {}).get("@type")
        if isinstance(plain, str):
            if kind == "@vocab":
                return self.key(plain)
            return self.iri(plain) if kind == "@id" else {"id": self.iri(plain)}
        if plain.language:
            return {"@language": plain.language, "@value": plain.value}
        if plain.datatype is None:
            return plain.value if kind is None else {"@value": plain.value}
        if isinstance(kind, str) and self._expanded(kind) == plain.datatype:
            return plain.value
        return {"@type": self.iri(plain.datatype), "@value": plain.value}

    def thing(self, iri: str, description: Description) -> Json:
        """A thing with all its properties, `id` and `type` first."""
        result: Json = {"id": self.iri(iri)}
        for predicate, objects in description.items():
            if predicate == RDF_TYPE:
                result["type"] = [self.key(str(value)) for value in objects]
                continue
            key = self.key(predicate)
            values = [self.value(key, _plain(value)) for value in objects]
            many = self._definition.get(key, {}).get("@container") == "@set"
            result[key] = values if many or len(values) > 1 else values[0]
        return result


def _plain(value: Value) -> Node:
    if isinstance(value, ox.Triple):
        raise TypeError("JSON-LD has no triple terms")
    return value


def write_jsonld(quads: Iterable[ox.Quad]) -> bytes:
    """All quads; each named graph is one object with its own `@graph`. Raises TypeError for a blank node."""
    compactor, graph = _Compactor(context()), list[Json]()
    for name, members in by_graph(quads):
        things = [compactor.thing(*described) for described in descriptions(members)]
        graph += things if name is None else [{"id": compactor.iri(name), "@graph": things}]
    document = {"@context": context(), "@graph": graph}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
