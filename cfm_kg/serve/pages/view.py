"""The store at one state, as pages read it: bounded look-ups, and tables that are made once a state."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock, Thread, local
from typing import Any, TypeVar

import pyoxigraph as ox

from cfm_kg.description import Labels
from cfm_kg.description.labels import MERGED
from cfm_kg.model import Node
from cfm_kg.serve.linked.site import Site, site_of
from cfm_kg.serve.refusal import HttpError
from cfm_kg.serve.settings import Settings
from cfm_kg.store import Snapshot
from cfm_kg.vocab import BASE, CFM, RDF_TYPE

T = TypeVar("T")
_SETS = 32
PATIENCE = 2.0
"""Seconds that a page waits for a table that is being made, before it says so."""
FACTS = (ox.DefaultGraph(),)
"""Where the merged facts are."""
ACTIONS = ("adopted", "signed", "approvedDraft", "considered", "proposed")
"""What a meeting may do with a document, by the terms of the ontology."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as lists show it. IRIs and dates as texts; empty where nothing is known."""

    iri: str
    body: str
    date: str
    end: str
    place: str
    country: str
    format: str
    status: str

    @property
    def year(self) -> str:
        """The four digits of its year."""
        return self.date[:4]


_COLUMNS = ("body", "date", "endDate", "place", "hostCountry", "meetingFormat", "meetingStatus")


class UnfinishedError(HttpError):
    """A table that a page needs is still being made."""

    def __init__(self) -> None:
        super().__init__(
            503,
            "the tables of this large store are still being made",
            remedy="ask again in a few seconds",
            headers={"Retry-After": "5"},
        )


class View:
    """What pages ask of one state of the store. Threads may share it."""

    def __init__(self, snapshot: Snapshot, labels: Labels, patience: float | None = PATIENCE) -> None:
        self.snapshot = snapshot
        self.store = snapshot.store
        self.label = labels
        self._patience = patience
        self._lock = Lock()
        self._making = local()
        self._kept: dict[str, Future[Any]] = {}
        self.having = lru_cache(_SETS)(self._having)

    def keep(self, name: str, make: Callable[[], T]) -> T:
        """What is made once for this state, beside everything else, when it is first asked for.

        Raises UnfinishedError for who has waited long enough; who makes a table of others waits for them.
        """
        patient = getattr(self._making, "now", False)
        with self._lock:
            first = name not in self._kept
            future: Future[T] = self._kept.setdefault(name, Future())
        if first and patient:
            self._make(name, future, make)
        elif first:
            Thread(target=self._make, args=(name, future, make), daemon=True, name=f"table {name}").start()
        try:
            return future.result(None if patient else self._patience)
        except TimeoutError:
            if future.done():
                raise
            raise UnfinishedError from None

    def _make(self, name: str, future: Future[T], make: Callable[[], T]) -> None:
        try:
            future.set_result(self.patiently(make))
        except Exception as error:  # who asked is told, and the next one tries again
            with self._lock:
                del self._kept[name]
            future.set_exception(error)

    def patiently(self, make: Callable[[], T]) -> T:
        """What is made, however long its tables take."""
        before, self._making.now = getattr(self._making, "now", False), True
        try:
            return make()
        finally:
            self._making.now = before

    def made(self, name: str) -> bool:
        """Whether a table is there."""
        future = self._kept.get(name)
        return future is not None and future.done()

    @staticmethod
    def slug(iri: str) -> str:
        """The words that addresses use for a thing or a term."""
        return slug_of(iri)

    def told(self, value: Node) -> str:
        """A value in words."""
        return self.label(value) if isinstance(value, str) else value.value

    def values(self, iri: str, name: str) -> list[str]:
        """The values of a property of the ontology, as texts, sorted."""
        return sorted(set(self.stated(iri, CFM(name))))

    def one(self, iri: str, name: str) -> str:
        """The first of the values; empty where there is none."""
        return next(iter(self.values(iri, name)), "")

    def stated(self, iri: str, predicate: str) -> Iterator[str]:
        """The values of any property."""
        try:
            subject = ox.NamedNode(iri)
        except ValueError:
            return
        for graph in MERGED:
            for quad in self.store.quads_for_pattern(subject, ox.NamedNode(predicate), None, graph):
                yield str(getattr(quad.object, "value", quad.object))

    def subjects(self, name: str, value: str | None = None) -> Iterator[str]:
        """The things with a value of a property of the ontology in the merged facts and reference data."""
        try:
            wanted = None if value is None else ox.NamedNode(value)
        except ValueError:
            return
        for graph in MERGED:
            for quad in self.store.quads_for_pattern(None, ox.NamedNode(CFM(name)), wanted, graph):
                yield str(getattr(quad.subject, "value", ""))

    def everywhere(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Each thing with a property in what is not one article's own, and its value."""
        for graph in MERGED:
            for quad in self.store.quads_for_pattern(None, ox.NamedNode(predicate), None, graph):
                yield str(getattr(quad.subject, "value", "")), str(getattr(quad.object, "value", ""))

    def _having(self, name: str, value: str) -> frozenset[str]:
        """The things with a value of a property; the last ones that were asked for are kept."""
        return frozenset(self.subjects(name, value))

    def of_class(self, name: str, *, facts: bool = True) -> list[str]:
        """The things of a class: in the merged facts, or in all that is not one article's own. Sorted."""
        kind, graphs = ox.NamedNode(CFM(name)), FACTS if facts else MERGED
        return sorted(
            {
                str(getattr(quad.subject, "value", ""))
                for graph in graphs
                for quad in self.store.quads_for_pattern(None, ox.NamedNode(RDF_TYPE), kind, graph)
            }
        )

    def pairs(self, name: str) -> Iterator[tuple[str, str]]:
        """Each thing with a property of the ontology in the merged facts, and its value."""
        return self._pairs(CFM(name))

    def _pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        name = ox.NamedNode(predicate)
        for quad in self.store.quads_for_pattern(None, name, None, ox.DefaultGraph()):
            yield str(getattr(quad.subject, "value", "")), str(getattr(quad.object, "value", ""))

    def column(self, name: str) -> dict[str, str]:
        """Thing → value of a property of the ontology in the merged facts."""
        return dict(self.pairs(name))

    def column_of(self, predicate: str) -> dict[str, str]:
        """Thing → value of any property in the merged facts."""
        return dict(self._pairs(predicate))

    def column_values(self, name: str) -> set[str]:
        """All values of a property in the merged facts."""
        return {value for _, value in self.pairs(name)}

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """All meetings in order of date; those without one come last."""
        return self.keep("meetings", self._read_meetings)

    def _read_meetings(self) -> tuple[Meeting, ...]:
        known = [self.column(name) for name in _COLUMNS]
        rows = (Meeting(iri, *(column.get(iri, "") for column in known)) for iri in self.of_class("Meeting"))
        return tuple(sorted(rows, key=lambda one: (one.date or "~", one.iri)))

    @property
    def place_in_order(self) -> dict[str, int]:
        """Where each meeting stands among all."""
        return self.keep("order", lambda: {one.iri: at for at, one in enumerate(self.meetings)})

    @property
    def last_date(self) -> str:
        """The date of the last meeting; empty where none has one."""
        return self.keep("last date", lambda: max((one.date for one in self.meetings), default=""))

    @property
    def by_year(self) -> dict[str, list[Meeting]]:
        """The meetings of each year."""
        return self.keep("years", lambda: self._grouped("year"))

    @property
    def by_body(self) -> dict[str, list[Meeting]]:
        """The meetings of each body, the earliest first."""
        return self.keep("bodies", lambda: self._grouped("body"))

    def _grouped(self, name: str) -> dict[str, list[Meeting]]:
        found: dict[str, list[Meeting]] = {}
        for one in self.meetings:
            found.setdefault(getattr(one, name), []).append(one)
        return found

    def neighbours(self, iri: str) -> tuple[str, str]:
        """The same body's meeting before and the one after; empty where there is none."""
        body = self.one(iri, "body")
        if self.made("bodies"):
            own = [one.iri for one in self.by_body.get(body, ())]
        else:  # their names tell their dates
            own = sorted(self.subjects("body", body))
        at = own.index(iri) if iri in own else len(own)
        return own[at - 1] if 0 < at < len(own) else "", own[at + 1] if at + 1 < len(own) else ""

    @property
    def actions(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """For each document the meetings that dealt with it, and what they did."""
        return self.keep("actions", self._read_actions)

    def _read_actions(self) -> dict[str, tuple[tuple[str, str], ...]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for action in ACTIONS:
            for meeting, document in self.pairs(action):
                found.setdefault(document, []).append((meeting, action))
        return {document: tuple(sorted(pairs)) for document, pairs in found.items()}

    @property
    def chairs(self) -> dict[str, str]:
        """Who chaired each meeting."""
        return self.keep("chairs", lambda: dict(sorted(self.pairs("chair"), reverse=True)))

    @property
    def attending(self) -> dict[str, array[int]]:
        """For each person where the meetings that they took part in stand among all."""
        return self.keep("attending", lambda: self._places("participant"))

    @property
    def chairing(self) -> dict[str, array[int]]:
        """For each person where the meetings that they chaired stand among all."""
        return self.keep("chairing", lambda: self._places("chair"))

    def _places(self, name: str) -> dict[str, array[int]]:
        order = self.place_in_order
        found: dict[str, array[int]] = {}
        for meeting, value in self.pairs(name):
            if meeting in order:
                found.setdefault(value, array("L")).append(order[meeting])
        return {value: array("L", sorted(places)) for value, places in found.items()}


class Explorer:
    """The site, and the view of its present state."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._lock = Lock()
        self._view: View | None = None

    def view(self) -> View:
        """The view of the store's present state; it is kept until the store is built anew."""
        snapshot, labels = self.site.present()
        with self._lock:
            if self._view is None or self._view.snapshot is not snapshot:
                self._view = View(snapshot, labels, PATIENCE if self.site.settings.served else None)
            return self._view


_EXPLORERS = 16


@lru_cache(_EXPLORERS)
def explorer_of(settings: Settings) -> Explorer:
    """The one explorer of these settings."""
    return Explorer(site_of(settings))


def thing_of(kind: str, slug: str) -> str:
    """The IRI of a thing by the words that addresses use for it; of a term of the ontology where `kind` is
    empty.
    """
    return f"{BASE}id/{kind}/{slug}" if kind else f"{BASE}ontology#{slug}"


def slug_of(iri: str) -> str:
    """The words that addresses use for a thing or a term."""
    path = iri.removeprefix(BASE)
    return path.removeprefix("ontology#") if path.startswith("ontology#") else path.split("/", 2)[-1]
