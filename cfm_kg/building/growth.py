"""From the articles that there are now to the state of a finished build: only what changed is worked on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cfm_kg.building.articles import lines_of, reading_of
from cfm_kg.building.groups import home_of, renamed_homes
from cfm_kg.building.naming import ToName, named_apart, names_in, told_by
from cfm_kg.building.records import Article, Checked, pack, unpack
from cfm_kg.building.state import State
from cfm_kg.building.workers import Crew, chunks
from cfm_kg.fuse import Decision, Docket, Naming, statements_of
from cfm_kg.fuse.rulings import Identities
from cfm_kg.model import Reading
from cfm_kg.pipeline import reference

Copies = tuple[tuple[str, bytes], ...]
"""The files that hold one article, by name, each with the key of its reading."""
_AT_ONCE = 250
"""Readings that are held together."""
_MANY = 5000
"""Of so many articles the names are worth a process of its own."""


class Growth:
    """One run over a state: call the methods in their order."""

    def __init__(self, state: State, decisions: Sequence[Decision]) -> None:
        self.state, self.decisions = state, decisions
        self.known = reference()
        self.old: dict[str, Copies] = {
            iri: unpack(copies, tuple[tuple[str, bytes], ...]) for iri, copies in state.articles().items()
        }
        self.now: dict[str, Copies] = {}
        self.naming = Naming(Identities({}, frozenset()))
        self.docket = Docket.of_all(decisions)
        self.named: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
        """All names and claims of the build, where there are decisions that may ask for them."""

    # ------------------------------------------------------------------ articles

    def take(self, found: Mapping[str, Iterable[tuple[str, bytes]]]) -> None:
        """Note the articles that there are, each with its files and the keys of their readings."""
        self.now = {iri: tuple(sorted(copies)) for iri, copies in found.items()}

    @property
    def changed(self) -> list[str]:
        """The articles that are new or whose bytes or files changed."""
        return sorted(iri for iri, copies in self.now.items() if self.old.get(iri) != copies)

    @property
    def gone(self) -> list[str]:
        """The articles that no file holds any more."""
        return sorted(self.old.keys() - self.now.keys())

    def article_lines(self, copies: Copies) -> list[bytes]:
        """An article's lines of the graph."""
        checked = unpack(self._one("checked", copies[0][1]), Checked)
        return lines_of(self.reading(copies), [name for name, _ in copies], checked)

    def reading(self, copies: Copies) -> Reading:
        """The reading that counts of an article."""
        return reading_of(self._one("reading", copies[0][1]))

    def _one(self, column: str, key: bytes) -> bytes:
        return next(value for _, value in self.state.readings(column, [key]))

    def keys(self, articles: Iterable[str]) -> list[bytes]:
        """The keys of the readings that count of some articles."""
        return [self.now[iri][0][1] for iri in articles]

    def _main(self) -> dict[bytes, str]:
        """The keys of the readings that count, one an article."""
        return {copies[0][1]: iri for iri, copies in sorted(self.now.items())}

    def articles(self) -> Iterator[tuple[Article, Checked]]:
        """All articles of the build, with what validation said of them."""
        for keys in chunks(self._main(), _AT_ONCE):
            checked = dict(self.state.readings("checked", keys))
            for key, article in self.state.readings("article", keys):
                yield unpack(article, Article), unpack(checked[key], Checked)

    def told(self) -> Iterator[tuple[bytes, bytes, tuple[str, ...]]]:
        """What is kept of all articles: reading, what validation said, and the files of each."""
        names = {copies[0][1]: tuple(name for name, _ in copies) for copies in self.now.values()}
        for keys in chunks(names, _AT_ONCE):
            checked = dict(self.state.readings("checked", keys))
            # all at once: who asks may stop between two of them, and go on when the state was written to
            for key, reading in list(self.state.readings("reading", keys)):
                yield reading, checked[key], names[key]

    # ------------------------------------------------------------------ names

    def name(self, crew: Crew, meanwhile: Iterable[object] = ()) -> set[str]:
        """Settle all names; returns further articles that these concern anew.

        While a process of its own does so for many, what is to be done `meanwhile` is done step by step.
        """
        order = self._main()
        seen = told_by(self.state, order)
        before = self.state.meta("naming")
        old = unpack(before, Naming) if before else None
        if old is not None and not self.decisions and self.state.meta("telling") == seen:
            self.naming = old
        else:
            self.named = self._names()
            self.naming, self.docket = self._identified(order, crew, meanwhile)
            self.state.set_meta("telling", seen)
            self.state.set_meta("naming", pack(self.naming))
        return self._concerned(old) if old is not None and old != self.naming else set()

    def _identified(
        self, order: Mapping[bytes, str], crew: Crew, meanwhile: Iterable[object]
    ) -> tuple[Naming, Docket]:
        """Names of many articles are settled by a process that gives back the memory that it takes."""
        if self.state.path is None or len(order) < _MANY:
            return names_in(self.state, order, self.decisions, self.named[0])
        to_name = ToName(self.state.path, order, self.decisions, self.named[0])
        return crew.apart(named_apart, to_name, meanwhile)

    def _names(self) -> tuple[frozenset[str], frozenset[str]]:
        """All names and claims in the build, where there are decisions that may ask for them."""
        names, claims = set[str](), set[str]()
        for reading in self.readings() if self.decisions else ():
            for said in statements_of(reading, self.known):
                names |= {term for term in (said.subject, said.object) if isinstance(term, str)}
                claims |= {said.claim} if said.claim else set()
        return frozenset(names), frozenset(claims)

    def readings(self) -> Iterator[Reading]:
        """The readings that count, one an article."""
        for keys in chunks(self._main(), _AT_ONCE):
            for _, data in self.state.readings("reading", keys):
                yield reading_of(data)

    def _concerned(self, old: Naming) -> set[str]:
        """The articles that name something which now bears another name, or may."""
        homes = renamed_homes(old, self.naming)
        if not homes:
            return set()
        return {
            article.iri
            for article, _ in self.articles()
            if any(name in homes or home_of(name) in homes for name in article.names)
        }
