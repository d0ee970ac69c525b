"""A simple map: degrees as a grid, points in proportion to their numbers, with names that do not overlap."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from cfm_kg.serve.pages import svg
from cfm_kg.serve.pages.geography import Point

_WIDTH, _TALLEST, _LOWEST = 1000.0, 620.0, 340.0
_MARGIN = 4.0
"""Degrees around the outermost points, at least."""
_LEAST = 22.0
"""So many degrees across are shown at least."""
_LARGEST, _SMALLEST = 19.0, 5.0
_LETTER, _LINE = 7.2, 15.0


@dataclass(frozen=True, slots=True)
class Spot:
    """What is shown at a point."""

    name: str
    point: Point
    number: int
    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the drawing that nothing else may cover."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two overlap."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


class Projection:
    """Degrees to the drawing, equally spaced, and true in proportion at the middle."""

    def __init__(self, points: Iterable[Point]) -> None:
        kept = list(points)
        souths, easts = [one.north for one in kept], [one.east for one in kept]
        middle = (min(souths) + max(souths)) / 2
        self._narrow = max(0.3, math.cos(math.radians(middle)))
        across = max(_LEAST, (max(easts) - min(easts)) * 1.16 + 2 * _MARGIN)
        up = max(_LEAST / 2, (max(souths) - min(souths)) * 1.16 + 2 * _MARGIN)
        scale = min(_WIDTH / (across * self._narrow), _TALLEST / up)
        self.height = min(_TALLEST, max(_LOWEST, up * scale))
        self._scale = scale
        self._west = (min(easts) + max(easts)) / 2 - _WIDTH / scale / self._narrow / 2
        self._north = middle + self.height / scale / 2

    def x(self, east: float) -> float:
        """How far right a meridian is."""
        return (east - self._west) * self._narrow * self._scale

    def y(self, north: float) -> float:
        """How far down a parallel is."""
        return (self._north - north) * self._scale

    def holds(self, point: Point) -> bool:
        """Whether a point is on the drawing, with room for a mark."""
        return 12 < self.x(point.east) < _WIDTH - 12 and 12 < self.y(point.north) < self.height - 12

    def grid(self) -> Iterator[Markup]:
        """Meridians and parallels with their degrees at the lower and left edges."""
        span = _WIDTH / self._scale / self._narrow
        step = next((one for one in (5, 10, 20, 30) if span / one <= 10), 60)
        for degree in range(-180, 181, step):
            x, y = self.x(degree), self.y(degree)
            if 8 < x < _WIDTH - 8:
                yield svg.line(x, 0, x, self.height)
                yield svg.text(x + 4, self.height - 5, _degrees(degree, "E", "W"), "tick")
            if abs(degree) <= 90 and 16 < y < self.height - 22:
                yield svg.line(0, y, _WIDTH, y)
                yield svg.text(4, y - 4, _degrees(degree, "N", "S"), "tick")


def _degrees(number: int, up: str, down: str) -> str:
    return f"{abs(number)}°" + (up if number > 0 else down if number < 0 else "")


def drawn(
    title: str, spots: Sequence[Spot], landmarks: Sequence[tuple[str, Point]] = (), name: str = "map"
) -> Markup:
    """The map of these spots, with landmarks to find one's way by. Empty where there is no spot."""
    if not spots:
        return Markup("")
    on = Projection(one.point for one in spots)
    most = max(one.number for one in spots)
    ordered = sorted(spots, key=lambda one: (-one.number, one.name))
    taken = [_around(on, one.point, _radius(one.number, most)) for one in ordered]
    named = _named(on, [(f"{one.name} {one.number}", one.point) for one in ordered], taken)
    parts = [svg.element("rect", x=0, y=0, width=_WIDTH, height=on.height, class_="sea"), *on.grid()]
    parts += _landmarks(on, landmarks, taken)
    # The largest lie below, so that no small one is hidden.
    for one, box in zip(ordered, named, strict=True):
        shapes = [_dot(on, one.point, _radius(one.number, most), "spot")]
        parts.append(svg.linked(one.href, one.label, *shapes, *_label(box, f"{one.name} {one.number}", "")))
    told = f"{len(spots)} places, the most at {ordered[0].name} ({most}). The list beside it tells all."
    return svg.drawing(title, told, _WIDTH, on.height, parts, name)


def _landmarks(on: Projection, known: Sequence[tuple[str, Point]], taken: list[Box]) -> Iterator[Markup]:
    """Those that there is room for."""
    for words, point in known:
        own = _around(on, point, 3)
        if on.holds(point) and not any(own.meets(other) for other in taken):
            taken.append(own)
            box = _placed(on, words, point, taken)
            if box is None:
                taken.remove(own)
                continue
            yield _dot(on, point, 2.0, "landmark")
            yield from _label(box, words, "landmark-name")


def _radius(number: int, most: int) -> float:
    return max(_SMALLEST, _LARGEST * math.sqrt(max(number, 0) / most)) if most > 1 else _SMALLEST + 2


def _dot(on: Projection, point: Point, radius: float, kind: str) -> Markup:
    return svg.element(
        "circle", cx=float(on.x(point.east)), cy=float(on.y(point.north)), r=radius, class_=kind
    )


def _around(on: Projection, point: Point, radius: float) -> Box:
    x, y = on.x(point.east), on.y(point.north)
    return Box(x - radius, y - radius, x + radius, y + radius)


def _named(on: Projection, names: Sequence[tuple[str, Point]], taken: list[Box]) -> list[Box | None]:
    return [_placed(on, words, point, taken) for words, point in names]


def _placed(on: Projection, words: str, point: Point, taken: list[Box]) -> Box | None:
    """A free place for a name beside its point, which is taken from then on; None where there is none."""
    x, y = on.x(point.east), on.y(point.north)
    wide = _LETTER * len(words)
    beside = next((one for one in taken if one.left < x < one.right and one.top < y < one.bottom), None)
    gap = (beside.right - beside.left) / 2 + 3 if beside else 5.0
    tops = (y - _LINE / 2, y - gap - _LINE, y + gap, y - _LINE - 2, y + 2)
    lefts = (x + gap, x - wide / 2, x - gap - wide)
    choices = [(lefts[0], tops[0]), (lefts[2], tops[0]), (lefts[1], tops[1]), (lefts[1], tops[2])]
    choices += [(left, top) for left in (lefts[0], lefts[2]) for top in tops[1:]]
    for left, top in choices:
        box = Box(left, top, left + wide, top + _LINE)
        inside = box.left > 2 and box.right < _WIDTH - 2 and box.top > 2 and box.bottom < on.height - 18
        if inside and not any(box.meets(other) for other in taken):
            taken.append(box)
            return box
    return None


def _label(box: Box | None, words: str, kind: str) -> list[Markup]:
    return [] if box is None else [svg.text(box.left, box.bottom - 3.5, words, kind or "label")]
