"""Figures for papers: what a store holds as SVG, PDF, PNG or a page, the same bytes for the same facts."""

from cfm_kg.plots.figures import Figure, Kind, Span, figure
from cfm_kg.plots.write import FORMATS, write

__all__ = ["FORMATS", "Figure", "Kind", "Span", "figure", "write"]
