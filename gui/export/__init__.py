"""Figures of a view as PNG, SVG, PDF and on the clipboard, moving pictures, and a registry of all formats by suffix."""
