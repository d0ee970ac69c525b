"""What Turtle files state, to look values up in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

from cfm_kg.vocab import RDF

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def text_of(term: Term) -> str:
    """An IRI, a literal's form, or the name of a blank node with `_:` before it."""
    if isinstance(term, ox.NamedNode | ox.Literal):
        return term.value
    return str(term)


class Statements:
    """Triples by subject, which is an IRI or begins with `_:`. Nothing in it changes after it was made."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self.triples = tuple(triples)
        self._about: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for triple in self.triples:
            self._about[text_of(triple.subject)][triple.predicate.value].append(triple.object)

    def values(self, subject: str, predicate: str) -> Sequence[Term]:
        """The values of a property."""
        return self._about[subject].get(predicate, ()) if subject in self._about else ()

    def value(self, subject: str, predicate: str) -> Term | None:
        """The first value of a property."""
        return next(iter(self.values(subject, predicate)), None)

    def text(self, subject: str, predicate: str) -> str | None:
        """The first value of a property as text."""
        found = self.value(subject, predicate)
        return None if found is None else text_of(found)

    def about(self, subject: str) -> Iterator[tuple[str, Term]]:
        """All properties of a thing with their values."""
        for predicate, values in self._about.get(subject, {}).items():
            for value in values:
                yield predicate, value

    def pairs(self, predicate: str) -> Iterator[tuple[str, Term]]:
        """Everything that has a property, with its values."""
        for subject, properties in self._about.items():
            for value in properties.get(predicate, ()):
                yield subject, value

    def items(self, head: Term | None) -> Iterator[Term]:
        """The members of a list."""
        while head is not None and text_of(head) != RDF("nil"):
            name = text_of(head)
            yield from self.values(name, RDF("first"))
            head = self.value(name, RDF("rest"))
