"""What a view is written with, in one place: ``from gui.stage.pieces import Layout, Snapshot, View, show``.

What only some views need, and what brings much with it, they import from where it is: the first picture waits for what
stands here.
"""

from gui.plots.board.fitting_words import FittingWords
from gui.plots.board.segmented import SegmentedItem
from gui.plots.drawing.pieces import GRID, brush, curve_color, curve_pen, font, pen, scaled, show, theme
from gui.stage.layout import RIGHT, Layout
from gui.stage.run_view import RunView
from gui.stage.view import Snapshot, View

__all__ = [
    "GRID", "RIGHT", "FittingWords", "Layout", "RunView", "SegmentedItem", "Snapshot",
    "View", "brush", "curve_color", "curve_pen", "font", "pen", "scaled", "show", "theme",
]  # fmt: skip
