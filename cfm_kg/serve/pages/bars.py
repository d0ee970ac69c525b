"""Bars: across for names, upright over years; shares of a bar in colours that everybody can tell apart."""

from __future__ import annotations

import math
from collections.abc import Iterator

from markupsafe import Markup

from cfm_kg.serve.pages import svg
from cfm_kg.serve.pages.tallies import Tally
from cfm_kg.serve.pages.years import Scale

_WIDTH, _LETTER = 1000.0, 7.4
_ROW, _TALL, _EDGE = 26.0, 300.0, 46.0
_WIDEST = 90.0
"""A year is no wider."""
MOST = 60
"""So many groups are drawn at most."""
_NAME = 42
_STEPS = (1, 2, 5)


def drawn(title: str, tally: Tally) -> Markup:
    """The drawing of a tally; empty where it holds nothing."""
    if not tally.groups:
        return Markup("")
    top = max(map(tally.total, tally.groups))
    told = f"{len(tally.groups)} bars, up to {number(top)}. The table below tells the same."
    height, parts = _upright(tally, top) if tally.timed else _across(tally, top)
    return svg.drawing(title, told, _WIDTH, height, parts, "figure")


def number(value: float) -> str:
    """A number as people read it."""
    return f"{value:,.0f}" if value == round(value) else f"{value:,.4g}"


def ticks(top: float, most: int = 6) -> list[float]:
    """Round numbers from nought to at least the top."""
    if top <= 0:
        return [0.0, 1.0]
    power = 10.0 ** math.floor(math.log10(top / most)) if top > most else 0.1 if top < 1 else 1.0
    steps = (step * power * scale for scale in (1, 10, 100) for step in _STEPS)
    step = next(step for step in steps if top / step <= most)
    return [step * at for at in range(math.ceil(top / step) + 1)]


def _across(tally: Tally, top: float) -> tuple[float, list[Markup]]:
    groups = tally.groups[:MOST]
    left = 14 + _LETTER * max(len(_clipped(group)) for group in groups)
    scale = (_WIDTH - 60 - left) / (top if top > 0 else 1)
    parts = list[Markup]()
    for at, group in enumerate(groups):
        y = 4 + at * _ROW
        parts.append(svg.text(left - 10, y + 16, _clipped(group), anchor="end"))
        x = left
        for share, value in _shares(tally, group):
            width = max(value, 0) * scale
            shape = _rectangle(x, y + 2, width, _ROW - 6, _colour(tally, share))
            parts.append(svg.linked("", _label(group, share, value), shape))
            x += width
        parts.append(svg.text(x + 6, y + 16, number(tally.total(group)), "tick"))
    height = 8 + len(groups) * _ROW
    return height, [*parts, svg.line(left, 2, left, height - 4, "axis")]


def _upright(tally: Tally, top: float) -> tuple[float, list[Markup]]:
    years = [int(year) for year in tally.groups]
    right = min(_WIDTH - 8, _EDGE + _WIDEST * (years[-1] - years[0] + 1))
    across = Scale(years[0], years[-1], _EDGE, right)
    marks = ticks(top)
    scale, bottom = (_TALL - 16) / marks[-1], _TALL
    parts = list[Markup]()
    for mark in marks:
        y = bottom - mark * scale
        parts.append(svg.line(_EDGE, y, across.right, y))
        parts.append(svg.text(_EDGE - 8, y + 4, number(mark), "tick", "end"))
    wide = max(across.year * 0.72, 1.5)
    for year in tally.groups:
        x, y = across.x(year) + (across.year - wide) / 2, bottom
        for share, value in _shares(tally, year):
            height = max(value, 0) * scale
            y -= height
            shape = _rectangle(x, y, wide, height, _colour(tally, share))
            parts.append(svg.linked("", _label(year, share, value), shape))
    return _TALL + 26, [*parts, *_named(across), svg.line(_EDGE, bottom, across.right, bottom, "axis")]


def _named(across: Scale) -> Iterator[Markup]:
    """The years' numbers below their bars, as many as there is room for."""
    step = next((step for step in (1, 2, 5, 10, 20, 50) if across.year * step >= 42), 100)
    for year in range(across.first, across.last + 1):
        if year % step == 0:
            yield svg.text(across.x(str(year)) + across.year / 2, _TALL + 18, str(year), "tick", "middle")


def _rectangle(x: float, y: float, width: float, height: float, kind: str) -> Markup:
    return svg.element("rect", x=x, y=y, width=width, height=height, class_=kind)


def _shares(tally: Tally, group: str) -> Iterator[tuple[str, float]]:
    for share in tally.shares:
        if (group, share) in tally.numbers:
            yield share, tally.numbers[group, share]


def _colour(tally: Tally, share: str) -> str:
    return f"share s{tally.shares.index(share) + 1}"


def _label(group: str, share: str, value: float) -> str:
    return f"{group}{', ' + share if share else ''}: {number(value)}"


def _clipped(name: str) -> str:
    return name if len(name) <= _NAME else name[: _NAME - 1].rstrip() + "…"
