"""Figures of a view as PNG, SVG, PDF and on the clipboard, and a registry of all formats by suffix."""
