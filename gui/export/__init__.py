"""Figures made from a view: PNG, SVG, PDF and the clipboard; and one registry by suffix over all formats."""
