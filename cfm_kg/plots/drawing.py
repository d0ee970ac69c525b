"""Figures drawn with matplotlib, from a figure's table alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.layout_engine import ConstrainedLayoutEngine

from cfm_kg.plots.along import chairmanships, timeline
from cfm_kg.plots.axes import SOFT, WIDTH
from cfm_kg.plots.figures import Figure
from cfm_kg.plots.grids import attendance, topics
from cfm_kg.plots.kinds import Kind

_PAD = 0.07
"""Inches around everything."""


def drawn(figure: Figure, title: str | None = None) -> Canvas:
    """The figure on a canvas of its own. No window, no state of matplotlib's is touched."""
    made = Canvas(figsize=(WIDTH, 2.4), layout=ConstrainedLayoutEngine(w_pad=_PAD, h_pad=_PAD))
    _DRAWERS[figure.kind](made, made.add_subplot(), figure)
    made.suptitle(title or figure.title, x=0.012, ha="left", fontsize=11, fontweight="bold")
    made.supxlabel(figure.note, x=0.012, ha="left", fontsize=7, color=SOFT)
    return made


_DRAWERS: Mapping[Kind, Callable[[Canvas, Axes, Figure], None]] = MappingProxyType(
    {
        Kind.TIMELINE: timeline,
        Kind.ATTENDANCE: attendance,
        Kind.TOPICS: topics,
        Kind.CHAIRMANSHIPS: chairmanships,
    }
)
