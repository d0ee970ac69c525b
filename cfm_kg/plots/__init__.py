"""Figures for papers: what a store holds as SVG, PDF, PNG or a page, the same bytes for the same facts."""
