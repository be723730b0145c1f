"""What pictures are drawn with, in one place: ``from gui.plots.drawing.pieces import OverPlot, Sketch, theme``."""

from gui.plots.drawing.curve_ink import curve_color, curve_pen
from gui.plots.drawing.ink import brush, pen
from gui.plots.drawing.over_plot import OverPlot
from gui.plots.drawing.piece import Clickable, Piece
from gui.plots.drawing.sketch import CENTRE, LEFT, RIGHT, Sketch, sketch_of
from gui.style.pieces import GRID, Role, font, scaled, show, theme

__all__ = [
    "CENTRE", "GRID", "LEFT", "RIGHT", "Clickable", "OverPlot", "Piece", "Role", "Sketch", "brush", "curve_color",
    "curve_pen", "font", "pen", "scaled", "show", "sketch_of", "theme",
]  # fmt: skip
