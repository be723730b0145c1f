"""What a view is written with, in one place: ``from gui.stage.api import Layout, Snapshot, View, show``.

What only some views need, and what brings much with it, they import from where it is: the first picture waits for what
stands here.
"""

from gui.plots.board.fitting_words import FittingWords
from gui.plots.board.segmented import SegmentedItem
from gui.plots.drawing.api import GRID, brush, curve_color, curve_pen, font, pen, px, theme, translate
from gui.stage.layout import RIGHT, Layout
from gui.stage.run_view import RunView
from gui.stage.view import Snapshot, View

__all__ = [
    "GRID",
    "RIGHT",
    "FittingWords",
    "Layout",
    "RunView",
    "SegmentedItem",
    "Snapshot",
    "View",
    "brush",
    "curve_color",
    "curve_pen",
    "font",
    "pen",
    "px",
    "theme",
    "translate",
]  # fmt: skip
