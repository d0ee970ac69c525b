"""Where things are, as far as the facts tell: places by their coordinates, countries at their capitals."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from cfm_kg.serve.pages.view import View
from cfm_kg.vocab import CFM, RDFS_LABEL, prefixes


@dataclass(frozen=True, slots=True)
class Point:
    """A point in degrees: north and east."""

    north: float
    east: float


def point_of(north: str, east: str) -> Point | None:
    """The point of two numbers as texts; None where they are none, or none on Earth."""
    with suppress(ValueError):
        found = Point(float(north), float(east))
        if abs(found.north) <= 90 and abs(found.east) <= 180:
            return found
    return None


class Geography:
    """The places and countries of one state of the store that have coordinates."""

    def __init__(self, view: View) -> None:
        self._view = view
        north, east = (dict(view.everywhere(prefixes()["geo"] + name)) for name in ("lat", "long"))
        pairs = ((iri, point_of(north[iri], east[iri])) for iri in sorted(north.keys() & east.keys()))
        self.places: dict[str, Point] = {iri: point for iri, point in pairs if point is not None}
        capitals = sorted(view.everywhere(CFM("capital")))
        self.countries: dict[str, Point] = {
            country: self.places[capital] for country, capital in capitals if capital in self.places
        }
        self._known = {**self.countries, **self.places}
        self._names = {
            name.casefold(): iri for iri in self._known for name in sorted(view.stated(iri, RDFS_LABEL))
        }

    def point(self, iri: str) -> Point | None:
        """Where a place or a country is."""
        return self._known.get(iri)

    def best(self, texts: Sequence[tuple[str, bool]]) -> str:
        """The place, else the country, that one of these names; empty where none does.

        Each is a text, and whether it is an IRI. A thing that is neither is where it was held or lies.
        """
        named = [text if is_iri else self._names.get(text.casefold(), "") for text, is_iri in texts]
        for known in (self.places, self.countries):
            found = next((iri for iri in named if iri in known), "")
            if found:
                return found
        through = (self.held(text) for text, is_iri in texts if is_iri)
        return next(filter(None, through), "")

    def held(self, iri: str) -> str:
        """The place, else the country, that a thing tells of: where a meeting was held."""
        told = (self._view.one(iri, name) for name in ("place", "hostCountry", "country"))
        return next((one for one in told if one in self._known), "")


def geography(view: View) -> Geography:
    """The geography of a state, made once."""
    return view.keep("geography", lambda: Geography(view))
