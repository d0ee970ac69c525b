"""What the registry says of the things that facts mention, so that a graph can be read by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from cfm_kg.model import Literal
from cfm_kg.quads import Triple
from cfm_kg.vocab import CFM, GEO, OWL_SAME_AS, RDF_TYPE, RDFS_LABEL, SKOS, SKOS_PREF_LABEL

_KEY_TERMS = ("isoCode", "acronym", "partOf", "memberRole", "role", "country", "organization", "gender")
_DISPLAY_LANGUAGE = "en"
_DECODER = msgspec.msgpack.Decoder(tuple[Triple, ...])


Facts = Mapping[str, bytes | msgspec.Raw]
"""Of each thing its triples as MessagePack."""


class Reference:
    """Registry facts by subject, unpacked when they are asked for. Nothing in it changes."""

    def __init__(self, packed: Facts) -> None:
        """`packed` are triples as `packed` makes them."""
        self._packed = packed
        self._known: dict[str, tuple[Triple, ...]] = {}
        self._key = frozenset(
            {RDF_TYPE, RDFS_LABEL, SKOS_PREF_LABEL, OWL_SAME_AS, SKOS("broader"), GEO("lat"), GEO("long")}
            | {CFM(name) for name in _KEY_TERMS}
        )

    @classmethod
    def of(cls, triples: Iterable[Triple]) -> Reference:
        """The reference that states these triples."""
        return cls(packed(triples))

    def __contains__(self, iri: object) -> bool:
        return iri in self._packed

    def _facts(self, iri: str) -> tuple[Triple, ...]:
        found = self._known.get(iri)
        if found is None:
            data = self._packed.get(iri)
            found = self._known[iri] = () if data is None else _DECODER.decode(data)
        return found

    def label(self, iri: str) -> str | None:
        """The thing's English label, or the first there is; None where the registry has none."""
        labels = sorted(
            (value.language != _DISPLAY_LANGUAGE, value.language or "", value.value)
            for _, predicate, value in self._facts(iri)
            if predicate in (RDFS_LABEL, SKOS_PREF_LABEL) and isinstance(value, Literal)
        )
        return labels[0][2] if labels else None

    def short(self, iri: str) -> Iterator[Triple]:
        """The thing's classes and its one English label."""
        for triple in self._facts(iri):
            _, predicate, value = triple
            english = isinstance(value, Literal) and value.language == _DISPLAY_LANGUAGE
            if predicate == RDF_TYPE or (predicate == RDFS_LABEL and english):
                yield triple

    def described(self, iris: Iterable[str]) -> Iterator[Triple]:
        """Key facts of the things, and of the things that those facts lead to."""
        waiting, seen = sorted(set(iris), reverse=True), set[str]()
        while waiting:
            iri = waiting.pop()
            if iri in seen:
                continue
            seen.add(iri)
            for triple in self._facts(iri):
                if triple[1] in self._key:
                    yield triple
                    if isinstance(triple[2], str):
                        waiting.append(triple[2])


def packed(triples: Iterable[Triple]) -> dict[str, bytes]:
    """Triples by subject, each lot as MessagePack."""
    facts: dict[str, list[Triple]] = defaultdict(list)
    for triple in triples:
        facts[triple[0]].append(triple)
    return {iri: msgspec.msgpack.encode(those) for iri, those in facts.items()}
