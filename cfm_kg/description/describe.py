"""The description of a thing: bounded look-ups in the store's indexes, never a scan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

import pyoxigraph as ox

from cfm_kg.description.labels import MERGED, NAMING, Labels
from cfm_kg.description.model import Description, Fact, Link, Source
from cfm_kg.model import Literal, Node
from cfm_kg.quads import node
from cfm_kg.vocab import (
    CFM,
    DCTERMS,
    DCTERMS_TITLE,
    OA,
    OWL_SAME_AS,
    PROVENANCE_GRAPH,
    RDF,
    RDF_TYPE,
)

LIMIT = 200
"""At most so many facts of others that lead to a thing, and so many claims, are part of its description."""
_PROVENANCE = ox.NamedNode(PROVENANCE_GRAPH)
_SUBJECT, _OBJECT = ox.NamedNode(RDF("subject")), ox.NamedNode(RDF("object"))
_STATEMENT_PARTS = frozenset({RDF("subject"), RDF("predicate"), RDF("object")})
_LABELS = frozenset({RDF_TYPE, *NAMING})

Said = Mapping[tuple[str, str, Node], tuple[Source, ...]]
"""The sources of each fact: subject, property, value."""


def describe(
    store: ox.Store, iri: str, labels: Labels | None = None, limit: int = LIMIT
) -> Description | None:
    """What the store says of a thing; None where it says nothing. Raises ValueError for no IRI."""
    name, labels = ox.NamedNode(iri), labels or Labels(store)
    own = [quad for graph in MERGED for quad in store.quads_for_pattern(name, None, None, graph)]
    leading = list(islice(_leading(store, name), limit + 1))
    if not own and not leading:
        return None
    claims = list(islice(_claims(store, name), limit + 1))
    cut = len(leading) > limit or len(claims) > limit
    leading, claims = leading[:limit], claims[:limit]
    quads = [*own, *leading, *_provenance(store, claims)]
    said = _said(store, name, claims)
    return Description(
        iri,
        labels(iri),
        tuple(sorted({str(node(q.object)) for q in own if q.predicate.value == RDF_TYPE})),
        tuple(_facts(iri, own, said, labels)),
        tuple(_links(iri, leading, said, labels)),
        cut,
        tuple(sorted({*quads, *_neighbours(store, [*own, *leading])}, key=str)),
    )


def _leading(store: ox.Store, name: ox.NamedNode) -> Iterator[ox.Quad]:
    """Facts of other things with this value. What a claim is about is no fact of the claim."""
    for graph in MERGED:
        for quad in store.quads_for_pattern(None, None, name, graph):
            if quad.predicate.value not in _STATEMENT_PARTS:
                yield quad


def _claims(store: ox.Store, name: ox.NamedNode) -> Iterator[ox.NamedNode]:
    """The claims about a thing under any of its names, then those with it as their value."""
    same = store.quads_for_pattern(None, ox.NamedNode(OWL_SAME_AS), name, _PROVENANCE)
    names = [name, *sorted((q.subject for q in same if isinstance(q.subject, ox.NamedNode)), key=str)]
    seen = set[str]()
    for part in (_SUBJECT, _OBJECT):
        for one in names:
            for quad in store.quads_for_pattern(None, part, one, _PROVENANCE):
                if isinstance(quad.subject, ox.NamedNode) and quad.subject.value not in seen:
                    seen.add(quad.subject.value)
                    yield quad.subject


def _provenance(store: ox.Store, claims: Iterable[ox.NamedNode]) -> Iterator[ox.Quad]:
    """All that is said of the claims and their articles."""
    articles = set[str]()
    for claim in claims:
        for quad in store.quads_for_pattern(claim, None, None, _PROVENANCE):
            yield quad
            if quad.predicate.value == CFM("article") and isinstance(quad.object, ox.NamedNode):
                articles.add(quad.object.value)
    for article in sorted(articles):
        yield from store.quads_for_pattern(ox.NamedNode(article), None, None, _PROVENANCE)


def _neighbours(store: ox.Store, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Labels and classes of the things that statements name."""
    names = {term.value for q in quads for term in (q.subject, q.object) if isinstance(term, ox.NamedNode)}
    for name in sorted(names):
        for graph in MERGED:
            for predicate in sorted(_LABELS):
                yield from store.quads_for_pattern(ox.NamedNode(name), ox.NamedNode(predicate), None, graph)


def _said(store: ox.Store, name: ox.NamedNode, claims: Iterable[ox.NamedNode]) -> Said:
    """Who says each fact; what articles name differently counts under the merged name."""
    found: dict[tuple[str, str, Node], list[Source]] = defaultdict(list)
    articles: dict[str, Mapping[str, str]] = {}
    for claim in claims:
        about = _values(store, claim)
        article = str(about[CFM("article")])
        if article not in articles:
            articles[article] = _texts(_values(store, ox.NamedNode(article)))
        key = _merged(store, about[RDF("subject")]), str(about[RDF("predicate")]), about[RDF("object")]
        found[str(key[0]), key[1], _merged(store, key[2])].append(
            _source(claim.value, _texts(about), articles[article], article)
        )
    order = {
        key: sorted(sources, key=lambda s: (s.issued, s.article, s.start, s.claim))
        for key, sources in found.items()
    }
    return {key: tuple(sources) for key, sources in order.items()}


def _values(store: ox.Store, name: ox.NamedNode) -> defaultdict[str, Node]:
    found: defaultdict[str, Node] = defaultdict(str)
    for quad in sorted(store.quads_for_pattern(name, None, None, _PROVENANCE), key=str, reverse=True):
        found[quad.predicate.value] = node(quad.object)
    return found


def _texts(values: Mapping[str, Node]) -> Mapping[str, str]:
    texts = {name: value if isinstance(value, str) else value.value for name, value in values.items()}
    return defaultdict(str, texts)


def _merged(store: ox.Store, value: Node) -> Node:
    if isinstance(value, Literal):
        return value
    same = store.quads_for_pattern(ox.NamedNode(value), ox.NamedNode(OWL_SAME_AS), None, _PROVENANCE)
    return next((q.object.value for q in same if isinstance(q.object, ox.NamedNode)), value)


def _source(claim: str, said: Mapping[str, str], article: Mapping[str, str], iri: str) -> Source:
    return Source(
        claim=claim,
        quote=said[OA("exact")],
        start=int(said[OA("start")] or 0),
        end=int(said[OA("end")] or 0),
        rule=said[CFM("rule")],
        confidence=said[CFM("confidence")],
        article=iri,
        file=article[CFM("sourceFile")],
        title=article[DCTERMS_TITLE],
        publisher=article[DCTERMS("publisher")],
        issued=article[DCTERMS("issued")],
        url=article[DCTERMS("source")],
    )


def _facts(iri: str, own: Iterable[ox.Quad], said: Said, labels: Labels) -> Iterator[Fact]:
    pairs = {(quad.predicate.value, node(quad.object)) for quad in own if quad.predicate.value != RDF_TYPE}
    for name, value in sorted(pairs, key=lambda pair: (pair[0], isinstance(pair[1], Literal), str(pair[1]))):
        label = labels(value) if isinstance(value, str) else ""
        yield Fact(name, value, label, said.get((iri, name, value), ()))


def _links(iri: str, leading: Iterable[ox.Quad], said: Said, labels: Labels) -> Iterator[Link]:
    pairs = {(quad.predicate.value, str(node(quad.subject))) for quad in leading}
    for name, subject in sorted(pairs):
        yield Link(subject, labels(subject), name, said.get((subject, name, iri), ()))
