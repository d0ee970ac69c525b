"""What people call the things that differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from cfm_kg.vocab import (
    BASE,
    CFM,
    DCTERMS_TITLE,
    RDF_TYPE,
    RDFS_LABEL,
    SKOS_PREF_LABEL,
    local,
    prefixes,
)

_NAMES = (RDFS_LABEL, SKOS_PREF_LABEL, DCTERMS_TITLE)
_PARTS = ("person", "body", "organization", "post", "year", "country", "date", "start")
"""Properties that together name a thing without a label, in this order."""
_LONGEST = 100


class Labels:
    """Labels from statements about things. Where several sources describe one, the first is believed."""

    def __init__(self, *sources: Iterable[ox.Quad]) -> None:
        self._facts: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(dict)
        self.add(*sources)

    def add(self, *sources: Iterable[ox.Quad]) -> None:
        """Take more statements, which are believed after those that were there."""
        for source in sources:
            found: dict[tuple[str, str], list[ox.NamedNode | ox.Literal]] = defaultdict(list)
            for quad in source:
                if isinstance(quad.subject, ox.NamedNode) and isinstance(
                    quad.object, ox.NamedNode | ox.Literal
                ):
                    found[quad.subject.value, quad.predicate.value].append(quad.object)
            for (subject, predicate), values in found.items():
                self._facts[subject].setdefault(predicate, values)

    def kind(self, iri: str) -> str | None:
        """The IRI of a thing's class, the project's own before others."""
        found = [value.value for value in self._facts.get(iri, {}).get(RDF_TYPE, ())]
        return min(found, key=lambda name: (not name.startswith(CFM.iri), name), default=None)

    def named_by(self, iris: Iterable[str]) -> set[str]:
        """The things whose labels are part of the label of one of these."""
        parts = [CFM(name) for name in _PARTS]
        return {
            value.value
            for iri in iris
            if not self._own(iri)
            for part in parts
            for value in self._facts.get(iri, {}).get(part, ())
            if isinstance(value, ox.NamedNode)
        }

    def label(self, iri: str) -> str:
        """A thing's label, else one put together from what it is of, else its name."""
        own = self._own(iri)
        if own:
            return own
        known: Mapping[str, list[ox.NamedNode | ox.Literal]] = self._facts.get(iri, {})
        parts = [value for name in _PARTS for value in sorted(known.get(CFM(name), ()), key=str)[:1]]
        if parts:
            shown = (
                self._own(p.value) or short(p.value) if isinstance(p, ox.NamedNode) else p.value
                for p in parts
            )
            return ", ".join(shown)
        return short(iri)

    def value(self, term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
        """A value as people read it; a text keeps its language, what is no text is shown as spelled."""
        if isinstance(term, ox.NamedNode):
            return self.label(term.value)
        if not isinstance(term, ox.Literal):
            return str(term)
        text = " ".join(term.value.split())
        text = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
        return f"“{text}” ({term.language})" if term.language else text

    def _own(self, iri: str) -> str | None:
        known = self._facts.get(iri, {})
        for name in _NAMES:
            texts = [value for value in known.get(name, ()) if isinstance(value, ox.Literal)]
            if texts:
                best = min(texts, key=lambda t: (t.language != "en", t.language or "", t.value))
                return " ".join(best.value.split())
        return None


def short(iri: str) -> str:
    """An IRI without what all of the project's have: `meeting/csto-cfm/2021-05-19`, `cfm:date`."""
    if iri.startswith(BASE + "id/"):
        return iri.removeprefix(BASE + "id/")
    for name, namespace in prefixes().items():
        if iri.startswith(namespace) and not set("/#") & set(iri.removeprefix(namespace)):
            return local(iri) if namespace == CFM.iri else f"{name}:{iri.removeprefix(namespace)}"
    return iri
