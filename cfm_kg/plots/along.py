"""Figures along the years: meetings as marks or bars, chairmanships as bars."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from cfm_kg.plots.axes import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    RED,
    ROW,
    SHARES,
    SOFT,
    WIDTH,
    legend,
    rows,
    wrapped,
    year,
    years,
)
from cfm_kg.plots.figures import Figure

_MARKS = MappingProxyType(
    {
        "in person": ("o", BLUE, BLUE),
        "online": ("D", ORANGE, INK),
        "both": ("P", GREEN, INK),
        "format not told": ("o", "none", BLUE),
        "planned or put off": ("s", "none", RED),
    }
)
"""Shape, filling and edge."""
_FORMATS = MappingProxyType({"in person": "in person", "videoconference": "online", "hybrid": "both"})
_SINGLE = 300
"""Up to so many meetings are drawn one by one; more are counted by year."""


def timeline(made: Canvas, axes: Axes, figure: Figure) -> None:
    """A row a body, a mark a meeting; bars where these would be too many."""
    records = figure.records()
    if len(records) > _SINGLE:
        return _many(made, axes, records)
    bodies = [body for body, _ in Counter(one["body"] for one in records).most_common()][::-1]
    for name, (marker, face, edge) in _MARKS.items():
        own = [one for one in records if _kind(one) == name]
        at = [year(one["date"]) for one in own], [bodies.index(one["body"]) for one in own]
        axes.scatter(*at, marker=marker, s=34, facecolors=face, edgecolors=edge, linewidths=1.2, zorder=3)
    rows(made, axes, [wrapped(body) for body in bodies], 0.36)
    years(axes, [year(one["date"]) for one in records], "Year of the meeting")
    handles = [
        Line2D([], [], ls="", marker=marker, mfc=face, mec=edge, mew=1.3, ms=6, label=name)
        for name, (marker, face, edge) in _MARKS.items()
        if any(_kind(one) == name for one in records)
    ]
    legend(axes, handles)
    return None


def _kind(meeting: Mapping[str, str]) -> str:
    """Which mark a meeting has."""
    if meeting["status"] != "held":
        return "planned or put off"
    return _FORMATS.get(meeting["format"], "format not told")


def _many(made: Canvas, axes: Axes, records: Sequence[Mapping[str, str]]) -> None:
    """Counts by year in place of marks, which would hide each other."""
    sizes = Counter(one["body"] for one in records).most_common()
    named = [body for body, _ in sizes[: len(SHARES) - (len(sizes) > len(SHARES))]]
    counts = Counter(
        (one["body"] if one["body"] in named else "others", int(one["date"][:4])) for one in records
    )
    span = range(min(number for _, number in counts), max(number for _, number in counts) + 1)
    below = [0] * len(span)
    shown = [*named, "others"] if len(sizes) > len(named) else named
    for body, colour in zip(shown, SHARES, strict=False):
        heights = [counts[body, number] for number in span]
        look: Any = {
            "color": colour,
            "edgecolor": "white",
            "linewidth": 0.5,
            "label": textwrap.shorten(body, 60),
        }
        axes.bar(list(span), heights, bottom=below, **look)
        below = [a + b for a, b in zip(below, heights, strict=True)]
    made.set_size_inches(WIDTH, 4.4)
    axes.grid(axis="y")
    axes.set_ylabel("Meetings")
    axes.set_xlabel("Year")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=14))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    legend(axes, columns=2)


def chairmanships(made: Canvas, axes: Axes, figure: Figure) -> None:
    """A row a country and organisation, a bar a turn."""
    records = figure.records()
    lines = sorted({(one["organization"], one["country"]) for one in records}, reverse=True)
    organizations = sorted({name for name, _ in lines})
    colours = {name: SHARES[at % len(SHARES)] for at, name in enumerate(organizations)}
    ends = list[float]()
    for one in records:
        exact = len(one["start"]) > 4  # a bare year says less than the year that the turn is counted as
        begin = year(one["start"], middle=False) if exact else float(one["year"])
        end = year(one["end"], middle=False) if one["end"] else begin + 1
        y = lines.index((one["organization"], one["country"]))
        colour = colours[one["organization"]]
        axes.barh(y, max(end - begin, 0.1), left=begin, height=0.62, color=colour, edgecolor="white")
        ends += [begin, end]
    several = len(organizations) > 1
    rows(made, axes, [f"{country} ({name})" if several else country for name, country in lines], ROW)
    years(axes, ends, "Year of the turn")
    if not several:
        axes.set_title(organizations[0], loc="left", fontsize=8, color=SOFT)
