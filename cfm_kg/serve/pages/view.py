"""The store at one state, as pages read it: bounded look-ups, and tables that are made once a state."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from cfm_kg.description import Labels
from cfm_kg.model import Node
from cfm_kg.serve.linked.site import Site, site_of
from cfm_kg.serve.pages.kept import PATIENCE, Kept
from cfm_kg.serve.pages.lookups import Lookups
from cfm_kg.serve.settings import Settings
from cfm_kg.store import Snapshot
from cfm_kg.vocab import BASE

_SETS = 32
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


class View(Lookups, Kept):
    """What pages ask of one state of the store. Threads may share it."""

    def __init__(self, snapshot: Snapshot, labels: Labels, patience: float | None = PATIENCE) -> None:
        Lookups.__init__(self, snapshot.store)
        Kept.__init__(self, patience)
        self.snapshot = snapshot
        self.label = labels
        self.having = lru_cache(_SETS)(self._having)

    @staticmethod
    def slug(iri: str) -> str:
        """The words that addresses use for a thing or a term."""
        return slug_of(iri)

    def told(self, value: Node) -> str:
        """A value in words."""
        return self.label(value) if isinstance(value, str) else value.value

    def _having(self, name: str, value: str) -> frozenset[str]:
        """The things with a value of a property; the last ones that were asked for are kept."""
        return frozenset(self.subjects(name, value))

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """All meetings in order of date; those without one come first, and so last where the newest lead."""
        return self.keep("meetings", self._read_meetings)

    def _read_meetings(self) -> tuple[Meeting, ...]:
        known = [self.column(name) for name in _COLUMNS]
        rows = (Meeting(iri, *(column.get(iri, "") for column in known)) for iri in self.of_class("Meeting"))
        return tuple(sorted(rows, key=lambda one: (one.date, one.iri)))

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
