"""The names for drawing by hand in one place: ``from gui.plots.drawing.api import PixelPainter, PlotOverlay``."""

from gui.plots.drawing.curve_ink import curve_color, curve_pen
from gui.plots.drawing.ink import brush, pen
from gui.plots.drawing.pixel_painter import CENTRE, LEFT, RIGHT, PixelPainter, sketch_of
from gui.plots.drawing.stage_item import Clickable, PlotOverlay, StageItem
from gui.style.api import GRID, Role, font, px, theme, translate

__all__ = [
    "CENTRE",
    "GRID",
    "LEFT",
    "RIGHT",
    "Clickable",
    "PixelPainter",
    "PlotOverlay",
    "Role",
    "StageItem",
    "brush",
    "curve_color",
    "curve_pen",
    "font",
    "pen",
    "px",
    "sketch_of",
    "theme",
    "translate",
]  # fmt: skip
