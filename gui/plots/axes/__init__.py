"""Axes and the bases of plots: number format, style, fixed ranges, magnifying."""
