"""What figures share: style, colours that everybody can tell apart, rows with names, scales of years."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MaxNLocator

WIDTH = 7.2
"""Inches: two columns of most journals (183 mm)."""
ROW = 0.26
"""Inches of a row with a name of one line."""
INK, SOFT, RULE = "#1d1f24", "#5a5d65", "#d0d0d0"
# Okabe and Ito's palette, which people with any colour vision tell apart; shapes and letters say the same.
BLUE, ORANGE, GREEN, RED, PINK = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7"
SHARES = (BLUE, ORANGE, GREEN, PINK, RED, "#56B4E9", "#8c8c8c")
STYLE: Mapping[str, Any] = MappingProxyType(
    {
        "font.family": "DejaVu Sans",
        "font.size": 8,
        "axes.edgecolor": SOFT,
        "axes.labelcolor": INK,
        "axes.linewidth": 0.6,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "grid.color": RULE,
        "grid.linewidth": 0.5,
        "hatch.linewidth": 0.8,
        "text.color": INK,
        "xtick.color": SOFT,
        "xtick.labelcolor": INK,
        "ytick.color": SOFT,
        "ytick.labelcolor": INK,
        "legend.frameon": False,
        "legend.fontsize": 8,
        "text.parse_math": False,
        "svg.hashsalt": "cfm-kg",
        "svg.fonttype": "path",
        "pdf.fonttype": 42,
    }
)
"""Shapes for letters, so that a figure looks the same wherever it is opened."""
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def rows(made: Canvas, axes: Axes, names: Sequence[str], row: float, extra: float = 1.5) -> None:
    """Names down the side, and the height that they need."""
    deep = sum(max(row, 0.155 * (name.count("\n") + 1) + 0.08) for name in names)
    made.set_size_inches(WIDTH, max(2.2, deep + extra))
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(-0.7, len(names) - 0.3)
    axes.grid(axis="y")
    axes.tick_params(axis="y", length=0)


def years(axes: Axes, points: Sequence[float], label: str) -> None:
    """A scale that holds all points, with whole years on it."""
    first, last = int(min(points)), -int(-max(points) // 1)
    axes.set_xlim(first - 0.2, max(last, first + 1) + 0.2)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=12, steps=[1, 2, 5, 10]))
    axes.grid(axis="x")
    axes.set_xlabel(label)


def year(date: str, *, middle: bool = True) -> float:
    """A date on the scale of years; an inexact one in its middle, or at its beginning."""
    found = _DATE.match(date)
    assert found is not None, date
    year, month, day = found.groups()
    part = ((int(month) - 1) / 12 if month else 0) + ((int(day) - 1) / 365.25 if day else 0)
    return int(year) + part + ((0 if day else 1 / 24 if month else 0.5) if middle else 0)


def wrapped(name: str, width: int = 34) -> str:
    """A name in lines of so many characters, three at most."""
    return "\n".join(textwrap.wrap(name, width, max_lines=3, placeholder=" …"))


def legend(axes: Axes, handles: Sequence[Any] | None = None, columns: int = 4) -> None:
    """Above the drawing, at its right edge."""
    room = {"handletextpad": 0.4, "columnspacing": 1.2, "borderaxespad": 0.2, "fontsize": 7.5}
    axes.legend(handles=handles, loc="lower right", bbox_to_anchor=(1, 1), ncols=columns, **room)
