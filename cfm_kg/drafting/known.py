"""What can be named in an answer: things of the registry and of a store, and terms of the ontology."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice

import pyoxigraph as ox

from cfm_kg.reading import shipped_registry
from cfm_kg.registry import Registry
from cfm_kg.resources import ontology_dir
from cfm_kg.vocab import (
    BASE,
    CFM,
    DCTERMS_TITLE,
    RDF_TYPE,
    RDFS,
    RDFS_LABEL,
    SKOS_ALT_LABEL,
    local,
    shipped_triples,
)

_MOST = 5000
"""Things of one class in a store that are offered for completion."""
_LABELS = tuple(map(ox.NamedNode, (RDFS_LABEL, DCTERMS_TITLE, SKOS_ALT_LABEL)))
_TYPE = ox.NamedNode(RDF_TYPE)


@dataclass(frozen=True, slots=True)
class Known:
    """A thing with its label and all its names."""

    iri: str
    label: str
    names: tuple[str, ...]

    @property
    def path(self) -> str:
        """Its name below its kind: `tj`, `csto-cfm/2021-05-19`."""
        return self.iri.removeprefix(BASE + "id/").partition("/")[2]


class Catalogue:
    """All that answers may name."""

    def __init__(self, store: ox.Store | None = None) -> None:
        self.store = store
        self._things: dict[str, dict[str, Known]] = {}

    @cached_property
    def registry(self) -> Registry:
        """The shipped registry."""
        return shipped_registry()

    def things(self, kind: str) -> Mapping[str, Known]:
        """The things of a class (its local name) by IRI: the registry's, then the store's."""
        if kind not in self._things:
            found = {known.iri: known for known in self._stored(kind)}
            self._things[kind] = {known.iri: known for known in self._registered(kind)} | {
                iri: known for iri, known in found.items() if iri not in self._registry_iris(kind)
            }
        return self._things[kind]

    def _registry_iris(self, kind: str) -> frozenset[str]:
        return frozenset(known.iri for known in self._registered(kind))

    def _registered(self, kind: str) -> Iterator[Known]:
        registry = self.registry
        if kind == "Post":
            yield from (Known(post.iri, post.label, (post.label,)) for post in registry.posts.values())
            return
        of_kind = {
            "Body": registry.bodies,
            "Country": registry.countries,
            "Organization": registry.organizations,
            "Person": registry.people,
            "Place": registry.places,
            "Role": {i: c for i, c in registry.concepts.items() if c.kind == "ROLE"},
            "Topic": {i: c for i, c in registry.concepts.items() if c.kind == "TOPIC"},
        }
        for thing in of_kind.get(kind, {}).values():
            names = [name.text for name in thing.names]
            names += [acronym.text for acronym in getattr(thing, "acronyms", ())]
            names += [code for code in (getattr(thing, "code", None),) if code]
            yield Known(thing.iri, thing.label, tuple(dict.fromkeys(names)))

    def _stored(self, kind: str) -> Iterator[Known]:
        if self.store is None:
            return
        quads = self.store.quads_for_pattern(None, _TYPE, ox.NamedNode(CFM(kind)), ox.DefaultGraph())
        for quad in islice(quads, _MOST):
            if isinstance(quad.subject, ox.NamedNode):
                names = tuple(dict.fromkeys(self.names(quad.subject)))
                path = quad.subject.value.removeprefix(BASE + "id/").partition("/")[2]
                yield Known(quad.subject.value, names[0] if names else path, names)

    def names(self, thing: ox.NamedNode) -> Iterator[str]:
        """The labels and titles that the store has of a thing, English ones first."""
        if self.store is None:
            return
        for predicate in _LABELS:
            quads = self.store.quads_for_pattern(thing, predicate, None, ox.DefaultGraph())
            texts = [quad.object for quad in quads if isinstance(quad.object, ox.Literal)]
            yield from (t.value for t in sorted(texts, key=lambda t: (t.language != "en", t.value)))

    def exists(self, iri: str) -> bool:
        """Whether the store or the registry describes a thing."""
        node = ox.NamedNode(iri)
        if self.store is not None and any(self.store.quads_for_pattern(node, None, None, None)):
            return True
        registry = self.registry
        every = (registry.bodies, registry.countries, registry.organizations, registry.people)
        return any(iri in things for things in (*every, registry.places, registry.posts, registry.concepts))


@cache
def terms(of: str) -> Mapping[str, str]:
    """The ontology's terms of a class, or the properties below a property: local name → IRI."""
    upper, found = CFM(of), dict[str, str]()
    for path in sorted(ontology_dir().glob("c*.ttl")):
        for triple in shipped_triples(path):
            linked = triple.predicate.value in (RDF_TYPE, RDFS("subPropertyOf"))
            if linked and triple.object == ox.NamedNode(upper) and isinstance(triple.subject, ox.NamedNode):
                found[local(triple.subject.value)] = triple.subject.value
    return found


@cache
def comments() -> Mapping[str, str]:
    """What the ontology says of its classes, properties and terms, by IRI."""
    return {
        triple.subject.value: triple.object.value
        for path in sorted(ontology_dir().glob("c*.ttl"))
        for triple in shipped_triples(path)
        if triple.predicate.value == RDFS("comment")
        and isinstance(triple.subject, ox.NamedNode)
        and isinstance(triple.object, ox.Literal)
    }
