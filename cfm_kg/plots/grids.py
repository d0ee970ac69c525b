"""Figures as grids: who was at which meeting, which topic came up in which year."""

from __future__ import annotations

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Patch, Rectangle

from cfm_kg.plots.axes import BLUE, INK, ORANGE, RED, ROW, SOFT, legend, rows, wrapped
from cfm_kg.plots.figures import Figure


def attendance(made: Canvas, axes: Axes, figure: Figure) -> None:
    """A row a country, a column a meeting."""
    records = figure.records()
    meetings = sorted({(one["date"], one["meeting"]) for one in records})
    countries = sorted({one["country"] for one in records}, key=str.casefold)[::-1]
    looks = {
        "present": (BLUE, "white", "P", ""),
        "absent": ("white", RED, "A", ""),
        "disputed": (ORANGE, INK, "!", ""),
        "not mentioned": ("#f0f0f0", SOFT, "·", ""),
    }
    for one in records:
        face, ink, letter, _ = looks[one["attendance"]]
        x, y = meetings.index((one["date"], one["meeting"])), countries.index(one["country"])
        edge = RED if one["attendance"] == "absent" else "white"
        axes.add_patch(Rectangle((x - 0.45, y - 0.43), 0.9, 0.86, facecolor=face, edgecolor=edge, lw=0.8))
        axes.text(x, y, letter, ha="center", va="center_baseline", fontsize=6.5, color=ink)
    axes.set_xlim(-0.6, max(len(meetings), 6) - 0.4)
    axes.set_xticks(
        range(len(meetings)),
        [f"{date}  {_short(name)}" for date, name in meetings],
        rotation=90,
        fontsize=6.5,
    )
    axes.set_xlabel("Meeting held, by day and body")
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    rows(made, axes, countries, 0.22, extra=2.6)
    used = {one["attendance"] for one in records}
    handles = [
        Patch(facecolor=face, edgecolor=RED if name == "absent" else "#b0b0b0", label=f"{letter}  {name}")
        for name, (face, _, letter, _) in looks.items()
        if name in used
    ]
    legend(axes, handles)


def _short(meeting: str) -> str:
    return meeting.partition("/")[0]


def topics(made: Canvas, axes: Axes, figure: Figure) -> None:
    """A row a topic, a column a year, shaded by the number of meetings."""
    records = figure.records()
    names = list(dict.fromkeys(one["topic"] for one in records))[::-1]
    numbers = [int(one["year"]) for one in records]
    span = list(range(min(numbers), max(numbers) + 1))
    cells = [[0] * len(span) for _ in names]
    for one in records:
        cells[names.index(one["topic"])][span.index(int(one["year"]))] += int(one["meetings"])
    most = max(max(row) for row in cells) or 1
    shades = mpl.colormaps["Blues"]
    for y, row in enumerate(cells):
        for x, count in enumerate(row):
            if count:
                shade = 0.15 + 0.75 * count / most
                axes.add_patch(Rectangle((x - 0.47, y - 0.44), 0.94, 0.88, facecolor=shades(shade), lw=0))
                ink = "white" if shade > 0.55 else INK
                axes.text(x, y, str(count), ha="center", va="center_baseline", fontsize=7, color=ink)
    axes.set_xlim(-0.6, max(len(span), 6) - 0.4)
    axes.set_xticks(range(len(span)), [str(year) for year in span], rotation=90 if len(span) > 14 else 0)
    axes.set_xlabel("Year; a number counts meetings")
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    rows(made, axes, [wrapped(topic, 44) for topic in names], ROW)
